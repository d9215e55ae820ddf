//! Runs the binary as a person does: watching, on a terminal or not, into a pipe that closes.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Output, Stdio};

use tempfile::TempDir;

/// A document with an operation of this name.
fn document(operation: &str) -> String {
    let responses = r#"{"204": {"description": "Done."}}"#;
    let get = format!(r#"{{"get": {{"operationId": "{operation}", "responses": {responses}}}}}"#);
    format!(r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{"/x": {get}}}}}"#)
}

const CONFIG: &str = "[crate.api]\ndocuments = [\"docs/*.json\"]\nout = \"out\"\nruntime = \"0.1\"\n";

fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/a.json"), document("first")).unwrap();
    fs::write(folder.path().join("tablature.toml"), CONFIG).unwrap();
    folder
}

fn tablature(folder: &Path, arguments: &[&str]) -> Command {
    // A shell that runs the tests in the background has SIGINT ignored, which children inherit.
    let mut command = Command::new("env");
    command
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_tablature")])
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .current_dir(folder);
    command
}

/// The lines up to the one that says that it waits.
fn until_it_waits(lines: &mut BufReader<ChildStdout>) -> Vec<String> {
    let mut said = Vec::new();
    loop {
        let mut line = String::new();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it ended after {said:?}");
        if line.starts_with("waiting for changes") {
            return said;
        }
        said.push(line);
    }
}

#[test]
fn each_change_is_emitted_until_ctrl_c() {
    let folder = repository();
    let path = folder.path();
    let mut run = tablature(path, &["codegen", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap());
    let mut errors = BufReader::new(run.stderr.take().unwrap());
    until_it_waits(&mut lines);
    let emitted = |operation: &str| path.join(format!("out/src/a/operations/{operation}.rs")).exists();
    assert!(emitted("first"));

    fs::write(path.join("docs/a.json"), document("second")).unwrap();
    let said = until_it_waits(&mut lines);
    assert!(emitted("second") && !emitted("first"), "{said:?}");

    // What is wrong is said, and the next change mends it.
    fs::write(path.join("docs/a.json"), "{").unwrap();
    until_it_waits(&mut lines);
    let mut error = String::new();
    errors.read_line(&mut error).unwrap();
    assert!(error.starts_with("error["), "{error}");
    fs::write(path.join("docs/a.json"), document("third")).unwrap();
    until_it_waits(&mut lines);
    assert!(emitted("third"));

    // A document that the pattern names from now on, then another configuration, and one that is none.
    fs::write(path.join("docs/b.json"), document("other")).unwrap();
    until_it_waits(&mut lines);
    assert!(path.join("out/src/b/operations/other.rs").exists());
    fs::write(path.join("tablature.toml"), CONFIG.replace("docs/*", "docs/b")).unwrap();
    until_it_waits(&mut lines);
    assert!(!path.join("out/src/a").exists());
    fs::write(path.join("tablature.toml"), "[crate").unwrap();
    until_it_waits(&mut lines);
    fs::write(path.join("tablature.toml"), CONFIG).unwrap();
    until_it_waits(&mut lines);
    assert!(emitted("third"));

    let sent = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(sent.unwrap().success());
    assert_eq!(run.wait().unwrap().code(), Some(0));
}

#[test]
fn a_pipe_that_closes_leaves_the_output_whole() {
    let folder = repository();
    let mut run = tablature(folder.path(), &["codegen"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    assert_eq!(run.wait().unwrap().code(), Some(0));
    let check = tablature(folder.path(), &["codegen", "--check", "--force"])
        .output()
        .unwrap();
    assert_eq!(
        check.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
}

#[test]
fn colours_are_only_on_a_terminal_unless_the_environment_asks_for_them() {
    let folder = repository();
    fs::write(
        folder.path().join("docs/a.json"),
        document("x").replace("\"get\"", "\"got\""),
    )
    .unwrap();
    let colored = |variables: &[(&str, &str)]| {
        let mut run = tablature(folder.path(), &["codegen"]);
        let Output { stderr, .. } = run.envs(variables.iter().copied()).output().unwrap();
        assert!(!stderr.is_empty());
        stderr.contains(&0x1b)
    };
    assert!(!colored(&[]));
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
