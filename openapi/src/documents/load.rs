//! Loads documents: first those given, then whatever they refer to.

use crate::codes;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::files::{Files, ReadFile};
use super::lost::{Lost, finding};
use super::visit::{self, Form};
use super::{Address, ComponentId, Documents, Outcome, Section, identity, name, place, pointer, reference};
use crate::diagnostic::Report;
use crate::document::{Components, Version};
use crate::node::Node;
use crate::read;
use crate::reader::{Care, Context};
use crate::source::SourceId;
use crate::span::Spanned;

/// More references than this in a row, each in place of the next, are a mistake.
const MOST_ROUNDS: usize = 32;

/// What is to be read.
enum Wanted {
    /// A file that is an OpenAPI document.
    Document(SourceId),
    /// What a reference leads to.
    Reference(Form, Section, Spanned<String>),
}

/// A reading of documents.
struct Loader<'r> {
    documents: Documents,
    files: Files<'r>,
    queue: VecDeque<Wanted>,
    /// The document that is being read, by its index.
    current: usize,
    care: Care,
    report: &'r mut Report,
}

pub(super) fn load<'r>(
    entries: &[String],
    overlays: &[String],
    care: Care,
    read: &'r mut ReadFile<'r>,
    report: &'r mut Report,
) -> Documents {
    let mut documents = Documents {
        care,
        ..Documents::default()
    };
    let mut files = Files::new(read);
    files.read_overlays(overlays, &mut documents, report);
    let mut loader = Loader {
        documents,
        files,
        queue: VecDeque::new(),
        current: 0,
        care,
        report,
    };
    for name in entries {
        let source = loader.files.open(name, None, &mut loader.documents, loader.report);
        source.into_iter().for_each(|it| loader.document(it));
    }
    loader.documents.entries = loader.documents.documents.len();
    while let Some(wanted) = loader.queue.pop_front() {
        match wanted {
            Wanted::Document(source) => loader.document(source),
            Wanted::Reference(form, section, text) => loader.reference(form, section, &text),
        }
    }
    identity::name(&mut loader.documents);
    loader.documents.overlaid = loader.files.finish(loader.report);
    loader.documents
}

impl Loader<'_> {
    /// Reads a document, if it is not read yet.
    fn document(&mut self, source: SourceId) {
        if self.documents.by_source.contains_key(&source) {
            return;
        }
        let Some(node) = self.files.node(source, &self.documents.sources) else {
            return;
        };
        self.current = self.documents.documents.len();
        // Files that are read for what stands in its place belong to it already.
        self.documents.by_source.insert(source, self.current);
        let document =
            read::version(&node, self.report).and_then(|version| self.read(version, |cx| read::document(&node, cx)));
        let Some(document) = document else {
            self.documents.by_source.remove(&source);
            let mut names = self.documents.names.values_mut();
            if let Some(outcome) = names.find(|it| **it == Outcome::Read(source)) {
                *outcome = Outcome::Failed;
            }
            return;
        };
        self.want(|visit| visit::references(&document, visit));
        self.documents.documents.push(document);
        self.documents.reached.push(Components::default());
        self.files.release(source);
    }

    /// Reads as often as something is missing that is read in place of a reference.
    fn read<T>(&mut self, version: Version, read: impl Fn(&mut Context) -> T) -> T {
        let mut nodes = HashMap::new();
        let mut rounds = 0;
        loop {
            let mut cx = Context::new(version);
            cx.care = self.care;
            cx.inlined.nodes = nodes;
            let read = read(&mut cx);
            rounds += 1;
            if cx.inlined.missing.is_empty() || rounds > MOST_ROUNDS {
                for text in &cx.inlined.missing {
                    let message = format!("`{}` is a reference too many in a row of them", text.value);
                    cx.report.push(codes::CIRCULAR_REFERENCE.at(text.span, message));
                }
                self.report.extend(cx.report);
                return read;
            }
            nodes = cx.inlined.nodes;
            for text in cx.inlined.missing {
                let node = self.inlined(&text);
                if let Err(lost) = &node {
                    self.report.push_all(finding(Form::Reference, None, &text, lost, None));
                }
                nodes.insert(text.span, node.ok());
            }
        }
    }

    /// The node that is read in place of a reference.
    fn inlined(&mut self, text: &Spanned<String>) -> Result<Rc<Node>, Lost> {
        self.fetch(text);
        let (source, tokens) = self.documents.locate(&text.span, &text.value)?;
        if self.files.is_document(source) {
            self.queue.push_back(Wanted::Document(source));
        }
        let root = self.files.node(source, &self.documents.sources).ok_or(Lost::Unread)?;
        if tokens.is_empty() {
            return Ok(root);
        }
        let file = text.value.split('#').next().unwrap_or_default();
        match pointer::look_up(&root, &tokens, file) {
            Ok(found) => Ok(Rc::new(found.node.clone())),
            Err(help) => Err(Lost::Missing(help)),
        }
    }

    /// Reads the file that a reference is to, if it is not read yet.
    fn fetch(&mut self, text: &Spanned<String>) {
        let Ok(target) = reference::parse(&text.value) else {
            return;
        };
        let known = target.file.is_empty()
            || self
                .documents
                .in_resource(&text.span, target.file, &target.fragment)
                .is_some()
            || reference::is_remote(target.file)
            || self.documents.by_self(target.file).is_some();
        if let Some(file) = reference::decode(target.file).filter(|_| !known) {
            let from = self.documents.sources.name(self.documents.sources.home(text.span));
            let name = name::relative(from, &file);
            let source = self
                .files
                .open(&name, Some(text.span), &mut self.documents, self.report);
            let part = source.filter(|it| !self.files.is_document(*it));
            // A part of a document belongs to the first document that refers to it.
            let owner = self.documents.document_of(&text.span).unwrap_or(self.current);
            part.map(|it| self.documents.by_source.entry(it).or_insert(owner));
        }
    }

    /// Reads what a reference leads to, if it is nothing that is read with its document.
    fn reference(&mut self, form: Form, section: Section, text: &Spanned<String>) {
        self.own_document(self.documents.sources.home(text.span).source);
        if !self.documents.is_reference(form, section, &text.span, &text.value) {
            return;
        }
        self.fetch(text);
        let Ok((source, tokens)) = self.documents.locate(&text.span, &text.value) else {
            return;
        };
        self.own_document(source);
        let Some(owner) = self.documents.by_source.get(&source).copied() else {
            return;
        };
        let address = Address::new(source, section, &tokens);
        if self.documents.targets.contains_key(&address) {
            return;
        }
        if self.files.is_document(source) && !place::may_be(section, &tokens) {
            return;
        }
        let Some(root) = self.files.node(source, &self.documents.sources) else {
            return;
        };
        let file = text.value.split('#').next().unwrap_or_default();
        let found = match pointer::look_up(&root, &tokens, file) {
            Ok(found) => found,
            Err(help) => {
                self.documents.targets.insert(address, Err(help));
                return;
            }
        };
        let Some(version) = self.documents.documents.get(owner).map(|it| it.version) else {
            return;
        };
        self.current = owner;
        let name = address.provisional();
        let part = self.read(version, |cx| read::part(section, &name, found.key, found.node, cx));
        self.want(|visit| visit::components(&part, visit));
        if let Some(reached) = self.documents.reached.get_mut(owner) {
            reached.append(part);
        }
        let id = ComponentId { document: owner, name };
        self.documents.targets.insert(address, Ok(id));
    }

    /// Reads a file that is a document, which others need to be before what they refer to in it.
    fn own_document(&mut self, source: SourceId) {
        if self.files.is_document(source) {
            self.document(source);
        }
    }

    /// Puts references into the queue, but for those to components of the same document.
    fn want(&mut self, references: impl FnOnce(&mut visit::Visitor<'_>)) {
        let (files, queue, sources) = (&self.files, &mut self.queue, &self.documents.sources);
        references(&mut |form, section, text| {
            let own = text
                .value
                .strip_prefix("#/components/")
                .is_some_and(|it| it.matches('/').count() == 1);
            if !own || !files.is_document(sources.home(text.span).source) {
                queue.push_back(Wanted::Reference(form, section, text.clone()));
            }
        });
    }
}
