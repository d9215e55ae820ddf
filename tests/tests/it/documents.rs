//! The commands that the documents show are run, and print what the documents say.

use std::fs;

use tablature_tests::sandbox::run_in;
use tablature_tests::workspace::root;

/// A command of a document and what it prints, where `...` stands for any lines.
struct Session {
    place: String,
    arguments: Vec<String>,
    shown: Vec<String>,
}

/// The documents that show commands.
fn documents() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|it| format!("docs/{}", it.unwrap().file_name().to_string_lossy()));
    let mut documents: Vec<String> = docs.chain(["README.md".to_owned()]).collect();
    documents.sort();
    documents
}

/// The commands in the `console` blocks of a document. What takes a cluster stands in `text` blocks.
fn sessions(document: &str) -> Vec<Session> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let mut sessions: Vec<Session> = Vec::new();
    let mut is_console = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(fence) = line.strip_prefix("```") {
            is_console = fence == "console";
            continue;
        }
        match (is_console, line.strip_prefix("$ cargo xtask "), sessions.last_mut()) {
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
    for session in documents().iter().flat_map(|it| sessions(it)) {
        let needs_pages = session.arguments.iter().any(|it| it.starts_with("../shared/"));
        if needs_pages && !root().join("../shared").exists() {
            println!("skipped, without ../shared: {}", session.place);
            continue;
        }
        let arguments: Vec<&str> = session.arguments.iter().map(String::as_str).collect();
        let outcome = run_in(root(), &arguments);
        let printed = format!("{}{}", outcome.out, outcome.err);
        let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let shown: Vec<&str> = session.shown.iter().map(String::as_str).collect();
        count += 1;
        if !is_shown(&lines, &shown) {
            wrong.push(format!(
                "{} `{}` prints:\n{printed}",
                session.place,
                session.arguments.join(" ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 3, "only {count} commands found");
}

#[test]
fn lines_left_out_are_any() {
    assert!(is_shown(&["a", "b", "c"], &["a", "...", "c"]));
    assert!(is_shown(&["a"], &["...", "a", "..."]));
    assert!(!is_shown(&["a", "b"], &["a"]));
    assert!(!is_shown(&["a", "c"], &["a", "b", "..."]));
}
