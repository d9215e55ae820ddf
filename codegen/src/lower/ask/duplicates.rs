//! Finds components that several documents define identically, so that they are emitted once, in `shared`.

mod difference;

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::document::Schema;
use tablature_openapi::{ComponentId, Diagnostic, Span, extension};

use crate::codes;
use crate::lower::ask::Ask;

/// A component in a document.
type Use<'d> = (usize, &'d Schema);

/// The components that several documents have alike, with the documents that have them. Warns about those that
/// documents have under one name and otherwise.
pub fn find(ask: &Ask<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<Use<'_>>> = BTreeMap::new();
    for document in 0..ask.document_count() {
        for (name, schema) in ask.named_schemas(document) {
            all.entry(name).or_default().push((document, schema));
        }
    }
    all.retain(|_, uses| uses.len() > 1 && uses.iter().all(|(_, it)| is_plain(it)));
    let mut found: BTreeMap<String, Vec<Use<'_>>> = BTreeMap::new();
    for (name, uses) in all {
        let classes = classes(ask, &name, &uses);
        if let Some(largest) = largest(&classes) {
            found.insert(name.clone(), largest.clone());
        }
        unequal(ask, &name, &classes).into_iter().for_each(|it| ask.report(it));
    }
    keep_closed(ask, &mut found);
    let documents = |uses: Vec<Use<'_>>| uses.into_iter().map(|(document, _)| document).collect();
    found.into_iter().map(|(name, uses)| (name, documents(uses))).collect()
}

fn is_plain(schema: &Schema) -> bool {
    extension::rust_type(&schema.extensions).is_none() && extension::rust_name(&schema.extensions).is_none()
}

/// The uses of a name, those of equal models together.
fn classes<'d>(ask: &Ask<'_>, name: &str, uses: &[Use<'d>]) -> Vec<Vec<Use<'d>>> {
    let children = children(ask, name, uses);
    let mut classes: Vec<Vec<Use<'d>>> = Vec::new();
    let mut firsts: Vec<usize> = Vec::new();
    for (index, it) in uses.iter().enumerate() {
        let known = firsts.iter().position(|first| {
            let is_same = |(_, first): &Use<'_>| is_same(ask, first, it.1);
            uses.get(*first).is_some_and(is_same) && children.get(*first) == children.get(index)
        });
        match known.and_then(|it| classes.get_mut(it)) {
            Some(class) => class.push(*it),
            None => {
                firsts.push(index);
                classes.push(vec![*it]);
            }
        }
    }
    classes
}

/// Whether two schemas become the same model. Where one program wrote them, it wrote the same bytes.
pub fn is_same(ask: &Ask<'_>, a: &Schema, b: &Schema) -> bool {
    let sources = ask.documents.sources();
    let text = |it: &Schema| sources.is_as_written(it.span).then(|| sources.text(it.span));
    (text(a).is_some() && text(a) == text(b)) || difference::first(a, b).is_none()
}

/// The class of most documents, the first of several; nothing where no two documents have the same.
fn largest<'a, 'd>(classes: &'a [Vec<Use<'d>>]) -> Option<&'a Vec<Use<'d>>> {
    let most = classes.iter().map(Vec::len).max()?;
    classes.iter().find(|it| it.len() == most && most > 1)
}

/// What makes the models of one name unequal, told of once for each that differs from the first.
fn unequal(ask: &Ask<'_>, name: &str, classes: &[Vec<Use<'_>>]) -> Vec<Diagnostic> {
    let is_told = |document: usize| {
        let own = extension::own_models(&ask.document(document).extensions);
        ask.documents.is_entry(document) && own.is_none_or(|it| !it.value)
    };
    let of_entries = classes.iter().filter_map(|class| {
        let mut uses = class.iter();
        uses.find(|(document, _)| is_told(*document))
    });
    let entries: Vec<&Schema> = of_entries.map(|(_, schema)| *schema).collect();
    let Some((first, others)) = entries.split_first() else {
        return Vec::new();
    };
    let warn = |other: &&Schema| {
        let (what, here, there) = difference::first(first, other).map_or_else(
            || ("other schemas extend it".to_owned(), other.span, first.span),
            |it| (it.what, it.second, it.first),
        );
        let file = |span: Span| ask.documents.sources().name(span).to_owned();
        let message = format!("`{name}` is not the same as in {}: {what}", file(first.span));
        codes::UNEQUAL_MODELS.at(here, message)
            .related(there, "the other one")
            .help("each becomes a type in the module of its own document, as does what refers to it; make them equal to have one, or say `\"x-rust-own-models\": true` in one of the documents")
    };
    others.iter().map(warn).collect()
}

/// What refers to a component that a document has otherwise is not shared by that document either.
fn keep_closed(ask: &Ask<'_>, found: &mut BTreeMap<String, Vec<Use<'_>>>) {
    let references: BTreeMap<String, BTreeSet<String>> = found
        .iter()
        .map(|(name, uses)| {
            let mut names = referred(uses);
            names.extend(children(ask, name, uses).into_iter().next().unwrap_or_default());
            (name.clone(), names)
        })
        .collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut gone: Vec<(&str, usize)> = Vec::new();
    for (name, needed) in &references {
        let documents = found.get(name).into_iter().flatten().map(|(document, _)| *document);
        for needed in needed {
            users.entry(needed).or_default().push(name);
            let uses = found.get(needed).map_or(&[][..], Vec::as_slice);
            let is_gone = |document: &usize| uses.iter().all(|(it, _)| it != document);
            gone.extend(documents.clone().filter(is_gone).map(|it| (needed.as_str(), it)));
        }
    }
    while let Some((name, document)) = gone.pop() {
        for user in users.get(name).into_iter().flatten() {
            let Some(uses) = found.get_mut(*user) else { continue };
            let before = uses.len();
            uses.retain(|(it, _)| *it != document);
            if uses.len() < before {
                gone.push((user, document));
            }
            // What only one document has left is not shared.
            if uses.len() < 2 {
                let last = found.remove(*user).into_iter().flatten();
                gone.extend(last.map(|(document, _)| (*user, document)));
            }
        }
    }
}

/// The names of what extends a component with a discriminator, in each document that has it.
fn children(ask: &Ask<'_>, name: &str, uses: &[(usize, &Schema)]) -> Vec<BTreeSet<String>> {
    if ask.children.is_empty() {
        return Vec::new();
    }
    let of = |document| {
        let name = name.to_owned();
        let children = ask.children.get(&ComponentId { document, name });
        children.into_iter().flatten().map(|it| it.name.clone()).collect()
    };
    uses.iter().map(|(document, _)| of(*document)).collect()
}

/// The names of components that a schema refers to. A reference to anything else keeps it from being shared.
fn referred(uses: &[(usize, &Schema)]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    if let Some((_, schema)) = uses.first() {
        collect(schema, &mut out);
    }
    out
}

fn collect(schema: &Schema, out: &mut BTreeSet<String>) {
    if let Some(reference) = &schema.reference {
        let name = reference.value.strip_prefix("#/components/schemas/");
        out.insert(name.unwrap_or(&reference.value).to_owned());
    }
    if let Some(discriminator) = &schema.discriminator {
        let targets = discriminator
            .mapping
            .iter()
            .map(|(_, target)| target)
            .chain(&discriminator.default_mapping);
        out.extend(targets.map(|it| it.value.rsplit('/').next().unwrap_or(&it.value).to_owned()));
    }
    schema.children().for_each(|it| collect(it, out));
}
