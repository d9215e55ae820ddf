//! Finds out what turns a response into a stream: a parameter, or the `Accept` header.

use tablature_openapi::document::{MediaType, Response};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Spanned, extension};

use crate::codes;
use crate::ir::{Answer, Framing};
use crate::lower::context::Context;
use crate::lower::operations::response::answer_body;
use crate::lower::operations::response::answer_body::{accept, framing, item_type};
use crate::names::Ident;

/// What turns an answer into a stream.
pub struct Stream {
    /// The parameter and its value, as they stand in the query; none where the `Accept` header decides.
    pub parameter: Option<(String, String)>,
    /// The name that the document asks for.
    pub rust_name: Option<Spanned<String>>,
    /// The stream.
    pub answer: Answer,
    /// The media type to ask for, where it is not the usual one.
    pub accept: Option<String>,
}

/// The stream that a response can become, where it can be something else too.
pub fn lower<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &Ident) -> Option<Stream> {
    let streamed = response
        .content
        .iter()
        .find_map(|(media_type, it)| framing(&media_type.value, it).map(|framing| (framing, it)));
    let when = extension::stream_when(&response.extensions);
    let Some((framing, media)) = streamed else {
        if let Some(when) = when {
            let message = "`x-stream-when` says when the answer is a stream, but no media type is one";
            context.ask.refuse(codes::STREAM_WITHOUT_ITEMS.at(when.span, message));
        }
        return None;
    };
    if let Some(when) = when {
        let value = query_text(context, &when.value)?;
        let parameter = Some((when.parameter.value, value));
        return Some(stream(context, document, response, (framing, media), name, parameter));
    }
    let both = response
        .content
        .iter()
        .any(|(media_type, it)| answer_body::framing(&media_type.value, it).is_none());
    both.then(|| stream(context, document, response, (framing, media), name, None))
}

fn stream<'d>(
    context: &mut Context<'d>,
    document: usize,
    response: &'d Response,
    (framing, media): (Framing, &'d MediaType),
    name: &Ident,
    parameter: Option<(String, String)>,
) -> Stream {
    let rust_name = extension::rust_name(&media.extensions);
    let item = item_type(context, document, media, framing, name.as_str());
    let answer = Answer::Stream(framing, item);
    Stream {
        parameter,
        rust_name,
        accept: accept(response, &answer),
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
