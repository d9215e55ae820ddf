//! Lowers objects with named members to models.

use tablature_openapi::document::Schema;
use tablature_openapi::extension;

use crate::codes;
use crate::ir::{Field, Model, Presence, Rule};
use crate::lower::ask::schema::object_kind;
use crate::lower::ask::secrets::is_secret;
use crate::lower::ask::shape::{Property, Shape};
use crate::lower::context::{Context, claim_wanted};
use crate::lower::docs;
use crate::lower::types::schema::{Owner, inner_type, type_of_described};
use crate::lower::types::{defaults, rules};
use crate::names::{Case, Ident, Scope, spell};

/// Names that every model keeps for itself.
const RESERVED_MEMBERS: &[&str] = &[
    "additional",
    "blank",
    "default",
    "new",
    "read",
    "rules",
    "set_additional",
    "unknown",
    "unknown_mut",
    "validate",
    "write",
];

/// The members of an object, in the order of the document.
pub fn lower<'d>(context: &mut Context<'d>, wire: &str, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Model {
    let names = member_names(context, &shape.properties);
    let mut fields = Vec::with_capacity(names.len());
    for (property, name) in shape.properties.iter().zip(names) {
        let required = shape.required.iter().any(|it| it.value == property.name);
        fields.push(field(context, property, name, required, owner));
    }
    check_required(context, shape);
    let required = required_order(shape, &fields);
    let others = shape.additional.as_ref();
    let is_additional_sensitive = others.is_some_and(|it| is_secret(&context.ask, &it.schemas));
    let holds_secrets = is_additional_sensitive || fields.iter().any(|it| it.is_sensitive);
    let mut rules: Vec<Rule> = rules::of_itself(shape, holds_secrets).into_iter().collect();
    for property in &shape.properties {
        rules.extend(rules::of_named(&context.ask, property.name, &property.value.schemas));
    }
    rules.extend(rules::of_others(&context.ask, shape));
    let additional = shape.additional.as_ref().map(|values| {
        let name = format!("{}Value", owner.name);
        inner_type(context, values, &mut owner.inside(name))
    });
    Model {
        wire: wire.to_owned(),
        fields,
        required,
        additional,
        is_additional_sensitive,
        rules,
        takes_others: takes_others(context, shape),
        body_defaults: body_defaults(shape),
    }
}

/// The API version and the kind of an object of Kubernetes, where it has members for both.
fn body_defaults(shape: &Shape<'_>) -> Vec<(String, String)> {
    let has = |name: &str| shape.properties.iter().any(|it| it.name == name);
    match object_kind(shape.schema) {
        Some((api_version, kind)) if has("apiVersion") && has("kind") => {
            vec![("apiVersion".to_owned(), api_version), ("kind".to_owned(), kind)]
        }
        _ => Vec::new(),
    }
}

/// Whether values that are no objects are kept. Where members are required there is no value that has none.
fn takes_others(context: &Context<'_>, shape: &Shape<'_>) -> bool {
    if shape.is_typeless && !shape.required.is_empty() {
        let message = "a value that is no object is not read, though no type is named";
        context.ask.report(codes::IMPLIED_TYPE.at(shape.schema.span, message));
    }
    shape.is_typeless && shape.required.is_empty()
}

fn field<'d>(
    context: &mut Context<'d>,
    property: &Property<'d>,
    name: Ident,
    required: bool,
    owner: &mut Owner<'_>,
) -> Field {
    let schema: &'d Schema = property.value.schema;
    let inside = format!("{}{}", owner.name, spell(Case::Pascal, name.as_str()));
    let ty = type_of_described(context, &property.value, &mut owner.inside(inside));
    let nullable = !context.index.resolve(&ty).takes_null() && context.ask.takes_null(&property.value);
    let read_only = schema.read_only || context.ask.target(schema).read_only;
    let presence = match (required, nullable) {
        (true, _) if read_only => Presence::RequiredInAnswers,
        (true, false) if property.is_write_only => Presence::RequiredInRequests,
        (true, true) if property.is_write_only => Presence::Nullable,
        (true, true) => Presence::RequiredNullable,
        (true, false) => Presence::Required,
        (false, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
    };
    Field {
        wire: property.name.to_owned(),
        docs: docs::member_docs(&context.ask, property.name, &property.value, required),
        presence,
        is_sensitive: property.is_write_only || is_secret(&context.ask, &property.value.schemas),
        default: defaults::of_member(&context.ask, schema),
        ty,
        deprecated: docs::deprecation(schema.deprecated, schema.description.as_ref()),
        name,
    }
}

fn member_names(context: &mut Context<'_>, properties: &[Property<'_>]) -> Vec<Ident> {
    let mut scope = Scope::reserving(RESERVED_MEMBERS);
    let wanted = properties
        .iter()
        .map(|it| (extension::rust_name(&it.value.schema.extensions), it.name));
    let names = claim_wanted(&context.ask, &mut scope, Case::Snake, wanted);
    context.note_renames(&mut scope);
    names
}

/// Tells of names in `required` that are no properties: nothing emitted looks for them.
pub fn check_required(context: &Context<'_>, shape: &Shape<'_>) {
    for name in &shape.required {
        if shape.properties.iter().any(|it| it.name == name.value) {
            continue;
        }
        let message = format!("`{}` is required but is no property: it is not checked", name.value);
        context
            .ask
            .report(codes::REQUIRED_WITHOUT_PROPERTY.at(name.span, message));
    }
}

/// The required members in the order of `required`. What only the server sets is no argument.
fn required_order(shape: &Shape<'_>, fields: &[Field]) -> Vec<usize> {
    let positions = shape
        .required
        .iter()
        .filter_map(|name| fields.iter().position(|it| it.wire == name.value));
    positions
        .filter(|it| fields.get(*it).is_some_and(Field::is_argument))
        .collect()
}
