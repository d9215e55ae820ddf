//! Files read once each: the entries, then whatever they refer to.

use std::collections::VecDeque;

use super::{Documents, Outcome, name, reference, visit};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::Document;
use crate::read;
use crate::source::SourceId;
use crate::span::Span;
use crate::syntax::Syntax;

/// Reads files by name.
type ReadFile<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

/// A file that is asked for.
struct Wanted {
    name: String,
    /// The reference that asks for it; `None` for an entry.
    by: Option<Span>,
}

pub(super) fn load(entries: &[String], read: &mut ReadFile<'_>, report: &mut Report) -> Documents {
    let mut documents = Documents::default();
    let entries = entries.iter().map(|name| Wanted {
        name: name.clone(),
        by: None,
    });
    let mut queue: VecDeque<Wanted> = entries.collect();
    while let Some(wanted) = queue.pop_front() {
        let key = name::normal(&wanted.name);
        if documents.names.contains_key(&key) {
            continue;
        }
        let outcome = match file(&wanted, &mut documents, read, report) {
            Some((source, document)) => {
                queue.extend(referred(&key, &document));
                documents.add(source, document, wanted.by.is_none())
            }
            None => Outcome::Failed,
        };
        documents.names.insert(key, outcome);
    }
    documents
}

impl Documents {
    fn add(&mut self, source: SourceId, document: Document, is_entry: bool) -> Outcome {
        let index = self.documents.len();
        self.documents.push(document);
        self.by_source.insert(source, index);
        // Entries stand first in the queue.
        self.entries += usize::from(is_entry);
        Outcome::Document(index)
    }
}

fn file(
    wanted: &Wanted,
    documents: &mut Documents,
    read: &mut ReadFile<'_>,
    report: &mut Report,
) -> Option<(SourceId, Document)> {
    let text = match read(&wanted.name) {
        Ok(text) => text,
        Err(error) => {
            // An entry has no place but its name, so its source is an empty text.
            let by = wanted
                .by
                .unwrap_or_else(|| Span::new(documents.sources.push(wanted.name.clone(), ""), 0, 0));
            let message = format!("can't read `{}`: {error}", wanted.name);
            report.push(Diagnostic::error("unreadable-file", by, message));
            return None;
        }
    };
    let source = documents.sources.push(wanted.name.clone(), text);
    let text = &documents.sources.get(source)?.text;
    let node = Syntax::of(&wanted.name, text).parse(source, text, report)?;
    Some((source, read::document(&node, report)?))
}

/// The files that a document refers to for components.
fn referred(from: &str, document: &Document) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    visit::references(document, &mut |_, _, text| {
        let Ok(target) = reference::parse(&text.value) else {
            return;
        };
        if target.file.is_empty() || reference::is_remote(target.file) {
            return;
        }
        let Some(file) = reference::decode(target.file) else {
            return;
        };
        wanted.push(Wanted {
            name: name::relative(from, &file),
            by: Some(text.span),
        });
    });
    wanted
}
