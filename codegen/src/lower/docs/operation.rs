//! Writes the documentation of an operation: purpose, answer, failures, statuses and source.

use crate::ir::{Answer, Docs, Framing, OwnServers, Switch, Type, TypeName};
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::Site;
use crate::lower::docs::{Paragraphs, provenance};
use crate::markdown::code;
use crate::names::Ident;

/// The documentation of an operation.
pub fn operation_docs(
    input: &Input<'_>,
    site: Site<'_>,
    (answer, failure): (&Answer, Option<&TypeName>),
    own_servers: Option<&OwnServers>,
    table: &[(String, String)],
) -> Docs {
    let operation = site.operation;
    let mut docs = Paragraphs::new();
    docs.add_optional(operation.description.as_ref().or(operation.summary.as_ref()));
    docs.add_clean(code(&format!("{} {}", site.method, site.path)));
    let failure = match failure {
        Some(it) => format!(" Fails with [`{0}`](crate::{1}::models::{0}).", it.name, it.home),
        None => String::new(),
    };
    docs.add_clean(format!("Returns {}.{failure}", returned(answer)));
    if let Some(own) = own_servers {
        docs.add_clean(served_at(own));
    }
    if !table.is_empty() {
        let rows: Vec<String> = table
            .iter()
            .map(|(status, meaning)| format!("| {status} | {} |", Paragraphs::cell(meaning)))
            .collect();
        docs.add_clean(format!("| Status | Meaning |\n| --- | --- |\n{}", rows.join("\n")));
    }
    docs.add(&provenance(input, &operation.extensions));
    docs.into_lines()
}

/// The documentation of a switch to another answer.
pub fn switch_docs(answer: &Answer, accept: Option<&str>, parameter: Option<&(String, String)>) -> Docs {
    let mut docs = Paragraphs::new();
    let what = asked_for(answer, accept);
    docs.add(&match parameter {
        Some((name, value)) => {
            let sent = code(&format!("{name}={value}"));
            format!("Asks for {what} in place of one answer: sends {sent}.")
        }
        None => format!("Asks for {what} in place of the usual answer, by the `Accept` header."),
    });
    docs.into_lines()
}

/// The documentation of the operation that a switch makes of another one.
pub fn switched_docs(operation: &Ident, switch: &Switch, (answer, accept): (&Answer, Option<&str>)) -> Docs {
    let with = switch.parameter.as_ref();
    let with = with.map_or_else(String::new, |(name, value)| {
        format!(" with {}", code(&format!("{name}={value}")))
    });
    let (what, method) = (asked_for(answer, accept), &switch.method);
    vec![
        format!(
            "[`{operation}`](super::{operation}){with}, answered by {what}. Made by [`{operation}::{method}`](super::{operation}::{method})."
        ),
        String::new(),
        format!("Returns {}.", returned(answer)),
    ]
}

fn asked_for(answer: &Answer, accept: Option<&str>) -> String {
    match answer {
        Answer::Stream(..) => "a stream".to_owned(),
        _ => code(accept.unwrap_or(answer.media_type())),
    }
}

/// What a success holds, with a link to its type.
fn returned(answer: &Answer) -> String {
    match answer {
        Answer::Empty => "nothing: a success has no body".to_owned(),
        Answer::Text => "text".to_owned(),
        Answer::Binary => "[`Bytes`](crate::runtime::bytes::Bytes)".to_owned(),
        Answer::Json(ty) | Answer::ByStatus(ty) => link(ty),
        Answer::Stream(framing, ty) => {
            let framing = match framing {
                Framing::Lines => "of lines of JSON",
                Framing::Events => "of server-sent events",
                Framing::JsonSeq => "of JSON text sequences",
                Framing::TextLines => "of lines of text",
            };
            format!("a stream {framing}, each {}", link(ty))
        }
    }
}

/// A type in words, with a link where it has a page.
pub fn link(ty: &Type) -> String {
    match ty {
        Type::Bool => "`bool`".to_owned(),
        Type::I32 => "`i32`".to_owned(),
        Type::I64 => "`i64`".to_owned(),
        Type::U32 => "`u32`".to_owned(),
        Type::U64 => "`u64`".to_owned(),
        Type::F64 => "`f64`".to_owned(),
        Type::String => "`String`".to_owned(),
        Type::Json => "[`Json`](crate::runtime::Json)".to_owned(),
        Type::Bytes | Type::File => "[`Bytes`](crate::runtime::bytes::Bytes)".to_owned(),
        Type::List(item) => format!("a list of {}", link(item)),
        Type::Map(value) => format!("a map of {}", link(value)),
        Type::Tuple(items) => format!("a list of {}", items.iter().map(link).collect::<Vec<_>>().join(", ")),
        Type::Nullable(inner) => format!("{} or null", link(inner)),
        Type::Boxed(inner) => link(inner),
        Type::Named(it) => format!("[`{0}`](crate::{1}::models::{0})", it.name, it.home),
        Type::Runtime { path, arguments } => {
            let name = path.rsplit("::").next().unwrap_or(path);
            let of: Vec<String> = arguments.iter().map(link).collect();
            let of = if of.is_empty() {
                String::new()
            } else {
                format!(" of {}", of.join(", "))
            };
            // The runtime is seen through the crate, any other package by its own name.
            let root = if path.starts_with("runtime::") { "crate::" } else { "" };
            format!("[`{name}`]({root}{path}){of}")
        }
    }
}

/// Where an operation is served that is not served where its API is.
fn served_at(own: &OwnServers) -> String {
    let urls: Vec<String> = own.servers.iter().map(|it| code(&it.url)).collect();
    format!(
        "Served at [`{0}`](super::super::{0}) and not where the API is: {1}.",
        own.name,
        urls.join(", ")
    )
}
