//! Finds documented defaults that are no values of their schema.

use std::collections::HashMap;

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Number, Value};
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::lower::ask::Ask;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::is_of;

/// How deep values inside the default are looked at.
const DEPTH: usize = 16;

/// Tells of a default that is no value of its schema.
pub fn check<'d>(ask: &Ask<'d>, schema: &'d Schema) {
    let found = schema
        .default
        .as_ref()
        .and_then(|it| Seen::new(ask).mismatch(schema, it, 0));
    if let Some((place, why)) = found {
        let message = format!("this default is no value of its schema: it {why}");
        ask.report(codes::DEFAULT_VALUE.at(place, message));
    }
}

/// Whether a default is a value of a schema.
pub fn is_valid<'d>(ask: &Ask<'d>, schema: &'d Schema, default: &Node) -> bool {
    Seen::new(ask).mismatch(schema, default, 0).is_none()
}

/// What was found of values so far: alternatives that refer to each other ask the same many times.
struct Seen<'a, 'd> {
    ask: &'a Ask<'d>,
    failed: HashMap<(*const Schema, *const Node), (Span, String)>,
}

impl<'a, 'd> Seen<'a, 'd> {
    fn new(ask: &'a Ask<'d>) -> Self {
        let failed = HashMap::new();
        Self { ask, failed }
    }

    /// The first part of a value that is certainly not as a schema says, and why.
    fn mismatch(&mut self, schema: &'d Schema, value: &Node, depth: usize) -> Option<(Span, String)> {
        let question = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.failed.get(&question) {
            return Some(known.clone());
        }
        let found = mismatch(self, schema, value, depth)?;
        self.failed.insert(question, found.clone());
        Some(found)
    }
}

fn mismatch<'d>(seen: &mut Seen<'_, 'd>, schema: &'d Schema, value: &Node, depth: usize) -> Option<(Span, String)> {
    let shape = seen.ask.shape(schema);
    if shape.is_contradicted || depth == DEPTH {
        return None;
    }
    let at_value = |why: String| Some((value.span, why));
    if let Value::Null = value.value {
        let is_typed = !shape.types.is_empty() || !shape.choices.is_empty() || shape.values.is_some();
        return (is_typed && !shape.nullable).then_some((value.span, "is null".to_owned()));
    }
    if !shape.types.is_empty() && !shape.types.iter().any(|ty| is_of(value, *ty)) {
        return at_value(format!("is {}", kind(value)));
    }
    if let Some(values) = &shape.values
        && !values.iter().any(|it| it.same_value(value))
    {
        return at_value("is none of the documented values".to_owned());
    }
    let mut is_none = |choice: &&'d Schema| seen.mismatch(choice, value, depth + 1).is_some();
    if !shape.choices.is_empty() && shape.choices.iter().all(&mut is_none) {
        return at_value("is of none of the alternatives".to_owned());
    }
    match &value.value {
        Value::Number(number) => out_of_range(&shape, number).and_then(at_value),
        Value::String(text) => badly_written(&shape, text).and_then(at_value),
        Value::Array(items) => {
            if let Some(why) = size(&shape, items.len(), "items", |it| {
                [it.limits.min_items.as_ref(), it.limits.max_items.as_ref()]
            }) {
                return at_value(why);
            }
            let first = shape.prefix_items.iter().zip(items);
            let rest = items.iter().skip(shape.prefix_items.len());
            let rest = rest.filter_map(|it| Some((shape.items.as_ref()?.schema, it)));
            inside(seen, first.chain(rest), depth)
        }
        Value::Object(entries) => {
            let is_missing = |name: &str| entries.iter().all(|(key, _)| key.value != name);
            if let Some(name) = shape.required.iter().find(|it| is_missing(&it.value)) {
                return at_value(format!("has no `{}`", name.value));
            }
            let property = |name: &str| shape.properties.iter().find(|it| it.name == name);
            let described = entries.iter().filter_map(|(name, it)| match property(&name.value) {
                Some(property) => Some((property.value.schema, it)),
                None => shape.additional.as_ref().map(|other| (other.schema, it)),
            });
            inside(seen, described, depth)
        }
        _ => None,
    }
}

/// The first mismatch of what stands inside a value.
fn inside<'d, 'n>(
    seen: &mut Seen<'_, 'd>,
    mut values: impl Iterator<Item = (&'d Schema, &'n Node)>,
    depth: usize,
) -> Option<(Span, String)> {
    values.find_map(|(schema, it)| {
        let (place, why) = seen.mismatch(schema, it, depth + 1)?;
        let is_inner = why.starts_with("has a value that ");
        Some((
            place,
            if is_inner {
                why
            } else {
                format!("has a value that {why}")
            },
        ))
    })
}

fn kind(value: &Node) -> &'static str {
    match &value.value {
        Value::Number(number) if !number.is_integer() => "a number with a fraction",
        _ => value.kind_name(),
    }
}

fn out_of_range(shape: &Shape<'_>, number: &Number) -> Option<String> {
    let format = shape.format.filter(|_| shape.is_only(JsonType::Integer));
    let by_format = match format.map(|it| it.value.as_str()) {
        Some("int32") => Some(("int32", i128::from(i32::MIN), i128::from(i32::MAX))),
        Some("int64") => Some(("int64", i128::from(i64::MIN), i128::from(i64::MAX))),
        Some("uint32") => Some(("uint32", 0, i128::from(u32::MAX))),
        Some("uint64") => Some(("uint64", 0, i128::from(u64::MAX))),
        _ => None,
    };
    if let Some((name, low, high)) = by_format
        && number.as_i128().is_none_or(|it| it < low || it > high)
    {
        return Some(format!("is out of the range of {name}"));
    }
    let is_below = |limit: &Number| number.compare(limit).is_some_and(std::cmp::Ordering::is_lt);
    let is_above = |limit: &Number| number.compare(limit).is_some_and(std::cmp::Ordering::is_gt);
    let mut found = shape.parts.iter().filter_map(|part| {
        let low = part.limits.minimum.as_ref().filter(|it| is_below(&it.value));
        let low = low.or(part.limits.exclusive_minimum.as_ref().filter(|it| !is_above(&it.value)));
        let high = part.limits.maximum.as_ref().filter(|it| is_above(&it.value));
        let high = high.or(part.limits.exclusive_maximum.as_ref().filter(|it| !is_below(&it.value)));
        let low = low.map(|it| format!("is too small: the limit is {}", it.value.as_str()));
        low.or_else(|| Some(format!("is too large: the limit is {}", high?.value.as_str())))
    });
    found.next()
}

fn badly_written(shape: &Shape<'_>, text: &str) -> Option<String> {
    let length = text.chars().count();
    let length = size(shape, length, "characters", |it| {
        [it.limits.min_length.as_ref(), it.limits.max_length.as_ref()]
    });
    let is_date = |it: &str| it.len() == 10 && has_form(it, "0000-00-00");
    length.or_else(|| match shape.format?.value.as_str() {
        "date" if !is_date(text) => Some("is no date".to_owned()),
        "date-time" if !text.get(..10).is_some_and(is_date) => Some("is no date and time".to_owned()),
        _ => None,
    })
}

/// Whether a text has digits where the form has zeros, and its other characters.
fn has_form(text: &str, form: &str) -> bool {
    let mut pairs = text.chars().zip(form.chars());
    pairs.all(|(it, expected)| it == expected || expected == '0' && it.is_ascii_digit())
}

fn size(
    shape: &Shape<'_>,
    size: usize,
    unit: &str,
    limits: fn(&Schema) -> [Option<&Spanned<u64>>; 2],
) -> Option<String> {
    let size = size as u64;
    let mut found = shape.parts.iter().filter_map(|part| {
        let [min, max] = limits(part);
        let few = min
            .filter(|it| size < it.value)
            .map(|it| format!("has less than {} {unit}", it.value));
        few.or_else(|| {
            max.filter(|it| size > it.value)
                .map(|it| format!("has more than {} {unit}", it.value))
        })
    });
    found.next()
}
