//! Decides what a schema becomes: a type with a name, or a plain one.

mod unchecked_keywords;

use std::collections::BTreeSet;

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::{ComponentId, Span, Spanned};

use crate::codes;
use crate::ir::{Item, ItemKind, Type, TypeName};
use crate::lower::ask::form_bodies;
use crate::lower::ask::schema::is_int_or_string;
use crate::lower::ask::schema::only_reference;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::text;
use crate::lower::ask::shape::merged::Described;
use crate::lower::ask::{drafts, media_type};
use crate::lower::context::{Context, Merging};
use crate::lower::docs;
use crate::lower::types::{constant_choices, enumeration, inheritance, model, union};
use crate::names::Ident;

/// Whose schema is being lowered: what an inline type is named after, and where it goes.
pub struct Owner<'a> {
    /// The document.
    pub document: usize,
    /// The name that an inline type gets.
    pub name: String,
    /// The types of the file.
    pub items: &'a mut Vec<Item>,
    /// Whether it is a multipart form, in which binary strings are files.
    pub is_form: bool,
}

impl Owner<'_> {
    /// The owner of what stands inside: a member, an item.
    pub fn inside(&mut self, name: String) -> Owner<'_> {
        Owner {
            document: self.document,
            name,
            items: self.items,
            is_form: self.is_form,
        }
    }
}

/// Lowers the component schemas of every document, in the order of their names; what several repeat, once.
pub fn lower_components(context: &mut Context<'_>) {
    let mut seen: BTreeSet<TypeName> = BTreeSet::new();
    let forms = form_bodies::find(&context.ask);
    for document in 0..context.ask.document_count() {
        for (name, schema) in context.ask.named_schemas(document) {
            let Some(Type::Named(ty)) = context.apis[document].schemas.get(&name).cloned() else {
                continue;
            };
            if !seen.insert(ty.clone()) {
                continue;
            }
            drafts::check_draft(&context.ask, schema);
            let home = context
                .apis
                .iter()
                .position(|it| it.module == ty.home)
                .unwrap_or(document);
            let mut items = Vec::new();
            let id = ComponentId { document, name };
            let is_form = forms.contains(&id);
            let mut owner = Owner {
                document: home,
                name: ty.name.to_string(),
                items: &mut items,
                is_form,
            };
            component(context, &id, schema, &ty.name, &mut owner);
            context.add_file(home, items);
        }
    }
}

/// One component: a model, an enumeration, a union, or another name of what it is.
fn component<'d>(context: &mut Context<'d>, id: &ComponentId, schema: &'d Schema, name: &Ident, owner: &mut Owner<'_>) {
    let index = owner.items.len();
    let shape = context.ask.shape(schema);
    let kind = if let Some(union) = inheritance::lower(context, id, &shape, owner) {
        ItemKind::Union(union)
    } else {
        // What extends a parent by nothing is a type of its own beside the parent, which is the choice of all.
        let reference = only_reference(schema).filter(|_| !inheritance::is_child(context, id));
        match (reference, form(&shape)) {
            (None, Form::Named) => named(context, &id.name, &shape, owner),
            (reference, _) => {
                let mut inside = owner.inside(format!("{name}Value"));
                ItemKind::Alias(match reference {
                    // Not by its place, which is this component itself where references lead to a part of another.
                    Some(reference) => referred(context, schema, reference),
                    None => type_of_shape(context, &shape, &mut inside),
                })
            }
        }
    };
    let item = Item {
        name: name.clone(),
        docs: docs::schema_docs(&context.ask, schema),
        deprecated: docs::deprecation(schema.deprecated, schema.description.as_ref()),
        kind,
    };
    owner.items.insert(index, item);
}

/// Tells of what is said of a shape and not checked.
fn check_keywords(context: &mut Context<'_>, shape: &Shape<'_>) {
    for part in &shape.parts {
        unchecked_keywords::check(&context.ask, part);
    }
    if let Some(choice) = shape
        .choices
        .first()
        .filter(|_| !is_union(shape) && constant_choices::values(shape).is_none())
    {
        let message = "that one of these schemas must match is not checked: they only say what must be there";
        let diagnostic = codes::UNCHECKED_KEYWORD.at(choice.span, message);
        context.ask.report(diagnostic);
    }
}

/// What a shape becomes that has a name.
fn named<'d>(context: &mut Context<'d>, wire: &str, shape: &Shape<'d>, owner: &mut Owner<'_>) -> ItemKind {
    check_keywords(context, shape);
    if let Some(values) = constant_choices::values(shape) {
        constant_choices::lower(context, values)
    } else if is_union(shape) {
        // A choice of what takes any value is any JSON.
        union::lower(context, shape, owner).map_or(ItemKind::Alias(Type::Json), ItemKind::Union)
    } else if !shape.properties.is_empty() || !shape.required.is_empty() {
        inheritance::check(context, shape);
        ItemKind::Model(model::lower(context, wire, shape, owner))
    } else if shape.is_only(JsonType::Integer) {
        ItemKind::IntegerEnumeration(enumeration::lower_integers(shape))
    } else {
        ItemKind::Enumeration(enumeration::lower(context, shape))
    }
}

/// What a shape becomes where it stands.
enum Form {
    /// A type with a name of its own.
    Named,
    /// What one of its choices is.
    Choice,
    /// A type that needs no name.
    Plain,
}

fn form(shape: &Shape<'_>) -> Form {
    if shape.is_contradicted {
        return Form::Plain;
    }
    if constant_choices::values(shape).is_some() {
        return Form::Named;
    }
    let is_object = !shape.properties.is_empty() || !shape.required.is_empty() && shape.is_only(JsonType::Object);
    if is_union(shape) {
        if shape.choices.len() == 1 && !is_object {
            Form::Choice
        } else {
            Form::Named
        }
    } else if is_object || has_names(shape) {
        Form::Named
    } else {
        Form::Plain
    }
}

/// Whether the choices say anything of the shape: `oneOf: [{required: [a]}, {required: [b]}]` does not.
fn is_union(shape: &Shape<'_>) -> bool {
    is_int_or_string(shape.schema)
        || !shape.choices.is_empty() && (shape.properties.is_empty() || shape.choices.iter().any(|it| says_shape(it)))
}

fn says_shape(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.properties.is_empty()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.types.iter().any(|it| it.value != JsonType::Object)
}

/// Whether the values are all strings, or all integers, and there are some.
fn has_names(shape: &Shape<'_>) -> bool {
    let Some(values) = &shape.values else { return false };
    let strings = shape.is_only(JsonType::String) && values.iter().all(|it| text(it).is_some());
    let integers = shape.is_only(JsonType::Integer)
        && values.iter().all(|it| {
            it.as_number()
                .and_then(|it| it.as_i128())
                .is_some_and(|it| i64::try_from(it).is_ok())
        });
    !values.is_empty() && (strings || integers)
}

/// The type of a schema in the place where it stands; an inline type is added to the owner's file.
///
/// Whether the schema takes `null` as well is not part of the type: see [`is_nullable`].
pub fn type_of<'d>(context: &mut Context<'d>, schema: &'d Schema, owner: &mut Owner<'_>) -> Type {
    drafts::check_draft(&context.ask, schema);
    if let Some(ty) = context.referenced_type(schema) {
        return ty;
    }
    if let Some(reference) = only_reference(schema) {
        return referred(context, schema, reference);
    }
    let shape = context.ask.shape(schema);
    type_of_shape(context, &shape, owner)
}

/// The type that the reference of a schema leads to; any JSON where it leads nowhere.
fn referred(context: &mut Context<'_>, schema: &Schema, reference: &Spanned<String>) -> Type {
    unchecked_keywords::check(&context.ask, schema);
    let ty = context.reference_type(reference.span, &reference.value);
    ty.unwrap_or(Type::Json)
}

/// The type of a shape; an inline type is added to the owner's file.
pub fn type_of_shape<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Type {
    match (form(shape), shape.choices.first()) {
        (Form::Choice, Some(choice)) => type_of(context, choice, owner),
        (Form::Named, _) => {
            let schema = shape.schema;
            let name = context.claim_type(owner.document, &owner.name, &schema.extensions);
            if let Some(merging) = context.merging.last_mut().filter(|it| it.schema == schema.span) {
                merging.name.get_or_insert_with(|| name.clone());
            }
            let index = owner.items.len();
            let wire = owner.name.clone();
            let kind = named(context, &wire, shape, owner);
            let item = Item {
                name: name.name.clone(),
                docs: docs::schema_docs(&context.ask, schema),
                deprecated: docs::deprecation(schema.deprecated, schema.description.as_ref()),
                kind,
            };
            owner.items.insert(index, item);
            Type::Named(name)
        }
        _ => plain_type(context, shape, owner),
    }
}

/// The type of what stands inside a list or a map, where `null` is part of the type.
pub fn inner_type<'d>(context: &mut Context<'d>, it: &Described<'d>, owner: &mut Owner<'_>) -> Type {
    let ty = type_of_described(context, it, owner);
    if ty != Type::Json && context.ask.takes_null(it) {
        Type::Nullable(Box::new(ty))
    } else {
        ty
    }
}

/// The type of what one or several schemas describe.
pub fn type_of_described<'d>(context: &mut Context<'d>, it: &Described<'d>, owner: &mut Owner<'_>) -> Type {
    if it.is_contradicted {
        return Type::Json;
    }
    if !it.is_merged {
        return type_of(context, it.schema, owner);
    }
    let key: Vec<Span> = it.schemas.iter().map(|it| context.ask.target(it).span).collect();
    if let Some(outer) = context.merging.iter().find(|it| it.key == key) {
        // The value holds itself.
        return outer.name.clone().map_or(Type::Json, Type::Named);
    }
    context.merging.push(Merging {
        key,
        schema: it.schema.span,
        name: None,
    });
    let shape = context.ask.shape_of_all(it.schema, &it.schemas);
    let ty = type_of_shape(context, &shape, owner);
    context.merging.pop();
    ty
}

/// A shape that needs no type of its own.
fn plain_type<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Type {
    check_keywords(context, shape);
    if shape.is_contradicted {
        return Type::Json;
    }
    if shape.schema.boolean == Some(false) {
        context
            .ask
            .refuse(codes::SCHEMA_FALSE.at(shape.schema.span, "nothing matches the schema `false`"));
    }
    let [only] = shape.types.as_slice() else {
        return several_types(context, shape);
    };
    match only {
        JsonType::Boolean => Type::Bool,
        JsonType::Integer => integer(context, shape),
        JsonType::Number => number(shape),
        JsonType::String if owner.is_form && is_binary(shape) => Type::File,
        JsonType::String => Type::String,
        JsonType::Array if !shape.prefix_items.is_empty() => tuple(context, shape, owner),
        JsonType::Array => match &shape.items {
            Some(items) => Type::List(Box::new(inner_type(
                context,
                items,
                &mut owner.inside(format!("{}Item", owner.name)),
            ))),
            None => Type::List(Box::new(Type::Json)),
        },
        JsonType::Object => match &shape.additional {
            Some(values) => Type::Map(Box::new(inner_type(
                context,
                values,
                &mut owner.inside(format!("{}Value", owner.name)),
            ))),
            None => Type::Json,
        },
        JsonType::Null => Type::Json,
    }
}

/// Whether a string holds bytes: `format: binary` in 3.0, a media type without an encoding in 3.1.
fn is_binary(shape: &Shape<'_>) -> bool {
    let by_format = shape.format.is_some_and(|it| it.value == "binary");
    let by_content = shape
        .schema
        .content_media_type
        .as_ref()
        .is_some_and(|it| !media_type::is_json(&it.value));
    by_format || by_content && shape.schema.content_encoding.is_none()
}

/// A schema of several types, or of none, takes any JSON; numbers of both kinds are numbers.
fn several_types(context: &mut Context<'_>, shape: &Shape<'_>) -> Type {
    match shape.types.as_slice() {
        [JsonType::Integer, JsonType::Number] | [JsonType::Number, JsonType::Integer] => number(shape),
        [] => Type::Json,
        _ => {
            let message = "a value of several types is emitted as any JSON";
            context.ask.report(codes::SEVERAL_TYPES.at(shape.schema.span, message));
            Type::Json
        }
    }
}

fn tuple<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Type {
    let closed = shape.items.as_ref().is_some_and(|it| it.schema.boolean == Some(false));
    let bounded = shape
        .schema
        .max_items
        .as_ref()
        .is_some_and(|it| it.value == shape.prefix_items.len() as u64);
    if !closed && !bounded || shape.prefix_items.len() > 12 {
        let message =
            "a list whose first items have schemas of their own, and that may go on, is emitted as a list of any JSON";
        context.ask.report(codes::OPEN_TUPLE.at(shape.schema.span, message));
        return Type::List(Box::new(Type::Json));
    }
    let items = shape.prefix_items.iter().enumerate();
    Type::Tuple(
        items
            .map(|(n, it)| {
                inner_type(
                    context,
                    &Described::by(it),
                    &mut owner.inside(format!("{}Item{}", owner.name, n + 1)),
                )
            })
            .collect(),
    )
}

fn integer(context: &mut Context<'_>, shape: &Shape<'_>) -> Type {
    match shape.format.map(|it| it.value.as_str()) {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Type::I32,
        Some("uint32") => Type::U32,
        Some("uint64") => Type::U64,
        Some("int64") | None => Type::I64,
        Some(other) => {
            let span: Span = shape.format.map_or(shape.schema.span, |it| it.span);
            let message = format!("the integer format `{other}` is not known; read as int64");
            context.ask.report(codes::UNKNOWN_FORMAT.at(span, message));
            Type::I64
        }
    }
}

fn number(shape: &Shape<'_>) -> Type {
    match shape.format.map(|it| it.value.as_str()) {
        Some("float") => Type::F32,
        _ => Type::F64,
    }
}
