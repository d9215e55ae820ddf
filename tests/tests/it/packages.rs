//! What is published: each package says what it is, holds its licences, and is packaged by cargo; so are emitted crates.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tablature_tests::sandbox::Sandbox;
use tablature_tests::workspace::root;

use super::cargo::{cargo, run};
use super::changes::document;

/// The packages that a release has, sorted.
const PUBLISHED: [&str; 9] = [
    "tablature",
    "tablature-build",
    "tablature-client",
    "tablature-codegen",
    "tablature-huawei",
    "tablature-kubernetes",
    "tablature-openapi",
    "tablature-pages",
    "tablature-runtime",
];

/// What cargo says of the packages that may be published, sorted by name.
fn published() -> Vec<Value> {
    let (success, said) = run(root(), &["metadata", "--format-version=1", "--no-deps", "--locked"]);
    assert!(success, "{said}");
    let metadata: Value = serde_json::from_str(&said).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let mut packages: Vec<Value> = packages.filter(|it| it["publish"].is_null()).cloned().collect();
    packages.sort_by_key(|it| it["name"].to_string());
    packages
}

/// The files that a package has beside its sources, of those that it needs.
fn files(package: &str) -> Vec<String> {
    let (success, said) = run(root(), &["package", "--list", "--allow-dirty", "--package", package]);
    assert!(success, "{said}");
    let needed = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];
    said.lines()
        .filter(|it| needed.contains(it))
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_package_says_what_it_is() {
    let published = published();
    let names: Vec<_> = published.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, PUBLISHED);
    for package in &published {
        let name = package["name"].as_str().unwrap();
        let texts = ["description", "documentation", "license", "readme", "rust_version"];
        let missing: Vec<_> = texts.iter().filter(|it| !package[**it].is_string()).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        for list in ["categories", "keywords"] {
            let count = package[list].as_array().map_or(0, Vec::len);
            assert!((1..=5).contains(&count), "{name}: {count} {list}");
        }
        let features = package["features"].as_object().unwrap();
        let has_optional = features.keys().any(|it| it != "default" && !is_default(features, it));
        let all_features = &package["metadata"]["docs"]["rs"]["all-features"];
        assert!(
            !has_optional || *all_features == true,
            "{name}: docs.rs shows no feature"
        );
        assert_eq!(files(name), ["LICENSE-APACHE", "LICENSE-MIT", "README.md"], "{name}");
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let text = |folder: &Path| fs::read_to_string(folder.join(licence)).unwrap();
            assert_eq!(text(folder), text(root()), "{name}: {licence}");
        }
    }
}

fn is_default(features: &serde_json::Map<String, Value>, feature: &str) -> bool {
    let default = features.get("default").and_then(Value::as_array);
    default.is_some_and(|it| it.iter().any(|it| it == feature))
}

#[test]
fn cargo_packages_each() {
    let mut arguments = vec!["package", "--no-verify", "--allow-dirty", "--locked"];
    let packages = PUBLISHED.iter().chain(&["tablature-apis"]);
    arguments.extend(packages.flat_map(|it| ["--package", it]));
    cargo(root(), &arguments);
}

#[test]
fn cargo_packages_what_init_begins() {
    let sandbox = Sandbox::new().unwrap();
    let paths = r#"{"/pets": {"get": {"operationId": "listPets", "responses": {"204": {"description": "None."}}}}}"#;
    sandbox.write("pets.json", document("{}", paths)).unwrap();
    assert_eq!(sandbox.run(&["init", "pets.json"]).code, 0);
    let config = sandbox.read("tablature.toml").unwrap();
    let config = config.replace(
        "# [crate.pets-api.package]\n# license",
        "[crate.pets-api.package]\nlicense",
    );
    sandbox.write("tablature.toml", config).unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    // Until they are in the registry, the packages of the runtime are those of this checkout.
    let patches = ["runtime/core", "runtime/client"].map(|folder| {
        let name = if folder.ends_with("core") { "runtime" } else { "client" };
        format!(
            "--config=patch.crates-io.tablature-{name}.path='{}/{folder}'",
            root().display()
        )
    });
    let mut arguments = vec!["package", "--no-verify"];
    arguments.extend(patches.iter().map(String::as_str));
    let folder = sandbox.path("crates/pets-api");
    cargo(&folder, &arguments);
    arguments.push("--list");
    let (_, listed) = run(&folder, &arguments);
    assert!(listed.lines().any(|it| it == "api.md"), "{listed}");
}
