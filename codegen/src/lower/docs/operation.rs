//! Writes the documentation of an operation: purpose, answer, failures, statuses and source.

use crate::ir::{Answer, Docs, Framing, OwnServers, Pagination, Switch, Type, TypeName};
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::Site;
use crate::lower::docs::{Paragraphs, provenance};
use crate::markdown::code;
use crate::names::Ident;

/// What comes of an operation.
pub struct Outcome<'a> {
    /// What a success holds.
    pub answer: &'a Answer,
    /// What failures hold.
    pub failure: Option<&'a TypeName>,
    /// How to get the next page.
    pub pagination: Option<&'a Pagination>,
    /// Whether the answer is a stream that can go on after its connection.
    pub is_watch: bool,
    /// What the answer can be asked for as instead.
    pub switches: &'a [Switch],
    /// Statuses with what they mean.
    pub statuses: &'a [(String, String)],
}

/// The documentation of an operation.
pub fn operation_docs(
    input: &Input<'_>,
    site: Site<'_>,
    outcome: &Outcome<'_>,
    own_servers: Option<&OwnServers>,
) -> Docs {
    let operation = site.operation;
    let mut docs = Paragraphs::new();
    docs.add_optional(operation.description.as_ref().or(operation.summary.as_ref()));
    docs.add_clean(code(&format!("{} {}", site.method, site.path)));
    let failure = match outcome.failure {
        Some(it) => format!(" Fails with [`{0}`](crate::{1}::models::{0}).", it.name, it.home),
        None => String::new(),
    };
    docs.add_clean(format!("Returns {}.{failure}", returned(outcome.answer)));
    let methods = methods(outcome);
    if !methods.is_empty() {
        docs.add_clean(methods);
    }
    if let Some(own) = own_servers {
        docs.add_clean(served_at(own));
    }
    if !outcome.statuses.is_empty() {
        let rows: Vec<String> = outcome
            .statuses
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
pub fn switched_docs(operation: &Ident, switch: &Switch, outcome: &Outcome<'_>, accept: Option<&str>) -> Docs {
    let with = switch.parameter.as_ref();
    let with = with.map_or_else(String::new, |(name, value)| {
        format!(" with {}", code(&format!("{name}={value}")))
    });
    let (what, method) = (asked_for(outcome.answer, accept), &switch.method);
    let mut docs = Paragraphs::new();
    docs.add_clean(format!(
        "[`{operation}`](super::{operation}){with}, answered by {what}. Made by `{operation}::{method}`."
    ));
    docs.add_clean(format!("Returns {}.", returned(outcome.answer)));
    let methods = methods(outcome);
    if !methods.is_empty() {
        docs.add_clean(methods);
    }
    docs.into_lines()
}

/// What the methods of a call give, where there are others than `send`.
fn methods(outcome: &Outcome<'_>) -> String {
    let mut rows: Vec<(String, String)> = match outcome.answer {
        Answer::Stream(_, Type::Path { arguments, .. }) if outcome.is_watch => {
            let object = arguments.first().map(link).unwrap_or_default();
            [
                (
                    "events(&client)",
                    format!("each change of a {object}, however often the connection ends"),
                ),
                (
                    "reflect(&client)",
                    format!("each {object} as it is now, kept up to date"),
                ),
                (
                    "wait_for(&client, ...)",
                    format!("the first {object} that is as a condition says"),
                ),
            ]
            .map(|(method, result)| (method.to_owned(), result))
            .into()
        }
        Answer::Stream(_, item) => vec![
            (
                "open_stream(&client)".to_owned(),
                format!("each {} as it comes", link(item)),
            ),
            (
                "send(&client)".to_owned(),
                format!("once the stream has ended, each {}", link(item)),
            ),
            (
                "decoder()".to_owned(),
                format!("without a client, from its bytes as they come, each {}", link(item)),
            ),
        ],
        answer => vec![("send(&client)".to_owned(), returned(answer))],
    };
    if let Some(it) = outcome.pagination {
        rows.push((
            "items(&client)".to_owned(),
            format!("each {}, page by page", link(&it.item)),
        ));
        rows.push((
            "pages(&client)".to_owned(),
            format!("each {}", returned(outcome.answer)),
        ));
    }
    rows.extend(outcome.switches.iter().map(|it| {
        let made = format!("[`{0}`](super::{0})", it.target);
        (format!("{}()", it.method), made)
    }));
    table(&rows, outcome)
}

/// The table of methods, unless it would have one row.
fn table(rows: &[(String, String)], outcome: &Outcome<'_>) -> String {
    if rows.len() < 2 {
        return String::new();
    }
    let rows: Vec<String> = rows
        .iter()
        .map(|(method, result)| format!("| `{method}` | {result} |"))
        .collect();
    let blocking = match outcome {
        it if it.is_watch => "`events` and `wait_for`",
        it if it.pagination.is_some() => "`send`, `items` and `pages`",
        it if matches!(it.answer, Answer::Stream(..)) => "`open_stream` and `send`",
        _ => "`send`",
    };
    format!(
        "| Method | Result |\n| --- | --- |\n{}\n\nFor a `BlockingClient`, the names of {blocking} end with `_blocking`.",
        rows.join("\n")
    )
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
        Type::Path { path, arguments } => {
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
