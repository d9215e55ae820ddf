//! Schemas to types.

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::{Diagnostic, Span};

use super::context::Context;
use super::{docs, enumeration, model, union};
use crate::ir::{Item, ItemKind, Type};

/// Whose schema is being lowered: what an inline type is named after, and where it goes.
pub struct Owner<'a> {
    /// The document.
    pub document: usize,
    /// The name that an inline type gets.
    pub name: String,
    /// The types of the file.
    pub items: &'a mut Vec<Item>,
}

impl Owner<'_> {
    /// The owner of what stands inside: a member, an item.
    pub fn inside(&mut self, name: String) -> Owner<'_> {
        Owner {
            document: self.document,
            name,
            items: self.items,
        }
    }
}

/// Lowers the component schemas of every document, in the order of their names.
pub fn lower_components(context: &mut Context<'_>) {
    for document in 0..context.apis.len() {
        let mut schemas: Vec<_> = context.document(document).components.schemas.iter().collect();
        schemas.sort_by_key(|(name, _)| *name);
        for (name, schema) in schemas {
            check_draft(context, &schema.item);
            if let Some(Type::Named(ty)) = context.apis[document].schemas.get(name).cloned() {
                let mut items = Vec::new();
                component(context, document, name, &schema.item, &ty.name, &mut items);
                context.add_file(document, items);
            }
        }
    }
}

/// One component: a model, an enumeration, a union, or another name of what it is.
fn component<'d>(
    context: &mut Context<'d>,
    document: usize,
    wire: &str,
    schema: &'d Schema,
    name: &crate::names::Ident,
    items: &mut Vec<Item>,
) {
    let index = items.len();
    let mut owner = Owner {
        document,
        name: name.as_str().to_owned(),
        items,
    };
    let kind = match form(context, schema) {
        Form::Model => ItemKind::Model(model::lower(context, wire, schema, &mut owner)),
        Form::Enumeration => ItemKind::Enumeration(enumeration::lower(context, schema)),
        Form::Union => ItemKind::Union(union::lower(context, schema, &mut owner)),
        Form::Other => ItemKind::Alias(type_of(context, schema, &mut owner)),
    };
    let item = Item {
        name: name.clone(),
        docs: docs::schema_docs(schema),
        deprecated: schema.deprecated,
        kind,
    };
    items.insert(index, item);
}

/// What a schema becomes where it stands.
enum Form {
    Model,
    Enumeration,
    Union,
    Other,
}

fn form(context: &mut Context<'_>, schema: &Schema) -> Form {
    check_keywords(context, schema);
    if schema.reference.is_some() {
        Form::Other
    } else if !schema.properties.is_empty() {
        Form::Model
    } else if schema.enumeration.is_some() && is_only(schema, JsonType::String) {
        Form::Enumeration
    } else if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        Form::Union
    } else {
        Form::Other
    }
}

/// The type of a schema in the place where it stands; an inline type is added to the owner's file.
pub fn type_of<'d>(context: &mut Context<'d>, schema: &'d Schema, owner: &mut Owner<'_>) -> Type {
    check_draft(context, schema);
    if let Some(reference) = &schema.reference {
        check_siblings(context, schema);
        return context
            .reference_type(reference.span, &reference.value)
            .unwrap_or(Type::Json);
    }
    match schema.all_of.as_slice() {
        [only] if schema.properties.is_empty() && schema.types.is_empty() => return type_of(context, only, owner),
        _ => {}
    }
    match form(context, schema) {
        Form::Other => plain_type(context, schema, owner),
        Form::Model | Form::Enumeration | Form::Union => {
            let ty = context.claim_type(owner.document, &owner.name, &schema.extensions);
            component(
                context,
                owner.document,
                &owner.name.clone(),
                schema,
                &ty.name,
                owner.items,
            );
            Type::Named(ty)
        }
    }
}

/// A schema that needs no type of its own.
fn plain_type<'d>(context: &mut Context<'d>, schema: &'d Schema, owner: &mut Owner<'_>) -> Type {
    if let Some(boolean) = schema.boolean {
        if !boolean {
            context.unsupported(
                "schema-false",
                schema.span,
                "nothing matches the schema `false`",
                "leave it out",
            );
        }
        return Type::Json;
    }
    if let Some(values) = &schema.enumeration {
        context.unsupported(
            "enum-of-other-type",
            values.span,
            "`enum` of values that are not all strings",
            "give the type and leave `enum` out",
        );
    }
    let mut types = schema.types.iter().filter(|it| it.value != JsonType::Null);
    let (Some(first), None) = (types.next(), types.next()) else {
        if schema.types.len() > 1 {
            context.unsupported(
                "several-types",
                schema.span,
                "a schema of several types",
                "write a `oneOf` with one type each",
            );
        }
        return Type::Json;
    };
    match first.value {
        JsonType::Boolean => Type::Bool,
        JsonType::Integer => integer(context, schema),
        JsonType::Number => number(schema),
        JsonType::String => Type::String,
        JsonType::Array => match &schema.items {
            Some(items) => Type::List(Box::new(type_of(
                context,
                items,
                &mut owner.inside(format!("{}Item", owner.name)),
            ))),
            None => Type::List(Box::new(Type::Json)),
        },
        JsonType::Object => match &schema.additional_properties {
            Some(values) if values.boolean.is_none() => Type::Map(Box::new(type_of(
                context,
                values,
                &mut owner.inside(format!("{}Value", owner.name)),
            ))),
            _ => Type::Json,
        },
        JsonType::Null => Type::Json,
    }
}

fn integer(context: &mut Context<'_>, schema: &Schema) -> Type {
    match schema.format.as_ref().map(|it| it.value.as_str()) {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Type::I32,
        Some("uint32") => Type::U32,
        Some("uint64") => Type::U64,
        Some("int64") | None => Type::I64,
        Some(other) => {
            let span = schema.format.as_ref().map_or(schema.span, |it| it.span);
            let message = format!("the integer format `{other}` is not known; read as int64");
            context
                .report
                .push(Diagnostic::warning("unknown-format", span, message));
            Type::I64
        }
    }
}

fn number(schema: &Schema) -> Type {
    match schema.format.as_ref().map(|it| it.value.as_str()) {
        Some("float") => Type::F32,
        _ => Type::F64,
    }
}

/// Whether `null` is one of the types that a schema takes.
pub fn is_nullable(schema: &Schema) -> bool {
    schema.types.iter().any(|it| it.value == JsonType::Null)
}

/// Whether a schema takes this type and, beside it, nothing but `null`.
pub fn is_only(schema: &Schema, ty: JsonType) -> bool {
    let mut types = schema.types.iter().filter(|it| it.value != JsonType::Null);
    types.next().is_some_and(|it| it.value == ty) && types.next().is_none()
}

/// A draft is not emitted: somebody has yet to write down what it means.
fn check_draft(context: &mut Context<'_>, schema: &Schema) {
    if let Some(draft) = schema.extensions.get("x-draft") {
        let message = "a draft cannot be emitted";
        context.unsupported(
            "draft",
            draft.key,
            message,
            "write the description and take `x-draft` away",
        );
    }
}

/// Beside a reference stand notes and bounds; a keyword that changes the shape would be lost.
fn check_siblings(context: &mut Context<'_>, schema: &Schema) {
    let changes_shape = schema.has_properties
        || !schema.types.is_empty()
        || !schema.required.is_empty()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
        || schema.additional_properties.is_some()
        || schema.items.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.all_of.is_empty();
    if changes_shape {
        let message = "keywords beside `$ref` that change the shape are not taken yet";
        context.unsupported(
            "unsupported-keyword",
            schema.span,
            message,
            "leave `$ref` alone, or write the shape out",
        );
    }
}

/// Reports the keywords whose meaning would be lost.
fn check_keywords(context: &mut Context<'_>, schema: &Schema) {
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut note = |keyword, it: Option<Span>| found.extend(it.map(|span| (keyword, span)));
    note("not", schema.not.as_ref().map(|it| it.span));
    note(
        "patternProperties",
        schema.pattern_properties.first().map(|(pattern, _)| pattern.span),
    );
    note("prefixItems", schema.prefix_items.first().map(|it| it.span));
    note("const", schema.constant.as_ref().map(|it| it.span));
    let merges = schema.all_of.len() > 1 || !schema.all_of.is_empty() && !schema.properties.is_empty();
    note("allOf", schema.all_of.first().filter(|_| merges).map(|it| it.span));
    let both = !schema.properties.is_empty() && (!schema.one_of.is_empty() || !schema.any_of.is_empty());
    let first_choice = schema.one_of.first().or(schema.any_of.first());
    note(
        "oneOf or anyOf beside properties",
        first_choice.filter(|_| both).map(|it| it.span),
    );
    let typed_rest = schema
        .additional_properties
        .as_ref()
        .filter(|it| it.boolean.is_none() && !schema.properties.is_empty());
    note(
        "additionalProperties with a schema beside properties",
        typed_rest.map(|it| it.span),
    );
    for (keyword, node) in &schema.other_keywords {
        if [
            "if",
            "then",
            "else",
            "dependentSchemas",
            "contains",
            "$dynamicRef",
            "$recursiveRef",
        ]
        .contains(&keyword.value.as_str())
        {
            found.push((keyword.value.as_str(), node.span));
        }
    }
    let found: Vec<_> = found
        .into_iter()
        .map(|(keyword, span)| (keyword.to_owned(), span))
        .collect();
    for (keyword, span) in found {
        let message = format!("{keyword} is not taken yet");
        context.unsupported(
            "unsupported-keyword",
            span,
            message,
            "describe the shape with `properties`, `items`, `oneOf` or `$ref`",
        );
    }
}
