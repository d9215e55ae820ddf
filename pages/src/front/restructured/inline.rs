//! reStructuredText within a line: what is left when markup is taken away.

/// The text without marks of emphasis and code, with labels in place of references.
pub(super) fn text(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['`', '*', '\\', ':', '|']) {
        let (before, tail) = rest.split_at(at);
        text.push_str(before);
        rest = take(tail, &mut text);
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// Takes what begins at the first character, and gives what is left.
fn take<'a>(tail: &'a str, text: &mut String) -> &'a str {
    let mut characters = tail.chars();
    let first = characters.next();
    let after = characters.as_str();
    match first {
        // An escaped space is nothing, so that marks can stand within a word.
        Some('\\') => {
            let next = after.chars().next();
            text.extend(next.filter(|it| !it.is_whitespace()));
            after.get(next.map_or(0, char::len_utf8)..).unwrap_or_default()
        }
        Some(':') => match role(after) {
            Some(rest) => rest,
            None => {
                text.push(':');
                after
            }
        },
        Some('`') => code(after, text),
        Some('*') => {
            let rest = after.trim_start_matches('*');
            // A star between spaces is text.
            if rest.starts_with(char::is_whitespace) && (text.is_empty() || text.ends_with(char::is_whitespace)) {
                text.push('*');
            } else if rest.len() < after.len()
                && text.ends_with(|it: char| it.is_alphanumeric())
                && tail.starts_with("****")
            {
                // `**A****B**` is two words.
                text.push('\n');
            }
            rest
        }
        Some(it) => {
            text.push(it);
            after
        }
        None => after,
    }
}

/// What follows the name of a role: `ref:` before a backtick.
fn role(after: &str) -> Option<&str> {
    let (name, rest) = after.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'+' | b'_'));
    (is_name && rest.starts_with('`')).then_some(rest)
}

/// Code between two backticks, or a reference between one: its label, not its target.
fn code<'a>(after: &'a str, text: &mut String) -> &'a str {
    let (inner, rest) = match after.strip_prefix('`') {
        Some(literal) => match literal.split_once("``") {
            Some((inner, rest)) => {
                text.push_str(inner);
                return rest;
            }
            None => return literal,
        },
        None => match after.split_once('`') {
            Some(found) => found,
            None => return after,
        },
    };
    let label = match inner.rsplit_once('<') {
        Some((label, target)) if target.ends_with('>') && !label.trim().is_empty() => label.trim(),
        _ => inner,
    };
    text.push_str(&label.replace('\\', ""));
    rest.trim_start_matches('_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (source, expected) in [
            (":ref:`a.b.C <x_a.b.c>` object", "a.b.C object"),
            ("**Table 1** Path Parameters", "Table 1 Path Parameters"),
            ("``code`` and `link <http://x>`__.", "code and link."),
            ("a\\ **b** 2 * 3", "ab 2 * 3"),
            ("**RED****BLUE**", "RED\nBLUE"),
            ("/v1/{a}:b and x: y", "/v1/{a}:b and x: y"),
            ("`open", "open"),
        ] {
            assert_eq!(text(source), expected);
        }
    }
}
