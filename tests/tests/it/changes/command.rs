//! `cargo xtask changes` in a repository of its own.

use std::process::Command;

use insta::assert_snapshot;
use tablature_tests::sandbox::{Outcome, Sandbox};

use super::document;

/// A workspace under version control, whose schema at `HEAD` is `before` and in the work tree `after`.
struct Repository(Sandbox);

impl Repository {
    fn new(before: &str, after: &str) -> Self {
        let repository = Self(Sandbox::workspace(&[("pets.json", before)]).unwrap());
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.git(&["add", "."]);
        repository.git(&["commit", "--quiet", "--message", "Begin"]);
        repository.git(&["tag", "v0.1.0"]);
        repository.0.write("schema/pets.json", after).unwrap();
        repository
    }

    /// Runs git with nothing of the machine's settings.
    fn git(&self, arguments: &[&str]) {
        let who = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = Command::new("git")
            .args(who)
            .args(arguments)
            .current_dir(&self.0.directory)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn changes(&self, arguments: &[&str]) -> Outcome {
        self.0.run(&[&["changes"], arguments].concat())
    }
}

fn pets(properties: &str) -> String {
    document(
        &format!(r#"{{"Pet": {{"type": "object", "properties": {{{properties}}}}}}}"#),
        "{}",
    )
}

fn changed() -> Repository {
    let before = pets(r#""name": {"type": "string"}, "old": {"type": "string"}"#);
    let after = pets(r#""name": {"type": "integer"}, "more": {"type": "string"}"#);
    Repository::new(&before, &after)
}

#[test]
fn each_format_says_the_same() {
    let repository = changed();
    for format in ["text", "markdown", "json"] {
        let outcome = repository.changes(&["--format", format]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
        assert_snapshot!(format, outcome.out);
    }
    let json = repository.changes(&["--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["step"], "major");
    assert_eq!(json["changes"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_revision_is_named_as_git_names_it() {
    let repository = changed();
    assert_eq!(repository.changes(&["--since", "v0.1.0"]).code, 0);
    repository.git(&["commit", "--quiet", "--all", "--message", "Change"]);
    let same = repository.changes(&[]);
    assert_eq!(
        (same.code, same.out.as_str()),
        (0, "no change of the Rust API since HEAD: a patch will do\n")
    );
    assert!(
        repository
            .changes(&["--since", "HEAD~1"])
            .out
            .contains("3 changes since HEAD~1")
    );
    let formats = ["markdown", "json"].map(|it| repository.changes(&["--format", it]).out);
    assert_eq!(formats[0], "Smallest semver step: patch.\n");
    assert_eq!(formats[1], "{\n  \"step\": \"patch\",\n  \"changes\": []\n}\n");
}

#[test]
fn an_unknown_revision_is_an_error() {
    let outcome = changed().changes(&["--since", "v9"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_snapshot!("unknown_revision", outcome.err);
}

#[test]
fn a_schema_with_errors_is_an_error_whichever_side_it_is_on() {
    let good = pets(r#""name": {"type": "string"}"#);
    let bad = good.replace("properties", "propertys").replace("\"info\"", "\"inof\"");
    for repository in [Repository::new(&good, &bad), Repository::new(&bad, &good)] {
        let outcome = repository.changes(&[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
        assert!(outcome.err.contains("`inof`"), "{}", outcome.err);
    }
}

#[test]
fn nothing_is_written() {
    let repository = changed();
    let before = repository.0.files(".");
    repository.changes(&[]);
    assert_eq!(repository.0.files("."), before);
}
