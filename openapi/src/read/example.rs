//! Reads the Example Object.

use crate::codes;
use crate::document::{Example, Extensions, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};

const LATER: &[(&str, Version)] = &[("dataValue", Version::V3_2), ("serializedValue", Version::V3_2)];

/// Takes `example` and `examples`.
pub(super) fn examples(object: &mut ObjectReader<'_, '_>) -> Vec<Example> {
    let bare = object.entry("example");
    let named = object.map("examples", example);
    if let (Some((key, _)), false) = (bare, named.is_empty()) {
        let message = "`example` must not stand beside `examples`";
        object.context().push(codes::EXAMPLE_AND_EXAMPLES.at(key, message));
    }
    let bare = bare.map(|(_, value)| Example {
        value: Some(value.clone()),
        ..nothing(value.span)
    });
    bare.into_iter()
        .chain(named.into_iter().map(|(_, example)| example))
        .collect()
}

/// Reads an example or a reference to one.
pub(super) fn example(name: &Spanned<String>, node: &Node, cx: &mut Context) -> Option<Example> {
    let name = Some(name.clone());
    if node.get("$ref").is_some() {
        let reference = super::reference::reference(node, cx)?;
        return Some(Example {
            name,
            reference: Some(reference.target),
            ..nothing(node.span)
        });
    }
    let mut object = ObjectReader::new(node, "Example Object", cx)?.later(LATER);
    let summary = object.string("summary");
    let description = object.string("description");
    let external = object.string("externalValue");
    let value = object.node("value");
    let data_value = object.entry("dataValue");
    if let (Some(_), Some((key, _))) = (&value, data_value) {
        let message = "`dataValue` must not stand beside `value`";
        object.context().push(codes::VALUE_AND_DATA_VALUE.at(key, message));
    }
    let serialized = object.string("serializedValue");
    let beside = match (&value, &external, &serialized) {
        (Some(_), Some(it), _) => Some(("externalValue", it.span)),
        (Some(_), _, Some(it)) | (_, Some(_), Some(it)) => Some(("serializedValue", it.span)),
        _ => None,
    };
    if let Some((key, span)) = beside {
        let message = format!("`{key}` must not stand beside another value of the example");
        object.context().push(codes::EXAMPLE_VALUES.at(span, message));
    }
    Some(Example {
        span: node.span,
        name,
        reference: None,
        summary,
        description,
        value: value.or(data_value.map(|(_, node)| node.clone())),
        extensions: object.finish(),
    })
}

fn nothing(span: Span) -> Example {
    Example {
        span,
        name: None,
        reference: None,
        summary: None,
        description: None,
        value: None,
        extensions: Extensions::new(),
    }
}
