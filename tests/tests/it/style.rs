//! What a reader may count on in every hand-written file.

use std::fs;

use tablature_tests::source::functions;
use tablature_tests::workspace::{hand_written, root};

/// How long a file may be.
const LINES_OF_A_FILE: usize = 500;
/// How long a function may be.
const LINES_OF_A_FUNCTION: usize = 60;

#[test]
fn files_say_what_they_are_and_stay_short() {
    let mut wrong = Vec::new();
    for path in hand_written() {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let first = text.lines().next().unwrap_or_default();
        if first
            .strip_prefix("//! ")
            .is_none_or(|sentence| sentence.trim().is_empty())
        {
            wrong.push(format!("{path}:1 does not begin with `//! `"));
        }
        let lines = text.lines().count();
        if lines > LINES_OF_A_FILE {
            wrong.push(format!("{path} has {lines} lines"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn functions_stay_short() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in hand_written() {
        if path.contains("tests/") || path.ends_with("/tests.rs") {
            continue;
        }
        let file = syn::parse_file(&fs::read_to_string(root().join(&path)).unwrap()).unwrap();
        for function in functions(&file) {
            count += 1;
            if function.length > LINES_OF_A_FUNCTION {
                wrong.push(format!(
                    "{path}:{} `{}` has {} lines",
                    function.line, function.name, function.length
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 50, "only {count} functions found");
}
