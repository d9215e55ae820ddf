//! What an emitted crate must not have in it, by what would read it: rustc, rustdoc, cargo, a file system, a terminal.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};
use tablature_codegen::{File, Generated};

use super::payloads::MARK;

/// Reads emitted files as their readers do, each text once.
#[derive(Default)]
pub(super) struct Checked {
    sound: HashSet<String>,
}

impl Checked {
    /// Everything that is wrong with an emitted crate, each once.
    pub(super) fn problems(&mut self, generated: &Generated) -> Vec<String> {
        let mut problems = BTreeSet::new();
        for file in &generated.files {
            problems.extend(path(&file.path));
            if self.sound.contains(&file.text) {
                continue;
            }
            let mut found: Vec<String> = characters(file).into_iter().collect();
            found.extend(match file.path.rsplit_once('.') {
                Some((_, "toml")) => manifest(&file.text),
                Some((_, "md")) => page(&file.text),
                _ => source(file),
            });
            if found.is_empty() {
                self.sound.insert(file.text.clone());
            }
            problems.extend(found);
        }
        problems.into_iter().collect()
    }
}

/// What a system that this runs on would not take, or would take elsewhere.
fn path(path: &str) -> Option<String> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        let device = DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|it| it.len() == 1);
        let named = part.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '.');
        device || !named || part.is_empty() || part.starts_with('.') || part.len() > 200
    };
    path.split('/').any(bad).then(|| format!("a path: {path:.60}"))
}

/// Characters that a compiler, an editor or a terminal takes for something else than a sign.
fn characters(file: &File) -> Option<String> {
    let bad = |it: &char| {
        let directs =
            matches!(it, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        directs || (it.is_control() && *it != '\n') || matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    let found = file.text.chars().find(bad)?;
    Some(format!("a character as it is: {}", found.escape_unicode()))
}

/// Lines of a manifest that are not of the form that ours have.
fn manifest(text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut table = "";
    let mut keys = BTreeSet::new();
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']');
            let known = [
                "package",
                "workspace",
                "features",
                "dependencies",
                "package.metadata.docs.rs",
                "lints",
            ];
            problems.extend((!known.contains(&table)).then(|| format!("a table of the manifest: {line:.60}")));
            continue;
        }
        let Some((key, value)) = line.split_once(" = ") else {
            problems.push(format!("a line of the manifest: {line:.60}"));
            continue;
        };
        let bare = !key.is_empty() && key.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it));
        let expected = bare && (table == "features" || !key.contains(MARK));
        let once = keys.insert(format!("{table}.{key}"));
        if !expected || !once || !is_value(value) {
            problems.push(format!("a line of the manifest: {line:.60}"));
        }
    }
    problems
}

/// Whether a TOML value ends where the line does.
fn is_value(value: &str) -> bool {
    let mut outside = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '"' {
            outside.push(c);
            continue;
        }
        loop {
            match chars.next() {
                None => return false,
                Some('\\') => drop(chars.next()),
                Some('"') => break,
                Some(_) => {}
            }
        }
        outside.push('s');
    }
    let words = ["s", "true", "false"];
    let plain = |it: &str| {
        // The features of a dependency are a list within a table.
        let it = it.trim().trim_matches(['[', ']']);
        it.is_empty() || words.contains(&it)
    };
    match outside
        .strip_prefix(['[', '{'])
        .and_then(|it| it.strip_suffix([']', '}']))
    {
        Some(inner) => inner
            .split(',')
            .all(|it| plain(it.rsplit('=').next().unwrap_or_default())),
        None => plain(&outside),
    }
}

/// What a page of Markdown holds beside text, its first line left out.
fn page(text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let (first, rest) = text.split_once('\n').unwrap_or_default();
    if !first.ends_with("-->") || first.matches("-->").count() > 1 {
        problems.push(format!("a first line that goes on: {first:.60}"));
    }
    check_docs(rest, &mut problems);
    problems
}

fn source(file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    let tokens: TokenStream = match file.text.parse() {
        Ok(tokens) => tokens,
        Err(error) => return vec![format!("Rust that does not parse: {error}")],
    };
    if let Err(error) = syn::parse2::<syn::File>(tokens.clone()) {
        return vec![format!("Rust that does not parse: {error}")];
    }
    let comments = file
        .text
        .lines()
        .filter(|it| it.starts_with("//") && !it.starts_with("//!") && !it.starts_with("///"));
    if comments.count() > 1 {
        problems.push("a comment".to_owned());
    }
    let mut docs = String::new();
    walk(tokens, &mut docs, &mut problems);
    check_docs(&docs, &mut problems);
    problems
}

/// Looks for the mark as an identifier of its own, and reads the documentation of each item.
fn walk(tokens: TokenStream, docs: &mut String, problems: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(it) if it.as_char() == '#' => {
                let inner = tokens.next_if(|it| matches!(it, TokenTree::Punct(it) if it.as_char() == '!'));
                match tokens.next_if(|it| matches!(it, TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket)) {
                    Some(TokenTree::Group(group)) => match documentation(group.stream()) {
                        Some(line) => *docs += &(line + "\n"),
                        None => walk(group.stream(), docs, problems),
                    },
                    _ => drop(inner),
                }
                continue;
            }
            TokenTree::Ident(it) if it.to_string().trim_start_matches("r#") == MARK => {
                problems.push("code of the document".to_owned());
            }
            TokenTree::Group(group) => {
                check_docs(&std::mem::take(docs), problems);
                walk(group.stream(), docs, problems);
            }
            _ => {}
        }
        check_docs(&std::mem::take(docs), problems);
    }
}

/// The line of a `doc = "..."`, the space before it left out as rustdoc does.
fn documentation(attribute: TokenStream) -> Option<String> {
    let attribute: syn::MetaNameValue = syn::parse2(attribute)
        .ok()
        .filter(|it: &syn::MetaNameValue| it.path.is_ident("doc"))?;
    match attribute.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}

/// Reads documentation as rustdoc does.
fn check_docs(docs: &str, problems: &mut Vec<String>) {
    if docs.is_empty() {
        return;
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // What has no destination may be the name of an item.
    let mut item = |link: BrokenLink<'_>| Some((format!("item:{}", link.reference).into(), "".into()));
    let parser = Parser::new_with_broken_link_callback(docs, options, Some(&mut item));
    let references = parser.reference_definitions().iter().count();
    if references > 0 {
        problems.push(format!("a link of the document: a definition in {}", excerpt(docs)));
    }
    for (event, range) in parser.into_offset_iter() {
        let text = docs.get(range).unwrap_or_default();
        let problem = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "text" => continue,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "no_run" => {
                example(text, problems);
                continue;
            }
            Event::Start(Tag::CodeBlock(_)) => "a doctest",
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => "HTML",
            Event::Start(Tag::Image { .. }) => "an image",
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => "a footnote",
            Event::Start(Tag::Link { dest_url, .. }) if !is_ours(&dest_url) => "a link of the document",
            _ => continue,
        };
        problems.push(format!("{problem}: {}", excerpt(text)));
    }
}

/// Looks for code of the document in a compiled example, which has literals of it.
fn example(block: &str, problems: &mut Vec<String>) {
    let lines = block.lines().filter(|it| !it.starts_with("```"));
    let code: Vec<_> = lines.map(|it| it.trim_start_matches("# ")).collect();
    match code.join("\n").parse() {
        Ok(tokens) => walk(tokens, &mut String::new(), problems),
        Err(error) => problems.push(format!("an example that does not parse: {error}")),
    }
}

/// Whether a link is one that the generator makes: to an item of the crate, or to the web where a text says so.
fn is_ours(link: &str) -> bool {
    let web = link.starts_with("https://") || link.starts_with("http://");
    let path = link.strip_prefix("item:").unwrap_or(link).trim_matches('`');
    let path = path.strip_prefix("type@").unwrap_or(path);
    // A type of another crate is a path that was parsed.
    let path = path.strip_prefix("::").unwrap_or(path);
    let named = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_alphanumeric() || c == '_');
    // A list of operations leads to its own headings.
    let heading = link.strip_prefix('#').is_some_and(named);
    web || heading || path.split("::").all(|it| named(it) && it != MARK)
}

fn excerpt(text: &str) -> String {
    let line: String = text.chars().take(50).collect();
    format!("{line:?}")
}
