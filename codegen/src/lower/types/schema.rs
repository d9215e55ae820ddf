//! Decides what a schema becomes: a type with a name, or a plain one.

mod unchecked_keywords;

use std::collections::BTreeSet;

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::{ComponentId, Span, Spanned, extension};

use crate::codes;
use crate::ir::{Checks, Derives, Item, ItemKind, Type, TypeName};
use crate::lower::ask::default_values;
use crate::lower::ask::form_bodies;
use crate::lower::ask::schema::{DATE_TIME, is_int_or_string, only_reference};
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::text;
use crate::lower::ask::shape::merged::Described;
use crate::lower::ask::{drafts, media_type};
use crate::lower::context::{Context, Merging};
use crate::lower::docs;
use crate::lower::types::{
    constant_choices, derives, enumeration, inheritance, integer, model, rules, type_list, union,
};
use crate::names::{Case, Ident};

/// How many inline schemas may stand inside each other.
const DEPTH: usize = 128;

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
                derives::note(context, None, schema);
                continue;
            };
            if !seen.insert(ty.clone()) {
                continue;
            }
            drafts::check(&context.ask, &schema.extensions);
            drafts::check_model(&context.ask, schema);
            default_values::check(&context.ask, schema);
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
                let ty = match reference {
                    // Not by its place, which is this component itself where references lead to a part of another.
                    Some(reference) => referred(context, schema, reference),
                    None => type_of_shape(context, &shape, &mut inside),
                };
                let checks = reference
                    .is_none()
                    .then(|| checks(context, owner.document, name, schema))
                    .flatten();
                ItemKind::Alias { ty, checks }
            }
        }
    };
    let item = item(context, owner.document, name, schema, kind);
    owner.items.insert(index, item);
}

/// The type that a schema becomes.
fn item<'d>(context: &mut Context<'d>, document: usize, name: &Ident, schema: &'d Schema, kind: ItemKind) -> Item {
    let ty = TypeName {
        home: context.apis[document].module.clone(),
        name: name.clone(),
    };
    context.schemas.insert(ty.clone(), vec![schema]);
    derives::note(context, Some(ty), schema);
    Item {
        name: name.clone(),
        docs: docs::schema_docs(&context.ask, schema),
        deprecated: docs::deprecation(schema.deprecated, schema.description.as_ref()),
        derives: Derives::default(),
        kind,
    }
}

/// What the document asks of the values of a component that is no more than another name of a type.
fn checks<'d>(context: &mut Context<'d>, document: usize, name: &Ident, schema: &'d Schema) -> Option<Checks> {
    let rules = rules::of_named(&context.ask, name.as_str(), &[schema]);
    (!rules.is_empty()).then(|| Checks {
        name: context.apis[document]
            .functions
            .claim(Case::Snake, &format!("validate {name}")),
        rules,
    })
}

/// Tells of what is said of a shape and not checked.
fn check_keywords(context: &mut Context<'_>, shape: &Shape<'_>) {
    let named = shape.parts.iter().filter_map(|it| extension::rust_type(&it.extensions));
    for rust in named.filter(|it| context.rust_types.path(&context.ask, it).is_some()) {
        let message = format!(
            "`{}` does not stand for a value that other schemas describe, too",
            rust.path.value
        );
        context
            .ask
            .report(codes::EXTENSION_WITHOUT_EFFECT.at(rust.path.span, message));
    }
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
        union::lower(context, shape, owner).map_or(
            ItemKind::Alias {
                ty: Type::Json,
                checks: None,
            },
            ItemKind::Union,
        )
    } else if let Some(types) = shape.several_types() {
        ItemKind::Union(type_list::lower(context, shape, &types, owner))
    } else if !shape.properties.is_empty() {
        inheritance::check(context, shape);
        ItemKind::Model(model::lower(context, wire, shape, owner))
    } else if shape.is_only(JsonType::Integer) {
        ItemKind::IntegerEnumeration(enumeration::lower_integers(context, shape))
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
    if shape.is_contradicted || shape.is_only_null() {
        return Form::Plain;
    }
    if constant_choices::values(shape).is_some() {
        return Form::Named;
    }
    let is_object = !shape.properties.is_empty();
    if is_union(shape) {
        if shape.choices.len() == 1 && !is_object && shape.discriminator.is_none() {
            Form::Choice
        } else {
            Form::Named
        }
    } else if is_object || has_names(shape) || shape.several_types().is_some() {
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
    drafts::check(&context.ask, &schema.extensions);
    default_values::check(&context.ask, schema);
    if let Some(ty) = context.rust_type(schema) {
        derives::note(context, None, schema);
        return ty;
    }
    if let Some(ty) = context.referenced_type(schema) {
        return ty;
    }
    if let Some(reference) = only_reference(schema) {
        return referred(context, schema, reference);
    }
    let shape = context.ask.shape(schema);
    within(context, vec![schema.span], schema, |context| {
        type_of_shape(context, &shape, owner)
    })
}

/// Makes the type of what some schemas describe, unless it is being made already: a value that holds itself.
fn within<'d>(
    context: &mut Context<'d>,
    key: Vec<Span>,
    schema: &Schema,
    make: impl FnOnce(&mut Context<'d>) -> Type,
) -> Type {
    let same = context.merging.iter().filter(|it| it.key == key);
    let (named, nameless): (Vec<_>, Vec<_>) = same.partition(|it| it.name.is_some());
    if let Some(name) = named.first().and_then(|it| it.name.clone()) {
        return Type::Named(name);
    }
    // A list has no name, but what it holds may have one.
    if nameless.len() > 1 {
        return Type::Json;
    }
    if context.merging.len() >= DEPTH {
        let message = format!("what stands in {DEPTH} schemas inside each other is emitted as any JSON");
        context.ask.report(
            codes::UNCHECKED_KEYWORD
                .at(schema.span, message)
                .help("name an inner schema in `components/schemas`"),
        );
        return Type::Json;
    }
    context.merging.push(Merging {
        key,
        schema: schema.span,
        name: None,
    });
    let ty = make(context);
    context.merging.pop();
    ty
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
            let item = item(context, owner.document, &name.name, schema, kind);
            owner.items.insert(index, item);
            Type::Named(name)
        }
        _ => plain_type(context, shape, owner),
    }
}

/// The type of what stands inside a list or a map, where `null` is part of the type.
pub fn inner_type<'d>(context: &mut Context<'d>, it: &Described<'d>, owner: &mut Owner<'_>) -> Type {
    let ty = type_of_described(context, it, owner);
    if !ty.takes_null() && context.ask.takes_null(it) {
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
    if let Some(ty) = it.schemas.iter().find_map(|it| context.rust_type(it)) {
        return ty;
    }
    let mut key: Vec<Span> = it.schemas.iter().map(|it| context.ask.target(it).span).collect();
    key.sort_unstable();
    key.dedup();
    let shape = context.ask.shape_of_all(it.schema, &it.schemas);
    let ty = within(context, key, it.schema, |context| type_of_shape(context, &shape, owner));
    context.note_all(&ty, it.schema, &it.schemas);
    ty
}

/// A shape that needs no type of its own.
fn plain_type<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Type {
    check_keywords(context, shape);
    derives::note(context, None, shape.schema);
    if shape.is_contradicted {
        return Type::Json;
    }
    model::check_required(context, shape);
    if shape.schema.boolean == Some(false) {
        context
            .ask
            .refuse(codes::SCHEMA_FALSE.at(shape.schema.span, "nothing matches the schema `false`"));
    }
    if shape.is_only_null() {
        return Type::null();
    }
    let [only] = shape.types.as_slice() else {
        return numbers_or_any(shape);
    };
    if shape.is_typeless && *only == JsonType::Array {
        let message = "a value that is no list is not read, though no type is named";
        context.ask.report(codes::IMPLIED_TYPE.at(shape.schema.span, message));
    }
    let is_file = owner.is_form && is_binary(shape);
    if let (JsonType::Integer | JsonType::Number | JsonType::String, Some(format), false) =
        (only, shape.format, is_file)
        && let Some(ty) = context.type_of_format(&format.value)
    {
        return ty;
    }
    match only {
        JsonType::Boolean => Type::Bool,
        JsonType::Integer => integer::lower(context, shape),
        JsonType::Number => Type::F64,
        JsonType::String if is_file => Type::File,
        JsonType::String if shape.format.is_some_and(|it| it.value == DATE_TIME) => Type::date_time(),
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
        .limits
        .content_media_type
        .as_ref()
        .is_some_and(|it| !media_type::is_json(&it.value));
    by_format || by_content && shape.schema.limits.content_encoding.is_none()
}

/// A schema of all types, or of none, takes any JSON; numbers of both kinds are numbers.
fn numbers_or_any(shape: &Shape<'_>) -> Type {
    match shape.types.as_slice() {
        [JsonType::Integer, JsonType::Number] | [JsonType::Number, JsonType::Integer] => Type::F64,
        _ => Type::Json,
    }
}

/// A list of as many items as have schemas of their own is a tuple. One that may be shorter or longer is a list.
fn tuple<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Type {
    let count = shape.prefix_items.len() as u64;
    let closed = shape.items.as_ref().is_some_and(|it| it.schema.boolean == Some(false));
    let bounds =
        |of: fn(&Schema) -> Option<&Spanned<u64>>| shape.parts.iter().filter_map(move |it| of(it)).map(|it| it.value);
    let is_bounded = closed || bounds(|it| it.limits.max_items.as_ref()).any(|it| it <= count);
    let is_whole = bounds(|it| it.limits.min_items.as_ref()).any(|it| it >= count);
    let items = shape.prefix_items.iter().enumerate();
    let rest = shape.items.as_ref().filter(|it| it.schema.boolean.is_none());
    if is_bounded && is_whole && count <= 12 {
        let items = items.map(|(n, it)| {
            let name = format!("{}Item{}", owner.name, n + 1);
            inner_type(context, &Described::by(it), &mut owner.inside(name))
        });
        return Type::Tuple(items.collect());
    }
    let all = shape
        .prefix_items
        .iter()
        .map(Described::by)
        .chain(rest.filter(|_| !is_bounded).cloned());
    let is_typed = is_bounded || rest.is_some();
    if let Some(ty) = is_typed.then(|| same_type(context, all, owner)).flatten() {
        return Type::List(Box::new(ty));
    }
    let message = "a list whose first items have schemas of their own, and that may be shorter or go on, is emitted as a \
                   list of any JSON";
    context.ask.report(codes::OPEN_TUPLE.at(shape.schema.span, message));
    Type::List(Box::new(Type::Json))
}

/// The type that all these have, where it is one that needs no name of its own.
fn same_type<'d>(
    context: &mut Context<'d>,
    mut all: impl Iterator<Item = Described<'d>>,
    owner: &mut Owner<'_>,
) -> Option<Type> {
    let mut named = |it: Described<'d>| {
        let needs_name =
            only_reference(it.schema).is_none() && matches!(form(&context.ask.shape(it.schema)), Form::Named);
        (!needs_name).then(|| inner_type(context, &it, &mut owner.inside(owner.name.clone())))
    };
    let first = named(all.next()?)?;
    all.all(|it| named(it).as_ref() == Some(&first)).then_some(first)
}
