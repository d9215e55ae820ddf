//! Lowers parameters of path, query, headers and cookies.

use tablature_openapi::document::{JsonType, Parameter, ParameterLocation, RefOr, Schema};
use tablature_openapi::{Spanned, extension};

use crate::codes;
use crate::ir;
use crate::ir::{Docs, Place, Style, Type, Writing};
use crate::lower::ask::drafts;
use crate::lower::ask::input::Input;
use crate::lower::ask::media_type;
use crate::lower::ask::nested_values;
use crate::lower::ask::shape::enum_values::scalar;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::types::schema::{Owner, type_of};
use crate::names::{Case, spell};

/// A parameter of an operation, before it is known whether it is an argument or a setter.
pub struct Lowered<'d> {
    /// The parameter.
    pub parameter: ir::Parameter,
    /// The Rust name that the document asks for.
    pub rust_name: Option<Spanned<String>>,
    /// Whether it must be there.
    pub required: bool,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The parameter in the document.
    pub source: &'d Parameter,
}

/// Lowers the values of component parameters once, so that every operation has the same type.
pub fn lower_components(context: &mut Context<'_>) {
    for document in 0..context.ask.document_count() {
        let mut parameters: Vec<_> = context.ask.document(document).components.parameters.iter().collect();
        parameters.sort_by_key(|(name, _)| *name);
        for (name, parameter) in parameters {
            if let RefOr::Item(item) = &parameter.item {
                let ty = value_type(context, document, item, spell(Case::Type, name));
                context.apis[document].parameters.insert(name.clone(), ty);
            }
        }
    }
}

/// Lowers a parameter of an operation. A header that OpenAPI leaves to others is none.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    it: &'d RefOr<Parameter>,
    operation: &str,
) -> Option<Lowered<'d>> {
    let (item, known) = match it {
        RefOr::Item(item) => (item, None),
        RefOr::Ref(reference) => {
            let (id, item) = context
                .ask
                .documents
                .resolve_parameter(&reference.target.span, &reference.target.value)?;
            (item, context.apis.get(id.document)?.parameters.get(&id.name).cloned())
        }
    };
    let place = match item.location.value {
        ParameterLocation::Path => Place::Path,
        ParameterLocation::Query => Place::Query,
        ParameterLocation::Header if is_left_to_others(&item.name.value) => return None,
        ParameterLocation::Header => Place::Header,
        ParameterLocation::Cookie => Place::Cookie,
        ParameterLocation::Querystring => Place::Querystring,
    };
    let name = format!("{operation}{}", spell(Case::Pascal, &item.name.value));
    let ty = match known {
        Some(ty) => ty,
        None => value_type(context, document, item, name),
    };
    let writing = writing(context, item, place, &ty);
    Some(Lowered {
        parameter: ir::Parameter {
            place,
            wire: item.name.value.clone(),
            ty,
            writing,
        },
        rust_name: extension::rust_name(&item.extensions),
        required: item.required,
        deprecated: docs::deprecation(item.deprecated, item.description.as_ref()),
        docs: docs::parameter_docs(&context.ask, &mut context.texts, item),
        source: item,
    })
}

/// Headers that OpenAPI describes elsewhere: by media types and security schemes.
fn is_left_to_others(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it))
}

/// The type of a parameter's value.
fn value_type<'d>(context: &mut Context<'d>, document: usize, item: &'d Parameter, name: String) -> Type {
    drafts::check(&context.ask, &item.extensions);
    let content = || item.content.first().and_then(|(_, content)| content.schema.as_ref());
    let Some(schema) = item.schema.as_ref().or_else(content) else {
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
            is_form: false,
        },
    );
    let described = schema.description.is_some() || schema.title.is_some();
    if let (false, Some(first), Some(description)) = (described, items.first_mut(), &item.description) {
        first.docs = docs::text_docs(&description.value);
    }
    context.add_file(document, items);
    ty
}

/// How the value is written into the request.
fn writing<'d>(context: &mut Context<'d>, item: &'d Parameter, place: Place, ty: &Type) -> Writing {
    if let Some((media_type, _)) = item.content.first() {
        if place != Place::Querystring && !media_type::is_json(&media_type.value) {
            let message = format!("a parameter of `{}` is not taken", media_type.value);
            context.ask.refuse(
                codes::UNSUPPORTED_MEDIA_TYPE
                    .at(media_type.span, message)
                    .help("describe it as `application/json`, or by `schema`"),
            );
        }
        return Writing::Content {
            media_type: media_type.value.clone(),
        };
    }
    let style = style(item, place);
    let default = if matches!(place, Place::Query | Place::Cookie) {
        Style::Form
    } else {
        Style::Simple
    };
    let reserved = item.allow_reserved.as_ref().is_some_and(|it| it.value);
    let explode = item.explode.as_ref().map_or(style == Style::Form, |it| it.value);
    if style == default && !reserved && is_scalar(context, item, ty) {
        return Writing::Plain;
    }
    if let Some(schema) = &item.schema {
        let help = match place {
            Place::Query => "use `style: deepObject`, which writes `a[0][b]=1`, or describe it by `content` as JSON",
            _ => "describe it by `content` as `application/json`",
        };
        let styled = nested_values::Styled {
            name: &item.name.value,
            style,
            pairs: place == Place::Query && style == Style::Form && explode,
            span: schema.span,
        };
        nested_values::check(&context.ask, styled, schema, help);
    }
    Writing::Styled {
        style,
        explode,
        reserved,
    }
}

/// Whether a value is one text, which every style but `label` and `matrix` writes as it is. A float is none: not each
/// can be sent.
fn is_scalar<'d>(context: &Context<'d>, item: &'d Parameter, ty: &Type) -> bool {
    let scalar = matches!(
        ty,
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::String
    );
    let typed = context.index.resolve(ty).as_typed().is_some();
    let named = || !typed && item.schema.as_ref().is_some_and(|it| is_text_or_integer(context, it));
    scalar || *ty == Type::date_time() || matches!(ty, Type::Named(_)) && named()
}

fn is_text_or_integer<'d>(context: &Context<'d>, schema: &'d Schema) -> bool {
    let target = context.ask.target(schema);
    let plain = |ty: JsonType| {
        matches!(
            ty,
            JsonType::String | JsonType::Integer | JsonType::Boolean | JsonType::Null
        )
    };
    let choices = target.one_of.is_empty() && target.any_of.is_empty() && target.all_of.is_empty();
    choices && !target.types.is_empty() && target.types.iter().all(|it| plain(it.value))
}

fn style(item: &Parameter, place: Place) -> Style {
    let Some(style) = &item.style else {
        return if matches!(place, Place::Query | Place::Cookie) {
            Style::Form
        } else {
            Style::Simple
        };
    };
    match (style.value.as_str(), place) {
        ("form", Place::Query | Place::Cookie) | ("cookie", Place::Cookie) => Style::Form,
        ("simple", Place::Path | Place::Header) => Style::Simple,
        ("label", Place::Path) => Style::Label,
        ("matrix", Place::Path) => Style::Matrix,
        ("spaceDelimited", Place::Query) => Style::SpaceDelimited,
        ("pipeDelimited", Place::Query) => Style::PipeDelimited,
        ("deepObject", Place::Query) => Style::DeepObject,
        // Any other has been reported on reading.
        _ => Style::Form,
    }
}

/// A value that the document gives for a parameter: an example, a default, or the first of the values it may have.
pub fn example<'d>(input: &Input<'d>, item: &'d Parameter) -> Option<ir::Scalar> {
    let schema = item.schema.as_ref().map(|it| input.target(it));
    let own = item.examples.iter().filter_map(|it| it.value.as_ref());
    let of_schema = schema.into_iter().flat_map(|it| {
        let values = it.enumeration.iter().flat_map(|it| &it.value);
        it.examples.iter().chain(&it.default).chain(&it.constant).chain(values)
    });
    own.chain(of_schema).find_map(scalar)
}
