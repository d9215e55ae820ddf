//! What the library is for: a generator of one's own, and a module from a build script.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use tablature_build::{Build, Folder, Plan};
use tablature_codegen::{Config, Runtime};
use tempfile::TempDir;

const DOCUMENT: &str = r##"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
  "paths": {"/pets": {"get": {"operationId": "list", "responses": {"200": {"description": "Pets.",
    "content": {"application/json": {"schema": {"$ref": "shared.json#/components/schemas/Pet"}}}}}}}}}"##;

const SHARED: &str = r#"{"openapi": "3.1.0", "info": {"title": "Shared", "version": "1"},
  "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}}}"#;

fn build(folder: &TempDir) -> Build {
    fs::write(folder.path().join("pets.json"), DOCUMENT).unwrap();
    fs::write(folder.path().join("shared.json"), SHARED).unwrap();
    let config = Config::new("pets", "cargo build", Runtime::Version("0.1".to_owned()));
    Build::new(folder.path(), vec!["pets.json".to_owned()], config)
}

#[test]
fn a_generator_of_ones_own_writes_a_crate() {
    let folder = TempDir::new().unwrap();
    let outcome = build(&folder).generate(&mut |_| {}).unwrap();
    assert_eq!(outcome.rendered(false), "");
    let generated = outcome.emitted.unwrap();
    let out = Folder::of_crate(folder.path().join("out").to_str().unwrap()).unwrap();
    Plan::of(&out, &generated.files).unwrap().write().unwrap();
    assert!(Plan::of(&out, &generated.files).unwrap().is_met());
    assert!(folder.path().join("out/Cargo.toml").is_file());
}

#[test]
fn a_build_script_has_a_module_to_include() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let outcome = build(&folder).module("pets", false, &out).unwrap();
    assert_eq!(outcome.files().collect::<Vec<_>>(), ["pets.json", "shared.json"]);
    let include = fs::read_to_string(out.join("pets.rs")).unwrap();
    let file = out.join("pets/mod.rs");
    assert_eq!(
        include,
        format!("#[path = {:?}]\npub mod pets;\n", file.to_str().unwrap())
    );
    let root = fs::read_to_string(out.join("pets/mod.rs")).unwrap();
    assert!(root.contains("pub use tablature_runtime as runtime;"), "{root}");
    // Nothing is written where nothing changed, and cargo compiles nothing again.
    let modified = || fs::metadata(out.join("pets/mod.rs")).unwrap().modified().unwrap();
    let before = modified();
    build(&folder).module("pets", false, &out).unwrap();
    assert_eq!(modified(), before);
}

#[test]
fn what_is_wrong_with_a_document_is_the_text_of_the_error() {
    let folder = TempDir::new().unwrap();
    let broken = build(&folder);
    fs::write(folder.path().join("shared.json"), &SHARED[..40]).unwrap();
    let error = broken.module("pets", false, folder.path()).unwrap_err().to_string();
    assert!(
        error.contains("error[invalid-json]") && error.contains("shared.json:1:"),
        "{error}"
    );
    assert!(build(&folder).module("match", false, folder.path()).is_err());
}
