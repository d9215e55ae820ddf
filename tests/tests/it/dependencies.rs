//! What the workspace takes from others: licences that ours go with, and one version of each.

use std::collections::{BTreeMap, BTreeSet};
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

/// A package that is built on this system.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
}

/// What a build or a run of the tests takes, and what the emitted crate takes with all of its features.
///
/// What a member alone needs for tests of its own is left out, as are the peers that are measured: no user ever has it.
fn packages() -> [BTreeSet<Package>; 2] {
    let members = |name: &str| name != "tablature-benches";
    let client = |name: &str| ["tablature-apis", "tablature-huawei"].contains(&name);
    [reached(&[], members), reached(&["--all-features"], client)]
}

/// The packages that members whose name `starts` are built of, and what the package of these tests is tested with.
fn reached(features: &[&str], starts: impl Fn(&str) -> bool) -> BTreeSet<Package> {
    let metadata = metadata(features);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |items: Vec<Value>| -> BTreeMap<String, Value> {
        items.into_iter().map(|item| (text(&item["id"]), item)).collect()
    };
    let packages = by_id(list(&metadata["packages"]));
    let nodes = by_id(list(&metadata["resolve"]["nodes"]));
    let members = list(&metadata["workspace_members"])
        .iter()
        .map(text)
        .collect::<Vec<_>>();
    let mut open: Vec<String> = members
        .into_iter()
        .filter(|id| starts(&text(&packages[id]["name"])))
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        let tested = packages[&id]["name"] == "tablature-tests";
        for dependency in list(&nodes[&id]["deps"]) {
            let built = |kind: &Value| tested || kind["kind"] != "dev";
            if list(&dependency["dep_kinds"]).iter().any(built) && !seen.contains(&text(&dependency["pkg"])) {
                open.push(text(&dependency["pkg"]));
            }
        }
        seen.insert(id);
    }
    let package = |id: &String| Package {
        name: text(&packages[id]["name"]),
        version: text(&packages[id]["version"]),
        licence: text(&packages[id]["license"]),
    };
    seen.iter().map(package).collect()
}

/// What cargo says of the workspace on this system.
fn metadata(features: &[&str]) -> Value {
    let version = output(Command::new("rustc").arg("-vV"));
    let host = String::from_utf8(version).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked"]);
    command.args(features);
    command.args(["--filter-platform", host]).current_dir(root());
    serde_json::from_slice(&output(&mut command)).unwrap()
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
    let packages: BTreeSet<_> = packages().into_iter().flatten().collect();
    let wrong: Vec<_> = packages.iter().filter(|it| !is_allowed(&it.licence)).collect();
    assert_eq!(wrong, [] as [&Package; 0]);
    assert!(packages.len() > 50, "{packages:?}");
}

#[test]
fn each_package_is_built_in_one_version() {
    let [built, client] = packages();
    assert_eq!(repeated(&built), BTreeSet::new());
    assert_eq!(repeated(&client), BTreeSet::new());
}

/// The names of packages of which there are several versions.
fn repeated(packages: &BTreeSet<Package>) -> BTreeSet<String> {
    let mut versions = BTreeMap::<_, usize>::new();
    for package in packages {
        *versions.entry(&package.name).or_default() += 1;
    }
    versions.retain(|_, count| *count > 1);
    versions.into_keys().cloned().collect()
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
