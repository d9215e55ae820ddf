//! `cargo xtask changes` in a repository of its own.

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

    fn git(&self, arguments: &[&str]) {
        self.0.git(arguments).unwrap();
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
        assert!(
            outcome
                .err
                .starts_with("error: tablature-apis cannot be compared: its documents of "),
            "{}",
            outcome.err
        );
    }
}

#[test]
fn each_edition_is_read_by_its_own_configuration() {
    let operation = |id: &str| {
        format!(r#""/{id}": {{"get": {{"operationId": "{id}", "responses": {{"204": {{"description": "Done."}}}}}}}}"#)
    };
    let both = document("{}", &format!("{{{}, {}}}", operation("feed"), operation("wash")));
    let repository = Repository::new(&both, &both);
    let config = repository.0.read("tablature.toml").unwrap();
    let crates = [
        config.as_str(),
        "[crate.tablature-apis.skip]\nfeed = \"nobody does\"\n",
        "[crate.more]\ndocuments = [\"more.json\"]\nout = \"more\"\n",
    ];
    repository.0.write("tablature.toml", crates.concat()).unwrap();
    repository.0.write("more.json", document("{}", "{}")).unwrap();
    let outcome = repository.changes(&[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert_snapshot!("configurations", outcome.out);
    // The crate is there now, and an operation that the older edition lacks may be left out.
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "--message", "Leave out"]);
    let none = "no change of the Rust API since HEAD: a patch will do\n";
    assert_eq!(
        repository.changes(&[]).out,
        format!("## tablature-apis\n{none}## more\n{none}")
    );
}

#[test]
fn warnings_are_left_to_codegen() {
    let odd = pets(r#""name": {"type": "string", "typ": "string"}"#);
    let outcome = Repository::new(&odd, &odd).changes(&[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
}

#[test]
fn an_index_stands_for_what_it_lists_in_any_revision() {
    let repository = changed();
    let index = r#"{"paths": {"pets": {"serverRelativeURL": "/openapi/v3/pets"}}}"#;
    repository.0.write("schema/index.json", index).unwrap();
    let config = repository.0.read("tablature.toml").unwrap();
    let config = config.replace("schema/*.json", "schema/index.json");
    repository.0.write("tablature.toml", config).unwrap();
    repository.git(&["add", "tablature.toml", "schema/index.json"]);
    repository.git(&["commit", "--quiet", "--message", "Index"]);
    let outcome = repository.changes(&[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(outcome.out.contains("3 changes since HEAD"), "{}", outcome.out);
}

#[test]
fn nothing_is_written() {
    let repository = changed();
    let before = repository.0.files(".");
    repository.changes(&[]);
    assert_eq!(repository.0.files("."), before);
}
