//! Headings and captions: what they say of the pieces that follow.

use tablature_openapi::Span;

use crate::facts::Page;
use crate::read::{Caption, Heading, PathItem, Reader, named};
use crate::vocabulary::{Section, without_number};

impl Reader<'_> {
    pub(super) fn heading(&mut self, span: Span, level: u8, text: &str) {
        named::end_model(self);
        self.at.caption = None;
        if level > 1 && named::heading(self, span, level, text) {
            return;
        }
        let section = self.words.section(text);
        if section.is_some() {
            self.close_title(level);
        }
        self.at.headings.retain(|above| above.level < level);
        self.at.unknown = None;
        let above = self.at.headings.iter().rev().find_map(|it| it.section);
        self.at.headings.push(Heading {
            level,
            text: text.to_owned(),
            section,
            is_title: false,
            operation: None,
        });
        if text.starts_with('/') {
            self.close_path();
            self.at.path = Some(PathItem {
                template: text.to_owned(),
                first: self.page.operations.len(),
                shared: Vec::new(),
            });
            self.at.operation = None;
            self.at.section = None;
            self.at.part = None;
        } else if is_part(text) {
            self.begin_part(text);
        } else if let Some(section) = section {
            self.section(section);
        } else if let Some(kind) = kind(text) {
            // A chapter of many objects has one heading each, and its own title before them.
            self.page.title.get_or_insert_with(|| text.to_owned());
            self.chapter.kind = Some(kind.to_owned());
            self.chapter.is_page |= level == 1;
            self.begin_part("");
        } else if self.page.title.is_none() && level <= 1 {
            self.page.title = Some(text.to_owned());
            self.name_what_follows();
        } else {
            self.name_what_follows();
            self.at.section = above.filter(|it| it.has_parts());
            self.at.unknown = Some((span, text.to_owned()));
        }
    }

    /// Notes that the last heading is a title of what is described below it.
    fn name_what_follows(&mut self) {
        if let Some(heading) = self.at.headings.last_mut() {
            heading.is_title = true;
        }
    }

    /// A section beside the heading above an operation: both are parts of its description, and the heading is no title.
    fn close_title(&mut self, level: u8) {
        let operation = self.at.operation.and_then(|it| self.page.operations.get_mut(it));
        let mut beside = self.at.headings.iter().filter(|it| it.level >= level);
        if let Some(operation) = operation {
            operation
                .heading
                .take_if(|it| beside.any(|heading| heading.text == *it));
        }
    }

    pub(super) fn caption(&mut self, span: Span, text: &str) {
        if let Some(status) = self.words.status(text) {
            self.answer(span, status);
            return;
        }
        let section = self.words.section(text);
        match section.filter(|it| !it.is_of_one_table() && !without_number(text).0) {
            Some(section) => self.section(section),
            None => {
                self.at.caption = Some(Caption {
                    text: text.to_owned(),
                    section,
                })
            }
        }
    }

    /// Enters a section. The first one of a page without a heading follows its title.
    pub(super) fn section(&mut self, section: Section) {
        let title = std::mem::take(&mut self.at.paragraph);
        let short = !title.is_empty() && title.chars().count() <= 80 && !title.ends_with(['。', '.']);
        if self.page.title.is_none() && short && self.page.operations.is_empty() {
            self.page.title = Some(title);
        }
        self.at.caption = None;
        self.at.unknown = None;
        if matches!(
            section,
            Section::RequestExample | Section::ResponseExample | Section::Request
        ) {
            self.at.status = None;
        }
        if section == Section::Model && self.at.part.is_some() {
            return;
        }
        self.at.section = Some(section);
    }

    fn begin_part(&mut self, part: &str) {
        self.at.part = Some(part.to_owned());
        self.at.section = Some(Section::Model);
        self.chapter.required.clear();
    }
}

/// A block title such as `.spec` before a description is the heading of a part.
pub(super) fn part_of_title(reader: &mut Reader) {
    if let Some(caption) = reader.at.caption.take_if(|it| is_part(&it.text)) {
        reader.begin_part(&caption.text);
    }
}

/// Whether a heading names a part of an object: `.spec.ports[]`.
fn is_part(text: &str) -> bool {
    let part = text.strip_prefix('.').unwrap_or_default();
    part.starts_with(|it: char| it.is_alphanumeric() || it == '_' || it == '$') && !part.contains(char::is_whitespace)
}

/// The object that a heading names: `Service [v1]`, `Affinity [core/v1]`, `a.b.ObjectMeta schema`.
fn kind(text: &str) -> Option<&str> {
    let kind = match text.strip_suffix(']') {
        Some(text) => text.split_once(" [")?.0,
        None => text.strip_suffix(" schema")?,
    };
    let kind = kind.trim();
    (!kind.is_empty() && !kind.contains(char::is_whitespace)).then_some(kind)
}

/// The date of a page, if a line tells it.
pub(super) fn edition(page: &mut Page, text: &str) {
    let date = ["更新时间", "Updated on", "Updated at"]
        .iter()
        .find_map(|it| text.strip_prefix(it));
    let Some(date) = date.map(|it| it.trim_start_matches([':', '：', ' '])) else {
        return;
    };
    let date: String = date
        .chars()
        .take_while(|it| it.is_ascii_digit() || matches!(it, '-' | '/'))
        .collect();
    if page.edition.is_none() && !date.is_empty() {
        page.edition = Some(date.replace('/', "-"));
    }
}

/// The edition at the end of a key: `2022-10` of `huawei-cci/list.2022-10`.
pub(super) fn edition_of(key: &str) -> Option<String> {
    let (_, edition) = key.rsplit_once('.')?;
    let fits = edition.contains('-') && edition.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    fits.then(|| edition.to_owned())
}
