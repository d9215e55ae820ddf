//! Warns about keywords that the emitted code does not enforce.

use tablature_openapi::Span;
use tablature_openapi::document::Schema;
use tablature_runtime::model::is_checkable;

use crate::codes;
use crate::lower::ask::input::Input;

/// Tells of keywords that restrict values in a way that nothing emitted checks, in parts of `allOf` too.
pub fn check(input: &Input<'_>, schema: &Schema) {
    for part in &schema.all_of {
        check(input, part);
    }
    if let Some(pattern) = schema.limits.pattern.as_ref().filter(|it| !is_checkable(&it.value)) {
        let message = "this regular expression is not checked: it has what the engine of the runtime does not have, \
                       or is none";
        let diagnostic = codes::UNCHECKED_KEYWORD.at(pattern.span, message);
        input.report(diagnostic.help("groups that look around and references to groups are not taken"));
    }
    let mut found: Vec<(&str, Span)> = Vec::new();
    found.extend(schema.not.as_ref().map(|it| ("not", it.span)));
    found.extend(schema.property_names.as_ref().map(|it| ("propertyNames", it.span)));
    found.extend(
        schema
            .unevaluated_properties
            .as_ref()
            .filter(|it| it.boolean.is_none())
            .map(|it| ("unevaluatedProperties", it.span)),
    );
    let restricting = [
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "contains",
        "minContains",
        "maxContains",
        "unevaluatedItems",
    ];
    let others = schema
        .other_keywords
        .iter()
        .filter(|(keyword, _)| restricting.contains(&keyword.value.as_str()));
    for (keyword, span) in found
        .into_iter()
        .map(|(keyword, span)| (keyword.to_owned(), span))
        .chain(others.map(|(keyword, node)| (keyword.value.clone(), node.span)))
    {
        let message = format!("`{keyword}` is not checked: values that it rules out are taken");
        input.report(codes::UNCHECKED_KEYWORD.at(span, message));
    }
    for (keyword, node) in &schema.other_keywords {
        if keyword.value == "$dynamicRef" {
            input.refuse(codes::UNSUPPORTED_KEYWORD.at(node.span, "`$dynamicRef` is not taken"));
        }
    }
}
