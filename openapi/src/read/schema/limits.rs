//! Reads the keywords that only restrict values.

use crate::codes;
use std::cmp::Ordering;

use super::old;
use crate::document::{Limits, OwnLimits, Version};
use crate::node::Number;
use crate::reader::{ObjectReader, as_number};
use crate::span::Spanned;

/// The keywords of limits.
const KEYS: [&str; 15] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "contentEncoding",
    "contentMediaType",
];

/// Takes the limits of a schema.
pub(super) fn limits(object: &mut ObjectReader<'_, '_>) -> OwnLimits {
    if !object.has_any(&KEYS) {
        return OwnLimits::default();
    }
    let mut minimum = object.number("minimum");
    let mut maximum = object.number("maximum");
    OwnLimits::new(Limits {
        exclusive_minimum: exclusive("exclusiveMinimum", &mut minimum, object),
        exclusive_maximum: exclusive("exclusiveMaximum", &mut maximum, object),
        minimum,
        maximum,
        multiple_of: step(object),
        min_length: object.unsigned("minLength"),
        max_length: object.unsigned("maxLength"),
        pattern: object.string("pattern"),
        min_items: object.unsigned("minItems"),
        max_items: object.unsigned("maxItems"),
        unique_items: object.flag("uniqueItems"),
        min_properties: object.unsigned("minProperties"),
        max_properties: object.unsigned("maxProperties"),
        content_encoding: object.string("contentEncoding"),
        content_media_type: object.string("contentMediaType"),
    })
}

/// Takes `multipleOf`.
fn step(object: &mut ObjectReader<'_, '_>) -> Option<Spanned<Number>> {
    let step = object.number("multipleOf")?;
    if step.value.compare(&Number::new("0")) != Some(Ordering::Greater) {
        let message = format!("`multipleOf` must be greater than 0, found {}", step.value.as_str());
        object.context().push(codes::WRONG_VALUE.at(step.span, message));
    }
    Some(step)
}

/// Takes an exclusive bound: a number, or in OpenAPI 3.0 whether the bound beside it is exclusive.
fn exclusive(
    key: &'static str,
    bound: &mut Option<Spanned<Number>>,
    object: &mut ObjectReader<'_, '_>,
) -> Option<Spanned<Number>> {
    let (span, node) = object.entry(key)?;
    let is_old = object.context().version == Version::V3_0;
    match (node.as_bool(), is_old) {
        (Some(exclusive), _) => {
            if !is_old {
                let help = "since OpenAPI 3.1 it is the bound itself and takes the place of `minimum` or `maximum`";
                old::report(key, span, help, object);
            }
            if exclusive && bound.is_none() {
                let message = format!("`{key}` has no effect without the bound beside it");
                let found = codes::NO_EFFECT.at(node.span, message);
                object.context().push(found);
            }
            bound.take_if(|_| exclusive)
        }
        (None, true) if !object.context().is_lenient() => {
            let found = node.kind_name();
            let message = format!("`{key}` of the Schema Object must be a boolean, found {found}");
            let help = "the bound itself is `minimum` or `maximum` in OpenAPI 3.0";
            let found = codes::WRONG_TYPE.at(node.span, message);
            object.context().push(found.help(help));
            None
        }
        (None, _) => as_number(node, format_args!("`{key}` of the Schema Object"), object.context()),
    }
}
