//! `tablature init`: what it writes can be emitted at once, and nothing that is there is replaced.

use insta::assert_snapshot;
use tablature_tests::sandbox::{Sandbox, run_in};

use super::changes::document;

#[test]
fn what_is_written_can_be_emitted_at_once() {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("Pet \"Store\".json", document("{}", "{}")).unwrap();
    let outcome = sandbox.run(&["init", "Pet \"Store\".json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let said = outcome
        .out
        .lines()
        .map(|line| line.split(" is taken from ").next().unwrap());
    assert_snapshot!("said", said.collect::<Vec<_>>().join("\n"));
    let config = sandbox.read("tablature.toml").unwrap();
    let is_local = |line: &&str| !line.starts_with("runtime = ");
    assert_eq!(sandbox.read(".gitignore").unwrap(), "/target\n");
    assert_snapshot!("config", config.lines().filter(is_local).collect::<Vec<_>>().join("\n"));
    let workflow = sandbox.read(".github/workflows/tablature.yml").unwrap();
    assert!(
        workflow.contains("/cli\n      - run: tablature codegen --check\n"),
        "{workflow}"
    );
    let outcome = sandbox.run(&["codegen"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let manifest = sandbox.read("crates/pet-store-api/Cargo.toml").unwrap();
    assert!(
        !manifest.contains("[workspace]") && !outcome.out.contains("add "),
        "{}",
        outcome.out
    );
    // Every key that is proposed can be had by taking its `#` away.
    let all: String = config
        .lines()
        .map(|it| it.strip_prefix("# ").unwrap_or(it))
        .map(|it| format!("{it}\n"))
        .collect();
    let keys = all
        .lines()
        .filter(|it| it.contains(" = ") && !it.starts_with("module") || it.starts_with('['));
    let keys: String = keys
        .filter(|it| !it.contains("`"))
        .map(|it| format!("{it}\n"))
        .collect();
    sandbox
        .write("tablature.toml", keys.replace("uploadFile", "none"))
        .unwrap();
    sandbox
        .write(
            "overlays/pet-store-api.yaml",
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $, update: {}}]\n",
        )
        .unwrap();
    let outcome = sandbox.run(&["codegen"]);
    assert!(outcome.err.contains("skip none: no operation"), "{}", outcome.err);
}

#[test]
fn nothing_that_is_there_is_replaced() {
    let sandbox = Sandbox::new().unwrap();
    for file in ["Cargo.toml", ".github/workflows/tablature.yml"] {
        sandbox.write(file, "mine").unwrap();
    }
    let outcome = sandbox.run(&["init", "https://example.com/v1/openapi.yaml", "--name", "Example API"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(
        outcome.out.contains("kept       .github/workflows/tablature.yml\n"),
        "{}",
        outcome.out
    );
    assert!(
        outcome
            .out
            .ends_with("next: `tablature fetch`, then `tablature codegen`\n"),
        "{}",
        outcome.out
    );
    let expected = "documents = [{ url = \"https://example.com/v1/openapi.yaml\", file = \"api/example.yaml\" }]";
    let config = sandbox.read("tablature.toml").unwrap();
    assert!(config.contains(expected), "{config}");
    assert_eq!(sandbox.read("Cargo.toml").unwrap(), "mine");
    let again = sandbox.run(&["init"]);
    let expected = "error: tablature.toml exists already, and is left as it is\n";
    assert_eq!((again.code, again.err.as_str()), (2, expected));
    assert_eq!(sandbox.read("tablature.toml").unwrap(), config);
}

#[test]
fn what_cannot_be_a_document_is_refused() {
    let sandbox = Sandbox::new().unwrap();
    let plain = sandbox.run(&["init", "http://example.com/openapi.json"]);
    assert_eq!(
        plain.err,
        "error: http://example.com/openapi.json: an address of a document begins with https://\n"
    );
    let missing = sandbox.run(&["init", "none.json"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.starts_with("error: cannot read none.json: "),
        "{}",
        missing.err
    );
    let url = sandbox.run(&["codegen", "--schema", "https://example.com/a.json", "--out", "out"]);
    let expected = "error: --schema https://example.com/a.json: only files are read; \
                    `tablature init https://example.com/a.json` pins a copy\n";
    assert_eq!((url.code, url.err.as_str()), (2, expected));
    assert!(sandbox.files("").is_empty());
}

#[test]
fn a_crate_is_called_after_what_its_document_is_about() {
    for (name, title, expected) in [
        ("pets.json", "Pets of the world", "pets-api"),
        ("pets_api.v2.json", "Pets", "pets-api-v2"),
        ("openapi.json", "The Pet Store!", "the-pet-store-api"),
        ("v3.json", "Pet SDK", "pet-sdk"),
        ("swagger.json", "", "swagger-api"),
    ] {
        let sandbox = Sandbox::new().unwrap();
        let text = document("{}", "{}").replace("Case", title);
        sandbox.write(name, text).unwrap();
        assert_eq!(sandbox.run(&["init", name]).code, 0);
        let config = sandbox.read("tablature.toml").unwrap();
        assert!(config.contains(&format!("[crate.{expected}]\n")), "{name}: {config}");
    }
    for (address, expected) in [
        (
            "https://example.com/petstore.yaml?raw=1",
            "petstore-api]\ndocuments = [{ url = \"https://example.com/petstore.yaml?raw=1\", file = \"api/petstore.yaml\" }]",
        ),
        ("https://api.pets.example/v2/openapi.json", "pets-api]"),
        ("https://localhost:8443", "localhost-api]"),
    ] {
        let sandbox = Sandbox::new().unwrap();
        assert_eq!(sandbox.run(&["init", address]).code, 0);
        let config = sandbox.read("tablature.toml").unwrap();
        assert!(config.contains(&format!("[crate.{expected}")), "{address}: {config}");
    }
}

#[test]
fn without_a_document_there_is_a_folder_for_them() {
    let sandbox = Sandbox::new().unwrap();
    let outcome = sandbox.run(&["init"]);
    let next = "next: put OpenAPI documents into api/, then `tablature codegen`\n";
    assert!(outcome.out.ends_with(next), "{}", outcome.out);
    sandbox.write("api/pets.json", document("{}", "{}")).unwrap();
    assert_eq!(sandbox.run(&["codegen"]).code, 0);
    assert!(sandbox.path("crates/api/src/pets/mod.rs").exists());
}

#[test]
fn a_document_elsewhere_is_named_from_here() {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("pets.json", document("{}", "{}")).unwrap();
    std::fs::create_dir(sandbox.path("repository")).unwrap();
    let file = sandbox.path("pets.json");
    let outcome = run_in(&sandbox.path("repository"), &["init", file.to_str().unwrap()]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let config = sandbox.read("repository/tablature.toml").unwrap();
    assert!(config.contains("documents = [\"../pets.json\"]"), "{config}");
}
