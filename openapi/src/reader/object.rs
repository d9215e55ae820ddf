//! Reads one object: keys are taken once, and unknown ones are reported.

use std::fmt::Arguments;

use super::Context;
use super::value::{self, repeated_keys};
use crate::codes;
use crate::diagnostic::Severity;
use crate::document::{Extension, Extensions, Version};
use crate::extension;
use crate::nearest::{did_you_mean, nearest};
use crate::node::{Node, Number, Value};
use crate::source::is_overlaid;
use crate::span::{Span, Spanned};

/// Keys that have no part in what is sent and how responses are read: what is for people only, and what only
/// restricts values.
const WITHOUT_WIRE: [&str; 28] = [
    "$comment",
    "contact",
    "deprecated",
    "description",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "info",
    "license",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "operationId",
    "pattern",
    "summary",
    "tags",
    "termsOfService",
    "title",
    "uniqueItems",
    "xml",
];

/// An object that is being read.
///
/// A problem is put into the report of the [`Context`], and a value is given all the same: what
/// was read counts only if the report has no errors in the end.
pub struct ObjectReader<'n, 'c> {
    what: &'static str,
    span: Span,
    entries: &'n [(Spanned<String>, Node)],
    taken: Vec<bool>,
    asked: Vec<&'static str>,
    later: &'static [(&'static str, Version)],
    unknown: Severity,
    cx: &'c mut Context,
}

impl<'n, 'c> ObjectReader<'n, 'c> {
    /// Begins to read a node that should be an object; `what` is its name: `Operation Object`.
    pub fn new(node: &'n Node, what: &'static str, cx: &'c mut Context) -> Option<Self> {
        let entries = value::expect_object(node, format_args!("the {what}"), cx)?;
        Some(Self {
            what,
            span: node.span,
            entries,
            taken: repeated_keys(entries, format_args!("this {what}"), cx),
            asked: Vec::with_capacity(64),
            later: &[],
            unknown: Severity::Error,
            cx,
        })
    }

    /// Names the keys that versions after the first one brought: in an older document such a key
    /// is unknown, and the report says which version it is of.
    pub fn later(mut self, keys: &'static [(&'static str, Version)]) -> Self {
        self.later = keys;
        self
    }

    /// Makes unknown keys warnings: for schemas, which anyone may extend.
    pub fn lenient(mut self) -> Self {
        self.unknown = Severity::Warning;
        self
    }

    /// What the reading goes by.
    pub fn context(&mut self) -> &mut Context {
        self.cx
    }

    /// The place of the whole object.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether the object has the key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(it, _)| it.value == key)
    }

    /// How many entries the object has that stands under a key.
    pub fn count(&self, key: &str) -> usize {
        let mut found = self.entries.iter().filter(|(it, _)| it.value == key);
        found
            .next()
            .and_then(|(_, node)| node.as_object())
            .map_or(0, <[_]>::len)
    }

    /// Whether the object has one of the keys, which are known from now on.
    pub fn has_any(&mut self, keys: &'static [&'static str]) -> bool {
        self.asked.extend(keys);
        self.entries.iter().any(|(it, _)| keys.contains(&it.value.as_str()))
    }

    /// Takes an entry.
    pub fn entry(&mut self, key: &'static str) -> Option<(Span, &'n Node)> {
        self.asked.push(key);
        let index = self.entries.iter().position(|(it, _)| it.value == key)?;
        let (key, node) = self.entries.get(index)?;
        // Few keys are there of those that are asked for, so this comes last.
        if let Some(version) = self.version_of(&key.value) {
            if !self.cx.is_lenient() {
                return None;
            }
            let message = format!("`{}` is of OpenAPI {version}, and is read as it is there", key.value);
            self.cx.push(codes::LATER_KEY.at(key.span, message));
        }
        if let Some(taken) = self.taken.get_mut(index) {
            *taken = true;
        }
        Some((key.span, node))
    }

    /// Takes a value.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|(_, node)| node)
    }

    /// Takes a value, and reads it.
    fn value<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'n Node, Arguments<'_>, &mut Context) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        let place = format_args!("`{key}` of the {}", self.what);
        if self.cx.is_lenient() && matches!(node.value, Value::Null) {
            let message = format!("{place} is null, and is read as if it were absent");
            self.cx.push(codes::WRONG_TYPE.at(node.span, message).as_warning());
            return None;
        }
        match WITHOUT_WIRE.contains(&key) {
            true => self.cx.documentation(|cx| read(node, place, cx)),
            false => read(node, place, self.cx),
        }
    }

    /// Takes a value that must be there.
    pub fn require(&mut self, key: &'static str) -> Option<&'n Node> {
        let node = self.take(key);
        if node.is_none() {
            let message = format!("missing key `{key}` in the {}", self.what);
            let found = codes::MISSING_KEY.at(self.span.first_byte(), message);
            match WITHOUT_WIRE.contains(&key) {
                true => self.cx.push_lenient(found),
                false => self.cx.push(found),
            }
        }
        node
    }

    /// Takes a string.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.value(key, value::as_string)
    }

    /// Takes a string that must be there.
    pub fn require_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.require(key)?;
        self.string(key)
    }

    /// Takes a string that must be there; an empty one is given where it is not.
    pub fn required_string(&mut self, key: &'static str) -> Spanned<String> {
        let text = self.require_string(key);
        text.unwrap_or_else(|| Spanned::new(String::new(), self.span))
    }

    /// Takes a string that must be there, and a number in its place: YAML has one where a text such
    /// as `1.0` stands without quotes.
    pub fn required_text(&mut self, key: &'static str) -> Spanned<String> {
        let entry = self.entries.iter().find(|(it, _)| it.value == key);
        let Some((number, span)) = entry.and_then(|(_, it)| Some((it.as_number()?, it.span))) else {
            return self.required_string(key);
        };
        self.take(key);
        let message = format!("`{key}` of the {} must be a string, found a number", self.what);
        self.cx.push(codes::UNQUOTED_TEXT.at(span, message));
        Spanned::new(number.as_str().to_owned(), span)
    }

    /// Takes `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        self.value(key, value::as_bool)
    }

    /// Takes `true` or `false`, which is `false` where it is absent.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.boolean(key).is_some_and(|it| it.value)
    }

    /// Takes a number.
    pub fn number(&mut self, key: &'static str) -> Option<Spanned<Number>> {
        self.value(key, value::as_number)
    }

    /// Takes a whole number from 0.
    pub fn unsigned(&mut self, key: &'static str) -> Option<Spanned<u64>> {
        self.value(key, value::as_unsigned)
    }

    /// Takes a value as it is.
    pub fn node(&mut self, key: &'static str) -> Option<Node> {
        self.take(key).cloned()
    }

    /// Takes an object as it is.
    pub fn raw_object(&mut self, key: &'static str) -> Option<Node> {
        self.value(key, |node, place, cx| {
            value::expect_object(node, place, cx)?;
            Some(node.clone())
        })
    }

    /// Takes a value and reads it.
    pub fn read<T>(&mut self, key: &'static str, read: impl FnOnce(&'n Node, &mut Context) -> Option<T>) -> Option<T> {
        self.value(key, |node, _, cx| read(node, cx))
    }

    /// Takes an array and reads its items; empty where it is absent.
    pub fn list<T>(&mut self, key: &'static str, mut read: impl FnMut(&'n Node, &mut Context) -> Option<T>) -> Vec<T> {
        let items = self.value(key, |node, place, cx| {
            let list = value::as_list(node, place, cx);
            let mut items = Vec::with_capacity(list.len());
            for item in list {
                if cx.is_lenient() && matches!(item.value, Value::Null) {
                    let message = format!("an item of {place} is null, and is left out");
                    cx.push(codes::WRONG_TYPE.at(item.span, message).as_warning());
                } else {
                    items.extend(read(item, cx));
                }
            }
            Some(items)
        });
        items.unwrap_or_default()
    }

    /// Takes an array of strings; empty where it is absent.
    pub fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let what = self.what;
        self.list(key, |item, cx| {
            value::as_string(item, format_args!("an item of `{key}` of the {what}"), cx)
        })
    }

    /// Takes an object whose keys are names and reads its values; empty where it is absent.
    pub fn map<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&'n Spanned<String>, &'n Node, &mut Context) -> Option<T>,
    ) -> Vec<(Spanned<String>, T)> {
        let mut read_entries = Vec::new();
        self.each(key, |name, node, cx| {
            read_entries.extend(read(name, node, cx).map(|it| (name.clone(), it)))
        });
        // Some are large, and most lists of them short.
        read_entries.shrink_to_fit();
        read_entries
    }

    /// Takes an object whose keys are names and goes through its entries.
    pub fn each(&mut self, key: &'static str, mut read: impl FnMut(&'n Spanned<String>, &'n Node, &mut Context)) {
        self.value(key, |node, place, cx| {
            for (name, node) in value::as_map(node, place, cx) {
                // Bundlers follow a reference anywhere; in a `mapping` it is a name like any other.
                if name.value == "$ref" && node.as_str().is_some() && key != "mapping" {
                    let found = codes::WRONG_TYPE.at(name.span, format!("{place} cannot be a reference"));
                    cx.push(found.help("only each of its members can: write them, or bundle the document"));
                } else {
                    read(name, node, cx);
                }
            }
            Some(())
        });
    }

    /// Ends the reading: keys that begin with `x-` are extensions, other keys that were not taken
    /// are reported.
    pub fn finish(self) -> Extensions {
        self.finish_with(|reader, key, _| reader.report_unknown(key))
    }

    /// Ends the reading of an object whose keys are names, but for those that begin with `x-`.
    pub fn finish_names(self) -> (Vec<(&'n Spanned<String>, &'n Node)>, Extensions) {
        let mut names = Vec::new();
        let extensions = self.finish_with(|_, key, node| names.push((key, node)));
        (names, extensions)
    }

    fn finish_with(mut self, mut other: impl FnMut(&mut Self, &'n Spanned<String>, &'n Node)) -> Extensions {
        let mut extensions = Extensions::new();
        let taken = std::mem::take(&mut self.taken);
        let rest = self.entries.iter().zip(taken).filter(|(_, taken)| !taken);
        for ((key, node), _) in rest {
            if key.value.starts_with("x-") {
                // What is wrong with it in a stranger's document was meant for another tool; an overlay is for this one.
                match is_overlaid(key.span.source) {
                    true => self.cx.curated(|cx| extension::check(self.what, key, node, cx)),
                    false => self.cx.documentation(|cx| extension::check(self.what, key, node, cx)),
                }
                let extension = Extension {
                    key: key.span,
                    value: node.clone(),
                };
                extensions.insert(key.value.clone(), extension);
            } else {
                other(&mut self, key, node);
            }
        }
        extensions
    }

    /// The version that brought a key, if the document is of an older one.
    fn version_of(&self, key: &str) -> Option<Version> {
        let mut later = self.later.iter().filter(|(_, version)| *version > self.cx.version);
        later.find(|(it, _)| *it == key).map(|(_, version)| *version)
    }

    fn report_unknown(&mut self, key: &Spanned<String>) {
        let name = &key.value;
        let help = match self.version_of(name) {
            Some(later) => Some(format!(
                "`{name}` is a key of OpenAPI {later}, and this document is of OpenAPI {}",
                self.cx.version
            )),
            None => {
                let asked = self.asked.iter().copied();
                did_you_mean(name, asked.filter(|it| self.version_of(it).is_none()))
            }
        };
        let (code, kind) = match self.unknown {
            Severity::Error => (&codes::UNKNOWN_KEY, "key"),
            Severity::Warning => (&codes::UNKNOWN_KEYWORD, "keyword"),
        };
        // A key that nobody defines means nothing, unless it is one that means something, misspelt.
        let means_something = nearest(name, self.asked.iter().copied()).is_some_and(|it| !WITHOUT_WIRE.contains(&it));
        let message = format!("unknown {kind} `{name}` in the {}", self.what);
        let found = code.at(key.span, message).maybe_help(help);
        match means_something {
            true => self.cx.push(found),
            false => self.cx.push_lenient(found),
        }
    }
}
