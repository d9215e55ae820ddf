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
    let cases: [(&str, &[&str], &[&str]); 2] = [
        (
            "tags",
            &["openapi.json"],
            &["", "one-two", "operations", "pets", "full"],
        ),
        (
            "documents_of_each_other",
            &["houses.json", "people.json"],
            &["houses-operations", "people-operations", "full"],
        ),
    ];
    for (case, documents, features) in cases {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(case);
        let folder = root().join("tests/fixtures/ok").join(case);
        let arguments = [&["codegen", "--schema"], documents, &["--out", out.to_str().unwrap()]].concat();
        let outcome = run_in(&folder, Some(root()), &arguments);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        for features in features {
            cargo(&out, &["check", "--no-default-features", "--features", features]);
        }
    }
}
