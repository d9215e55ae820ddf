//! A page's text to its facts: pieces are taken in order, and what went before says what they are.

mod caption;
pub(crate) mod example;
mod finish;
mod operation;
mod place;
mod rows;
mod table;

pub(crate) use example::digest;
use std::collections::BTreeSet;

use tablature_openapi::{Report, SourceId, Span};

use crate::block::{Block, Kind};
use crate::facts::{Page, Role};
use crate::format::Format;
use crate::terms::{self, Section};
use crate::{front, text};

/// How many digits of the hash of a whole page are kept.
const DIGITS: usize = 16;

/// A page that was read, and what is to say of it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The facts.
    pub page: Page,
    /// What was not understood, and what the rendering lost.
    pub report: Report,
}

/// Reads a page. The key names it: folder of the product and file name without its ending.
pub fn read(key: &str, source: SourceId, text: &str) -> Reading {
    let format = Format::detect(text);
    let mut reader = Reader::new(Page {
        key: key.to_owned(),
        format,
        digest: text::digest(text.as_bytes(), DIGITS),
        edition: caption::edition_of(key),
        ..Page::default()
    });
    reader.end = crate::front::end(source, text);
    for block in front::blocks(format, source, text) {
        reader.block(&block);
    }
    finish::finish(reader)
}

/// What was read so far, and where on the page the reader is.
#[derive(Debug)]
struct Reader {
    page: Page,
    report: Report,
    /// The end of the page.
    end: Span,
    /// What the last heading announced.
    section: Option<Section>,
    /// The title of what follows.
    caption: Option<(String, Span)>,
    /// The answer that is being described.
    status: Option<String>,
    /// The path whose operations are being described, in a chapter of several.
    path: Option<String>,
    /// The first operation of that path.
    first: usize,
    /// The tables that belong to all operations of that path.
    shared: Vec<usize>,
    /// The operations that have tables.
    begun: BTreeSet<usize>,
    /// The bodies that have tables.
    bodies: BTreeSet<Role>,
    /// The operation that is being described.
    operation: Option<usize>,
    /// Whether the next description is that of the operation.
    summary: bool,
    /// Whether the whole page is the chapter of one kind of object.
    chapter: bool,
    /// The kind of object that the chapter is about: `Service`.
    kind: Option<String>,
    /// The part of it that is being described: `.spec.ports[]`, empty for the whole.
    part: Option<String>,
    /// Members of it that are required.
    required: Vec<String>,
    /// The operations that the chapter lists at its beginning.
    listed: Vec<(Span, String, String)>,
    /// The last paragraph.
    paragraph: String,
}

impl Reader {
    fn new(page: Page) -> Self {
        Self {
            page,
            report: Report::new(),
            end: Span::default(),
            section: None,
            caption: None,
            status: None,
            path: None,
            first: 0,
            shared: Vec::new(),
            begun: BTreeSet::new(),
            bodies: BTreeSet::new(),
            operation: None,
            summary: false,
            chapter: false,
            kind: None,
            part: None,
            required: Vec::new(),
            listed: Vec::new(),
            paragraph: String::new(),
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Heading { level, text } => self.heading(*level, text.trim()),
            Kind::Caption(text) => self.caption(block.span, text.trim()),
            Kind::Text(text) => self.text(block.span, text.trim()),
            Kind::Field { label, values } => self.field(block.span, label, values),
            Kind::Table(grid) => table::read(self, block.span, grid),
            Kind::Code { text, complete } => example::read(self, block.span, text, *complete),
        }
    }

    fn text(&mut self, span: Span, text: &str) {
        if let Some(status) = terms::status(text) {
            self.answer(span, status);
        } else if self.section == Some(Section::Operations) && operation::listed(self, span, text) {
        } else if !operation::read(self, span, text) {
            caption::edition(&mut self.page, text);
            text.clone_into(&mut self.paragraph);
        }
    }

    fn field(&mut self, span: Span, label: &str, values: &[String]) {
        match label.trim().to_ascii_lowercase().as_str() {
            "http method" => {
                let method = values.first().map(String::as_str).unwrap_or_default();
                operation::begin(self, span, method);
            }
            "required" => self.required = values.to_vec(),
            "description" if self.summary => {
                self.summary = false;
                let words = text::first_words(&values.join(" "));
                let operation = self.operation.and_then(|it| self.page.operations.get_mut(it));
                if let Some(operation) = operation {
                    operation.summary = words;
                }
            }
            "description" => caption::part_of_title(self),
            _ => {}
        }
    }

    /// A status code that announces the description of an answer.
    fn answer(&mut self, span: Span, status: &str) {
        self.status = Some(status.to_owned());
        self.caption = None;
        if self.section != Some(Section::AnswerExample) {
            self.section = Some(Section::Answer);
            operation::status(self, span, status);
        }
    }

    /// Where a table of members is used, as far as the section tells.
    fn role(&self) -> Role {
        match self.section {
            Some(Section::Request | Section::RequestBody | Section::Form) => Role::Request,
            Some(Section::Answer | Section::AnswerBody) => {
                Role::Answer(self.status.clone().unwrap_or_else(|| "200".to_owned()))
            }
            _ => Role::Definition,
        }
    }
}
