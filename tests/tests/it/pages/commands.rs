//! `cargo xtask pages`: what the commands say and write.

use std::fs;

use tablature_tests::sandbox::Sandbox;

use super::fixture;

/// A document that documents the page `lamps/replaceLamp` whole.
const DOCUMENT: &str = include_str!("../../../fixtures/pages/lamps/lamps.json");

/// A workspace in which the page is recorded.
fn recorded() -> Sandbox {
    let sandbox = Sandbox::workspace(&[("lamps.json", DOCUMENT)]).unwrap();
    sandbox
        .write("lamps/replaceLamp.md", fixture("replaceLamp.md"))
        .unwrap();
    let outcome = sandbox.run(&["pages", "record", "lamps/replaceLamp.md", "--edition", "2024"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    sandbox
}

/// A later edition of the page.
fn later() -> String {
    fixture("replaceLamp.md")
        .replace("|mode|否|String|", "|colour|否|String|The colour.|\n|mode|否|String|")
        .replace("|labels|否|", "|notes|否|")
        .replace("|bulbs|否|Array of com.example.Bulb objects|-|\n", "")
        .replace("|watts|是|Integer|", "|watts|否|Long|")
        .replace(
            "Supports \"Warm\" and \"Cold\"",
            "Supports \"Warm\", \"Cold\" and \"Red\"",
        )
        .replace("|404|NotFound|", "|404|NotFound|\n|409|Conflict|")
        .replace("What the lamp is called.", "Its name.")
}

#[test]
fn a_recorded_page_is_covered_and_unchanged() {
    let sandbox = recorded();
    let coverage = sandbox.run(&["pages", "coverage"]);
    assert_eq!(coverage.code, 0, "{}{}", coverage.out, coverage.err);
    let check = sandbox.run(&["pages", "check", "lamps/replaceLamp.md"]);
    assert_eq!(
        (check.code, check.out.contains("no change")),
        (0, true),
        "{}{}",
        check.out,
        check.err
    );
    let again = sandbox.run(&["pages", "record", "lamps/replaceLamp.md"]);
    assert!(again.out.contains("1 page, unchanged"), "{}", again.out);
}

#[test]
fn no_sentence_of_a_page_is_recorded() {
    let lock = recorded().read("schema/pages.lock.json").unwrap();
    for sentence in ["Where the lamp hangs", "Keeps the light", "Notes", "换一盏灯"] {
        assert!(!lock.contains(sentence), "{sentence}");
    }
}

#[test]
fn changes_are_told_with_their_places() {
    let sandbox = recorded();
    sandbox.write("lamps/replaceLamp.md", later()).unwrap();
    let outcome = sandbox.run(&["pages", "check", "lamps/replaceLamp.md"]);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!("check", outcome.out);
    let json = sandbox.run(&["pages", "check", "lamps/replaceLamp.md", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["pages"][0]["changes"].as_array().unwrap().len(), 9);
    assert_eq!(value["pages"][0]["changes"][0]["schema"]["file"], "schema/lamps.json");
}

#[test]
fn mechanical_edits_keep_the_rest_as_it_is() {
    let sandbox = recorded();
    sandbox.write("lamps/replaceLamp.md", later()).unwrap();
    let before = sandbox.read("schema/lamps.json").unwrap();
    let dry = sandbox.run(&["pages", "check", "lamps/replaceLamp.md", "--apply", "--dry-run"]);
    assert_eq!((dry.code, sandbox.read("schema/lamps.json").unwrap()), (1, before));
    let outcome = sandbox.run(&["pages", "check", "lamps/replaceLamp.md", "--apply"]);
    assert_eq!(outcome.code, 0);
    let edited = sandbox.read("schema/lamps.json").unwrap();
    let added: Vec<_> = edited
        .lines()
        .filter(|it| !DOCUMENT.lines().any(|line| line == *it))
        .collect();
    insta::assert_snapshot!("apply", format!("{}\n{}", outcome.out, added.join("\n")));
    // What is a draft is not emitted, and what was there is there still.
    let codegen = sandbox.run(&[
        "codegen",
        "--schema",
        "schema/lamps.json",
        "--out",
        "out",
        "--runtime",
        "0.1",
    ]);
    assert!(codegen.err.contains("error[draft]"), "{}", codegen.err);
    let tried = sandbox.run(&["codegen", "tablature-apis", "--drafts", "--out", "tried"]);
    assert_eq!(tried.code, 0, "{}", tried.err);
    let refused = sandbox.run(&["codegen", "--drafts", "--out", "generated"]);
    let expected =
        "error: cannot emit drafts into generated: it is the folder of tablature-apis; name one of their own\n";
    assert_eq!((refused.code, refused.err.as_str()), (2, expected));
    let kept = |line: &&str| {
        !edited
            .lines()
            .any(|it| it.trim_end_matches(',') == line.trim_end_matches(','))
    };
    let lost: Vec<_> = DOCUMENT.lines().filter(kept).collect();
    // But for what changed rows said, which nobody had edited.
    assert_eq!(
        lost,
        [
            "              \"enum\": [\"Warm\", \"Cold\"],",
            "        \"required\": [\"watts\"],"
        ]
    );
}

#[test]
fn edits_are_made_once_and_what_they_leave_is_covered() {
    let sandbox = recorded();
    // A table more before that of the response, a member and a parameter more, and a member less.
    let table = "**表 0** 响应Header参数\n\n|参数|参数类型|描述|\n|---|---|---|\n|X-Trace|String|The trace.|\n\n";
    let edition = fixture("replaceLamp.md")
        .replace("|mode|否|String|", "|colour|否|String|The colour.|\n|mode|否|String|")
        .replace("|serial|否|", "|cable|否|String|Which cable.|\n|serial|否|")
        .replace("|labels|否|Map<String,String>|Notes.|\n", "")
        .replace("**表 7**", &format!("{table}**表 7**"));
    sandbox.write("lamps/replaceLamp.md", edition).unwrap();
    let apply = || sandbox.run(&["pages", "check", "lamps/replaceLamp.md", "--apply"]);
    let first = apply();
    let edited = sandbox.read("schema/lamps.json").unwrap();
    let second = apply();
    assert_eq!((first.code, second.code), (0, 0), "{}{}", first.out, second.err);
    assert_eq!(sandbox.read("schema/lamps.json").unwrap(), edited);
    insta::assert_snapshot!("applied_twice", format!("{}\n{}", first.out, second.out));
    let record = sandbox.run(&["pages", "record", "lamps/replaceLamp.md"]);
    assert_eq!(record.code, 0, "{}{}", record.out, record.err);
    insta::assert_snapshot!("recorded_again", record.out);
    let coverage = sandbox.run(&["pages", "coverage"]);
    insta::assert_snapshot!("covered_again", format!("{}\n{}", coverage.out, coverage.err));
}

#[test]
fn a_page_that_is_not_read_whole_is_not_recorded() {
    let sandbox = recorded();
    let before = sandbox.read("schema/pages.lock.json").unwrap();
    let cut = fixture("replaceLamp.md").split("## 状态码").next().unwrap().to_owned();
    sandbox.write("lamps/replaceLamp.md", cut).unwrap();
    let outcome = sandbox.run(&["pages", "record", "lamps/replaceLamp.md"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("nothing was recorded"), "{}", outcome.out);
    assert_eq!(sandbox.read("schema/pages.lock.json").unwrap(), before);
}

#[test]
fn lost_cells_are_recovered_from_a_companion() {
    let sandbox = Sandbox::workspace(&[("lamps.json", DOCUMENT)]).unwrap();
    sandbox.write("lamps/lamp.txt", fixture("lamp.ruled.txt")).unwrap();
    sandbox.write("lamps/lamp.adoc", fixture("lamp.adoc")).unwrap();
    let outcome = sandbox.run(&["pages", "record", "lamps/lamp.txt", "--with", "lamps/lamp.adoc"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let lock = sandbox.read("schema/pages.lock.json").unwrap();
    let rows: Vec<_> = lock
        .lines()
        .filter(|it| it.contains("\"name\"") || it.contains("\"status\""))
        .collect();
    insta::assert_snapshot!("recovered", rows.join("\n"));
}

#[test]
fn pages_become_a_draft_that_codegen_takes_once_it_is_none() {
    let sandbox = Sandbox::new().unwrap();
    sandbox
        .write("lamps/replaceLamp.md", fixture("replaceLamp.md"))
        .unwrap();
    sandbox.write("lamps/lamp.adoc", fixture("lamp.adoc")).unwrap();
    let pages = ["lamps/replaceLamp.md", "lamps/lamp.adoc"];
    let outcome = sandbox.run(&["pages", "import", pages[0], pages[1], "--out", "draft.json"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let draft = sandbox.read("draft.json").unwrap();
    insta::assert_snapshot!("import", format!("{}\n{}\n{draft}", outcome.out, outcome.err));
    let emit = |file: &str| sandbox.run(&["codegen", "--schema", file, "--out", "out"]);
    assert!(emit("draft.json").err.contains("error[draft]"));
    let tried = sandbox.run(&["codegen", "--schema", "draft.json", "--drafts", "--out", "tried"]);
    assert_eq!((tried.code, tried.err.as_str()), (0, ""), "{}", tried.out);
    let first = sandbox.read("tried/src/lib.rs").unwrap();
    let command = "`tablature codegen --schema draft.json --drafts --out tried`";
    assert!(first.lines().next().unwrap().contains(command), "{first}");
    let ready: String = draft
        .lines()
        .filter(|it| !it.contains("\"x-draft\""))
        .map(|it| format!("{it}\n"))
        .collect();
    fs::write(sandbox.path("ready.json"), ready).unwrap();
    let emitted = emit("ready.json");
    assert_eq!(emitted.code, 0, "{}{}", emitted.out, emitted.err);
}

#[test]
fn misuse_is_told() {
    let sandbox = recorded();
    let fails = |arguments: &[&str]| {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, 2, "{}", outcome.out);
        outcome.err
    };
    let two = ["lamps/replaceLamp.md", "lamps/replaceLamp.md"];
    insta::assert_snapshot!(
        "misuse",
        [
            fails(&["pages", "record", two[0], two[1], "--edition", "2024"]),
            fails(&["pages", "record", "lamps/none.md"]),
            fails(&["pages", "check", two[0], "--as", "lamps/other"]),
            fails(&["pages", "import", two[0], "--out", "schema/lamps.json"]),
        ]
        .concat()
    );
}

#[test]
fn help_says_what_the_commands_do() {
    let sandbox = Sandbox::new().unwrap();
    let help: Vec<_> = ["record", "coverage", "check", "import", "report", "fetch", "update"]
        .iter()
        .map(|it| sandbox.run(&["pages", it, "--help"]).out)
        .collect();
    insta::assert_snapshot!("help", help.join("\n----\n"));
}
