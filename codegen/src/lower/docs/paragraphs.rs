//! Turns descriptions from any document into lines of Markdown that rustdoc takes without a warning.

use std::collections::HashMap;

use tablature_openapi::Spanned;

use crate::ir::Docs;
use crate::markdown::{Links, harmless, visible};

/// The width that paragraphs are wrapped to.
const WIDTH: usize = 92;

/// Paragraphs with a blank line between them.
pub struct Paragraphs {
    lines: Docs,
}

impl Paragraphs {
    /// No paragraph yet.
    pub fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// Adds a text of the document, cleaned; an empty one adds nothing.
    pub fn add(&mut self, text: &str) {
        let begin = self.lines.len();
        let mut fence: Option<&str> = None;
        let mut apart = true;
        for line in visible(text).replace('\t', " ").lines() {
            let trimmed = line.trim();
            match fence {
                Some(mark) if trimmed.starts_with(mark) => {
                    self.lines.push("```".to_owned());
                    fence = None;
                    apart = true;
                }
                Some(_) => self.lines.push(line.trim_end().replace("```", "~~~")),
                None if trimmed.is_empty() => apart = true,
                None => {
                    if std::mem::take(&mut apart) {
                        self.separate();
                    }
                    fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
                    match fence {
                        // Whatever language it says it is, it is no test.
                        Some(_) => self.lines.push("```text".to_owned()),
                        None => self.lines.extend(wrap(&clean(trimmed))),
                    }
                }
            }
        }
        if fence.is_some() {
            self.lines.push("```".to_owned());
        }
        let added = harmless(self.lines.split_off(begin), Links::Web);
        self.lines.extend(added.into_owned());
    }

    /// Adds a text, if there is one.
    pub fn add_optional(&mut self, text: Option<&Spanned<String>>) {
        if let Some(text) = text {
            self.add(&text.value);
        }
    }

    /// Adds a paragraph that is Markdown already.
    pub fn add_clean(&mut self, text: String) {
        self.separate();
        self.lines.extend(text.lines().map(str::to_owned));
    }

    /// A text of the document as a cell of a table.
    pub fn cell(text: &str) -> String {
        let line = clean(&visible(text).replace(['\n', '\t'], " ")).replace("\\|", "|");
        // Also in code a bar ends the cell.
        harmless(vec![line.replace('|', "\\|")], Links::Web).join(" ")
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines.
    pub fn into_lines(self) -> Docs {
        self.lines
    }

    /// The lines as one item of a list, in which paragraphs follow each other as sentences.
    pub fn into_list_item(self) -> Docs {
        let mut item: Docs = Vec::new();
        for line in self.lines {
            match item.last_mut() {
                None => item.push(format!("- {line}")),
                Some(last) if line.is_empty() => close(last),
                Some(_) => item.push(format!("  {line}")),
            }
        }
        item
    }

    /// The lines, or one line where there is none.
    pub fn into_lines_or(self, fallback: &str) -> Docs {
        if self.lines.is_empty() {
            vec![fallback.to_owned()]
        } else {
            self.lines
        }
    }
}

/// Texts and their lines. Many operations describe the same parameter, and each text is cleaned once.
#[derive(Default)]
pub struct CleanTexts(HashMap<String, Docs>);

impl CleanTexts {
    /// Adds a text of the document, as [`Paragraphs::add`] does.
    pub fn add(&mut self, text: &str, docs: &mut Paragraphs) {
        if !self.0.contains_key(text) {
            let mut docs = Paragraphs::new();
            docs.add(text);
            self.0.insert(text.to_owned(), docs.into_lines());
        }
        let lines = self.0.get(text).map_or(&[][..], Vec::as_slice);
        if !lines.is_empty() {
            docs.separate();
            docs.lines.extend_from_slice(lines);
        }
    }
}

/// Gives the last line of a paragraph the stop that it may lack.
fn close(line: &mut String) {
    let is_fence = line.trim_start().starts_with("```");
    if !is_fence && line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '`')) {
        line.push('.');
    }
}

/// A line in which nothing is taken for HTML or for a link to an item.
fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        // All but these stays as it is; a web address begins with an `h`.
        let plain = rest.find(['[', ']', '<', '>', '`', '|', 'h']).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return out };
        let kept = code_length(rest)
            .or_else(|| link_length(rest))
            .or_else(|| autolink_length(rest));
        if let Some(length) = kept {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let url = url_length(rest);
        if url > 0 {
            out.push('<');
            out.push_str(&rest[..url]);
            out.push('>');
            rest = &rest[url..];
            continue;
        }
        // Back quotes that nothing closes are no code, all of them.
        let run = rest.len() - rest.trim_start_matches('`').len();
        for c in rest.chars().take(run.max(1)) {
            if matches!(c, '[' | ']' | '<' | '>' | '`' | '|') {
                out.push('\\');
            }
            out.push(c);
        }
        rest = &rest[run.max(c.len_utf8())..];
    }
}

/// The length of a piece of code between as many back quotes that a text begins with.
fn code_length(text: &str) -> Option<usize> {
    let fence = text.len() - text.trim_start_matches('`').len();
    if fence == 0 {
        return None;
    }
    let mut end = fence;
    loop {
        end += text.get(end..)?.find('`')?;
        let run = text.get(end..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        end += length;
        if length == fence {
            return Some(end);
        }
    }
}

/// The length of a link to the web that a text begins with: `[text](https://...)`.
fn link_length(text: &str) -> Option<usize> {
    let text = text.strip_prefix('[')?;
    let (label, after) = text.split_at(text.find(['[', ']', '<', '`'])?);
    let after = after.strip_prefix("](")?;
    let url = url_length(after);
    (!label.is_empty() && url > 0 && after[url..].starts_with(')')).then_some(label.len() + url + 4)
}

/// The length of a web address between angle brackets that a text begins with.
fn autolink_length(text: &str) -> Option<usize> {
    let after = text.strip_prefix('<')?;
    let url = url_length(after);
    (url > 0 && after[url..].starts_with('>')).then_some(url + 2)
}

/// How many bytes at the start of a text are a web address.
fn url_length(text: &str) -> usize {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return 0;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '[' | ']' | '{' | '}'));
    text[..end.unwrap_or(text.len())]
        .trim_end_matches(['.', ',', ';', ':', ')', '\''])
        .len()
}

/// A line as lines of at most the width, broken at spaces.
fn wrap(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in line.split(' ').filter(|it| !it.is_empty()) {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH && !starts_block(word) {
            lines.push(String::new());
            width = 0;
        }
        if let Some(last) = lines.last_mut() {
            if width > 0 {
                last.push(' ');
                width += 1;
            }
            last.push_str(word);
            width += length;
        }
    }
    lines
}

/// Whether a word at the start of a line would begin a list, a heading or a quote.
fn starts_block(word: &str) -> bool {
    let numbered = word
        .strip_suffix(['.', ')'])
        .is_some_and(|it| it.chars().all(|c| c.is_ascii_digit()));
    numbered || word == "*" || word.starts_with(['-', '+', '#', '=', '>', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Docs {
        let mut docs = Paragraphs::new();
        docs.add(text);
        docs.into_lines()
    }

    #[test]
    fn nothing_becomes_a_link_or_html_by_accident() {
        for (text, doc) in [
            ("See containers[2] and <b>", "See containers\\[2\\] and \\<b\\>"),
            ("more at https://example.com/a.", "more at <https://example.com/a>."),
            ("`a[0]` stays", "`a[0]` stays"),
            ("an open ` quote", "an open \\` quote"),
            (
                "<https://example.com> and [a](https://b.c/d)",
                "<https://example.com> and [a](https://b.c/d)",
            ),
            ("[a](b) and [c][d]", "\\[a\\](b) and \\[c\\]\\[d\\]"),
            ("**bold** and snake_case", "**bold** and snake_case"),
        ] {
            assert_eq!(lines(text), [doc]);
        }
    }

    #[test]
    fn code_is_no_test_and_ends() {
        assert_eq!(
            lines("a\n```rust\nlet x;\n```\nb"),
            ["a", "```text", "let x;", "```", "", "b"]
        );
        assert_eq!(lines("~~~\nopen"), ["```text", "open", "```"]);
    }

    #[test]
    fn paragraphs_of_an_item_are_sentences() {
        let item = |text| {
            let mut docs = Paragraphs::new();
            docs.add(text);
            docs.into_list_item()
        };
        assert_eq!(
            item("its name\n\nString\nor `null`"),
            ["- its name.", "  String", "  or `null`"]
        );
        assert_eq!(item("Its name.\n\nString."), ["- Its name.", "  String."]);
        assert_eq!(item("```\nx\n```\n\nString")[2..], ["  ```", "  String"]);
    }

    #[test]
    fn long_paragraphs_are_wrapped_and_stay_apart() {
        let text = format!("{}\n\n    indented", "word ".repeat(40));
        let lines = lines(&text);
        assert!(lines.iter().all(|it| it.len() <= WIDTH));
        assert_eq!(lines.last().map(String::as_str), Some("indented"));
        assert_eq!(lines.iter().filter(|it| it.is_empty()).count(), 1);
    }
}
