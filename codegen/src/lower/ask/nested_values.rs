//! Finds lists and objects inside lists and objects, for which most parameter styles have no form.

use tablature_openapi::Span;
use tablature_openapi::document::{JsonType, Schema};

use crate::codes;
use crate::ir::Style;
use crate::lower::ask::Ask;
use crate::lower::ask::shape::merged::Described;

/// How far choices are looked into.
const DEPTH: usize = 8;

/// What is written in a style.
pub struct Styled<'a> {
    /// The name of the parameter or the member.
    pub name: &'a str,
    /// The style.
    pub style: Style,
    /// Whether each member is a pair of its own, so that a list among them is its name repeated.
    pub pairs: bool,
    /// Where a finding is shown.
    pub span: Span,
}

/// Reports a value that has lists or objects inside others: only `deepObject` has a form for those, which OpenAPI
/// defines for one level, and servers take for several. A list among exploded members is written as servers read it.
pub fn check<'d>(ask: &Ask<'d>, styled: Styled<'_>, schema: &'d Schema, help: &str) {
    let Styled {
        name,
        style,
        pairs,
        span,
    } = styled;
    if style == Style::DeepObject {
        return;
    }
    if let Some(what) = nested(ask, schema, pairs, DEPTH) {
        let style = style.name();
        let message = format!("{what} of `{name}`, and OpenAPI does not define how the style `{style}` writes it");
        let help = format!("{help}; allowed, such values are errors of the request");
        ask.refuse(codes::UNDEFINED_STYLE.at(span, message).help(help));
    }
}

/// What stands within a list or an object and is one itself.
fn nested<'d>(ask: &Ask<'d>, schema: &'d Schema, pairs: bool, depth: usize) -> Option<String> {
    let target = ask.target(schema);
    let shape = ask.shape(target);
    let any_member = |it: &Described<'d>| if pairs { any_but_texts(ask, it) } else { any(ask, it) };
    for property in &shape.properties {
        if let Some(what) = any_member(&property.value) {
            return Some(format!("{what} is the member `{}`", property.name));
        }
    }
    let mut item = shape.items.as_ref().and_then(|it| any(ask, it));
    for first in shape.prefix_items.iter() {
        item = item.or_else(|| composite(ask, first, DEPTH));
    }
    if let Some(what) = item {
        return Some(format!("{what} is an item"));
    }
    if let Some(what) = shape.additional.as_ref().and_then(any_member) {
        return Some(format!("{what} is a member"));
    }
    let depth = depth.checked_sub(1)?;
    shape.choices.iter().find_map(|it| nested(ask, it, pairs, depth))
}

/// As [`any`], but for lists of single values.
fn any_but_texts<'d>(ask: &Ask<'d>, it: &Described<'d>) -> Option<&'static str> {
    let what = any(ask, it)?;
    let is_of_texts = |schema: &&'d Schema| {
        let target = ask.target(schema);
        composite(ask, target, DEPTH) == Some("a list") && nested(ask, target, false, DEPTH).is_none()
    };
    (!it.schemas.iter().all(is_of_texts)).then_some(what)
}

/// Whether some values are lists or objects by one of the descriptions.
fn any<'d>(ask: &Ask<'d>, it: &Described<'d>) -> Option<&'static str> {
    it.schemas.iter().find_map(|it| composite(ask, it, DEPTH))
}

/// Whether some values are lists or objects.
fn composite<'d>(ask: &Ask<'d>, schema: &'d Schema, depth: usize) -> Option<&'static str> {
    let target = ask.target(schema);
    let shape = ask.shape(target);
    if shape.types.contains(&JsonType::Array) {
        return Some("a list");
    }
    if shape.types.contains(&JsonType::Object) {
        return Some("an object");
    }
    let depth = depth.checked_sub(1)?;
    shape.choices.iter().find_map(|it| composite(ask, it, depth))
}
