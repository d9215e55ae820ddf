//! Resolves the names of files relative to each other.

/// The name without `.`, and with `..` taken out where something stands before it.
pub(crate) fn normal(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The file that `reference` means in the file `from`.
pub(crate) fn relative(from: &str, reference: &str) -> String {
    match from.rsplit_once('/') {
        Some((folder, _)) if !reference.starts_with('/') => normal(&format!("{folder}/{reference}")),
        _ => normal(reference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_names() {
        for (from, reference, name) in [
            ("a.json", "b.json", "b.json"),
            ("schema/a.json", "./b.json", "schema/b.json"),
            ("schema/a.json", "../b.json", "b.json"),
            ("schema/a.json", "../../b.json", "../b.json"),
            ("../x/a.json", "../../b.json", "../../b.json"),
            ("/x/a.json", "y//b.json", "/x/y/b.json"),
            ("x/a.json", "/y/b.json", "/y/b.json"),
            ("/a.json", "b.json", "/b.json"),
        ] {
            assert_eq!(relative(from, reference), name, "{reference} in {from}");
        }
    }
}
