//! Whether a schema says what a row says of its type and its values.

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Value};

use crate::coverage::{At, Judge};
use crate::documented::Index;
use crate::facts::Cell;
use crate::types::{Member, Type, short_name};

/// Compares type, values, default and range.
pub(super) fn check(at: &At<'_>, schema: &Schema, index: &Index<'_>, judge: &mut Judge<'_>) {
    let span = Some(schema.span.first_byte());
    if let Some(found) = at.type_of()
        && let Err(why) = fits(schema, &found, index)
    {
        let text = at.facts.type_text.known().map_or("", String::as_str);
        judge.row(at, "type", format!("the page says `{text}`, {why}"), span);
    }
    let limits = &at.facts.limits;
    if let Cell::Known(values) = &limits.values {
        // The values of a list are those of its items.
        let lists = [Some(schema), schema.items.as_deref()]
            .into_iter()
            .flatten()
            .filter_map(|it| it.enumeration.as_ref());
        let listed: Vec<_> = lists.flat_map(|it| &it.value).filter_map(plain).collect();
        let missing: Vec<_> = values
            .iter()
            .filter(|it| !listed.contains(it))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            judge.row(
                at,
                "values",
                format!("the document does not name the values {}", missing.join(", ")),
                span,
            );
        }
    }
    if let Some(default) = &limits.default
        && schema.default.as_ref().and_then(plain).as_ref() != Some(default)
    {
        judge.row(
            at,
            "default",
            format!("the document does not have the default `{default}`"),
            span,
        );
    }
    ranges(at, schema, judge);
}

fn ranges(at: &At<'_>, schema: &Schema, judge: &mut Judge<'_>) {
    let limits = &at.facts.limits;
    let number = |it: &Option<tablature_openapi::Spanned<tablature_openapi::node::Number>>| {
        it.as_ref().map(|it| it.value.as_str().to_owned())
    };
    let length = |it: &Option<tablature_openapi::Spanned<u64>>| it.as_ref().map(|it| it.value.to_string());
    let pairs = [
        ("minimum", limits.minimum.clone(), number(&schema.limits.minimum)),
        ("maximum", limits.maximum.clone(), number(&schema.limits.maximum)),
        (
            "minLength",
            limits.min_length.map(|it| it.to_string()),
            length(&schema.limits.min_length),
        ),
        (
            "maxLength",
            limits.max_length.map(|it| it.to_string()),
            length(&schema.limits.max_length),
        ),
    ];
    for (key, documented, found) in pairs {
        if documented.is_some() && documented != found {
            let message = format!(
                "the page says {key} {}, the document {}",
                shown(documented),
                shown(found)
            );
            judge.row(at, "range", message, Some(schema.span.first_byte()));
        }
    }
}

fn shown(value: Option<String>) -> String {
    value.unwrap_or_else(|| "nothing".to_owned())
}

/// A plain JSON value as a page writes it.
fn plain(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Whether a schema has a type; if not, what it has.
pub(super) fn fits(schema: &Schema, wanted: &Type, index: &Index<'_>) -> Result<(), String> {
    let target = schema
        .reference
        .as_ref()
        .and_then(|it| index.documents.resolve_schema(&it.span, &it.value));
    if let (Some((id, target)), Type::Model(name)) = (&target, wanted) {
        let default = target.discriminator.as_ref().and_then(|it| it.default_mapping.as_ref());
        let default = default.and_then(|it| index.documents.resolve_mapping(&it.span, &it.value));
        let same = id.name == short_name(name) || default.is_some_and(|(id, _)| id.name == short_name(name));
        return if same {
            Ok(())
        } else {
            Err(format!("the document has `{}`", id.name))
        };
    }
    let schema = target.map_or(schema, |(_, it)| it);
    let has = |it: JsonType| schema.types.iter().any(|found| found.value == it);
    let ok = match wanted {
        Type::Any => true,
        Type::String => has(JsonType::String),
        Type::Integer { long } => {
            let format = schema.format.as_ref().map(|it| it.value.as_str());
            has(JsonType::Integer) && (!long || format == Some("int64"))
        }
        Type::Number => has(JsonType::Number),
        Type::Boolean => has(JsonType::Boolean),
        Type::OneOf(types) => {
            let choices = schema.one_of.iter().chain(&schema.any_of).chain([schema]);
            types
                .iter()
                .all(|it| choices.clone().any(|choice| fits(choice, it, index).is_ok()))
        }
        Type::Object => has(JsonType::Object),
        Type::Array(None) => has(JsonType::Array),
        Type::Array(Some(item)) => match &schema.items {
            Some(items) if has(JsonType::Array) => return fits(items, item, index),
            _ => false,
        },
        Type::Map(value) => match &schema.additional_properties {
            Some(values) if has(JsonType::Object) => return fits(values, value, index),
            _ => false,
        },
        Type::Members(members) => {
            let fits = |it: &Member| {
                let property = schema.properties.get(&it.name);
                property.is_some_and(|property| fits(&property.item, &it.kind, index).is_ok())
            };
            members.iter().all(fits)
        }
        Type::Model(_) => false,
    };
    if ok {
        Ok(())
    } else {
        Err(format!("the document has {}", words(schema)))
    }
}

/// The type of a schema in words.
fn words(schema: &Schema) -> String {
    let types: Vec<_> = schema
        .types
        .iter()
        .map(|it| format!("{:?}", it.value).to_lowercase())
        .collect();
    match (types.as_slice(), schema.one_of.as_slice()) {
        ([], []) => "no type".to_owned(),
        ([], choices) => choices.iter().map(words).collect::<Vec<_>>().join(" or "),
        _ => types.join(" or "),
    }
}
