//! The name of a stand-alone package, and the command line that its files name.

/// Names that would stand for another crate: the standard library's, and what emitted code imports.
const TAKEN: [&str; 12] = [
    "alloc",
    "bytes",
    "core",
    "http",
    "proc-macro",
    "serde",
    "std",
    "tablature-client",
    "tablature-huawei",
    "tablature-kubernetes",
    "tablature-runtime",
    "test",
];

/// The package name that a folder's name gives: lower case, with `-` for what may not stand there.
pub fn name(folder: &str) -> String {
    let mut name = String::new();
    for character in folder.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() || character == '_' {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '_']);
    if name.is_empty() {
        "api".to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("api-{name}")
    } else if is_taken(name) {
        format!("{name}-api")
    } else {
        name.to_owned()
    }
}

fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || is_keyword(name)
}

/// Whether a crate of this name could not be imported.
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 52] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
        "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.contains(&name)
}

/// The command line that emits `documents`, but for where to.
pub fn command<'a>(command: &str, documents: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = format!("{command} --schema");
    for document in documents {
        line.push(' ');
        line.push_str(&quoted(document));
    }
    line
}

/// The argument as a shell takes it, on one line.
pub fn quoted(argument: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./+=:@,^~".contains(character);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    let line: String = argument
        .chars()
        .map(|it| if it.is_control() { '?' } else { it })
        .collect();
    format!("'{}'", line.replace('\'', "'\\''"))
}

/// The key as TOML takes it, on one line.
pub fn toml_key(key: &str) -> String {
    let bare = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if !key.is_empty() && key.chars().all(bare) {
        return key.to_owned();
    }
    toml_string(key)
}

/// The string as TOML takes it, on one line.
pub fn toml_string(text: &str) -> String {
    let line = text.replace(char::is_control, "?");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_a_package_name() {
        for (folder, package) in [
            ("petstore", "petstore"),
            ("Pet Store (v2)", "pet-store-v2"),
            ("pet_store", "pet_store"),
            ("../..", "api"),
            ("3scale", "api-3scale"),
            ("Äpfel", "pfel"),
            ("type", "type-api"),
            ("test", "test-api"),
            ("serde", "serde-api"),
            ("", "api"),
        ] {
            assert_eq!(name(folder), package, "{folder:?}");
        }
    }

    #[test]
    fn a_command_is_one_line_for_a_shell() {
        let line = command("run", ["a.json", "b c.json", "it's", "\n"]);
        assert_eq!(line, r"run --schema a.json 'b c.json' 'it'\''s' '?'");
    }
}
