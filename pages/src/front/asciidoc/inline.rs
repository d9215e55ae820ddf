//! AsciiDoc within a line: what is left when markup is taken away.

/// The text without code marks, with labels in place of cross references, and entities written out.
pub(super) fn text(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((start, label_start, label_end)) = next_reference(rest) {
        push(&mut text, rest.get(..start).unwrap_or_default());
        push(&mut text, rest.get(label_start..label_end).unwrap_or_default());
        rest = rest.get(label_end + 1..).unwrap_or_default();
    }
    push(&mut text, rest);
    text.trim().to_owned()
}

fn push(text: &mut String, piece: &str) {
    let piece = piece.replace("\\|", "|");
    text.push_str(&html_escape::decode_html_entities(&piece.replace('`', "")));
}

/// Where the next cross reference begins, and where its label does and ends.
fn next_reference(text: &str) -> Option<(usize, usize, usize)> {
    let mut from = 0;
    while let Some(colon) = text.get(from..)?.find(':').map(|it| from + it) {
        let before = text.get(..colon)?;
        let target = text.get(colon + 1..)?;
        from = colon + 1;
        if !(before.ends_with("xref") || before.ends_with("link")) {
            continue;
        }
        // The target has no spaces, so this ends soon.
        let open = target.find(|it: char| it == '[' || it.is_whitespace())?;
        if target.get(open..)?.starts_with('[') {
            let label = colon + 1 + open + 1;
            let end = text.get(label..)?.find(']')? + label;
            return Some((colon - "xref".len(), label, end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (source, expected) in [
            ("`name`", "name"),
            ("xref:../objects/index.adoc#a.b.ObjectMeta[`ObjectMeta`]", "ObjectMeta"),
            ("xref:../a.adoc#b[`array (B)`] schema", "array (B) schema"),
            ("a \\| b &#x27;c&#x27;", "a | b 'c'"),
            ("xref: none [x] xref:y", "xref: none [x] xref:y"),
            ("see link:http://x[the `page`], xref:z#y[Y]", "see the page, Y"),
        ] {
            assert_eq!(text(source), expected);
        }
    }
}
