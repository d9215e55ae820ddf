//! `--apply`: the mechanical edits that changed pages ask for, written into `schema/`.

use std::collections::BTreeMap;
use std::path::Path;

use tablature_openapi::edit::{self, Edit};
use tablature_openapi::{Documents, SourceId, Sources};
use tablature_pages::apply::{Edition, apply};
use tablature_pages::compare::Change;

use crate::Error;
use crate::console::Console;
use crate::counted;
use crate::pages::checked::{Checked, place};

/// A document with the edits that changed pages ask for.
#[derive(Debug)]
pub(super) struct Edited {
    /// Its name from the folder of the repository.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
    /// How many edits were made.
    count: usize,
    /// How many were not, since they overlap others.
    pub(super) left_out: usize,
}

/// What comes of the changes of some pages.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// The documents that are edited.
    pub(super) files: Vec<Edited>,
    /// What is done, a line each.
    pub(super) done: Vec<String>,
    /// What the documents have already.
    there: Vec<String>,
    /// What a person has to do.
    pub(super) by_hand: Vec<String>,
}

/// The edits that changed pages ask for; nothing is written.
pub(super) fn edits(checked: &[Checked<'_>], documents: &Documents, sources: &Sources) -> Applied {
    let pages: Vec<_> = checked.iter().filter(|it| it.recorded.is_some()).collect();
    let changes: Vec<Vec<Change>> = pages
        .iter()
        .map(|it| it.changes.iter().map(|(it, _)| it.clone()).collect())
        .collect();
    let editions = pages.iter().zip(&changes).filter_map(|(page, changes)| {
        Some(Edition {
            recorded: page.recorded.as_ref()?,
            new: &page.page,
            changes,
        })
    });
    let found = apply(documents, &editions.collect::<Vec<_>>(), &|_| None);
    let by_hand = found.by_hand.iter().map(|it| {
        let change = pages.get(it.edition).and_then(|page| page.changes.get(it.change));
        let places = change.map(|(change, schema)| {
            let page = change.places.first().map(|it| it.span);
            page.into_iter().chain(*schema).map(|it| place(it, sources)).collect()
        });
        told(&it.line, places.unwrap_or_default())
    });
    let mut applied = Applied {
        by_hand: by_hand.collect(),
        done: found.done,
        there: found.there,
        files: Vec::new(),
    };
    let mut files: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for (source, edit) in found.edits {
        files.entry(source).or_default().push(edit);
    }
    for (source, edits) in files {
        let Some(document) = documents.sources().get(source) else {
            continue;
        };
        let (text, left_out) = edit::apply(&document.text, &edits);
        applied.files.push(Edited {
            name: document.name.clone(),
            text,
            count: edits.len() - left_out,
            left_out,
        });
    }
    applied
}

/// What a person has to do, with the places on the page and in the document.
pub(super) fn told(line: &str, places: Vec<String>) -> String {
    match places.as_slice() {
        [] => line.to_owned(),
        places => format!("{line} ({})", places.join(", ")),
    }
}

impl Applied {
    /// Whether no edit is left for another run.
    pub(super) fn is_whole(&self) -> bool {
        self.files.iter().all(|it| it.left_out == 0)
    }

    /// Writes the documents.
    pub(super) fn write(&self, root: &Path) -> Result<(), Error> {
        for Edited { name, text, .. } in &self.files {
            tablature_build::replace(&root.join(name), text).map_err(|cause| Error::io("write", name, cause))?;
        }
        Ok(())
    }

    /// Says what is done, or would be, and what is not.
    pub(super) fn tell(&self, dry_run: bool, console: &mut Console) {
        let done = if dry_run { "to apply" } else { "applied" };
        for (word, lines) in [(done, &self.done), ("there", &self.there), ("by hand", &self.by_hand)] {
            for line in lines {
                console.line(format!("{word:<8}  {line}"));
            }
        }
        for file in &self.files {
            let would = if dry_run { "would get " } else { "" };
            let rest = match file.left_out {
                0 => String::new(),
                count => format!(", {count} left out: run the command again"),
            };
            let edits = counted(file.count, "edit");
            console.line(format!("{}: {would}{edits}{rest}", file.name));
        }
    }
}
