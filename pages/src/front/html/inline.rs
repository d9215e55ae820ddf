//! Tags within a line of Markdown: what they mean for its text.

/// What a tag within a line means for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::front) enum Inline {
    /// A new line.
    Break,
    /// Nothing.
    Markup,
    /// It is not a tag of HTML but text in angle brackets.
    Text,
}

const MARKUP: [&str; 22] = [
    "a", "b", "i", "u", "em", "strong", "code", "span", "div", "sup", "sub", "font", "img", "pre", "thead", "tbody",
    "table", "th", "td", "section", "colgroup", "col",
];
const BREAKS: [&str; 6] = ["br", "p", "li", "ul", "ol", "tr"];

/// What a tag within a line means.
pub(in crate::front) fn inline(tag: &str) -> Inline {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    if BREAKS.contains(&name) {
        Inline::Break
    } else if MARKUP.contains(&name) || tag.starts_with("<!--") {
        Inline::Markup
    } else {
        Inline::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(inline("<br>"), Inline::Break);
        assert_eq!(inline("<a name=\"x\">"), Inline::Markup);
        assert_eq!(inline("<String>"), Inline::Text);
    }
}
