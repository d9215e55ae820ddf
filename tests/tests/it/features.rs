//! The emitted crate compiles with whatever of its features, and so does one that stands alone.

use std::fs;
use std::path::Path;

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::root;

use crate::cargo::cargo;

#[test]
fn each_feature_compiles_on_its_own() {
    for features in ["", "huawei-cci", "openshift"] {
        let arguments = [
            "check",
            "--package",
            "tablature-apis",
            "--no-default-features",
            "--features",
            features,
        ];
        cargo(root(), &arguments);
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
    let outcome = run_in(&case, Some(root()), &arguments);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    // Without it cargo would ask the registry which versions there are.
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(&out, &["check"]);
}

#[test]
fn each_tag_of_a_stand_alone_crate_compiles_on_its_own() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tags");
    let case = root().join("tests/fixtures/ok/tags");
    let arguments = ["codegen", "--schema", "openapi.json", "--out", out.to_str().unwrap()];
    let outcome = run_in(&case, Some(root()), &arguments);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    for features in ["", "one-two", "operations", "pets", "full"] {
        cargo(&out, &["check", "--no-default-features", "--features", features]);
    }
}
