//! What the command gives to tools: diagnostics as JSON and SARIF, reports, completions and manual pages.

use serde_json::Value;
use tablature_tests::sandbox::Sandbox;

/// A document with an error and three warnings, one of them behind a character of several bytes.
const PETS: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Pëts", "version": "1", "titel": "x"},
  "paths": {"/pets/{id}": {"get": {
    "operationId": "readPet",
    "parameters": [{"name": "id", "in": "bath", "schema": {"$ref": "#/components/schemas/Id"}}],
    "responses": {"204": {"description": "Done."}}
  }}}
}
"##;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("my docs/pets.json", PETS).unwrap();
    sandbox
}

const EMIT: [&str; 7] = [
    "codegen",
    "--schema",
    "my docs/pets.json",
    "--runtime",
    "0.1",
    "--out",
    "out",
];

fn emit(sandbox: &Sandbox, more: &[&str]) -> (u8, String) {
    let outcome = sandbox.run(&[&EMIT, more].concat());
    assert_eq!(outcome.out, "");
    (outcome.code, outcome.err)
}

#[test]
fn each_diagnostic_is_a_line_of_json_with_its_places() {
    let sandbox = sandbox();
    let (code, lines) = emit(&sandbox, &["--diagnostics", "json"]);
    assert_eq!(code, 1);
    let lines: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let human = emit(&sandbox, &[]).1;
    assert!(lines.len() > 1);
    for line in &lines {
        let place = &line["places"][0];
        let (severity, code) = (line["severity"].as_str().unwrap(), line["code"].as_str().unwrap());
        assert!(human.contains(&format!("{severity}[{code}]: ")), "{line}");
        let position = format!(
            "my docs/pets.json:{}:{}",
            place["start"]["line"], place["start"]["column"]
        );
        assert_eq!(place["file"], "my docs/pets.json");
        assert!(human.contains(&position), "{position} in {human}");
        let help = line["help"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
        help.for_each(|it| assert!(human.contains(&it.replace('\n', " ")), "{it}"));
    }
    let titel = lines.iter().find(|it| it["code"] == "unknown-key").unwrap();
    let bytes = &titel["places"][0]["bytes"];
    let range = bytes["start"].as_u64().unwrap() as usize..bytes["end"].as_u64().unwrap() as usize;
    assert_eq!(&PETS[range], "\"titel\"");
    assert_eq!(titel["places"][0]["end"]["column"], 52);
}

#[test]
fn sarif_has_rules_results_and_failures() {
    let sandbox = sandbox();
    let (code, said) = emit(
        &sandbox,
        &["--diagnostics", "sarif", "--diagnostics-out", "logs/found.sarif"],
    );
    assert_eq!((code, said.as_str()), (1, ""));
    let log: Value = serde_json::from_str(&sandbox.read("logs/found.sarif").unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 1 && run["invocations"][0]["executionSuccessful"] == true);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["fullDescription"]["text"].as_str().unwrap().ends_with('.'));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20docs/pets.json");
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
    }

    let missing = ["codegen", "--schema", "none.json", "--out", "out", "--runtime", "0.1"];
    let outcome = sandbox.run(&[&missing[..], &["--diagnostics", "sarif"]].concat());
    let log: Value = serde_json::from_str(&outcome.err).unwrap();
    let run = &log["runs"][0]["invocations"][0];
    assert_eq!((outcome.code, &run["executionSuccessful"]), (2, &Value::Bool(false)));
    let text = run["toolExecutionNotifications"][0]["message"]["text"]
        .as_str()
        .unwrap();
    assert!(text.starts_with("cannot read none.json: "), "{text}");
}

#[test]
fn a_file_for_diagnostics_that_cannot_be_written_is_told() {
    let sandbox = sandbox();
    sandbox.write("file", "").unwrap();
    let (code, said) = emit(&sandbox, &["--diagnostics-out", "file/found"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: cannot write file/found: "), "{said}");
}

#[test]
fn a_dry_run_says_what_would_be_written_and_writes_nothing() {
    let sandbox = sandbox();
    let good = PETS
        .replace("bath", "query")
        .replace(r#", "titel": "x""#, "")
        .replace("/{id}", "");
    let good = good.replace(r##"{"$ref": "#/components/schemas/Id"}"##, r#"{"type": "string"}"#);
    sandbox.write("my docs/pets.json", good).unwrap();
    let text = sandbox.run(&[&EMIT[..], &["--dry-run"]].concat());
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let json = sandbox.run(&[&EMIT[..], &["--dry-run", "--format", "json"]].concat());
    assert!(!sandbox.path("out").exists());
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let files = report["crates"][0]["files"].as_array().unwrap();
    for file in files {
        assert_eq!(file["state"], "missing");
        assert!(
            text.out
                .contains(&format!("to write   {}\n", file["path"].as_str().unwrap()))
        );
    }
    let count = format!(
        "1 operation, 0 models, {0} files: {0} to write, 0 to remove, 0 unchanged\n",
        files.len()
    );
    assert!(text.out.ends_with(&count), "{}", text.out);

    let quiet = sandbox.run(&[&EMIT[..], &["--quiet"]].concat());
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    assert!(sandbox.path("out/Cargo.toml").is_file());
    std::fs::remove_file(sandbox.path("out/Cargo.toml")).unwrap();
    let check = sandbox.run(&[&EMIT[..], &["--quiet", "--check"]].concat());
    assert_eq!(check.code, 1);
    assert!(check.out.starts_with("missing    out/Cargo.toml\n"), "{}", check.out);
    assert!(check.out.ends_with("run this again without `--check` to mend it\n"));
}

#[test]
fn shells_and_man_know_every_command() {
    let sandbox = Sandbox::new().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = sandbox.run(&["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        for word in ["codegen", "coverage", "diagnostics-out"] {
            assert!(script.out.contains(word), "{shell} does not know {word}");
        }
    }
    let written = sandbox.run(&["man", "--out", "man"]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let pages = sandbox.files("man");
    assert_eq!(written.out.lines().count(), pages.len());
    for name in ["tablature", "tablature-codegen", "tablature-pages-check"] {
        let page = String::from_utf8_lossy(&pages[&format!("{name}.1")]).replace("\\-", "-");
        assert!(
            page.contains(&format!(".TH {name} 1")) && page.contains("Exit codes:"),
            "{page}"
        );
    }
    assert_eq!(sandbox.run(&["man"]).out.as_bytes(), pages["tablature.1"]);
}
