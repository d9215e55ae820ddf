//! Documents of strangers: what is only warned of, how a run gets on without a part, and which files are read.

use std::fs;

use tablature_tests::sandbox::{Outcome, Sandbox};

fn run(sandbox: &Sandbox, options: &[&str]) -> Outcome {
    let arguments = ["codegen", "--schema", "docs/api.yaml", "--out", "out"];
    sandbox.run(&[&arguments, options].concat())
}

fn sandbox(document: &str) -> Sandbox {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("docs/api.yaml", document).unwrap();
    sandbox
}

/// What only people read, and a misspelt key of it.
const SLIP: &str = r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1", "descripton": "x"}, "paths": {}}"#;

#[test]
fn what_is_only_read_is_an_error_in_curated_documents_alone() {
    let outcome = run(&sandbox(SLIP), &[]);
    assert!(
        outcome.code == 0 && outcome.err.contains("warning[unknown-key]"),
        "{}",
        outcome.err
    );
    let workspace = Sandbox::workspace(&[("api.json", SLIP)]).unwrap();
    let outcome = workspace.run(&["codegen"]);
    assert!(
        outcome.code == 1 && outcome.err.contains("error[unknown-key]"),
        "{}",
        outcome.err
    );
}

/// One good operation, and three that cannot be emitted for three reasons.
const BROKEN: &str = r##"
openapi: 3.1.0
info: {title: P, version: "1"}
paths:
  /good: {get: {operationId: good, tags: [fine], responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Good"}}}}}}}
  /a: {get: {operationId: a, parameters: [{name: x, in: body, schema: {}}], responses: {"200": {description: d}}}}
  /b: {post: {operationId: b, requestBody: {$ref: "#/components/requestBodies/None"}, responses: {"200": {description: d}}}}
  /c: {get: {operationId: c, parameters: [{$ref: "#/components/parameters/Bad"}], responses: {"200": {description: d}}}}
components:
  parameters:
    Bad: {name: x, in: nowhere, schema: {}}
  schemas:
    Good: {type: object, properties: {a: {type: string}}}
    Never: {type: object, properties: {f: false}}
"##;

#[test]
fn each_refusal_says_how_to_get_on() {
    let outcome = run(&sandbox(BROKEN), &[]);
    assert_eq!(outcome.code, 1);
    for name in ["a", "b", "Bad"] {
        let help = format!("to get on all the same: `--skip {name}` or `--keep-going`");
        assert!(outcome.err.contains(&help), "{name}: {}", outcome.err);
    }
}

#[test]
fn a_run_keeps_going_without_what_cannot_be_emitted() {
    let sandbox = sandbox(BROKEN);
    let outcome = run(&sandbox, &["--keep-going"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (3, ""));
    let left_out: Vec<_> = outcome.out.lines().filter(|it| it.starts_with("left out")).collect();
    assert_eq!(
        left_out,
        [
            "left out   operation `a` (docs/api.yaml:6:13): [wrong-value] `in` must be `path`, `query`, `header` or `cookie`, found `body`",
            "left out   parameter `Bad` (docs/api.yaml:11:5): [wrong-value] `in` must be `path`, `query`, `header` or `cookie`, found `nowhere`",
            "left out   operation `b` (docs/api.yaml:7:14): [dangling-reference] `#/components/requestBodies/None` does not exist",
            "left out   operation `c` (docs/api.yaml:8:13): [dangling-reference] `#/components/parameters/Bad` does not exist",
            "left out   schema `Never` (docs/api.yaml:14:5), any value is taken: [schema-false] nothing matches the schema `false`",
        ]
    );
    assert!(sandbox.path("out/src/api/models/good.rs").exists());
}

#[test]
fn what_is_named_is_left_out_with_its_reason() {
    let sandbox = sandbox(BROKEN);
    sandbox
        .write(
            "skips",
            "# Known faults.\na # its place is wrong\nb # no body\nc # x\nNever # y\n",
        )
        .unwrap();
    let outcome = run(&sandbox, &["--skip-file", "skips"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    assert!(
        outcome
            .out
            .contains("left out   operation `a` (docs/api.yaml:6:13): its place is wrong\n"),
        "{}",
        outcome.out
    );
    sandbox.write("skips", "a\n").unwrap();
    let outcome = run(&sandbox, &["--skip-file", "skips"]);
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (2, "error: skips:1: expected a name, ` # ` and the reason\n")
    );
    let outcome = run(&sandbox, &["--skip", "Gud"]);
    assert_eq!(outcome.code, 2);
}

#[test]
fn a_selection_does_not_fail_on_the_rest() {
    let sandbox = sandbox(BROKEN);
    let outcome = run(&sandbox, &["--only", "good"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    assert!(outcome.out.contains("1 operation, 1 model,"), "{}", outcome.out);
}

/// A document that refers to another file by this name.
fn referring(file: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: A, version: \"1\"}}\npaths: {{}}\n\
         components: {{schemas: {{A: {{type: object, properties: {{p: {{$ref: \"{file}\"}}}}}}}}}}\n"
    )
}

#[test]
fn references_stay_in_the_folder_of_the_document() {
    let sandbox = sandbox(&referring("../secret.yaml"));
    sandbox.write("secret.yaml", "title: hunter2\n").unwrap();
    let outcome = run(&sandbox, &[]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.err.contains("`--allow-outside DIR`") && !outcome.err.contains("hunter2"),
        "{}",
        outcome.err
    );
    // Whether a file exists elsewhere is nobody's business.
    fs::remove_file(sandbox.path("secret.yaml")).unwrap();
    assert_eq!(run(&sandbox, &[]).err, outcome.err);
    sandbox.write("secret.yaml", "title: hunter2\n").unwrap();
    let outcome = run(&sandbox, &["--allow-outside", "."]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
}

#[test]
fn no_line_is_shown_of_a_file_that_is_no_part_of_a_document() {
    for (name, text) in [
        ("env", "TOKEN=hunter2\n"),
        ("env.yaml", "a: [hunter2\n"),
        ("list.json", "[\"hunter2\"]"),
    ] {
        let sandbox = sandbox(&referring(name));
        sandbox.write(&format!("docs/{name}"), text).unwrap();
        let outcome = run(&sandbox, &[]);
        assert!(
            !outcome.err.is_empty() && !outcome.err.contains("hunter2"),
            "{}",
            outcome.err
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_before_their_place_is_judged_and_pipes_are_not_waited_for() {
    let sandbox = sandbox(&referring("link.yaml"));
    sandbox.write("secret.yaml", "title: hunter2\n").unwrap();
    std::os::unix::fs::symlink(sandbox.path("secret.yaml"), sandbox.path("docs/link.yaml")).unwrap();
    let outcome = run(&sandbox, &[]);
    assert!(
        outcome.code == 1 && outcome.err.contains("`--allow-outside DIR`"),
        "{}",
        outcome.err
    );
    fs::remove_file(sandbox.path("docs/link.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", sandbox.path("docs/link.yaml")).unwrap();
    let outcome = run(&sandbox, &["--allow-outside", "/dev"]);
    assert!(
        outcome.code == 1 && outcome.err.contains("it is not a file"),
        "{}",
        outcome.err
    );
    let pipe = sandbox.path("out/src/lib.rs");
    fs::create_dir_all(pipe.parent().unwrap()).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|it| it.success()));
    sandbox.write("docs/api.yaml", SLIP).unwrap();
    let outcome = run(&sandbox, &[]);
    assert!(
        outcome.code == 2 && outcome.err.contains("out/src/lib.rs is in the way: it is not a file"),
        "{}",
        outcome.err
    );
}

#[test]
fn names_do_not_steer_the_terminal() {
    let text = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {}, \
                \"components\": {\"schemas\": {\"A\": {\"type\": \"object\", \"properties\": \
                {\"a\\u001b\\u0007\\u202e\": {}, \"a\": {}, \"b\": {\"type\": \"\\u001b[2J\"}}}}}}";
    let outcome = run(&sandbox(text), &[]);
    assert!(
        !outcome.out.is_empty() && outcome.out.contains("\\u{1b}"),
        "{}",
        outcome.out
    );
    let steers = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
    let all = outcome.out + &outcome.err;
    assert!(!all.contains(steers), "{all:?}");
}

#[test]
fn the_index_of_an_api_server_is_the_list_of_its_documents() {
    let sandbox = Sandbox::new().unwrap();
    let index = r#"{"paths": {"api/v1": {"serverRelativeURL": "/openapi/v3/api/v1?hash=1"},
        "apis/apps/v1": {"serverRelativeURL": "/openapi/v3/apis/apps/v1?hash=2"}}}"#;
    sandbox.write("docs/index.json", index).unwrap();
    sandbox.write("docs/api_v1.json", SLIP).unwrap();
    let arguments = ["codegen", "--schema", "docs/index.json", "--out", "out"];
    let outcome = sandbox.run(&arguments);
    assert_eq!(outcome.code, 2);
    let expected = "error: docs/index.json lists apis/apps/v1, which is not beside it: \
                    save /openapi/v3/apis/apps/v1 as apis_apps_v1.json\n";
    assert_eq!(outcome.err, expected);
    sandbox.write("docs/apis__apps__v1_openapi.json", SLIP).unwrap();
    let outcome = sandbox.run(&arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(sandbox.path("out/src/api_v1/mod.rs").exists());
    assert!(sandbox.path("out/src/apis_apps_v1_openapi/mod.rs").exists());
}

#[test]
fn what_an_interrupted_run_left_is_swept() {
    let sandbox = sandbox(SLIP);
    sandbox.write("out/.tablature-stage/0", "half").unwrap();
    let outcome = run(&sandbox, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(sandbox.path("out/src/lib.rs").exists() && !sandbox.path("out/.tablature-stage").exists());
}
