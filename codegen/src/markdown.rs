//! Documentation as rustdoc reads it: whatever a document says comes out as text.
//!
//! What is escaped is decided by a CommonMark parser on the lines as they are printed: a text that is harmless in a
//! document may begin a block where a line was broken.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

use crate::names::is_identifier;

/// How often lines are escaped before all that could be more than text is. What is escaped can uncover more.
const ROUNDS: usize = 6;

/// Links that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// To the web: what a text of a document may have.
    Web,
    /// To the web, and to items of the emitted crate: what is written around such texts.
    Items,
}

/// A piece of text as code, such as a name, on one line.
pub fn code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The text with every end of a line as `\n`, and with escapes for what shows nothing or turns the text around it.
pub fn visible(text: &str) -> String {
    if all_bytes(text, |it| matches!(it, b'\n' | b'\t' | b' '..=b'~')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                out.extend(c.escape_unicode())
            }
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// The lines with everything escaped that rustdoc would not take for text: HTML, images, footnotes, code that is not
/// said to be text, and links that are not kept.
pub fn harmless<'a>(lines: impl Into<Cow<'a, [String]>>, links: Links) -> Cow<'a, [String]> {
    let lines = lines.into();
    if lines.iter().all(String::is_empty) && lines.len() < 2 {
        return Cow::default();
    }
    let is_text = |line: &String| all_bytes(line, |it| matches!(it, b' '..=b'~')) && !may_be_more(line);
    if lines.iter().all(is_text) {
        debug_assert!(
            mends(&lines.join("\n"), links).is_empty(),
            "the parser finds more than text in {lines:?}"
        );
        return lines;
    }
    let mut text = visible(&lines.join("\n"));
    for _ in 0..ROUNDS {
        let mends = match may_be_more(&text) {
            true => mends(&text, links),
            false => BTreeMap::new(),
        };
        if mends.is_empty() {
            return text.split('\n').map(str::to_owned).collect();
        }
        text = mended(&text, &mends);
    }
    text.split('\n').map(literal).collect()
}

/// Whether a text has any of the signs that HTML, links, images, footnotes and code in a block of its own begin with.
///
/// Most have none, and the parser need not run to find nothing.
fn may_be_more(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_run = |a: u8, b: u8| (a == b) & matches!(a, b' ' | b'`' | b'~');
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let has_run = || pairs.fold(false, |any, (a, b)| any | begins_run(*a, *b));
    let has_block = || ["    ", "```", "~~~"].iter().any(|it| text.contains(it));
    !all_bytes(text, |it| !matches!(it, b'<' | b'[' | b'\t')) || (has_run() && has_block())
}

/// Whether each byte is one of these, told for many at a time.
fn all_bytes(text: &str, is_one: impl Fn(u8) -> bool) -> bool {
    let mut chunks = text.as_bytes().chunks(32);
    chunks.all(|chunk| chunk.iter().fold(true, |all, byte| all & is_one(*byte)))
}

/// A line of which nothing is Markdown.
fn literal(line: &str) -> String {
    let mut out = String::new();
    for c in line.trim().chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What is done at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mend {
    /// The sign there is escaped.
    Escape,
    /// The spaces before it become one.
    Unindent,
}

/// What has to be done to a text, by place.
fn mends(text: &str, links: Links) -> BTreeMap<usize, Mend> {
    // Pages are made with the extensions, tests are looked for without.
    match has_extensions(text) {
        true => mends_of(text, links, &[EXTENSIONS, Options::empty()]),
        false => mends_of(text, links, &[Options::empty()]),
    }
}

/// What rustdoc makes of Markdown beside CommonMark.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// Whether a text has a sign of an extension that can change what else is found.
fn has_extensions(text: &str) -> bool {
    let is_task = |it: &[u8]| matches!(it, [b'[', _, b']']);
    !all_bytes(text, |it| !matches!(it, b'|' | b'~')) || text.contains("[^") || text.as_bytes().windows(3).any(is_task)
}

/// What has to be done to a text, however it is read.
fn mends_of(text: &str, links: Links, readings: &[Options]) -> BTreeMap<usize, Mend> {
    let mut mends = BTreeMap::new();
    for options in readings.iter().copied() {
        // Whatever stands between brackets may be the name of an item.
        let mut item = |link: BrokenLink<'_>| Some((link.reference.into_string().into(), "".into()));
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut item));
        for (_, definition) in parser.reference_definitions().iter() {
            escape(text, definition.span.start, "[", &mut mends);
        }
        for (event, range) in parser.into_offset_iter() {
            let signs = match event {
                Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => "<",
                Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => "[",
                Event::Start(Tag::Image { .. }) => "!",
                Event::Start(Tag::Link { dest_url, .. }) if !is_kept(&dest_url, links) => "[<",
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language != "text" => "`~",
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    let code = text.get(range.start..).unwrap_or_default();
                    let at = range.start + code.len() - code.trim_start().len();
                    mends.insert(at, Mend::Unindent);
                    continue;
                }
                _ => continue,
            };
            escape(text, range.start, signs, &mut mends);
        }
    }
    mends
}

/// Has the first of these signs escaped that stands at or after a place.
fn escape(text: &str, from: usize, signs: &str, mends: &mut BTreeMap<usize, Mend>) {
    let found = text.get(from..).and_then(|it| it.find(|c| signs.contains(c)));
    mends.extend(found.map(|at| (from + at, Mend::Escape)));
}

fn mended(text: &str, mends: &BTreeMap<usize, Mend>) -> String {
    let mut out = String::with_capacity(text.len() + mends.len());
    let mut done = 0;
    for (at, mend) in mends {
        out += text.get(done..*at).unwrap_or_default();
        match mend {
            Mend::Escape => out.push('\\'),
            Mend::Unindent => {
                out.truncate(out.trim_end_matches([' ', '\t']).len());
                out.push(' ');
            }
        }
        done = *at;
    }
    out + text.get(done..).unwrap_or_default()
}

fn is_kept(link: &str, links: Links) -> bool {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    is_web || (links == Links::Items && is_item(link))
}

/// Whether a link is written as emitted code writes one to an item: by a path, or with its kind.
fn is_item(link: &str) -> bool {
    let path = link.trim_matches('`');
    let (is_typed, path) = match path.strip_prefix("type@") {
        Some(path) => (true, path),
        None => (path.contains("::"), path),
    };
    let path = path.strip_prefix("::").unwrap_or(path);
    is_typed && path.split("::").all(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(text: &str) -> String {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        harmless(lines, Links::Web).join("\n")
    }

    #[test]
    fn what_is_no_text_is_escaped() {
        for (text, expected) in [
            ("a <b> c", "a \\<b> c"),
            ("<script>\nx\n</script>", "\\<script>\nx\n\\</script>"),
            ("```rust\nx\n```", "\\```rust\nx\n\\```"),
            ("~~~\nx", "\\~~~\nx"),
            ("```text\nx\n```", "```text\nx\n```"),
            ("a\n\n    x", "a\n\n x"),
            ("- a\n\n      x", "- a\n\n x"),
            ("> ~~~\n> x", "> \\~~~\n> x"),
            ("[a](javascript:x)", "\\[a](javascript:x)"),
            ("[a](https://a.example)", "[a](https://a.example)"),
            ("![a](https://a.example)", "\\![a](https://a.example)"),
            ("[a]", "\\[a]"),
            ("[a]: https://a.example", "\\[a]: https://a.example"),
            ("[`a`](super::a)", "\\[`a`](super::a)"),
            ("one\rtwo", "one\ntwo"),
            ("a \u{202e} b", "a \\u{202e} b"),
        ] {
            assert_eq!(once(text), expected, "{text:?}");
        }
        assert_eq!(
            *harmless(vec!["[`a`](super::a)".to_owned()], Links::Items),
            ["[`a`](super::a)"]
        );
    }

    #[test]
    fn whatever_it_is_it_ends_as_text() {
        let nested = "> - ".repeat(40) + "~~~\n" + &"[".repeat(60) + &"<a>".repeat(20) + &"\n\n\t\t<!--".repeat(9);
        assert!(mends(&once(&nested), Links::Web).is_empty());
        assert!(mends(&literal("    <a> [b] ``` ~~~ 1. \\"), Links::Web).is_empty());
    }

    #[test]
    fn extensions_find_nothing_else_in_texts_without_their_signs() {
        let pieces = "a|b c| |\n|\n\n|    |\t|<|>|<b>|</|<!--|-->|--|---|...|'|\"|*|**|_|`|```|[|]|[a]|](|)|(https://a.example|!|\
                      !(|]: |#|- |1. |> |\\|&amp;|=|:|x|^|:-|é";
        let pieces: Vec<&str> = pieces.split('|').collect();
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize
        };
        for _ in 0..20_000 {
            let length = next() % 24;
            let text: String = (0..length).map(|_| pieces[next() % pieces.len()]).collect();
            if !has_extensions(&text) {
                let both = mends_of(&text, Links::Web, &[EXTENSIONS, Options::empty()]);
                assert_eq!(mends(&text, Links::Web), both, "{text:?}");
            }
        }
    }

    #[test]
    fn code_is_code_whatever_is_in_it() {
        for (text, expected) in [
            ("a", "`a`"),
            ("", "`\"\"`"),
            ("`", "`` ` ``"),
            ("a``b", "```a``b```"),
            ("a\nb", "`a b`"),
        ] {
            assert_eq!(code(text), expected);
        }
    }
}
