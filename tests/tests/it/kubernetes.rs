//! All documents of a Kubernetes API server in one crate, where they are beside the repository.

use std::fs;
use std::path::Path;

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::{children, name, root};

use crate::cargo::cargo;

/// Where the documents are, beside the repository: they are not copied into it.
const DOCUMENTS: &str = "../shared/openapi/kubernetes-1.36";

#[test]
#[ignore = "slow: 813 operations are emitted and compiled"]
fn every_document_of_kubernetes_in_one_crate() {
    let folder = root().join(DOCUMENTS);
    let documents: Vec<_> = children(&folder)
        .iter()
        .map(|path| name(path))
        .filter(|name| name.ends_with(".json") && name != "index.json")
        .collect();
    if documents.is_empty() {
        println!("skipped: no documents in {DOCUMENTS}");
        return;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kubernetes");
    let mut arguments = vec!["codegen", "--out", out.to_str().unwrap(), "--schema"];
    arguments.extend(documents.iter().map(String::as_str));
    let outcome = run_in(&folder, &arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(!outcome.err.contains("error["), "{}", outcome.err);
    let summary = outcome.out.lines().last().unwrap_or_default();
    assert!(summary.starts_with("813 operations, "), "{summary}");
    // Without it cargo would ask the registry which versions there are.
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(&out, &["check", "--all-features"]);
}
