//! Values of TOML by the kinds that keys have: what is wrong is reported, and reading goes on.

use std::ops::Range;

use tablature_openapi::diagnostic::Code;
use tablature_openapi::nearest::nearest;
use tablature_openapi::{Report, SourceId, Span, Spanned};
use toml::de::{DeTable, DeValue};

use super::keys::{DOCUMENT, Key, Kind, Table};
use crate::codes;

type Toml<'t> = toml::Spanned<DeValue<'t>>;

/// A value, of the kind of its key.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A string.
    Text(Spanned<String>),
    /// A list of strings.
    Texts(Vec<Spanned<String>>),
    /// `true` or `false`.
    Flag(bool),
    /// Documents, in their order.
    Documents(Vec<Document>),
    /// Names and reasons, in the order of the file.
    Reasons(Vec<(Spanned<String>, String)>),
    /// `{ workspace = true }`.
    Workspace,
}

/// A document of a crate.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The file, or a pattern of files.
    pub file: Spanned<String>,
    /// Where the file is from.
    pub published: Option<Published>,
}

/// A published document.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    /// Its address.
    pub url: Spanned<String>,
    /// The hash of the copy, which `tablature fetch` writes.
    pub sha256: Option<Spanned<String>>,
}

/// The values of a table by their keys.
#[derive(Debug)]
pub(crate) struct Values {
    /// The place of the table.
    pub span: Span,
    found: Vec<(&'static str, Span, Value)>,
}

impl Values {
    /// Takes the value of a key.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        let index = self.found.iter().position(|(name, ..)| *name == key)?;
        Some(self.found.remove(index).2)
    }

    /// Takes a string.
    pub(crate) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        match self.take(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a list of strings, empty where it is absent.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        match self.take(key) {
            Some(Value::Texts(texts)) => texts,
            _ => Vec::new(),
        }
    }

    /// Takes `true` or `false`, the latter where it is absent.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        matches!(self.take(key), Some(Value::Flag(true)))
    }

    /// The values that were not taken, in the order of the file.
    pub(crate) fn rest(self) -> impl Iterator<Item = (&'static str, Value)> {
        self.found.into_iter().map(|(key, _, value)| (key, value))
    }
}

/// What reads a file of TOML.
#[derive(Debug)]
pub(crate) struct Reader {
    source: SourceId,
    /// What was found.
    pub report: Report,
}

impl Reader {
    /// A reader of a source, nothing found yet.
    pub(crate) fn new(source: SourceId) -> Self {
        Self {
            source,
            report: Report::new(),
        }
    }

    /// The place of bytes.
    pub(crate) fn span(&self, bytes: Range<usize>) -> Span {
        let byte = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Span::new(self.source, byte(bytes.start), byte(bytes.end))
    }

    /// The tables of the text; none where it is not TOML.
    pub(crate) fn parse<'t>(&mut self, text: &'t str) -> Option<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = self.span(error.span().unwrap_or_default());
            self.report(&codes::CONFIG_SYNTAX, span, error.message());
        }
        (!self.report.has_errors()).then(|| table.into_inner())
    }

    /// Reports a finding.
    pub(crate) fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.report.push(code.at(span, message));
    }

    /// The values of a table; `tables` are the names of the tables in it, which are read elsewhere.
    pub(crate) fn values(&mut self, table: &DeTable<'_>, keys: &Table, span: Span, tables: &[&str]) -> Values {
        let mut found = Vec::new();
        for (name, value) in table {
            let place = self.span(name.span());
            if tables.contains(&&**name.get_ref()) {
                continue;
            }
            let Some(key) = keys.keys.iter().find(|it| it.name == name.get_ref()) else {
                self.unknown(name.get_ref(), place, keys, tables);
                continue;
            };
            match self.value(key, value) {
                Some(read) => found.push((key.name, place, read)),
                None => self.wrong(key, value),
            }
        }
        found.sort_by_key(|(_, span, _)| span.start);
        Values { span, found }
    }

    fn unknown(&mut self, name: &str, place: Span, keys: &Table, tables: &[&str]) {
        let known = keys.keys.iter().map(|it| it.name).chain(tables.iter().copied());
        let found = codes::CONFIG_UNKNOWN_KEY.at(place, format!("unknown key `{name}` in {}", keys.title));
        let near = nearest(name, known).map(|it| format!("did you mean `{it}`?"));
        self.report.push(found.maybe_help(near));
    }

    fn wrong(&mut self, key: &Key, value: &Toml<'_>) {
        let found = match value.get_ref() {
            DeValue::Table(_) => "a table",
            DeValue::Array(_) => "a list",
            DeValue::String(_) => "a string",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Datetime(_) => "a date",
        };
        let message = format!("`{}` must be {}, found {found}", key.name, key.kind.expected());
        let span = self.span(value.span());
        self.report(&codes::CONFIG_WRONG_VALUE, span, message);
    }

    /// The value, if it is of the kind of the key.
    fn value(&mut self, key: &Key, value: &Toml<'_>) -> Option<Value> {
        let workspace = || is_workspace(value).then_some(Value::Workspace);
        match key.kind {
            Kind::Text => self.text(value).map(Value::Text),
            Kind::Texts => self.texts(value).map(Value::Texts),
            Kind::Flag => value.get_ref().as_bool().map(Value::Flag),
            Kind::Documents => self.documents(value).map(Value::Documents),
            Kind::Reasons => self.reasons(value).map(Value::Reasons),
            Kind::Workspace => workspace(),
            Kind::TextOrWorkspace => self.text(value).map(Value::Text).or_else(workspace),
            Kind::TextsOrWorkspace => self.texts(value).map(Value::Texts).or_else(workspace),
            Kind::PublishOrWorkspace => match value.get_ref() {
                DeValue::Boolean(it) => Some(Value::Flag(*it)),
                _ => self.texts(value).map(Value::Texts).or_else(workspace),
            },
        }
    }

    fn text(&self, value: &Toml<'_>) -> Option<Spanned<String>> {
        let text = value.get_ref().as_str()?;
        Some(Spanned::new(text.to_owned(), self.span(value.span())))
    }

    fn texts(&self, value: &Toml<'_>) -> Option<Vec<Spanned<String>>> {
        let items = value.get_ref().as_array()?;
        items.iter().map(|it| self.text(it)).collect()
    }

    fn reasons(&mut self, value: &Toml<'_>) -> Option<Vec<(Spanned<String>, String)>> {
        let entries = value.get_ref().as_table()?;
        let mut reasons = Vec::new();
        for (name, value) in entries {
            let reason = value.get_ref().as_str()?;
            let span = self.span(name.span());
            if reason.trim().is_empty() {
                let place = self.span(value.span());
                let message = format!("the reason why `{}` is left out is empty", name.get_ref());
                self.report(&codes::CONFIG_WRONG_VALUE, place, message);
            }
            reasons.push((Spanned::new(name.get_ref().to_string(), span), reason.to_owned()));
        }
        reasons.sort_by_key(|(name, _)| name.span.start);
        Some(reasons)
    }

    fn documents(&mut self, value: &Toml<'_>) -> Option<Vec<Document>> {
        let items = value.get_ref().as_array()?;
        let mut documents = Vec::new();
        for item in items {
            if let Some(file) = self.text(item) {
                documents.push(Document { file, published: None });
                continue;
            }
            let span = self.span(item.span());
            let mut values = self.values(item.get_ref().as_table()?, &DOCUMENT, span, &[]);
            let url = self.required(&mut values, "url", DOCUMENT.title);
            let file = self.required(&mut values, "file", DOCUMENT.title);
            let sha256 = values.text("sha256");
            if let (Some(url), Some(file)) = (url, file) {
                if !url.value.starts_with("https://") {
                    self.report(&codes::CONFIG_WRONG_VALUE, url.span, "`url` must begin with `https://`");
                }
                let published = Some(Published { url, sha256 });
                documents.push(Document { file, published });
            }
        }
        Some(documents)
    }

    /// A string that must be there.
    pub(crate) fn required(&mut self, values: &mut Values, key: &str, title: &str) -> Option<Spanned<String>> {
        let text = values.text(key);
        if text.is_none() {
            let message = format!("missing key `{key}` in {title}");
            self.report(&codes::CONFIG_MISSING_KEY, values.span, message);
        }
        text
    }
}

/// Whether the value is `{ workspace = true }`.
fn is_workspace(value: &Toml<'_>) -> bool {
    let table = value.get_ref().as_table();
    table.is_some_and(|it| it.len() == 1 && it.get("workspace").and_then(|it| it.get_ref().as_bool()) == Some(true))
}
