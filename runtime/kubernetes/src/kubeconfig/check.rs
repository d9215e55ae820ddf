//! What kubectl refuses a whole file for, whatever context is chosen.

use std::collections::BTreeSet;

use tablature_runtime::Json;
use tablature_runtime::json::Kind;

use super::items;

/// The kinds of entries, with the keys that hold text and those that hold `true` or `false`. Other keys are not looked at.
const ENTRIES: [(&str, &[&str], &[&str]); 3] = [
    (
        "cluster",
        &[
            "server",
            "tls-server-name",
            "certificate-authority",
            "certificate-authority-data",
            "proxy-url",
        ],
        &["insecure-skip-tls-verify", "disable-compression"],
    ),
    ("context", &["cluster", "user", "namespace"], &[]),
    (
        "user",
        &[
            "token",
            "tokenFile",
            "username",
            "password",
            "client-certificate",
            "client-certificate-data",
            "client-key",
            "client-key-data",
            "as",
            "as-uid",
        ],
        &[],
    ),
];

/// What is wrong with a file, none of it secret.
pub(super) fn problems(content: &Json) -> Vec<String> {
    let mut problems = Vec::new();
    for (key, expected) in [("apiVersion", "v1"), ("kind", "Config")] {
        let found = content.get(key).filter(|value| !value.is_null());
        if found.is_some_and(|value| value.as_str().as_deref() != Some(expected)) {
            problems.push(format!("its `{key}` is not `{expected}`"));
        }
    }
    for (kind, texts, flags) in ENTRIES {
        let mut names = BTreeSet::new();
        for item in items(content, &format!("/{kind}s")) {
            let Some(name) = item.tag("name") else {
                problems.push(format!("a {kind} has no name that is text"));
                continue;
            };
            if !names.insert(name.to_string()) {
                problems.push(format!("there are several {kind}s `{name}`"));
            }
            let entry = item.get(kind).unwrap_or_default();
            let is_not = |key: &&&str, expected| {
                let found = entry.get(key).map_or(Kind::Null, |value| value.kind());
                found != Kind::Null && found != expected
            };
            for key in texts.iter().filter(|key| is_not(key, Kind::String)) {
                problems.push(format!("`{key}` of {kind} `{name}` is not text; quotes make it so"));
            }
            for key in flags.iter().filter(|key| is_not(key, Kind::Bool)) {
                problems.push(format!("`{key}` of {kind} `{name}` is neither true nor false"));
            }
        }
    }
    problems
}
