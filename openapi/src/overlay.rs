//! Applies overlays (Overlay Specification 1.0 and 1.1) to the files of a run.

mod apply;
mod distinct;
mod merge;
mod read;
mod relative;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::codes;
use crate::diagnostic::Report;
use crate::document::is_document;
use crate::documents::name;
use crate::jsonpath::{Budget, JsonPath};
use crate::node::Node;
use crate::source::{SourceId, Sources};
use crate::span::{Span, Spanned};

/// How many steps all actions may take in one document, and how many more for each byte of it: some seconds for a
/// document of a few megabytes.
const MOST_STEPS: u64 = 4_000_000;
const STEPS_PER_BYTE: u64 = 100;

/// How many values actions may put in during a run; a text counts as one for each 64 bytes.
const MOST_INSERTED: usize = 1_000_000;

/// The overlays of a run, in the order in which they are applied.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    list: Vec<Overlay>,
    /// What was found in applying them.
    told: HashSet<(Span, String)>,
    /// How many values may still be put in.
    room: usize,
    /// Whether an action was too much, after which no other one is tried.
    is_stopped: bool,
}

#[derive(Debug)]
struct Overlay {
    /// The one file that it is for, if it says so.
    only_for: Option<OnlyFor>,
    actions: Vec<Action>,
    /// Whether there was a document to change: what was not read says nothing of targets.
    was_tried: bool,
}

/// What `extends` says.
#[derive(Debug)]
struct OnlyFor {
    text: Spanned<String>,
    /// The file, by its normal name.
    file: String,
    is_met: bool,
}

#[derive(Debug)]
struct Action {
    target: Target,
    change: Change,
    /// Whether the targets may be neither objects nor arrays.
    takes_primitives: bool,
    /// Whether no document has to have the target: `x-optional`.
    is_optional: bool,
    /// Whether the target was found in some document.
    is_met: bool,
    /// The longest part of the target that was found.
    nearest: Nearest,
}

/// A query of an action.
#[derive(Debug)]
struct Target {
    span: Span,
    text: String,
    path: JsonPath,
}

#[derive(Debug)]
enum Change {
    Update(Node),
    Copy(Target),
    /// `x-copy-from`
    CopyFrom(CopyFrom),
    Remove,
}

/// A value beside each target: the first of these pointers that leads somewhere.
#[derive(Debug)]
struct CopyFrom {
    span: Span,
    pointers: Vec<relative::Pointer>,
}

#[derive(Debug, Default)]
struct Nearest {
    segments: usize,
    /// The name there that may have been meant.
    name: Option<String>,
}

impl Overlays {
    /// Reads overlays from sources.
    pub(crate) fn read(files: Vec<(SourceId, Node)>, sources: &mut Sources, report: &mut Report) -> Self {
        let mut list = Vec::new();
        for (source, mut node) in files {
            if sources.has_aliases(source) {
                distinct::make(&mut node, sources);
            }
            list.extend(sources.get(source).and_then(|it| read::overlay(it, &node, report)));
        }
        Self {
            list,
            told: HashSet::new(),
            room: MOST_INSERTED,
            is_stopped: false,
        }
    }

    /// Whether there are any.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Changes a file. An overlay that names no file is for all documents.
    pub(crate) fn apply(
        &mut self,
        source: SourceId,
        mut root: Node,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Node {
        if self.is_stopped {
            return root;
        }
        let is_document = is_document(&root);
        let Some(file) = sources.get(source) else { return root };
        let name = name::normal(&file.name);
        let budget = Budget::new(MOST_STEPS + STEPS_PER_BYTE * file.text.len() as u64);
        let mut is_distinct = !sources.has_aliases(source);
        for overlay in &mut self.list {
            match &mut overlay.only_for {
                Some(only) if only.file == name => only.is_met = true,
                None if is_document => {}
                _ => continue,
            }
            overlay.was_tried = true;
            if !std::mem::replace(&mut is_distinct, true) {
                distinct::make(&mut root, sources);
            }
            for action in &mut overlay.actions {
                let mut changes = merge::Changes::new(sources, report, &mut self.told, (&mut self.room, &budget));
                action.apply(&mut root, &budget, &mut changes);
                self.is_stopped |= changes.is_stopped;
                if self.is_stopped {
                    return root;
                }
            }
        }
        root
    }

    /// Reports what had no effect in any document.
    pub(crate) fn finish(self, report: &mut Report) {
        for overlay in self.list.into_iter().filter(|_| !self.is_stopped) {
            if let Some(only) = overlay.only_for.filter(|it| !it.is_met) {
                let message = format!("`{}` is not among the files that are read", only.text.value);
                report.push(codes::UNMATCHED_EXTENDS.at(only.text.span, message));
                continue;
            }
            if !overlay.was_tried {
                continue;
            }
            let unmet = overlay.actions.into_iter().filter(|it| !it.is_met && !it.is_optional);
            report.push_all(unmet.map(|it| it.unmatched()));
        }
    }
}
