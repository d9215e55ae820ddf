//! Finds what else a response can be asked for as: a stream, by a parameter or the `Accept` header, or another media type.

use tablature_openapi::document::{MediaType, Response};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Spanned, extension};

use crate::codes;
use crate::ir::{Answer, Framing};
use crate::lower::ask::media_type::{essence, label};
use crate::lower::context::Context;
use crate::lower::operations::response::answer_body;
use crate::lower::operations::response::answer_body::{accept, framing, item_type};
use crate::names::{Case, Ident, spell};

/// What an answer can be asked for as instead.
pub struct Alternative {
    /// What it is called: a parameter, `stream`, or a media type.
    pub label: String,
    /// The parameter and its value, as they stand in the query; none where the `Accept` header decides.
    pub parameter: Option<(String, String)>,
    /// The name that the document asks for.
    pub rust_name: Option<Spanned<String>>,
    /// The other answer.
    pub answer: Answer,
    /// The media type to ask for, where it is not the usual one.
    pub accept: Option<String>,
}

/// The stream that a response can become, where it can be something else too.
pub fn stream<'d>(
    context: &mut Context<'d>,
    document: usize,
    response: &'d Response,
    name: &Ident,
) -> Option<Alternative> {
    let framed = response
        .content
        .iter()
        .find_map(|(media_type, it)| framing(&media_type.value, it).map(|framing| (framing, it)));
    let when = extension::stream_when(&response.extensions);
    let Some((framing, media)) = framed else {
        if let Some(when) = when {
            let message = "`x-stream-when` says when the answer is a stream, but no media type is one";
            context.ask.refuse(codes::STREAM_WITHOUT_ITEMS.at(when.span, message));
        }
        return None;
    };
    if let Some(when) = when {
        let value = query_text(context, &when.value)?;
        let parameter = Some((when.parameter.value, value));
        return Some(streamed(context, document, response, (framing, media), name, parameter));
    }
    let has_other = answer_body::whole(response).next().is_some();
    has_other.then(|| streamed(context, document, response, (framing, media), name, None))
}

/// The media types of a response that hold something else than the one that is asked for.
pub fn media_types<'d>(
    context: &mut Context<'d>,
    document: usize,
    response: &'d Response,
    name: &Ident,
) -> Vec<Alternative> {
    let mut out = Vec::new();
    for (media_type, media) in answer_body::others(context, response) {
        let label = label(&media_type.value).to_owned();
        let inside = format!("{name}{}Response", spell(Case::Pascal, &label));
        let answer = answer_body::of(context, document, (media_type, media), &inside);
        let essence = essence(&media_type.value);
        out.push(Alternative {
            label,
            parameter: None,
            rust_name: extension::rust_name(&media.extensions),
            accept: Some(essence),
            answer,
        });
    }
    out
}

fn streamed<'d>(
    context: &mut Context<'d>,
    document: usize,
    response: &'d Response,
    (framing, media): (Framing, &'d MediaType),
    name: &Ident,
    parameter: Option<(String, String)>,
) -> Alternative {
    let rust_name = extension::rust_name(&media.extensions);
    let item = item_type(context, document, media, framing, name.as_str());
    let answer = Answer::Stream(framing, item);
    Alternative {
        label: parameter.as_ref().map_or("stream", |(name, _)| name).to_owned(),
        parameter,
        rust_name,
        accept: accept(context, response, &answer),
        answer,
    }
}

fn query_text(context: &mut Context<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            let message = format!(
                "a string, a number or a boolean was expected, found {}",
                node.kind_name()
            );
            context.ask.refuse(
                tablature_openapi::codes::WRONG_TYPE
                    .at(node.span, message)
                    .help("write the value that the parameter has"),
            );
            None
        }
    }
}
