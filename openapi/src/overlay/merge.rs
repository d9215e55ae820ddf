//! Merges a value into a node, as the Overlay Specification has it.

use std::collections::{HashMap, HashSet};

use crate::codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::json::MAXIMUM_DEPTH;
use crate::jsonpath::Budget;
use crate::node::{Node, Value};
use crate::source::{SourceId, Sources};
use crate::span::{Span, Spanned};

/// What actions change, and what stands in their way.
pub(super) struct Changes<'r> {
    pub(super) sources: &'r mut Sources,
    report: &'r mut Report,
    /// What was reported: several documents may have it in common.
    told: &'r mut HashSet<(Span, String)>,
    /// How many values may still be put in.
    room: &'r mut usize,
    /// How many steps actions may still take in this document.
    budget: &'r Budget,
    /// The sources of what this action puts in, by where it is written and the node that it is put into.
    moved: HashMap<(SourceId, Span), SourceId>,
    by_overlay: bool,
    /// Whether an action was too much.
    pub(super) is_stopped: bool,
}

/// Why a value is not put in.
enum Limit {
    Room,
    Depth,
    Steps,
}

impl<'r> Changes<'r> {
    pub(super) fn new(
        sources: &'r mut Sources,
        report: &'r mut Report,
        told: &'r mut HashSet<(Span, String)>,
        (room, budget): (&'r mut usize, &'r Budget),
    ) -> Self {
        Self {
            sources,
            report,
            told,
            room,
            budget,
            moved: HashMap::new(),
            by_overlay: false,
            is_stopped: false,
        }
    }

    /// Reports a finding, once for all targets and documents.
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.span = self.sources.written(diagnostic.span);
        if self.told.insert((diagnostic.span, diagnostic.message.clone())) {
            self.report.push(diagnostic);
        }
    }

    /// Whether there is room to hold a value for a while.
    pub(super) fn fits(&mut self, value: &Node, by: Span) -> bool {
        let weight = weight(value);
        let limit = match self.budget.spend(weight) {
            Err(_) => Limit::Steps,
            Ok(()) if weight > *self.room => Limit::Room,
            Ok(()) => return true,
        };
        self.refuse(by, &limit);
        false
    }

    /// Puts a value into a target that has `depth` objects and arrays around it.
    pub(super) fn update(&mut self, target: &mut Node, value: &Node, depth: usize, by_overlay: bool) {
        self.by_overlay = by_overlay;
        let result = match &mut target.value {
            Value::Array(items) if value.as_array().is_none() => {
                self.sources.mark_changed(target.span);
                self.put(value, target.span, depth + 1).map(|it| items.push(it))
            }
            _ => self.merge(target, value, depth),
        };
        if let Err(limit) = result {
            self.refuse(value.span, &limit);
        }
    }

    fn merge(&mut self, target: &mut Node, value: &Node, depth: usize) -> Result<(), Limit> {
        let into = target.span;
        match (&mut target.value, &value.value) {
            (Value::Object(entries), Value::Object(changes)) => {
                for (key, value) in changes {
                    let looked_at = 1 + entries.len() / 16;
                    self.budget.spend(looked_at).map_err(|_| Limit::Steps)?;
                    match entries.iter_mut().find(|(it, _)| it.value == key.value) {
                        Some((_, known)) => self.merge(known, value, depth + 1)?,
                        None => {
                            let key = Spanned::new(key.value.clone(), self.span(key.span, into));
                            entries.push((key, self.put(value, into, depth + 1)?));
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(more)) => {
                for item in more {
                    items.push(self.put(item, into, depth + 1)?);
                }
            }
            (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
                let (there, here) = (target.kind_name(), value.kind_name());
                let message = format!("{here} cannot be merged into {there}");
                let found = codes::OVERLAY_CONFLICT.at(short(value), message);
                self.report(found.related(short(target), format!("this is {there}")));
                return Ok(());
            }
            _ => *target = self.put(value, into, depth)?,
        }
        self.sources.mark_changed(into);
        Ok(())
    }

    /// A copy of a value that is put into the node at `into`, with places of its own.
    fn put(&mut self, value: &Node, into: Span, depth: usize) -> Result<Node, Limit> {
        if depth >= MAXIMUM_DEPTH {
            return Err(Limit::Depth);
        }
        *self.room = self.room.checked_sub(own_weight(value)).ok_or(Limit::Room)?;
        let span = self.span(value.span, into);
        let value = match &value.value {
            Value::Array(items) => {
                let items = items.iter().map(|it| self.put(it, into, depth + 1));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(entries) => {
                let mut put = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = Spanned::new(key.value.clone(), self.span(key.span, into));
                    put.push((key, self.put(value, into, depth + 1)?));
                }
                Value::Object(put)
            }
            leaf => leaf.clone(),
        };
        Ok(Node { span, value })
    }

    fn span(&mut self, span: Span, into: Span) -> Span {
        let source = *self
            .moved
            .entry((span.source, into))
            .or_insert_with(|| self.sources.moved(span.source, into, self.by_overlay));
        Span { source, ..span }
    }

    /// Reports that an action is too much.
    pub(super) fn stop(&mut self, by: Span, message: String) {
        self.is_stopped = true;
        self.report(codes::OVERLAY_LIMIT.at(by, message));
    }

    fn refuse(&mut self, by: Span, limit: &Limit) {
        let message = match limit {
            Limit::Room => "the overlays put more values into the documents than they may".to_owned(),
            Limit::Steps => "the overlays take more work than they may cost".to_owned(),
            Limit::Depth => format!("expected at most {MAXIMUM_DEPTH} objects and arrays within each other"),
        };
        self.stop(by.first_byte(), message);
    }
}

/// What a value counts as with all that is within.
fn weight(node: &Node) -> usize {
    let within: usize = match &node.value {
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(entries) => entries.iter().map(|(_, it)| weight(it)).sum(),
        _ => 0,
    };
    own_weight(node) + within
}

fn own_weight(node: &Node) -> usize {
    1 + match &node.value {
        Value::String(text) => text.len() / 64,
        Value::Number(number) => number.as_str().len() / 64,
        Value::Object(entries) => entries.iter().map(|(key, _)| key.value.len() / 64).sum(),
        _ => 0,
    }
}

/// A place to point at.
fn short(node: &Node) -> Span {
    match node.value {
        Value::Object(_) | Value::Array(_) => node.span.first_byte(),
        _ => node.span,
    }
}
