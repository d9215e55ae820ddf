//! `--apply`: the mechanical edits that changed pages ask for, written into `schema/`.

use std::collections::BTreeMap;
use std::path::Path;

use tablature_openapi::edit::{self, Edit};
use tablature_openapi::{Documents, SourceId};
use tablature_pages::apply::apply;
use tablature_pages::compare::Change;

use crate::Error;
use crate::console::Console;
use crate::counted;
use crate::pages::checked::Checked;

/// Edits the documents and says what was done and what was not.
pub(super) fn run(
    checked: &[Checked<'_>],
    documents: &Documents,
    dry_run: bool,
    root: &Path,
    console: &mut Console,
) -> Result<(), Error> {
    let mut files: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for page in checked {
        let Some(recorded) = &page.recorded else { continue };
        let changes: Vec<Change> = page.changes.iter().map(|(it, _)| it.clone()).collect();
        let found = apply(documents, recorded, &page.page, &changes);
        for (source, edit) in found.edits {
            let edits = files.entry(source).or_default();
            // Two pages may ask for the same edit.
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
        for line in found.done {
            console.line(format!("{} {line}", if dry_run { "to apply " } else { "applied  " }));
        }
        for line in found.by_hand {
            console.line(format!("by hand   {line}"));
        }
    }
    for (source, edits) in files {
        let Some(document) = documents.sources().get(source) else {
            continue;
        };
        let (text, left_out) = edit::apply(&document.text, &edits);
        if !dry_run {
            tablature_build::replace(&root.join(&document.name), &text)
                .map_err(|cause| Error::io("write", &document.name, cause))?;
        }
        let rest = if left_out > 0 {
            format!(", {left_out} left out: run the command again")
        } else {
            String::new()
        };
        console.line(format!(
            "{}: {}{}{rest}",
            document.name,
            if dry_run { "would get " } else { "" },
            counted(edits.len() - left_out, "edit")
        ));
    }
    Ok(())
}
