//! The commands that the documents show are run, and print what the documents say.

use std::fs;

use tablature_tests::sandbox::{Outcome, Sandbox, run_in};
use tablature_tests::workspace::root;

use super::changes::document;

/// A command of a document and what it prints, where `...` stands for any lines.
struct Session {
    place: String,
    arguments: Vec<String>,
    shown: Vec<String>,
}

/// The first steps, which are in a repository of their own.
const STEPS: &str = "docs/start.md";

/// The documents that show commands in this repository.
fn documents() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|it| format!("docs/{}", it.unwrap().file_name().to_string_lossy()));
    let docs = docs.filter(|it| it != STEPS);
    let mut documents: Vec<String> = docs.chain(["README.md".to_owned()]).collect();
    documents.sort();
    documents
}

/// The commands behind a prompt in the `console` blocks of a document. What takes a cluster stands in `text` blocks.
fn sessions(document: &str, prompt: &str) -> Vec<Session> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let mut sessions: Vec<Session> = Vec::new();
    let mut is_console = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(fence) = line.strip_prefix("```") {
            is_console = fence == "console";
            continue;
        }
        match (is_console, line.strip_prefix(prompt), sessions.last_mut()) {
            (false, ..) => {}
            (true, Some(arguments), _) => sessions.push(Session {
                place: format!("{document}:{}", index + 1),
                arguments: arguments.split_whitespace().map(str::to_owned).collect(),
                shown: Vec::new(),
            }),
            (true, None, Some(session)) => session.shown.push(line.trim_end().to_owned()),
            (true, None, None) => assert!(line.is_empty(), "{document}:{}: no command", index + 1),
        }
    }
    sessions
}

/// Whether the lines are those shown, with any number of lines in place of each `...`.
fn is_shown(lines: &[&str], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first.trim() == "..." => (0..=lines.len()).any(|it| is_shown(&lines[it..], rest)),
        Some((first, rest)) => lines.first() == Some(first) && is_shown(&lines[1..], rest),
    }
}

#[test]
fn documents_show_what_commands_print() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for session in documents().iter().flat_map(|it| sessions(it, "$ cargo xtask ")) {
        let needs_pages = session.arguments.iter().any(|it| it.starts_with("../shared/"));
        if needs_pages && !root().join("../shared").exists() {
            println!("skipped, without ../shared: {}", session.place);
            continue;
        }
        count += 1;
        wrong.extend(session.difference(&run_in(root(), &session.arguments())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 3, "only {count} commands found");
}

impl Session {
    fn arguments(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }

    /// What is printed, unless it is what is shown.
    fn difference(&self, outcome: &Outcome) -> Option<String> {
        let printed = format!("{}{}", outcome.out, outcome.err);
        let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let shown: Vec<&str> = self.shown.iter().map(String::as_str).collect();
        let command = self.arguments.join(" ");
        (!is_shown(&lines, &shown)).then(|| format!("{} `{command}` prints:\n{printed}", self.place))
    }
}

/// The lines of the block in a language.
fn block<'t>(text: &'t str, language: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// An edition of the document of a pet store.
fn petstore(more: &str) -> String {
    let pet = format!(
        r#"{{"Pet": {{"type": "object", "properties": {{"name": {{"type": "string"}}, "born": {{"type": "string"}}{more}}}}}}}"#
    );
    let answer = |id: &str| format!(r#""operationId": "{id}", "tags": ["pets"], "responses""#);
    let pets = r##"{"200": {"description": "The pets.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}"##;
    let done = r#"{"204": {"description": "Done."}}"#;
    let id = r#"{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}"#;
    let paths = format!(
        r#"{{"/pets": {{"get": {{{}: {pets}}}}}, "/pets/{{id}}": {{"parameters": [{id}],
            "put": {{{}: {done}}}, "delete": {{{}: {done}}}}}}}"#,
        answer("getPets"),
        answer("feedPet"),
        answer("deletePet")
    );
    document(&pet, &paths)
}

#[test]
fn the_first_steps_are_as_shown() {
    let page = fs::read_to_string(root().join(STEPS)).unwrap();
    let sandbox = Sandbox::new().unwrap();
    sandbox.git(&["init", "--quiet"]).unwrap();
    sandbox.write("petstore.json", petstore("")).unwrap();
    let mut wrong = Vec::new();
    for (index, session) in sessions(STEPS, "$ tablature ").iter().enumerate() {
        // Two commands emit, two correct, and the others follow another edition.
        if index == 2 || index == 4 {
            sandbox.git(&["add", "."]).unwrap();
            sandbox.git(&["commit", "--quiet", "--message", "Emit"]).unwrap();
        }
        if index == 2 {
            let (overlays, skip) = block(&page, "toml").split_once("\n\n").unwrap();
            let config = sandbox.read("tablature.toml").unwrap();
            assert!(config.contains(&format!("# {overlays}\n")), "{config}");
            let config = config.replace(&format!("# {overlays}\n"), &format!("{overlays}\n"));
            sandbox.write("tablature.toml", config + skip).unwrap();
            sandbox
                .write("overlays/petstore-api.yaml", block(&page, "yaml"))
                .unwrap();
        }
        if index == 4 {
            sandbox
                .write("petstore.json", petstore(r#", "tag": {"type": "string"}"#))
                .unwrap();
        }
        wrong.extend(session.difference(&sandbox.run(&session.arguments())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_left_out_are_any() {
    assert!(is_shown(&["a", "b", "c"], &["a", "...", "c"]));
    assert!(is_shown(&["a"], &["...", "a", "..."]));
    assert!(!is_shown(&["a", "b"], &["a"]));
    assert!(!is_shown(&["a", "c"], &["a", "b", "..."]));
}
