//! Compares two versions of a model.

use super::{Changes, Kind, shown};
use crate::ir::{Field, Model, Presence};

/// Compares two models of the same name.
pub(crate) fn compare(out: &mut Changes, before: &Model, after: &Model) {
    constructor(out, before, after);
    let name = |it: &Field| it.name.to_string();
    let known: Vec<String> = before.fields.iter().map(name).collect();
    let is_told = |it: &&Field| known.contains(&it.name.to_string()) || !it.is_argument();
    let told: Vec<Field> = after.fields.iter().filter(is_told).cloned().collect();
    out.pairs(&before.fields, &told, name, "member", field);
    for field in after
        .fields
        .iter()
        .filter(|it| !known.contains(&it.name.to_string()) && it.is_argument())
    {
        out.breaking(
            Kind::Added,
            field.name.as_str(),
            "a new required member: `new` takes it",
        );
    }
    match (before.rules.is_empty(), after.rules.is_empty()) {
        (false, true) => out.breaking(
            Kind::Removed,
            "validate",
            "nothing is asked of its values any more: `validate` goes",
        ),
        (true, false) => out.compatible(
            Kind::Added,
            "validate",
            "something is asked of its values: `validate` checks it",
        ),
        _ => {}
    }
    if before.additional != after.additional {
        out.breaking(Kind::Changed, "additional", "members without a name have another type");
    }
}

/// Compares how values of the models are made.
fn constructor(out: &mut Changes, before: &Model, after: &Model) {
    let required = |model: &Model| -> Vec<String> {
        model
            .required
            .iter()
            .filter_map(|it| model.fields.get(*it))
            .map(|it| it.name.to_string())
            .collect()
    };
    let (old, new) = (required(before), required(after));
    if old != new {
        if old.is_empty() {
            out.breaking(
                Kind::Removed,
                "default",
                "something is required now: `Default` goes, `new` comes",
            );
        } else if new.is_empty() {
            out.breaking(
                Kind::Removed,
                "new",
                "nothing is required any more: `new` goes, `Default` comes",
            );
        } else {
            out.breaking(
                Kind::Changed,
                "new",
                &format!("takes ({}), took ({})", new.join(", "), old.join(", ")),
            );
        }
    }
}

fn field(out: &mut Changes, before: &Field, after: &Field) {
    let (old, new) = (held(before), held(after));
    if old != new {
        let why = match (before.is_argument(), after.is_argument()) {
            (false, true) => format!("required now: `{new}`, was `{old}`"),
            (true, false) => format!("no longer required: `{new}`, was `{old}`"),
            _ => format!("`{new}`, was `{old}`"),
        };
        out.breaking(Kind::Changed, "", &why);
    }
    if before.wire != after.wire {
        out.breaking(
            Kind::Changed,
            "",
            &format!("`{}` on the wire, was `{}`", after.wire, before.wire),
        );
    }
    if before.deprecated.is_none() && after.deprecated.is_some() {
        out.compatible(Kind::Changed, "", "deprecated: its use is a warning");
    }
    match (&before.default, &after.default) {
        (Some(_), None) => out.breaking(
            Kind::Removed,
            "default",
            "no default is documented any more: its constant and accessor go",
        ),
        (None, Some(_)) => out.compatible(
            Kind::Added,
            "default",
            "a default is documented: it has a constant and an accessor",
        ),
        (old, new) if old != new => out.compatible(Kind::Changed, "default", "another default is documented"),
        _ => {}
    }
}

/// The type of the field.
fn held(field: &Field) -> String {
    let ty = shown(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Nullable => format!("Option<Option<{ty}>>"),
        _ => format!("Option<{ty}>"),
    }
}
