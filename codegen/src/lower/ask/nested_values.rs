//! Lists and objects within lists and objects, for which most styles of parameters have no form.

use tablature_openapi::Span;
use tablature_openapi::document::{JsonType, Schema};

use crate::codes;
use crate::ir::Style;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::merged::Described;
use crate::lower::context::Context;

/// How far choices are looked into.
const DEPTH: usize = 8;

/// What is written in a style.
pub struct Styled<'a> {
    /// The name of the parameter or the member.
    pub name: &'a str,
    /// The style.
    pub style: Style,
    /// Where a finding is shown.
    pub span: Span,
}

/// Reports a value that has lists or objects inside others: only `deepObject` has a form for those, which OpenAPI
/// defines for one level, and servers take for several.
pub fn check<'d>(context: &mut Context<'d>, styled: Styled<'_>, schema: &'d Schema, help: &str) {
    let Styled { name, style, span } = styled;
    if style == Style::DeepObject {
        return;
    }
    if let Some(what) = nested(context, schema, DEPTH) {
        let style = style.name();
        let message = format!("{what} of `{name}`, and OpenAPI does not define how the style `{style}` writes it");
        let help = format!("{help}; allowed, such values are errors of the request");
        context.refuse(codes::UNDEFINED_STYLE.at(span, message).help(help));
    }
}

/// What stands within a list or an object and is one itself.
fn nested<'d>(context: &mut Context<'d>, schema: &'d Schema, depth: usize) -> Option<String> {
    let target = context.target(schema);
    let shape = Shape::of(context, target);
    for property in &shape.properties {
        if let Some(what) = any(context, &property.value) {
            return Some(format!("{what} is the member `{}`", property.name));
        }
    }
    let mut item = shape.items.as_ref().and_then(|it| any(context, it));
    for first in shape.prefix_items {
        item = item.or_else(|| composite(context, first, DEPTH));
    }
    if let Some(what) = item {
        return Some(format!("{what} is an item"));
    }
    if let Some(what) = shape.additional.as_ref().and_then(|it| any(context, it)) {
        return Some(format!("{what} is a member"));
    }
    let depth = depth.checked_sub(1)?;
    shape.choices.into_iter().find_map(|it| nested(context, it, depth))
}

/// Whether some values are lists or objects by one of the descriptions.
fn any<'d>(context: &mut Context<'d>, it: &Described<'d>) -> Option<&'static str> {
    it.schemas.iter().find_map(|it| composite(context, it, DEPTH))
}

/// Whether some values are lists or objects.
fn composite<'d>(context: &mut Context<'d>, schema: &'d Schema, depth: usize) -> Option<&'static str> {
    let target = context.target(schema);
    let shape = Shape::of(context, target);
    if shape.types.contains(&JsonType::Array) {
        return Some("a list");
    }
    if shape.types.contains(&JsonType::Object) {
        return Some("an object");
    }
    let depth = depth.checked_sub(1)?;
    shape.choices.into_iter().find_map(|it| composite(context, it, depth))
}
