//! No API is named in the runtime's core and client: what is special about one is data, or in a package of its own.

use std::fs;

use tablature_tests::workspace::{files_below, from_root, root};

/// Words of particular APIs, their vendors and their tools.
const WORDS: [&str; 12] = [
    "errorcode",
    "error_code",
    "huawei",
    "iam",
    "kubeconfig",
    "kubectl",
    "kubernetes",
    "myhuaweicloud",
    "openshift",
    "resource_version",
    "resourceversion",
    "strategicmerge",
];

#[test]
fn core_and_client_name_no_api() {
    let mut files = Vec::new();
    for package in ["runtime/core", "runtime/client"] {
        files_below(&root().join(package), &mut files);
    }
    assert!(files.len() > 100, "{}", files.len());
    let mut found = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let words = line.to_lowercase();
            let words = words.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
            found.extend(
                words
                    .filter(|word| WORDS.contains(word))
                    .map(|word| format!("{}:{}: {word}", from_root(path), number + 1)),
            );
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
