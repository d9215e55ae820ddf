//! `cargo fmt` never makes emitted code stale.

use std::process::Command;

use tablature_tests::workspace::root;

#[test]
fn rustfmt_changes_nothing_that_is_emitted() {
    let output = Command::new(env!("CARGO"))
        .args(["fmt", "--check", "--package", "tablature-apis"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
