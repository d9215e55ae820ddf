//! What a schema says in all: its own keywords, those of its `allOf`, and those behind a reference with siblings.

use tablature_openapi::document::{Discriminator, JsonType, Schema};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Diagnostic, Span, Spanned};

use super::context::Context;

/// The parts of a schema as one.
#[derive(Clone)]
pub struct Shape<'d> {
    /// The schema itself, for what is said of it in its place.
    pub schema: &'d Schema,
    /// Its types without `null`; where it names none, those that its keywords speak of.
    pub types: Vec<JsonType>,
    /// Whether it takes `null`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<&'d Spanned<String>>,
    /// The values of `enum` or `const` without `null`.
    pub values: Option<Vec<&'d Node>>,
    /// Properties, in order.
    pub properties: Vec<Property<'d>>,
    /// Names of properties that must be there.
    pub required: Vec<&'d Spanned<String>>,
    /// The schema of members that are no property.
    pub additional: Option<&'d Schema>,
    /// The schema of items.
    pub items: Option<&'d Schema>,
    /// The schemas of the first items.
    pub prefix_items: &'d [Schema],
    /// The members of `oneOf` or `anyOf` without `null`.
    pub choices: Vec<&'d Schema>,
    /// What tells the choices apart.
    pub discriminator: Option<&'d Discriminator>,
}

/// A property and the place of its key.
#[derive(Clone, Copy)]
pub struct Property<'d> {
    /// Its name.
    pub name: &'d str,
    /// The place of its key.
    pub key: Span,
    /// Its schema.
    pub schema: &'d Schema,
    /// Whether the parts of `allOf` contradict each other on it, and the run allows that: it is any JSON.
    pub is_contradicted: bool,
}

impl<'d> Shape<'d> {
    /// The shape of a schema.
    pub fn of(context: &mut Context<'d>, schema: &'d Schema) -> Self {
        Self::of_all(context, schema, &[schema])
    }

    /// The shape of a schema that several schemas describe together.
    pub fn of_all(context: &mut Context<'d>, schema: &'d Schema, together: &[&'d Schema]) -> Self {
        let mut parts = Vec::new();
        for part in together {
            collect(context, part, &mut parts);
        }
        let mut shape = Self {
            schema,
            types: Vec::new(),
            nullable: false,
            format: None,
            values: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            items: None,
            prefix_items: &[],
            choices: Vec::new(),
            discriminator: None,
        };
        for part in &parts {
            shape.take(context, part);
        }
        // A part of `allOf` that takes null does not make the whole take it, unless all of them do.
        let typed: Vec<_> = parts.iter().filter(|it| !it.types.is_empty()).collect();
        let all_null = !typed.is_empty()
            && typed
                .iter()
                .all(|it| it.types.iter().any(|ty| ty.value == JsonType::Null));
        let said = together
            .iter()
            .any(|it| it.nullable.as_ref().is_some_and(|it| it.value));
        shape.nullable |= all_null || said;
        shape.imply_types();
        shape
    }

    fn take(&mut self, context: &mut Context<'d>, part: &'d Schema) {
        for ty in part.types.iter().map(|it| it.value).filter(|it| *it != JsonType::Null) {
            if !self.types.contains(&ty) {
                self.types.push(ty);
            }
        }
        self.format = self.format.or(part.format.as_ref());
        if let Some(values) = &part.enumeration {
            let values = values.value.iter();
            self.nullable |= values.clone().any(|it| matches!(it.value, Value::Null));
            self.values = Some(values.filter(|it| !matches!(it.value, Value::Null)).collect());
        }
        if let Some(constant) = &part.constant {
            self.values = Some(vec![constant]);
        }
        for (name, property) in &part.properties {
            self.add(
                context,
                Property {
                    name,
                    key: property.key,
                    schema: &property.item,
                    is_contradicted: false,
                },
            );
        }
        for name in &part.required {
            if self.required.iter().all(|it| it.value != name.value) {
                self.required.push(name);
            }
        }
        let patterned = || part.pattern_properties.first().map(|(_, it)| it);
        self.additional = self
            .additional
            .or_else(|| part.additional_properties.as_deref().or_else(patterned));
        self.items = self.items.or(part.items.as_deref());
        if self.prefix_items.is_empty() {
            self.prefix_items = &part.prefix_items;
        }
        let choices: Vec<&'d Schema> = part.one_of.iter().chain(&part.any_of).collect();
        self.nullable |= choices.iter().any(|it| is_null(it));
        self.choices.extend(choices.into_iter().filter(|it| !is_null(it)));
        self.discriminator = self.discriminator.or(part.discriminator.as_ref());
    }

    /// Adds a property; of two descriptions of one, the narrower stands, and a contradiction is reported.
    fn add(&mut self, context: &mut Context<'d>, property: Property<'d>) {
        let Some(known) = self.properties.iter_mut().find(|it| it.name == property.name) else {
            self.properties.push(property);
            return;
        };
        match narrower(context, known.schema, property.schema) {
            Some(schema) => known.schema = schema,
            None => {
                known.is_contradicted = true;
                let message = format!(
                    "`{}` is described twice by the parts of `allOf`, as different types",
                    property.name
                );
                let diagnostic = Diagnostic::error("all-of-conflict", property.key, message)
                    .related(known.key, "the other description")
                    .help("leave one of them");
                context.refuse(diagnostic);
            }
        }
    }

    /// Types that the keywords speak of, where none is named.
    fn imply_types(&mut self) {
        if !self.types.is_empty() || !self.choices.is_empty() {
            return;
        }
        if !self.properties.is_empty() || self.additional.is_some_and(|it| it.boolean.is_none()) {
            self.types.push(JsonType::Object);
        } else if self.items.is_some() || !self.prefix_items.is_empty() {
            self.types.push(JsonType::Array);
        } else if let Some(values) = &self.values {
            if values.iter().all(|it| matches!(it.value, Value::String(_))) {
                self.types.push(JsonType::String);
            } else if values.iter().all(|it| it.as_number().is_some_and(|it| it.is_integer())) {
                self.types.push(JsonType::Integer);
            }
        }
    }

    /// Whether it takes this type and no other beside `null`.
    pub fn is_only(&self, ty: JsonType) -> bool {
        self.types == [ty]
    }
}

/// Whether a schema takes `null` and nothing else.
pub fn is_null(schema: &Schema) -> bool {
    let by_type = !schema.types.is_empty() && schema.types.iter().all(|it| it.value == JsonType::Null);
    let by_values = schema
        .enumeration
        .as_ref()
        .is_some_and(|it| it.value.iter().all(|it| matches!(it.value, Value::Null)));
    // What takes null and names no type is meant so: as a schema it would take any value.
    let by_key = schema.nullable.as_ref().is_some_and(|it| it.value) && !has_shape(schema);
    by_type || by_values || by_key || matches!(schema.constant, Some(Node { value: Value::Null, .. }))
}

/// The reference that a schema comes down to: alone, beside notes, or as the only part of an `allOf` that says
/// anything of the shape.
pub fn only_reference(schema: &Schema) -> Option<&Spanned<String>> {
    let mut parts = schema.all_of.iter().filter(|it| has_shape(it));
    match (&schema.reference, has_own_shape(schema), parts.next(), parts.next()) {
        (Some(reference), false, None, None) => Some(reference),
        (None, false, Some(only), None) => only_reference(only),
        _ => None,
    }
}

fn has_shape(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.types.is_empty()
        || schema.all_of.iter().any(has_shape)
        || has_own_shape(schema)
}

/// Whether keywords beside `$ref` and `allOf` say anything of the shape. A type alone does not: it repeats theirs.
fn has_own_shape(schema: &Schema) -> bool {
    let refers = schema.reference.is_some() || !schema.all_of.is_empty();
    schema.has_properties && !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
        || schema
            .additional_properties
            .as_ref()
            .is_some_and(|it| it.boolean.is_none())
        || !schema.pattern_properties.is_empty()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || !refers && !schema.types.is_empty()
}

/// A schema and the parts of its `allOf`, those behind references too, each once.
fn collect<'d>(context: &Context<'d>, schema: &'d Schema, parts: &mut Vec<&'d Schema>) {
    if parts.iter().any(|it| std::ptr::eq(*it, schema)) {
        return;
    }
    parts.push(schema);
    let target = schema
        .reference
        .as_ref()
        .and_then(|it| context.documents.resolve_schema(&it.span, &it.value));
    if let Some((_, target)) = target {
        collect(context, target, parts);
    }
    for part in &schema.all_of {
        collect(context, part, parts);
    }
}

/// Which of two descriptions of one member says more, if they do not contradict each other.
fn narrower<'d>(context: &Context<'d>, a: &'d Schema, b: &'d Schema) -> Option<&'d Schema> {
    let (behind_a, behind_b) = (context.target(a), context.target(b));
    if std::ptr::eq(behind_a, behind_b) || !has_shape(behind_b) {
        return Some(a);
    }
    if !has_shape(behind_a) {
        return Some(b);
    }
    let types = |it: &Schema| {
        it.types
            .iter()
            .map(|it| it.value)
            .filter(|it| *it != JsonType::Null)
            .collect::<Vec<_>>()
    };
    let structured = |it: &Schema| {
        !it.properties.is_empty() || !it.all_of.is_empty() || !it.one_of.is_empty() || !it.any_of.is_empty()
    };
    if types(behind_a) != types(behind_b) && !(types(behind_a).is_empty() || types(behind_b).is_empty()) {
        return None;
    }
    if structured(behind_a) && structured(behind_b) {
        return same_members(behind_a, behind_b).then_some(b);
    }
    if behind_a.format.is_some()
        && behind_b.format.is_some()
        && behind_a.format.as_ref().map(|it| &it.value) != behind_b.format.as_ref().map(|it| &it.value)
    {
        return None;
    }
    match (&behind_a.items, &behind_b.items) {
        (Some(x), Some(y)) => narrower(context, x, y).map(|it| if std::ptr::eq(it, &**x) { a } else { b }),
        (Some(_), None) => Some(a),
        _ if structured(behind_a) || says_values(behind_a) && !says_values(behind_b) => Some(a),
        _ => Some(b),
    }
}

fn says_values(schema: &Schema) -> bool {
    schema.enumeration.is_some() || schema.constant.is_some()
}

fn same_members(a: &Schema, b: &Schema) -> bool {
    let names = |it: &Schema| {
        let mut names: Vec<String> = it.properties.keys().cloned().collect();
        names.sort();
        names
    };
    a.all_of.is_empty() && b.all_of.is_empty() && names(a) == names(b)
}
