//! Every reference leads somewhere, and none leads back to itself.

use std::collections::{HashMap, HashSet};

use super::reference::Unusable;
use super::resolve::Lost;
use super::visit::{self, Form};
use super::{ComponentId, Documents, Section, reference};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{Components, RefOr};
use crate::nearest::nearest;
use crate::span::Spanned;

/// Reports references that lead nowhere.
pub(super) fn references(documents: &Documents, report: &mut Report) {
    let mut nearest = Nearest {
        documents,
        known: HashMap::new(),
    };
    for document in documents.documents() {
        visit::references(document, &mut |form, section, text| {
            let Err(lost) = documents.find_form(form, section, &text.span, &text.value) else {
                return;
            };
            let finding = match lost {
                Lost::Unread => return,
                Lost::Dangling { document, file, name } => {
                    let near = nearest.of(document, section, name);
                    dangling(form, section, text, &file, near.as_deref())
                }
                Lost::Unusable(why) => unusable(section, text, why),
            };
            report.push(finding);
        });
    }
}

/// The nearest names, each looked for once: a name may dangle a thousand times.
struct Nearest<'d> {
    documents: &'d Documents,
    known: HashMap<(usize, Section, String), Option<String>>,
}

impl Nearest<'_> {
    fn of(&mut self, document: usize, section: Section, name: String) -> Option<String> {
        let components = self.documents.documents().get(document).map(|it| &it.components);
        let key = (document, section, name);
        let known = self.known.entry(key).or_insert_with_key(|(_, _, name)| {
            let names = components.into_iter().flat_map(|it| section.names(it));
            nearest(name, names).map(str::to_owned)
        });
        known.clone()
    }
}

fn dangling(form: Form, section: Section, text: &Spanned<String>, file: &str, near: Option<&str>) -> Diagnostic {
    let written = &text.value;
    let (message, near) = match form {
        Form::Reference => {
            let near = near.map(|it| reference::write(file, section.key(), it));
            (format!("`{written}` does not exist"), near)
        }
        _ => {
            let message = format!("`{written}` does not exist in `{section}`");
            (message, near.map(str::to_owned))
        }
    };
    let finding = Diagnostic::error("dangling-reference", text.span, message);
    finding.maybe_help(near.map(|it| format!("did you mean `{it}`?")))
}

fn unusable(section: Section, text: &Spanned<String>, why: Unusable) -> Diagnostic {
    let (at, written) = (text.span, &text.value);
    match why {
        Unusable::Remote => {
            let message = format!("expected a reference to a file, found the address `{written}`");
            let help = "save what it leads to beside this file, and refer to it by its relative name";
            Diagnostic::error("remote-reference", at, message).help(help)
        }
        Unusable::Unsupported(what) => {
            let message = format!("a reference to {what} is not supported: `{written}`");
            let help = format!("move what it leads to into `{section}` and refer to it there");
            Diagnostic::error("unsupported-reference", at, message).help(help)
        }
        Unusable::Malformed(what) => {
            let message = format!("expected a reference, found {what} in `{written}`");
            Diagnostic::error("malformed-reference", at, message)
        }
        Unusable::OtherSection(found) => {
            let message = format!("expected a reference into `{section}`, found `components/{found}`");
            Diagnostic::error("wrong-reference", at, message)
        }
    }
}

/// Reports chains of references that never come to a thing itself, each circle once.
pub(super) fn circles(documents: &Documents, report: &mut Report) {
    for section in Section::ALL {
        let mut done = HashSet::new();
        for (index, document) in documents.documents().iter().enumerate() {
            for name in section.names(&document.components) {
                let start = ComponentId {
                    document: index,
                    name: name.to_owned(),
                };
                walk(documents, section, start, &mut done, report);
            }
        }
    }
}

fn walk(
    documents: &Documents,
    section: Section,
    start: ComponentId,
    done: &mut HashSet<ComponentId>,
    report: &mut Report,
) {
    let mut chain: Vec<(ComponentId, &Spanned<String>)> = Vec::new();
    let mut here = start;
    while !done.contains(&here) {
        let document = documents.documents().get(here.document);
        let next = document.and_then(|it| reference_of(&it.components, section, &here.name));
        done.insert(here.clone());
        let Some(next) = next else { return };
        chain.push((here, next));
        match documents.find(&next.span, section, &next.value) {
            Ok(id) => here = id,
            Err(_) => return,
        }
    }
    let Some(first) = chain.iter().position(|(id, _)| *id == here) else {
        return;
    };
    let mut circle = chain.drain(first..).map(|(_, text)| text);
    let Some(text) = circle.next() else { return };
    let message = format!("`{}` leads back to this place and to no {section}", text.value);
    let mut finding = Diagnostic::error("circular-reference", text.span, message);
    for other in circle {
        finding = finding.related(other.span, "by way of this reference");
    }
    report.push(finding);
}

/// What a component refers to in its own place.
fn reference_of<'a>(components: &'a Components, section: Section, name: &str) -> Option<&'a Spanned<String>> {
    fn target<T>(item: &RefOr<T>) -> Option<&Spanned<String>> {
        match item {
            RefOr::Ref(reference) => Some(&reference.target),
            RefOr::Item(_) => None,
        }
    }
    match section {
        Section::Schemas => components.schemas.get(name)?.item.reference.as_ref(),
        Section::Examples => components.examples.get(name)?.item.reference.as_ref(),
        Section::Responses => target(&components.responses.get(name)?.item),
        Section::Parameters => target(&components.parameters.get(name)?.item),
        Section::RequestBodies => target(&components.request_bodies.get(name)?.item),
        Section::Headers => target(&components.headers.get(name)?.item),
        Section::SecuritySchemes => target(&components.security_schemes.get(name)?.item),
        Section::PathItems => target(&components.path_items.get(name)?.item),
    }
}
