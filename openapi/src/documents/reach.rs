//! What a selection of operations needs: all other operations and components can be left out with it.

use std::collections::{HashMap, HashSet};

use super::parts::{Part, PartKind, part_at};
use super::{Documents, visit};
use crate::document::Section;
use crate::span::{Span, Spanned};

impl Documents {
    /// The places of the parts that operations called `names` do not need. Empty where a name is called by nothing,
    /// since then the selection itself is wrong.
    pub fn unneeded(&self, names: &[String]) -> Vec<Span> {
        let parts = self.parts();
        let is_operation = |it: &Part| it.kind == PartKind::Operation;
        let known = |name: &String| parts.iter().any(|it| is_operation(it) && it.is_called(name));
        if names.is_empty() || !names.iter().all(known) {
            return Vec::new();
        }
        let selected = |it: &Part| names.iter().any(|name| it.is_called(name));
        let needed = self.needed(&parts, &selected);
        let unneeded = parts.iter().map(|it| it.span).filter(|it| !needed.contains(it));
        unneeded.collect()
    }

    /// The places of components other than schemas that no operation needs but those at some places.
    pub fn unneeded_without(&self, places: &[Span]) -> Vec<Span> {
        let parts = self.parts();
        let needed = self.needed(&parts, &|it| !places.contains(&it.span));
        let components = parts.iter().filter(|it| matches!(it.kind, PartKind::Component(_)));
        components.map(|it| it.span).filter(|it| !needed.contains(it)).collect()
    }

    /// The places of the parts that the selected operations need, and theirs.
    fn needed(&self, parts: &[Part], selected: &dyn Fn(&Part) -> bool) -> HashSet<Span> {
        let edges = self.edges(parts);
        let mut needed: HashSet<Span> = HashSet::new();
        let operations = parts.iter().filter(|it| it.kind == PartKind::Operation && selected(it));
        let mut open: Vec<Span> = operations.map(|it| it.span).collect();
        // What stands in no part holds for all operations.
        open.extend(edges.get(&None).into_iter().flatten());
        while let Some(place) = open.pop() {
            if needed.insert(place) {
                open.extend(edges.get(&Some(place)).into_iter().flatten());
            }
        }
        needed
    }

    /// Which parts each part refers to, by their places; `None` is what stands in no part.
    fn edges(&self, parts: &[Part]) -> HashMap<Option<Span>, Vec<Span>> {
        let mut edges: HashMap<Option<Span>, Vec<Span>> = HashMap::new();
        let mut add = |form, section, text: &Spanned<String>| {
            let Ok(id) = self.find_form(form, section, &text.span, &text.value) else {
                return;
            };
            let from = part_at(parts, text.span).map(|it| it.span);
            let target = self.holder(section, &id).and_then(|it| section.of(it).place(&id.name));
            let Some(to) = target.and_then(|it| part_at(parts, it)) else {
                return;
            };
            edges.entry(from).or_default().push(to.span);
            // A parent is read as one of what extends it.
            let parent = (section == Section::Schemas).then(|| self.schema(&id)).flatten();
            if let (Some(from), true) = (from, parent.is_some_and(|it| it.discriminator.is_some())) {
                edges.entry(Some(to.span)).or_default().push(from);
            }
        };
        for (document, reached) in self.documents.iter().zip(&self.reached) {
            visit::references(document, &mut add);
            visit::components(reached, &mut add);
        }
        edges
    }
}
