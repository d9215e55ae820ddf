//! Reads the extensions by which other tools name and describe the values of an enumeration.

use tablature_openapi::document::{Extension, Schema};
use tablature_openapi::node::Node;
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::text;

/// The keys of names: those of OpenAPI Generator and of NSwag.
pub const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames"];

/// The keys of descriptions.
pub const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

/// The text of each value, where there is one.
pub struct ValueTexts<'d>(Vec<(&'d Node, Spanned<String>)>);

impl<'d> ValueTexts<'d> {
    /// What is said under one of these keys beside the values; nothing where it is not one text for each value.
    pub fn of(input: &Input<'d>, shape: &Shape<'d>, keys: &[&str]) -> Self {
        let mut texts = Vec::new();
        for part in &shape.parts {
            let mut said = keys.iter().filter_map(|key| Some((*key, part.extensions.get(*key)?)));
            if let Some((key, extension)) = said.next() {
                match pairs(part, extension) {
                    Some(pairs) => texts.extend(pairs),
                    None => report(input, key, extension.key),
                }
            }
        }
        Self(texts)
    }

    /// The text of a value.
    pub fn get(&self, value: &Node) -> Option<&Spanned<String>> {
        let mut texts = self.0.iter();
        texts.find(|(it, _)| it.same_value(value)).map(|(_, text)| text)
    }
}

/// A list has a text for each value, in their order; an object has values as keys.
fn pairs<'d>(part: &'d Schema, extension: &Extension) -> Option<Vec<(&'d Node, Spanned<String>)>> {
    let values = &part.enumeration.as_ref()?.value;
    let text_of = |node: &Node| {
        let value = node.as_str().filter(|it| !it.trim().is_empty())?.to_owned();
        Some(Spanned { value, span: node.span })
    };
    if let Some(texts) = extension.value.as_array() {
        let pairs: Option<Vec<_>> = values
            .iter()
            .zip(texts)
            .map(|(value, it)| Some((value, text_of(it)?)))
            .collect();
        return pairs.filter(|it| it.len() == values.len() && texts.len() == values.len());
    }
    let entries = extension.value.as_object()?.iter();
    entries
        .map(|(key, node)| {
            let value = values.iter().find(|it| text(it).as_ref() == Some(&key.value))?;
            Some((value, text_of(node)?))
        })
        .collect()
}

fn report(input: &Input<'_>, key: &str, place: Span) {
    let message = format!("`{key}` does not have a text for each value of `enum`: it is ignored");
    input.report(codes::VALUE_TEXTS.at(place, message));
}
