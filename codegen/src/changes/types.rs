//! Compares two versions of an enumeration, a union or an alias.

use super::{Changes, Kind, holds, model, sent, shown};
use crate::ir::{AnswerHeader, Item, ItemKind, StatusVariant, Union};

/// Compares two types of the same name.
pub(crate) fn compare(out: &mut Changes, before: &Item, after: &Item) {
    if before.deprecated.is_none() && after.deprecated.is_some() {
        out.compatible(Kind::Changed, "", "deprecated: its use is a warning");
    }
    match (&before.kind, &after.kind) {
        (ItemKind::Model(before), ItemKind::Model(after)) => model::compare(out, before, after),
        (ItemKind::Enumeration(before), ItemKind::Enumeration(after)) => {
            let name = |it: &crate::ir::Variant| it.name.to_string();
            out.pairs(before, after, name, "variant", |out, before, after| {
                if before.wire != after.wire {
                    out.breaking(
                        Kind::Changed,
                        "",
                        &format!("the value is `{}`, was `{}`", after.wire, before.wire),
                    );
                }
            });
        }
        (ItemKind::IntegerEnumeration(before), ItemKind::IntegerEnumeration(after)) => {
            out.pairs(before, after, |it| it.name.to_string(), "variant", |_, _, _| {});
        }
        (ItemKind::Union(before), ItemKind::Union(after)) => union(out, before, after),
        (ItemKind::Body(before), ItemKind::Body(after)) => {
            out.pairs(
                before,
                after,
                |it| it.name.to_string(),
                "variant",
                |out, before, after| {
                    holds(out, &shown(&before.content.ty), &shown(&after.content.ty));
                    if before.content.media_type != after.content.media_type {
                        let why = format!(
                            "sent as `{}`, was `{}`",
                            after.content.media_type, before.content.media_type
                        );
                        out.compatible(Kind::Changed, "", &why);
                    }
                },
            );
        }
        (ItemKind::Statuses(before), ItemKind::Statuses(after)) => statuses(out, before, after),
        (ItemKind::Failures(before), ItemKind::Failures(after)) => {
            statuses(out, &before.variants, &after.variants);
            headers(out, &before.headers, &after.headers);
        }
        (ItemKind::Alias { ty: before, .. }, ItemKind::Alias { ty: after, .. })
        | (ItemKind::Wrapper(before), ItemKind::Wrapper(after)) => holds(out, &shown(before), &shown(after)),
        (before, after) => {
            let why = format!("{}, was {}", what(after), what(before));
            out.breaking(Kind::Changed, "", &why);
        }
    }
}

fn statuses(out: &mut Changes, before: &[StatusVariant], after: &[StatusVariant]) {
    let name = |it: &StatusVariant| it.name.to_string();
    out.pairs(before, after, name, "variant", |out, before, after| {
        sent::answer(out, &before.answer, &after.answer);
    });
}

/// Compares the functions that read documented headers.
pub(crate) fn headers(out: &mut Changes, old: &[AnswerHeader], new: &[AnswerHeader]) {
    let name = |it: &AnswerHeader| it.name.to_string();
    out.pairs(old, new, name, "header", |out, old, new| {
        holds(out, &shown(&old.ty), &shown(&new.ty));
    });
}

fn union(out: &mut Changes, before: &Union, after: &Union) {
    out.pairs(
        &before.variants,
        &after.variants,
        |it| it.name.to_string(),
        "variant",
        |out, before, after| {
            holds(out, &shown(&before.ty), &shown(&after.ty));
        },
    );
    if before.choice != after.choice {
        out.compatible(Kind::Changed, "", "the variants are told apart in another way");
    }
}

fn what(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Model(_) => "a struct",
        ItemKind::Enumeration(_) | ItemKind::IntegerEnumeration(_) => "an enumeration of values",
        ItemKind::Union(_) => "a choice of types",
        ItemKind::Body(_) => "a choice of bodies",
        ItemKind::Failures(_) => "a choice of failures",
        ItemKind::Statuses(_) => "a choice of answers",
        ItemKind::Alias { .. } => "another name of a type",
        ItemKind::Wrapper(_) => "a list or map of itself",
    }
}
