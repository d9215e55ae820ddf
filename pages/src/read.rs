//! A page's text to its facts: pieces are taken in order, and what went before says what they are.

mod caption;
mod classify;
pub(crate) mod example;
mod finish;
mod named;
mod nested;
mod openapi_page;
mod operation;
mod operation_name;
mod responses;
mod rows;
mod table;

pub(crate) use example::digest;
use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::{Report, SourceId, Span};

use crate::block::{Block, Kind};
use crate::facts::{Page, Role};
use crate::format::Format;
use crate::vocabulary::{Section, Vocabulary, is_status};
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
    read_with(Vocabulary::builtin(), key, source, text)
}

/// Reads a page whose words are those of a vocabulary.
pub fn read_with(words: &Vocabulary, key: &str, source: SourceId, text: &str) -> Reading {
    let format = Format::detect(text);
    let page = Page {
        key: key.to_owned(),
        format,
        digest: text::digest(text.as_bytes(), DIGITS),
        edition: caption::edition_of(key),
        ..Page::default()
    };
    let mut reader = Reader {
        words,
        page,
        report: Report::new(),
        end: front::end(source, text),
        at: Where::default(),
        chapter: Chapter::default(),
        seen: Seen::default(),
    };
    for block in (format.0.blocks)(source, text, words) {
        reader.block(&block);
    }
    let mut reading = finish::finish(reader, text);
    operation_name::name(&mut reading.page, text);
    reading
}

/// What was read so far, and where on the page the reader is.
#[derive(Debug)]
struct Reader<'w> {
    words: &'w Vocabulary,
    page: Page,
    report: Report,
    /// The end of the page.
    end: Span,
    at: Where,
    chapter: Chapter,
    seen: Seen,
}

/// Where on the page the reader is.
#[derive(Debug, Default)]
struct Where {
    /// What the last heading announced.
    section: Option<Section>,
    /// The title of what follows.
    caption: Option<Caption>,
    /// The response that is being described.
    status: Option<String>,
    /// The path whose operations are being described, in a chapter of several.
    path: Option<PathItem>,
    /// The operation that is being described.
    operation: Option<usize>,
    /// The part of an object that is being described: `.spec.ports[]`, empty for the whole.
    part: Option<String>,
    /// The last paragraph.
    paragraph: String,
    /// The model whose heading was read and whose table was not, where the site writes models as headings.
    union: Option<named::Union>,
    /// The headings above.
    headings: Vec<Heading>,
    /// The last heading, if it announces nothing that is known, with its place.
    unknown: Option<(Span, String)>,
}

/// A heading above what is read.
#[derive(Debug)]
struct Heading {
    /// Its level.
    level: u8,
    /// Its words.
    text: String,
    /// What it announces.
    section: Option<Section>,
    /// Whether it announces nothing: what is described below it has it as a title.
    is_title: bool,
    /// The first operation below it.
    operation: Option<usize>,
}

/// The title of what follows.
#[derive(Clone, Debug)]
struct Caption {
    /// Its words; empty where the front end knows the section alone.
    text: String,
    /// What it announces.
    section: Option<Section>,
}

/// A path of a chapter.
#[derive(Debug)]
struct PathItem {
    /// The path template.
    template: String,
    /// The first operation of it.
    first: usize,
    /// The tables that belong to all operations of it.
    shared: Vec<usize>,
}

/// The chapter of one kind of object.
#[derive(Debug, Default)]
struct Chapter {
    /// Whether it is the whole page.
    is_page: bool,
    /// The kind of object: `Service`.
    kind: Option<String>,
    /// Members of the part that is being described that are required.
    required: Vec<String>,
    /// The operations that the chapter lists at its beginning.
    listed: Vec<(Span, String, String)>,
}

/// What has had a table so far.
#[derive(Debug, Default)]
struct Seen {
    /// The operations.
    operations: BTreeSet<usize>,
    /// The bodies, each of an operation.
    bodies: BTreeSet<(Option<usize>, Role)>,
    /// The tables of responses whose status the page does not announce.
    assumed: Vec<usize>,
    /// The examples of responses whose status the page does not announce.
    assumed_examples: Vec<usize>,
    /// The operations below whose heading of status codes some stand in the text.
    stated: BTreeSet<usize>,
    /// The operations whose status codes the page describes elsewhere, with the place where it says so.
    elsewhere: BTreeMap<usize, Span>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Heading { level, text } => self.heading(block.span, *level, text.trim()),
            Kind::Section(section) if section.is_of_one_table() => {
                self.at.caption = Some(Caption::of_section(*section))
            }
            Kind::Section(section) => self.section(*section),
            Kind::Caption(text) => self.caption(block.span, text.trim()),
            Kind::Text(text) => self.text(block.span, text.trim()),
            Kind::Field { label, values } => self.field(block.span, label, values),
            Kind::Table(grid) => table::read(self, block.span, grid),
            Kind::Code { text, complete } => {
                if !operation::code(self, block.span, text) {
                    example::read(self, block.span, text, *complete);
                }
            }
        }
    }

    fn text(&mut self, span: Span, text: &str) {
        if let Some(status) = self.words.status(text) {
            return self.answer(span, status);
        }
        if self.at.section == Some(Section::Statuses) && self.statuses(span, text) {
            return;
        }
        if named::variant(self, span, text) {
            return;
        }
        let listed = self.at.section == Some(Section::Operations) && operation::listed(self, span, text);
        if !listed && !operation::read(self, span, text) {
            caption::edition(&mut self.page, text);
            named::returned(self, span, text);
            example::content_type(self, text);
            text.clone_into(&mut self.at.paragraph);
        }
    }

    fn field(&mut self, span: Span, label: &str, values: &[String]) {
        match label.trim().to_ascii_lowercase().as_str() {
            "http method" => {
                let method = values.first().map(String::as_str).unwrap_or_default();
                operation::begin(self, span, method);
            }
            "required" => self.chapter.required = values.to_vec(),
            "description" => caption::part_of_title(self),
            _ => values.iter().for_each(|it| self.text(span, it.trim())),
        }
    }

    /// Text below the heading of the status codes: one of them, or a pointer to where they are.
    fn statuses(&mut self, span: Span, text: &str) -> bool {
        let Some(operation) = self.at.operation else {
            return false;
        };
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let code = first.trim_end_matches([':', '：', '.', ',']);
        if is_status(code) && rest.split_whitespace().count() <= 4 {
            operation::status(self, span, code);
            self.seen.stated.insert(operation);
            return true;
        }
        // A whole sentence that points elsewhere; what is left of a table or label that was cut does not end as one.
        let is_sentence = text.starts_with(char::is_alphanumeric) && text.ends_with(['.', '。']) && !text.contains('|');
        if is_sentence {
            self.seen.elsewhere.entry(operation).or_insert(span);
        }
        false
    }

    /// A status code that announces the description of a response.
    fn answer(&mut self, span: Span, status: &str) {
        self.at.status = Some(status.to_owned());
        self.at.caption = None;
        if self.at.section != Some(Section::ResponseExample) {
            self.at.section = Some(Section::Response);
            operation::status(self, span, status);
        }
    }

    /// Where a table of members is used, as far as the section tells.
    fn role(&self) -> Role {
        match self.at.section {
            Some(Section::Request | Section::RequestBody | Section::Form) => Role::Request,
            Some(Section::Response | Section::ResponseBody) => self.answer_role(),
            _ => Role::Definition,
        }
    }

    /// The response that is described. One whose status the page does not tell is corrected at the end of the page.
    fn answer_role(&self) -> Role {
        let status = self.at.status.as_deref();
        Role::Response(status.unwrap_or(responses::ASSUMED).to_owned())
    }
}

impl Caption {
    fn of_section(section: Section) -> Self {
        Self {
            text: String::new(),
            section: Some(section),
        }
    }
}
