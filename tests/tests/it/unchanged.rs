//! A run in which nothing has changed emits nothing, and one in which anything has emits what is right.

use std::fs;

use tablature_tests::sandbox::{Outcome, Sandbox};

const API: &str = r#"openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200": {description: All., content: {application/json: {schema: {$ref: "common.yaml#/components/schemas/Pet"}}}}
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: {"204": {description: None.}}
"#;

const COMMON: &str = r#"openapi: 3.1.0
info: {title: Common, version: "1"}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
"#;

const OVERLAY: &str = r#"overlay: 1.0.0
info: {title: Fix, version: "1"}
actions: [{target: $.info, update: {title: Animals}}]
"#;

/// The line of a run that finds everything as it was.
fn is_as_before(outcome: &Outcome) -> bool {
    outcome.code == 0
        && outcome.out.starts_with("2 operations, 1 model, ")
        && outcome.out.ends_with(" files: up to date\n")
}

fn emitted() -> Sandbox {
    let sandbox = Sandbox::new().unwrap();
    for (file, text) in [
        ("docs/api.yaml", API),
        ("docs/common.yaml", COMMON),
        ("fix.yaml", OVERLAY),
    ] {
        sandbox.write(file, text).unwrap();
    }
    let first = emit(&sandbox, &[]);
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{}", first.out);
    sandbox
}

fn emit(sandbox: &Sandbox, more: &[&str]) -> Outcome {
    let arguments = [
        "codegen",
        "--schema",
        "docs/api.yaml",
        "--runtime",
        "0.1",
        "--out",
        "out",
    ];
    let arguments = [&arguments, &["--overlay", "fix.yaml"][..], more].concat();
    sandbox.run(&arguments)
}

#[test]
fn a_run_in_which_nothing_changed_only_says_so() {
    let sandbox = emitted();
    let before = sandbox.files("out");
    for arguments in [&[][..], &["--check"], &["--dry-run"]] {
        let outcome = emit(&sandbox, arguments);
        assert!(is_as_before(&outcome), "{arguments:?}: {}", outcome.out);
    }
    assert_eq!(sandbox.files("out"), before);
    let forced = emit(&sandbox, &["--force"]).out;
    assert!(forced.contains(" files: 0 written, 0 removed, "), "{forced}");
}

#[test]
fn whatever_changes_is_noticed() {
    let change = |file: &str, old: &str, new: &str| {
        let sandbox = emitted();
        let text = sandbox.read(file).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        sandbox.write(file, text.replace(old, new)).unwrap();
        sandbox
    };
    let rewritten = |sandbox: &Sandbox, more: &[&str]| {
        let outcome = emit(sandbox, more);
        let files = outcome
            .out
            .lines()
            .filter_map(|it| it.strip_prefix("wrote      out/src/"));
        let files: Vec<String> = files.map(str::to_owned).collect();
        let again = emit(sandbox, more).out;
        assert!(again.ends_with("files: up to date\n"), "{} then {again}", outcome.out);
        files
    };
    let document = change("docs/api.yaml", "description: None.", "description: Empty.");
    assert_eq!(rewritten(&document, &[]), ["api/owners/list_owners.rs"]);
    let referenced = change("docs/common.yaml", "name:", "nick:");
    assert_eq!(rewritten(&referenced, &[]), ["common/models/pet.rs"]);
    let overlay = change("fix.yaml", "Animals", "Beasts");
    assert_eq!(rewritten(&overlay, &[]), ["api/mod.rs", "common/mod.rs", "lib.rs"]);
    let by_hand = change("out/src/common/models/pet.rs", "name", "nom");
    assert_eq!(rewritten(&by_hand, &[]), ["common/models/pet.rs"]);
    let merged = change("out/.fingerprint", "inputs ", "<<<<<<< HEAD\ninputs ");
    assert!(rewritten(&merged, &[]).is_empty());

    let removed = emitted();
    fs::remove_file(removed.path("out/src/common/models/pet.rs")).unwrap();
    assert_eq!(rewritten(&removed, &[]), ["common/models/pet.rs"]);
    let left_over = emitted();
    left_over.write("out/src/old.rs", "// @generated\n").unwrap();
    assert!(rewritten(&left_over, &[]).is_empty());
    assert!(!left_over.path("out/src/old.rs").exists());
    let own = emitted();
    own.write("out/src/mine.rs", "// Mine.\n").unwrap();
    assert!(is_as_before(&emit(&own, &[])));

    let options = emitted();
    let fewer = emit(&options, &["--only", "listPets"]);
    assert!(
        fewer.out.contains("removed    out/src/api/owners/list_owners.rs"),
        "{}",
        fewer.out
    );
    assert!(rewritten(&options, &[]).contains(&"api/owners/list_owners.rs".to_owned()));
}

#[test]
fn a_check_that_differs_keeps_no_fingerprint() {
    let sandbox = emitted();
    let text = sandbox.read("out/src/lib.rs").unwrap();
    sandbox.write("out/src/lib.rs", format!("{text}mod more;\n")).unwrap();
    for _ in 0..2 {
        let outcome = emit(&sandbox, &["--check"]);
        assert_eq!(outcome.code, 1);
        assert!(outcome.out.contains("stale      out/src/lib.rs"), "{}", outcome.out);
    }
}

#[test]
fn what_the_last_run_warned_of_and_left_out_is_not_forgotten() {
    let sandbox = Sandbox::new().unwrap();
    let broken = "listOwners\n      parameters: [{name: id, in: bath, schema: {type: string}}]";
    let broken = API
        .replace("listOwners", broken)
        .replace("pets]", "pets]\n      foo: 1");
    sandbox.write("docs/api.yaml", broken).unwrap();
    sandbox
        .write(
            "docs/common.yaml",
            COMMON.replace("type: string", "type: string, foo: 1"),
        )
        .unwrap();
    sandbox.write("fix.yaml", OVERLAY).unwrap();
    let first = emit(&sandbox, &["--keep-going"]);
    assert_eq!(first.code, 3, "{}{}", first.out, first.err);
    let count = first.err.lines().last().unwrap();
    let second = emit(&sandbox, &["--keep-going"]);
    assert_eq!((second.code, second.err.as_str()), (3, ""));
    assert!(
        second
            .out
            .ends_with(&format!("{count} as in the last run: `--force` shows them again\n")),
        "{count}: {}",
        second.out
    );
    // A machine gets all of them each time.
    let lines = emit(&sandbox, &["--keep-going", "--diagnostics", "json"]).err;
    assert_eq!(format!("{} warnings", lines.lines().count()), count);
}
