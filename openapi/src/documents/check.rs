//! Checks that every reference leads somewhere, and none back to itself.

use crate::codes;
use std::collections::{HashMap, HashSet};

use super::lost::{Lost, finding};
use super::{ComponentId, Documents, Section, visit};
use crate::diagnostic::Report;
use crate::nearest::nearest;
use crate::reader::Care;
use crate::span::Spanned;

/// Reports references that lead nowhere.
pub(super) fn references(documents: &Documents, care: Care, report: &mut Report) {
    let mut nearest = Nearest {
        documents,
        known: HashMap::new(),
    };
    let mut check = |form, section, text: &Spanned<String>| {
        let Err(lost) = documents.find_form(form, section, &text.span, &text.value) else {
            return;
        };
        let near = match &lost {
            Lost::Dangling { document, name, .. } => nearest.of(*document, section, name.clone()),
            _ => None,
        };
        let found = finding(form, Some(section), text, &lost, near.as_deref());
        report.push_all(found.map(|it| match (care, without(section)) {
            (Care::Foreign, Some(taken)) => it.with_consequence(taken).as_warning(),
            _ => it,
        }));
    };
    for (document, reached) in documents.documents.iter().zip(&documents.reached) {
        visit::references(document, &mut check);
        visit::components(reached, &mut check);
    }
}

/// What is made of a reference that leads nowhere in a stranger's document, where requests can be sent and responses
/// be read all the same.
fn without(section: Section) -> Option<&'static str> {
    match section {
        Section::Schemas => Some("any value is taken"),
        Section::Responses => Some("the response is left out"),
        Section::Headers => Some("the header is left out"),
        Section::Examples => Some("the example is left out"),
        Section::Callbacks => Some("the callback is left out"),
        Section::SecuritySchemes => Some("no credential is sent for it"),
        Section::Parameters | Section::RequestBodies | Section::PathItems => None,
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
            let names = components.into_iter().flat_map(|it| section.of(it).names());
            nearest(name, names).map(str::to_owned)
        });
        known.clone()
    }
}

/// Reports chains of references that never come to a thing itself, each circle once.
pub(super) fn circles(documents: &Documents, report: &mut Report) {
    for section in Section::ALL.iter().copied() {
        let mut done = HashSet::new();
        let all = documents.documents.iter().zip(&documents.reached).enumerate();
        for (index, (document, reached)) in all {
            for name in section
                .of(&document.components)
                .names()
                .chain(section.of(reached).names())
            {
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
        let holder = documents.holder(section, &here);
        let next = holder.and_then(|it| section.of(it).reference(&here.name));
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
    let mut finding = codes::CIRCULAR_REFERENCE.at(text.span, message);
    for other in circle {
        finding = finding.related(other.span, "by way of this reference");
    }
    report.push(finding);
}
