//! `cargo xtask explain`, and the page of all diagnostics that is made of it.

use std::fs;

use insta::assert_snapshot;
use tablature_tests::sandbox::{Outcome, Sandbox};
use tablature_tests::workspace::root;

fn explain(arguments: &[&str]) -> Outcome {
    Sandbox::new().unwrap().run(&[&["explain"], arguments].concat())
}

#[test]
fn a_code_is_explained() {
    let outcome = explain(&["undefined-style"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert_snapshot!("one", outcome.out);
}

#[test]
fn a_misspelt_code_gets_a_proposal() {
    let outcome = explain(&["dangling-refrence"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_eq!(
        outcome.err,
        "error: there is no diagnostic `dangling-refrence`, did you mean `dangling-reference`?\n"
    );
}

#[test]
fn the_pages_list_all() {
    for (file, arguments) in [
        ("docs/diagnostics.md", &["--markdown"][..]),
        ("docs/config.md", &["--keys", "--markdown"]),
    ] {
        let page = fs::read_to_string(root().join(file)).unwrap_or_default();
        let command = arguments.join(" ");
        assert!(
            page == explain(arguments).out,
            "run `cargo xtask explain {command} > {file}`"
        );
    }
}
