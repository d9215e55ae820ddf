//! Parameters of the path, the query and the headers.

use tablature_openapi::document::{Parameter, ParameterLocation, RefOr};
use tablature_openapi::{Diagnostic, Span, extension};

use super::context::Context;
use super::docs;
use super::schema::{Owner, type_of};
use crate::ir::{self, Docs, Place, Type};
use crate::names::{Case, spell};

/// A parameter of an operation, before it is known whether it is an argument or a setter.
pub struct Lowered<'d> {
    /// The parameter.
    pub parameter: ir::Parameter,
    /// The Rust name that the document asks for.
    pub rust_name: Option<(String, Span)>,
    /// Whether it must be there.
    pub required: bool,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The parameter in the document.
    pub source: &'d Parameter,
}

/// Lowers the values of component parameters once, so that every operation has the same type.
pub fn lower_components(context: &mut Context<'_>) {
    for document in 0..context.apis.len() {
        let mut parameters: Vec<_> = context.document(document).components.parameters.iter().collect();
        parameters.sort_by_key(|(name, _)| *name);
        for (name, parameter) in parameters {
            if let RefOr::Item(item) = &parameter.item {
                let ty = value_type(context, document, item, spell(Case::Type, name));
                context.apis[document].parameters.insert(name.clone(), ty);
            }
        }
    }
}

/// Lowers a parameter of an operation.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    it: &'d RefOr<Parameter>,
    operation: &str,
) -> Option<Lowered<'d>> {
    let (item, ty) = match it {
        RefOr::Item(item) => {
            let name = format!("{operation}{}", spell(Case::Pascal, &item.name.value));
            (item, value_type(context, document, item, name))
        }
        RefOr::Ref(reference) => {
            let (id, item) = context
                .documents
                .resolve_parameter(&reference.target.span, &reference.target.value)?;
            (item, context.apis.get(id.document)?.parameters.get(&id.name)?.clone())
        }
    };
    let place = match item.location.value {
        ParameterLocation::Path => Place::Path,
        ParameterLocation::Query => Place::Query,
        ParameterLocation::Header => Place::Header,
        ParameterLocation::Cookie | ParameterLocation::Querystring => {
            context.unsupported(
                "unsupported-parameter",
                item.location.span,
                "this place of a parameter is not taken yet",
                "use `path`, `query` or `header`",
            );
            return None;
        }
    };
    Some(Lowered {
        parameter: ir::Parameter {
            place,
            wire: item.name.value.clone(),
            ty,
        },
        rust_name: extension::rust_name(&item.extensions).map(|it| (it.value.clone(), it.span)),
        required: item.required,
        deprecated: item.deprecated,
        docs: docs::parameter_docs(context, item),
        source: item,
    })
}

/// The type of a parameter's value, and whether it can be written into a request.
fn value_type<'d>(context: &mut Context<'d>, document: usize, item: &'d Parameter, name: String) -> Type {
    check_serialization(context, item);
    let Some(schema) = &item.schema else {
        let message = format!("the parameter `{}` has no `schema`", item.name.value);
        context.unsupported(
            "unsupported-parameter",
            item.span,
            message,
            "give it a `schema` of a string, a number or a boolean",
        );
        return Type::String;
    };
    let mut items = Vec::new();
    let ty = type_of(
        context,
        schema,
        &mut Owner {
            document,
            name,
            items: &mut items,
        },
    );
    context.add_file(document, items);
    let target = context.target(schema);
    let is_scalar = matches!(
        ty,
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F32 | Type::F64 | Type::String
    );
    if !is_scalar && target.enumeration.is_none() {
        let message = format!("the parameter `{}` is no string, number or boolean", item.name.value);
        context.unsupported(
            "unsupported-parameter",
            schema.span,
            message,
            "lists and objects in parameters are not taken yet",
        );
    }
    ty
}

/// Reports ways of writing a value that would be lost.
fn check_serialization(context: &mut Context<'_>, item: &Parameter) {
    let default = match item.location.value {
        ParameterLocation::Query | ParameterLocation::Cookie | ParameterLocation::Querystring => "form",
        ParameterLocation::Path | ParameterLocation::Header => "simple",
    };
    if let Some(style) = item.style.as_ref().filter(|it| it.value != default) {
        let message = format!("the style `{}` is not taken yet", style.value);
        context.unsupported("unsupported-style", style.span, message, &format!("use `{default}`"));
    }
    if let Some(reserved) = item.allow_reserved.as_ref().filter(|it| it.value) {
        context.unsupported(
            "unsupported-style",
            reserved.span,
            "`allowReserved` is not taken yet",
            "leave it out: values are percent-encoded",
        );
    }
    if let Some((_, content)) = item.content.first() {
        context.unsupported(
            "unsupported-parameter",
            content.span,
            "a parameter with `content` is not taken yet",
            "describe it with `schema`",
        );
    }
    if let Some(draft) = item.extensions.get("x-draft") {
        let help = "write the description and take `x-draft` away";
        context
            .report
            .push(Diagnostic::error("draft", draft.key, "a draft cannot be emitted").help(help));
    }
}
