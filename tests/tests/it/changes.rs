//! What a change of a document does to the users of the emitted crate: rule by rule, and as a command.

mod command;
mod models;
mod operations;
mod sent;
mod verdicts;

use tablature_codegen::changes::{Kind, Verdict, compare};
use tablature_codegen::{Options, ir};
use tablature_openapi::Documents;

/// A document with these schemas and these paths.
pub fn document(schemas: &str, paths: &str) -> String {
    format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "Case", "version": "1"}}, "paths": {paths},
            "components": {{"schemas": {schemas}}}}}"#
    )
}

/// What a document is lowered to.
fn tree(text: &str) -> ir::Crate {
    tree_of(&[("api.json", text)], false)
}

/// What documents are lowered to, maybe with a cargo feature for each tag.
fn tree_of(texts: &[(&str, &str)], tag_features: bool) -> ir::Crate {
    let names: Vec<String> = texts.iter().map(|(name, _)| (*name).to_owned()).collect();
    let text = |name: &str| texts.iter().find(|(it, _)| *it == name).unwrap().1.to_owned();
    let (documents, report) = Documents::load(&names, &mut |name| Ok(text(name)));
    assert!(!report.has_errors(), "{report:?}\n{texts:?}");
    let options = Options {
        tag_features,
        ..Options::default()
    };
    tablature_codegen::tree(&documents, &options).unwrap()
}

/// The changes between two documents, a line each.
fn changes(before: &str, after: &str) -> Vec<String> {
    said(&tree(before), &tree(after))
}

/// The changes between two crates, a line each.
fn said(before: &ir::Crate, after: &ir::Crate) -> Vec<String> {
    let changes = compare(before, after);
    let verdict = |it| match it {
        Verdict::Breaking => "breaking",
        Verdict::Compatible => "compatible",
    };
    let kind = |it| match it {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Changed => '~',
    };
    changes
        .iter()
        .map(|it| format!("{} {} {}: {}", verdict(it.verdict), kind(it.kind), it.item, it.why))
        .collect()
}

/// Asserts what is said about a change, and that what is the same has none.
#[track_caller]
fn assert_changes(what: &str, before: &str, after: &str, expected: &[&str]) {
    assert_eq!(changes(before, after), expected, "{what}");
    assert_eq!(changes(after, after), [""; 0], "{what}");
}
