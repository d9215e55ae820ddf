//! What the workspace takes from others: licences that ours go with, and one version of each.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;
use tablature_tests::workspace::root;

/// Licences that a dependency may have, alone or as one of several to choose from.
const ALLOWED: [&str; 7] = [
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// The packages that are built on this system, with their licences.
fn licences() -> Vec<(String, String)> {
    let version = output(Command::new("rustc").arg("-vV"));
    let host = String::from_utf8(version).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "metadata",
        "--format-version",
        "1",
        "--offline",
        "--locked",
        "--all-features",
    ]);
    command.args(["--filter-platform", host]).current_dir(root());
    let metadata: Value = serde_json::from_slice(&output(&mut command)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (text(&package["name"]), text(&package["license"])))
        .collect()
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Whether a licence expression can be met with allowed licences.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    any_of(&mut spaced.split_whitespace().peekable())
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

/// `a OR b`, of which one is enough.
fn any_of(words: &mut Words<'_>) -> bool {
    let mut allowed = all_of(words);
    while words.next_if_eq(&"OR").is_some() {
        allowed |= all_of(words);
    }
    allowed
}

/// `a AND b`, of which each is needed; binds closer than `OR`.
fn all_of(words: &mut Words<'_>) -> bool {
    let mut allowed = licence(words);
    while words.next_if_eq(&"AND").is_some() {
        allowed &= licence(words);
    }
    allowed
}

/// One licence, which an exception makes no stricter, or an expression in parentheses.
fn licence(words: &mut Words<'_>) -> bool {
    let word = words.next();
    if word == Some("(") {
        let allowed = any_of(words);
        return words.next() == Some(")") && allowed;
    }
    if words.next_if_eq(&"WITH").is_some() {
        words.next();
    }
    word.is_some_and(|word| ALLOWED.contains(&word))
}

#[test]
fn licences_go_with_ours() {
    let licences = licences();
    let wrong: Vec<_> = licences.iter().filter(|(_, licence)| !is_allowed(licence)).collect();
    assert_eq!(wrong, [] as [&(String, String); 0]);
    assert!(licences.len() > 10, "{licences:?}");
}

#[test]
fn each_package_is_locked_once() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut versions = BTreeMap::<_, Vec<_>>::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            package
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
        };
        versions
            .entry(value("name").unwrap())
            .or_default()
            .push(value("version").unwrap());
    }
    assert!(versions.len() > 10, "{versions:?}");
    versions.retain(|_, versions| versions.len() > 1);
    assert_eq!(versions, BTreeMap::new());
}

#[test]
fn licence_expressions_are_read() {
    for (expression, allowed) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("GPL-3.0-only OR MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR GPL-3.0-only) AND GPL-3.0-only", false),
        ("GPL-3.0-only", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}
