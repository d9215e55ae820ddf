//! Names the targets of references that are outside of `components`.
//!
//! The name is the last name in the pointer that leads there, for a whole file its stem. Where
//! that is taken, names before it are added, until it is free: all that share a name get longer,
//! so that no order of reading decides.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Address, ComponentId, Documents, Section, place, reference};
use crate::document::Components;
use crate::source::SourceId;

impl Address {
    /// A place, as something is read there.
    pub(super) fn new(source: SourceId, section: Section, tokens: &[String]) -> Self {
        Self {
            source,
            section,
            tokens: tokens.to_vec(),
        }
    }

    /// The name until all are known: no component has it, since it begins with `#`.
    pub(super) fn provisional(&self) -> String {
        format!("#{}{}", self.source, reference::write_pointer(&self.tokens))
    }

    /// The names that it may have, from the shortest.
    fn candidates(&self, documents: &Documents) -> Vec<String> {
        let in_document = documents.document_at(self.source).is_some();
        let file = self.file(documents);
        let mut names = place::names(&self.tokens, in_document);
        if !in_document {
            let path = file.rsplit_once('.').map_or(file, |(path, _)| path);
            let mut path: Vec<_> = path.split('/').map(str::to_owned).collect();
            path.append(&mut names);
            names = path;
        }
        let last = |count: usize| names.get(names.len() - count..).unwrap_or_default().join("/");
        let mut candidates: Vec<String> = (1..=names.len()).map(last).collect();
        // A status or a media type alone is no name.
        candidates.retain(|it| it.starts_with(|it: char| it.is_alphabetic() || matches!(it, '_' | '/' | '$')));
        let pointer = self.tokens.join("/");
        let within = pointer.strip_prefix("components/").and_then(|it| it.split_once('/'));
        candidates.extend(within.map(|(_, within)| within.to_owned()));
        candidates.push(format!("{file}/{pointer}"));
        candidates
    }

    /// The name of the file, seen from the document that it belongs to: where both are is no
    /// matter.
    fn file<'d>(&self, documents: &'d Documents) -> &'d str {
        let name = |source| documents.sources.get(source).map_or("", |it| it.name.as_str());
        let owner = documents
            .by_source
            .get(&self.source)
            .and_then(|it| documents.documents.get(*it));
        let owner = owner.map_or("", |it| name(it.span.source));
        let file = name(self.source);
        let same = file.split_inclusive('/').zip(owner.split_inclusive('/'));
        let same = same.take_while(|(a, b)| a == b && a.ends_with('/'));
        let same: usize = same.map(|(a, _)| a.len()).sum();
        file.get(same..).unwrap_or(file)
    }
}

/// Gives everything its name.
pub(super) fn name(documents: &mut Documents) {
    let mut groups: BTreeMap<(usize, Section), Vec<&Address>> = BTreeMap::new();
    for (address, id) in &documents.targets {
        if let Ok(id) = id {
            groups.entry((id.document, address.section)).or_default().push(address);
        }
    }
    let mut renamed = HashMap::new();
    for ((document, section), addresses) in groups {
        let components = documents.documents.get(document).map(|it| &it.components);
        let taken = components.into_iter().flat_map(|it| section.of(it).names());
        let names = free_names(taken.map(str::to_owned).collect(), addresses, documents);
        renamed.extend(names.into_iter().map(|(address, name)| (address.clone(), name)));
    }
    let mut new_names: HashMap<String, String> = HashMap::new();
    for (address, id) in &mut documents.targets {
        if let (Ok(id), Some(name)) = (id, renamed.remove(address)) {
            new_names.insert(format!("{} {}", address.section, id.name), name.clone());
            id.name = name;
        }
    }
    for (index, reached) in documents.reached.iter_mut().enumerate() {
        rename(reached, &new_names);
        let schemas = reached.schemas.iter();
        documents.schema_places.extend(schemas.map(|(name, schema)| {
            let name = name.clone();
            (schema.item.span, ComponentId { document: index, name })
        }));
    }
}

/// The shortest candidate of each that nothing else has.
fn free_names<'a>(
    mut taken: HashSet<String>,
    addresses: Vec<&'a Address>,
    documents: &Documents,
) -> Vec<(&'a Address, String)> {
    let mut open: Vec<(&Address, Vec<String>)> = addresses.iter().map(|it| (*it, it.candidates(documents))).collect();
    let mut named = Vec::new();
    let mut level = 0;
    while !open.is_empty() {
        let candidate = |all: &[String]| all.get(level.min(all.len() - 1)).cloned().unwrap_or_default();
        let mut counts: HashMap<String, usize> = HashMap::new();
        open.iter()
            .for_each(|(_, all)| *counts.entry(candidate(all)).or_default() += 1);
        let mut given = Vec::new();
        open.retain(|(address, all)| {
            let mut name = candidate(all);
            let last = level + 1 >= all.len();
            let free = counts.get(&name) == Some(&1) && !taken.contains(&name);
            if last && !free {
                name.push_str(&address.provisional());
            }
            if free || last {
                given.push(name.clone());
                named.push((*address, name));
            }
            !free && !last
        });
        // What two have shared stays free for neither.
        taken.extend(given);
        taken.extend(counts.into_keys());
        level += 1;
    }
    named
}

fn rename(components: &mut Components, names: &HashMap<String, String>) {
    for section in Section::ALL {
        let new = |name: &str| names.get(&format!("{section} {name}")).cloned();
        section.of_mut(components).rename(&new);
    }
}
