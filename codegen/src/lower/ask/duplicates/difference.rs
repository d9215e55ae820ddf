//! Finds the first difference between two schemas that changes what is emitted.

use tablature_openapi::document::{Discriminator, Schema};
use tablature_openapi::node::{Node, Number};
use tablature_openapi::{Span, Spanned, extension};

use crate::lower::ask::schema::{is_int_or_string, object_kind};
use crate::lower::ask::shape::value_texts::NAMES;

/// The first difference.
pub struct Difference {
    /// What differs, as half a sentence.
    pub what: String,
    /// Where, in the first schema.
    pub first: Span,
    /// Where, in the second schema.
    pub second: Span,
}

/// The first thing that the models of two schemas do not have in common.
pub fn first(a: &Schema, b: &Schema) -> Option<Difference> {
    own(a, b).or_else(|| members(a, b)).or_else(|| inner(a, b))
}

fn difference(what: impl Into<String>, a: Span, b: Span) -> Option<Difference> {
    Some(Difference {
        what: what.into(),
        first: a,
        second: b,
    })
}

/// What a schema says of its values itself.
fn own(a: &Schema, b: &Schema) -> Option<Difference> {
    let text = |it: &Option<Spanned<String>>| it.as_ref().map(|it| it.value.clone());
    let types = |it: &Schema| it.types.iter().map(|it| it.value).collect::<Vec<_>>();
    let required = |it: &Schema| it.required.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    let rust = |it: &Schema| {
        let name = extension::rust_name(&it.extensions).map(|it| it.value);
        (name, extension::rust_type(&it.extensions).map(|it| it.path.value))
    };
    let facts = [
        ("the reference", text(&a.reference) != text(&b.reference)),
        ("the type", types(a) != types(b) || a.boolean != b.boolean),
        (
            "the format",
            text(&a.format) != text(&b.format) || is_int_or_string(a) != is_int_or_string(b),
        ),
        ("the list of values", values(a) != values(b) || !same_values(a, b)),
        ("the list of required members", required(a) != required(b)),
        ("the default", !same_node(a.default.as_ref(), b.default.as_ref())),
        ("the range", !same_numbers(a, b)),
        (
            "the length or the pattern",
            lengths(a) != lengths(b) || text(&a.limits.pattern) != text(&b.limits.pattern),
        ),
        (
            "the discriminator",
            tags(a.discriminator.as_deref()) != tags(b.discriminator.as_deref()),
        ),
        (
            "the encoding",
            text(&a.limits.content_encoding) != text(&b.limits.content_encoding)
                || text(&a.limits.content_media_type) != text(&b.limits.content_media_type),
        ),
        (
            "what may be read or written",
            (a.read_only, a.write_only) != (b.read_only, b.write_only),
        ),
        (
            "whether it is secret",
            extension::is_sensitive(&a.extensions) != extension::is_sensitive(&b.extensions),
        ),
        ("whether it is deprecated", a.deprecated != b.deprecated),
        ("the Rust name or type", rust(a) != rust(b)),
        ("the names of values", !same_value_names(a, b)),
        ("the kind of object", object_kind(a) != object_kind(b)),
    ];
    let (what, _) = facts.into_iter().find(|(_, differs)| *differs)?;
    difference(format!("{what} differs"), a.span, b.span)
}

fn values(it: &Schema) -> (usize, bool) {
    (
        it.enumeration.as_ref().map_or(0, |it| it.value.len()),
        it.constant.is_some(),
    )
}

fn same_values(a: &Schema, b: &Schema) -> bool {
    let all = |it: &Schema| {
        it.enumeration
            .iter()
            .flat_map(|it| it.value.clone())
            .collect::<Vec<Node>>()
    };
    all(a).iter().zip(&all(b)).all(|(a, b)| a.same_value(b)) && same_node(a.constant.as_ref(), b.constant.as_ref())
}

fn same_value_names(a: &Schema, b: &Schema) -> bool {
    let of = |it: &Schema, key: &str| it.extensions.get(key).map(|it| it.value.clone());
    NAMES
        .iter()
        .all(|key| same_node(of(a, key).as_ref(), of(b, key).as_ref()))
}

fn same_node(a: Option<&Node>, b: Option<&Node>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.same_value(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn same_numbers(a: &Schema, b: &Schema) -> bool {
    let bounds = |it: &Schema| {
        let all = [
            &it.limits.minimum,
            &it.limits.maximum,
            &it.limits.exclusive_minimum,
            &it.limits.exclusive_maximum,
            &it.limits.multiple_of,
        ];
        all.map(|it| it.as_ref().map(|it| it.value.clone()))
    };
    let same = |(a, b): (Option<Number>, Option<Number>)| match (a, b) {
        (Some(a), Some(b)) => a.same_value(&b),
        (a, b) => a.is_none() && b.is_none(),
    };
    bounds(a).into_iter().zip(bounds(b)).all(same)
}

fn lengths(it: &Schema) -> ([Option<u64>; 6], bool) {
    let all = [
        &it.limits.min_length,
        &it.limits.max_length,
        &it.limits.min_items,
        &it.limits.max_items,
        &it.limits.min_properties,
        &it.limits.max_properties,
    ];
    (all.map(|it| it.as_ref().map(|it| it.value)), it.limits.unique_items)
}

fn tags(it: Option<&Discriminator>) -> Option<Vec<String>> {
    let it = it?;
    let pairs = it.mapping.iter().flat_map(|(value, target)| [value, target]);
    let all = [&it.property_name].into_iter().chain(pairs).chain(&it.default_mapping);
    Some(all.map(|it| it.value.clone()).collect())
}

/// The members, in whatever order.
fn members(a: &Schema, b: &Schema) -> Option<Difference> {
    for (name, member) in &a.properties {
        let Some(other) = b.properties.get(name) else {
            return difference(format!("it has no member `{name}`"), member.key, b.span);
        };
        if let Some(it) = first(&member.item, &other.item) {
            return difference(format!("in `{name}`, {}", it.what), it.first, it.second);
        }
    }
    let more = b.properties.iter().find(|(name, _)| !a.properties.contains_key(*name));
    more.and_then(|(name, member)| difference(format!("it has a member `{name}`"), a.span, member.key))
}

/// Items, values, parts and choices.
fn inner(a: &Schema, b: &Schema) -> Option<Difference> {
    let single = [
        ("the items", &a.items, &b.items),
        (
            "members without a name",
            &a.additional_properties,
            &b.additional_properties,
        ),
    ];
    for (what, of_a, of_b) in single {
        match (of_a, of_b) {
            (Some(x), Some(y)) => {
                if let Some(it) = first(x, y) {
                    return difference(format!("in {what}, {}", it.what), it.first, it.second);
                }
            }
            (None, None) => {}
            _ => return difference(format!("one says nothing of {what}"), a.span, b.span),
        }
    }
    let patterns = |it: &Schema| {
        it.pattern_properties
            .iter()
            .map(|(key, _)| key.value.clone())
            .collect::<Vec<_>>()
    };
    if patterns(a) != patterns(b) {
        return difference("the patterns of names differ", a.span, b.span);
    }
    let values = |it: &Schema| {
        it.pattern_properties
            .iter()
            .map(|(_, it)| it.clone())
            .collect::<Vec<_>>()
    };
    list("members by pattern", (a, &values(a)), (b, &values(b)), false)
        .or_else(|| list("the first items", (a, &a.prefix_items), (b, &b.prefix_items), false))
        .or_else(|| list("`allOf`", (a, &a.all_of), (b, &b.all_of), false))
        .or_else(|| list("`oneOf`", (a, &a.one_of), (b, &b.one_of), true))
        .or_else(|| list("`anyOf`", (a, &a.any_of), (b, &b.any_of), true))
}

/// Schemas one after the other; titles name choices.
fn list(
    what: &str,
    (a, of_a): (&Schema, &[Schema]),
    (b, of_b): (&Schema, &[Schema]),
    titled: bool,
) -> Option<Difference> {
    if of_a.len() != of_b.len() {
        return difference(format!("{what} is of another length"), a.span, b.span);
    }
    let title = |it: &Schema| it.title.as_ref().map(|it| it.value.clone());
    of_a.iter().zip(of_b).find_map(|(x, y)| {
        if titled && title(x) != title(y) {
            return difference(format!("in {what}, a title differs"), x.span, y.span);
        }
        first(x, y).and_then(|it| difference(format!("in {what}, {}", it.what), it.first, it.second))
    })
}
