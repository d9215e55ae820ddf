//! Keeps files by name, so that each is read once.

use crate::codes;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::resource::Resources;
use super::{Documents, Outcome, name};
use crate::diagnostic::Report;
use crate::document::is_document;
use crate::node::Node;
use crate::overlay::Overlays;
use crate::source::{SourceId, Sources};
use crate::span::Span;
use crate::syntax::Syntax;

/// Reads files by name.
pub(super) type ReadFile<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

/// The files of a reading.
pub(super) struct Files<'r> {
    read: &'r mut ReadFile<'r>,
    nodes: HashMap<SourceId, Rc<Node>>,
    /// The files that are OpenAPI documents.
    documents: HashSet<SourceId>,
    overlays: Overlays,
}

impl<'r> Files<'r> {
    pub(super) fn new(read: &'r mut ReadFile<'r>) -> Self {
        Self {
            read,
            nodes: HashMap::new(),
            documents: HashSet::new(),
            overlays: Overlays::default(),
        }
    }

    /// Reads the overlays that change files from now on.
    pub(super) fn read_overlays(&mut self, names: &[String], documents: &mut Documents, report: &mut Report) {
        let mut files = Vec::new();
        for name in names {
            files.extend(self.parse(name, None, documents, report));
        }
        self.overlays = Overlays::read(files, &mut documents.sources, report);
    }

    /// Reports what overlays did not find, and gives the files that they changed.
    pub(super) fn finish(self, report: &mut Report) -> HashMap<SourceId, Rc<Node>> {
        if self.overlays.is_empty() {
            return HashMap::new();
        }
        self.overlays.finish(report);
        self.nodes
    }

    /// The file with this name; `by` is the reference that asks for it, `None` for an entry.
    pub(super) fn open(
        &mut self,
        name: &str,
        by: Option<Span>,
        documents: &mut Documents,
        report: &mut Report,
    ) -> Option<SourceId> {
        let key = name::normal(name);
        match documents.names.get(&key) {
            Some(Outcome::Read(source)) => return Some(*source),
            Some(Outcome::Failed) => return None,
            None => {}
        }
        let source = self.read(name, by, documents, report);
        let outcome = source.map_or(Outcome::Failed, Outcome::Read);
        documents.names.insert(key, outcome);
        source
    }

    fn parse(
        &mut self,
        name: &str,
        by: Option<Span>,
        documents: &mut Documents,
        report: &mut Report,
    ) -> Option<(SourceId, Node)> {
        let text = match (self.read)(name) {
            Ok(text) => text,
            Err(error) => {
                // An entry has no place but its name, so its source is an empty text.
                let by = by.unwrap_or_else(|| Span::new(documents.sources.push(name, ""), 0, 0));
                let message = format!("cannot read `{name}`: {error}");
                report.push(codes::UNREADABLE_FILE.at(by, message));
                return None;
            }
        };
        let source = documents.sources.push(name, text);
        let text = &documents.sources.get(source)?.text;
        let syntax = Syntax::of(name, text);
        let node = syntax.parse(source, text, report);
        if syntax == Syntax::Yaml && text.contains('*') {
            documents.sources.mark_aliases(source);
        }
        if by.is_some() && !(is_named_as_document(name) && node.as_ref().is_some_and(|it| it.as_object().is_some())) {
            documents.sources.hide(source);
        }
        Some((source, node?))
    }

    fn read(
        &mut self,
        name: &str,
        by: Option<Span>,
        documents: &mut Documents,
        report: &mut Report,
    ) -> Option<SourceId> {
        let (source, node) = self.parse(name, by, documents, report)?;
        let node = self.overlays.apply(source, node, &mut documents.sources, report);
        let text = &documents.sources.get(source)?.text;
        if ["$id", "$anchor", "$dynamicAnchor"]
            .iter()
            .any(|key| text.contains(key))
            || !self.overlays.is_empty()
        {
            documents.resources.insert(source, Resources::of(&node));
        }
        if is_document(&node) {
            self.documents.insert(source);
        }
        self.nodes.insert(source, Rc::new(node));
        Some(source)
    }

    /// The whole value of a file.
    pub(super) fn node(&mut self, source: SourceId, sources: &Sources) -> Option<Rc<Node>> {
        if let Some(node) = self.nodes.get(&source) {
            return Some(Rc::clone(node));
        }
        let file = sources.get(source)?;
        // What is wrong with it was told when it was read first.
        let node = Syntax::of(&file.name, &file.text).parse(source, &file.text, &mut Report::new())?;
        let node = Rc::new(node);
        self.nodes.insert(source, Rc::clone(&node));
        Some(node)
    }

    /// Frees the value of a document that has been read, which is parsed again for the few references that lead elsewhere
    /// in it. What overlays changed stays, since no text has it.
    pub(super) fn release(&mut self, source: SourceId) {
        if self.overlays.is_empty() {
            self.nodes.remove(&source);
        }
    }

    /// Whether a file is an OpenAPI document, and not only a part of one.
    pub(super) fn is_document(&self, source: SourceId) -> bool {
        self.documents.contains(&source)
    }
}

/// Whether the name of a file says that it is JSON or YAML.
fn is_named_as_document(name: &str) -> bool {
    let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
    matches!(suffix.as_deref(), Some("json" | "yaml" | "yml"))
}
