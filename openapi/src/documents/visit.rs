//! Visits every reference of a document, in the order in which it is written.

use indexmap::IndexMap;

use super::Section;
use crate::document::{
    Callback, Components, Document, Example, Extensions, MediaType, Named, Operation, Parameter, PathItem, RefOr,
    RequestBody, Response, Schema, SecurityRequirement,
};
use crate::extension;
use crate::span::Spanned;

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A `$ref`.
    Reference,
    /// The name of a schema or a reference to it: a value of `mapping`.
    NameOrReference,
    /// The name of a security scheme.
    SecurityScheme,
}

/// Who is told of references.
pub(super) type Visitor<'v> = dyn FnMut(Form, Section, &Spanned<String>) + 'v;

/// Tells of each reference of a document.
pub(super) fn references(document: &Document, visit: &mut Visitor<'_>) {
    for (_, item) in document.paths.iter().chain(&document.webhooks) {
        reference_or(item, Section::PathItems, visit, path_item);
    }
    security(&document.security, visit);
    components(&document.components, visit);
}

/// Tells of each reference of components.
pub(super) fn components(components: &Components, visit: &mut Visitor<'_>) {
    for schema in components.schemas.values() {
        self::schema(&schema.item, visit);
    }
    each(&components.responses, Section::Responses, visit, response);
    each(&components.parameters, Section::Parameters, visit, parameter);
    each(&components.request_bodies, Section::RequestBodies, visit, request_body);
    each(&components.headers, Section::Headers, visit, parameter);
    each(&components.callbacks, Section::Callbacks, visit, callback);
    each(&components.path_items, Section::PathItems, visit, path_item);
    each(&components.security_schemes, Section::SecuritySchemes, visit, |_, _| {});
    for example in components.examples.values() {
        self::example(&example.item, visit);
    }
    for media_type in components.media_types.values() {
        self::media_type(&media_type.item, visit);
    }
}

fn each<T>(
    named: &IndexMap<String, Named<RefOr<T>>>,
    section: Section,
    visit: &mut Visitor<'_>,
    inner: fn(&T, &mut Visitor<'_>),
) {
    for named in named.values() {
        reference_or(&named.item, section, visit, inner);
    }
}

fn reference_or<T>(item: &RefOr<T>, section: Section, visit: &mut Visitor<'_>, inner: fn(&T, &mut Visitor<'_>)) {
    match item {
        RefOr::Ref(reference) => visit(Form::Reference, section, &reference.target),
        RefOr::Item(item) => inner(item, visit),
    }
}

fn security(requirements: &Option<Vec<SecurityRequirement>>, visit: &mut Visitor<'_>) {
    for requirement in requirements.iter().flatten() {
        for (name, _) in &requirement.schemes {
            visit(Form::SecurityScheme, Section::SecuritySchemes, name);
        }
    }
}

fn path_item(item: &PathItem, visit: &mut Visitor<'_>) {
    for parameter in &item.parameters {
        reference_or(parameter, Section::Parameters, visit, self::parameter);
    }
    for (_, operation) in &item.operations {
        self::operation(operation, visit);
    }
}

fn operation(operation: &Operation, visit: &mut Visitor<'_>) {
    for parameter in &operation.parameters {
        reference_or(parameter, Section::Parameters, visit, self::parameter);
    }
    if let Some(body) = &operation.request_body {
        reference_or(body, Section::RequestBodies, visit, request_body);
    }
    for (_, response) in &operation.responses {
        reference_or(response, Section::Responses, visit, self::response);
    }
    for (_, callback) in &operation.callbacks {
        reference_or(callback, Section::Callbacks, visit, self::callback);
    }
    security(&operation.security, visit);
}

fn callback(callback: &Callback, visit: &mut Visitor<'_>) {
    for (_, item) in &callback.requests {
        reference_or(item, Section::PathItems, visit, path_item);
    }
}

fn parameter(parameter: &Parameter, visit: &mut Visitor<'_>) {
    if let Some(schema) = &parameter.schema {
        self::schema(schema, visit);
    }
    content(&parameter.content, visit);
    parameter.examples.iter().for_each(|it| example(it, visit));
}

fn request_body(body: &RequestBody, visit: &mut Visitor<'_>) {
    content(&body.content, visit);
}

fn response(response: &Response, visit: &mut Visitor<'_>) {
    for (_, header) in &response.headers {
        reference_or(header, Section::Headers, visit, parameter);
    }
    content(&response.content, visit);
}

fn content(content: &[(Spanned<String>, MediaType)], visit: &mut Visitor<'_>) {
    content.iter().for_each(|(_, it)| media_type(it, visit));
}

fn media_type(media_type: &MediaType, visit: &mut Visitor<'_>) {
    for schema in media_type.schema.iter().chain(&media_type.item_schema) {
        self::schema(schema, visit);
    }
    media_type.examples.iter().for_each(|it| example(it, visit));
}

fn example(example: &Example, visit: &mut Visitor<'_>) {
    if let Some(reference) = &example.reference {
        visit(Form::Reference, Section::Examples, reference);
    }
}

fn schema(schema: &Schema, visit: &mut Visitor<'_>) {
    if let Some(reference) = &schema.reference {
        visit(Form::Reference, Section::Schemas, reference);
    }
    rust_type(&schema.extensions, visit);
    if let Some(discriminator) = &schema.discriminator {
        let values = discriminator.mapping.iter().map(|(_, value)| value);
        for value in values.chain(&discriminator.default_mapping) {
            visit(Form::NameOrReference, Section::Schemas, value);
        }
    }
    schema.children().for_each(|child| self::schema(child, visit));
}

fn rust_type(extensions: &Extensions, visit: &mut Visitor<'_>) {
    let arguments = extension::rust_type(extensions).map(|it| it.arguments);
    for argument in arguments.into_iter().flatten() {
        visit(Form::Reference, Section::Schemas, &argument);
    }
}
