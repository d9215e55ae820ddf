//! Which elements of HTML are text, which stand around it, and what their attributes say.

use html5gum::StartTag;

/// Elements that are no part of the text of a page.
const LEFT_OUT: [&str; 14] = [
    "head", "script", "style", "template", "noscript", "svg", "nav", "footer", "aside", "button", "select", "textarea",
    "iframe", "form",
];
/// Names of classes and roles of what stands around the text.
const AROUND: [&str; 10] = [
    "toc",
    "toc2",
    "navigation",
    "navbar",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "menu",
    "footer",
    "pagination",
];
/// Names of classes of links in headings, which are no words of the heading.
const OF_HEADINGS: [&str; 3] = ["mw-editsection", "hash-link", "headerlink"];
/// Elements that neither have text nor an end.
pub(super) const VOID: [&str; 8] = ["br", "img", "hr", "col", "input", "link", "meta", "wbr"];
/// Elements that stand within a line.
pub(super) const WITHIN_LINE: [&str; 24] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "tt", "u", "var",
];

/// Adds text with each run of white space as one space.
pub(super) fn append(to: &mut String, text: &str) {
    for character in text.chars() {
        if !character.is_whitespace() {
            to.push(character);
        } else if !to.is_empty() && !to.ends_with(char::is_whitespace) {
            to.push(' ');
        }
    }
}

/// Whether one of the classes of an element fits, in lower case.
pub(super) fn has_class(tag: &StartTag<usize>, fits: impl Fn(&str) -> bool) -> bool {
    attribute(tag, "class").is_some_and(|it| it.split_whitespace().any(|it| fits(&it.to_ascii_lowercase())))
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let mut found = tag
        .attributes
        .iter()
        .filter(|(key, _)| key.as_slice() == name.as_bytes());
    found
        .next()
        .map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
}

pub(super) fn number(tag: &StartTag<usize>, name: &str) -> usize {
    let value = attribute(tag, name).and_then(|it| it.trim().parse().ok());
    value.filter(|it| *it > 0).unwrap_or(1)
}

/// Whether an element is no part of the text.
pub(super) fn is_around(name: &str, tag: &StartTag<usize>) -> bool {
    if LEFT_OUT.contains(&name) || has_class(tag, |it| OF_HEADINGS.contains(&it)) {
        return true;
    }
    let is_around = |it: &str| AROUND.contains(&it.to_ascii_lowercase().as_str());
    let named = ["id", "role"]
        .iter()
        .filter_map(|it| attribute(tag, it))
        .any(|it| is_around(&it));
    matches!(name, "div" | "ul" | "ol" | "section" | "header") && (named || has_class(tag, is_around))
}
