//! `cargo fmt` never makes emitted code stale, and what it does not reach is formatted as well.

use std::process::Command;

use tablature_tests::workspace::{files_below, root};

/// Runs a command in the root, which says on its standard output what differs.
fn check(command: &mut Command) {
    let output = command.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn rustfmt_changes_nothing_that_is_emitted() {
    check(Command::new(env!("CARGO")).args(["fmt", "--check", "--package", "tablature-apis"]));
}

#[test]
fn the_wire_tests_of_fixtures_are_formatted() {
    let mut files = Vec::new();
    files_below(&root().join("tests/fixtures"), &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    assert!(files.len() > 10, "{files:?}");
    let options = ["--check", "--edition", "2024", "--config-path"];
    check(Command::new("rustfmt").args(options).arg(root()).args(files));
}
