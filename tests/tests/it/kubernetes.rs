//! All documents of a Kubernetes API server in one crate, where they are beside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use tablature_tests::sandbox::{Outcome, run_in};
use tablature_tests::workspace::{children, name, root};

use crate::cargo::{cargo, write};

/// Where the documents are, beside the repository: they are not copied into it.
const DOCUMENTS: &str = "../shared/openapi/kubernetes-1.36";

/// Emits all documents as a crate, with options.
fn emitted(package: &str, options: &[&str]) -> Option<(PathBuf, Outcome)> {
    let folder = root().join(DOCUMENTS);
    let documents: Vec<_> = children(&folder)
        .iter()
        .map(|path| name(path))
        .filter(|name| name.ends_with(".json") && name != "index.json")
        .collect();
    if documents.is_empty() {
        println!("skipped: no documents in {DOCUMENTS}");
        return None;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let mut arguments = vec!["codegen", "--out", out.to_str().unwrap()];
    arguments.extend(options);
    arguments.push("--schema");
    arguments.extend(documents.iter().map(String::as_str));
    let outcome = run_in(&folder, &arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let summary = outcome.out.lines().any(|line| line.starts_with("813 operations, "));
    assert!(summary, "{}", outcome.out);
    // Without it cargo would ask the registry which versions there are.
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    Some((out, outcome))
}

#[test]
#[ignore = "slow: 813 operations are emitted and compiled"]
fn every_document_of_kubernetes_in_one_crate() {
    let Some((out, outcome)) = emitted("kubernetes", &[]) else {
        return;
    };
    assert!(!outcome.err.contains("error["), "{}", outcome.err);
    cargo(&out, &["check", "--all-features"]);
}

#[test]
#[ignore = "slow: 813 operations are emitted, compiled and held against a real server"]
fn the_overlay_makes_the_documents_say_what_the_server_does() {
    let overlay = root().join("overlays/kubernetes.yaml");
    let Some((out, outcome)) = emitted("kubernetes-overlaid", &["--overlay", overlay.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(outcome.err, "");
    let text = fs::read_to_string(root().join("tests/tests/it/kubernetes/behaviour.rs")).unwrap();
    let recordings = format!("{:?}", root().join("tests/wire/recordings"));
    write(
        &out.join("tests/behaviour.rs"),
        &text.replace("env!(\"RECORDINGS\")", &recordings),
    );
    cargo(&out, &["check", "--all-features"]);
    cargo(
        &out,
        &[
            "test",
            "--test",
            "behaviour",
            "--no-default-features",
            "--features",
            "api-v1-core-v1",
        ],
    );
}
