//! The emitted crate compiles with whatever of its features, and so does one that stands alone.

use std::fs;
use std::path::Path;

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::root;

use crate::cargo::cargo;

/// The features of a manifest that turn on parts of the documents, all of them one by one, and none.
fn features(manifest: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(manifest).unwrap();
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let lines = features.lines().take_while(|it| !it.is_empty());
    let names = lines
        .filter_map(|it| it.split_once(" = "))
        .map(|(name, _)| name.trim_matches('"').to_owned());
    let is_own = |it: &String| !tablature_codegen::ir::RUNTIME_FEATURES.contains(&it.as_str());
    let mut features: Vec<String> = names.filter(is_own).collect();
    features.push(String::new());
    features
}

#[test]
fn each_feature_compiles_on_its_own() {
    let features = features(&root().join("generated/Cargo.toml"));
    assert!(features.len() > 3, "{features:?}");
    for features in features {
        let only = ["--no-default-features", "--features", &features];
        cargo(root(), &[&["check", "--package", "tablature-apis"], &only[..]].concat());
    }
}

#[test]
fn no_api_is_compiled_unless_asked_for() {
    let manifest = fs::read_to_string(root().join("generated/Cargo.toml")).unwrap();
    assert!(manifest.contains("\ndefault = []\n"), "{manifest}");
}

#[test]
fn a_stand_alone_crate_compiles_as_it_is() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stand-alone");
    let case = root().join("tests/fixtures/ok/crate_frame");
    let arguments = ["codegen", "--schema", "openapi.json", "--out", out.to_str().unwrap()];
    let outcome = run_in(&case, &arguments);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    // Without it cargo would ask the registry which versions there are.
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(&out, &["check"]);
}

#[test]
fn each_tag_of_a_stand_alone_crate_compiles_on_its_own() {
    for (case, documents) in [
        ("tags", &["openapi.json"][..]),
        ("tagged_documents", &["cats.json", "dogs.json"]),
        ("documents_of_each_other", &["houses.json", "people.json"]),
        ("models_of_other_documents", &["base.json", "shapes.json"]),
    ] {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("features/{case}"));
        let folder = root().join("tests/fixtures/ok").join(case);
        let arguments = [&["codegen", "--schema"], documents, &["--out", out.to_str().unwrap()]].concat();
        let outcome = run_in(&folder, &arguments);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        let features = features(&out.join("Cargo.toml"));
        assert!(features.len() > 3, "{features:?}");
        for features in features {
            cargo(&out, &["check", "--no-default-features", "--features", &features]);
        }
    }
}
