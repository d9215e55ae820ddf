//! Bounds of numbers and texts.

use std::cmp::Ordering;

use crate::diagnostic::Diagnostic;
use crate::document::{Schema, Version};
use crate::node::{Node, Number};
use crate::reader::{Context, ObjectReader, as_number};
use crate::span::Spanned;

pub(super) fn constraints(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    schema.minimum = object.number("minimum");
    schema.maximum = object.number("maximum");
    schema.exclusive_minimum = exclusive("exclusiveMinimum", &mut schema.minimum, object);
    schema.exclusive_maximum = exclusive("exclusiveMaximum", &mut schema.maximum, object);
    schema.multiple_of = object.number("multipleOf");
    schema.min_length = object.unsigned("minLength");
    schema.max_length = object.unsigned("maxLength");
    schema.pattern = object.string("pattern");
    if let Some(step) = &schema.multiple_of
        && step.value.compare(&Number::new("0")) != Some(Ordering::Greater)
    {
        let message = format!("`multipleOf` must be greater than 0, found {}", step.value.as_str());
        object
            .context()
            .push(Diagnostic::error("wrong-value", step.span, message));
    }
}

/// Takes an exclusive bound: a number, or in OpenAPI 3.0 whether the bound beside it is exclusive.
fn exclusive(
    key: &'static str,
    bound: &mut Option<Spanned<Number>>,
    object: &mut ObjectReader<'_, '_>,
) -> Option<Spanned<Number>> {
    object.read(key, |node, cx| match (node.as_bool(), cx.version) {
        (Some(false), Version::V3_0) => None,
        (Some(true), Version::V3_0) => {
            if bound.is_none() {
                let message = format!("`{key}` has no effect without the bound beside it");
                cx.push(Diagnostic::warning("no-effect", node.span, message));
            }
            bound.take()
        }
        (None, Version::V3_0) => refuse(
            key,
            node,
            "a boolean",
            "the bound itself is `minimum` or `maximum` in OpenAPI 3.0",
            cx,
        ),
        (Some(_), _) => refuse(
            key,
            node,
            "a number",
            "since OpenAPI 3.1 it is the bound itself and takes the place of `minimum` or `maximum`",
            cx,
        ),
        (None, _) => as_number(node, format_args!("`{key}` of the Schema Object"), cx),
    })
}

fn refuse<T>(key: &str, node: &Node, expected: &str, help: &str, cx: &mut Context) -> Option<T> {
    let found = node.kind_name();
    let message = format!("`{key}` of the Schema Object must be {expected}, found {found}");
    cx.push(Diagnostic::error("wrong-type", node.span, message).help(help));
    None
}
