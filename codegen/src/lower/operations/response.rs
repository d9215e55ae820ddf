//! Lowers responses: the type of the answer, the documented statuses, and what makes it a stream.

mod alternative;
mod answer_body;
pub mod failure;
mod headers;

use tablature_openapi::document::{Operation, RefOr, Response, Schema};

use crate::codes;
use crate::ir::{Answer, AnswerHeader, Documented, Item, ItemKind, Status, StatusVariant, Type, TypeName};
use crate::lower::ask::duplicates;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::names::{Case, Ident, Scope};

pub use alternative::Alternative;
use failure::Failed;
pub use headers::readable as readable_header;

/// What the responses of an operation say.
pub struct Lowered {
    /// What a success holds.
    pub answer: Answer,
    /// The media type to ask for, where it is not the usual one.
    pub accept: Option<String>,
    /// Statuses with their names, sorted.
    pub documented: Vec<Documented>,
    /// Statuses with what they mean, for people.
    pub table: Vec<(String, String)>,
    /// What the answer can be asked for as instead.
    pub alternatives: Vec<Alternative>,
    /// The headers of a success.
    pub headers: Vec<AnswerHeader>,
    /// Redirects that are answers, sorted.
    pub redirects: Vec<u16>,
    /// What failures hold.
    pub failure: Option<TypeName>,
}

impl Lowered {
    fn nothing() -> Self {
        Self {
            answer: Answer::Empty,
            accept: None,
            documented: Vec::new(),
            table: Vec::new(),
            alternatives: Vec::new(),
            headers: Vec::new(),
            redirects: Vec::new(),
            failure: None,
        }
    }
}

/// A documented success.
struct Success<'d> {
    status: Status,
    response: &'d Response,
    answer: Answer,
}

/// Lowers the responses of an operation of a method.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    (method, operation): (&str, &'d Operation),
    name: &Ident,
) -> Lowered {
    let mut lowered = Lowered::nothing();
    lowered.redirects = redirects(context, operation);
    let (mut successes, failures) = by_outcome(context, document, (method, operation), name, &mut lowered);
    lowered.documented.sort_by_key(|it| it.status);
    lowered.table.sort();
    if let (true, Some(default)) = (successes.is_empty(), default_success(context, operation)) {
        let answer = match method {
            "HEAD" => Answer::Empty,
            _ => answer_body::lower(context, document, default, &format!("{name}Response")),
        };
        context.failure_bodies.insert(default.span, answer.clone());
        successes.push(Success {
            status: Status::Default,
            response: default,
            answer,
        });
    }
    // What HEAD fails with has no body.
    if method != "HEAD" {
        lowered.failure = failure::lower(context, document, failures, name);
    }
    lowered.headers = headers::lower(context, document, successes.iter().map(|it| it.response), name);
    successes.sort_by_key(|it| it.status);
    lowered.accept = successes
        .first()
        .filter(|it| !is_bodiless(it.status))
        .and_then(|it| answer_body::accept(context, it.response, &it.answer));
    let responses: Vec<_> = successes
        .iter()
        .filter(|it| it.answer != Answer::Empty)
        .map(|it| it.response)
        .collect();
    lowered.answer = one_answer(context, document, successes, name);
    if let Answer::ByStatus(_) = lowered.answer {
        lowered.accept = None;
        responses.iter().for_each(|it| answer_body::tell_of_others(context, it));
    } else if let Some(first) = responses.first() {
        let media_types = alternative::media_types(context, document, first, name);
        lowered.alternatives.extend(media_types);
    }
    lowered
}

/// The successes and the failures among the responses, and what both have in common.
fn by_outcome<'d>(
    context: &mut Context<'d>,
    document: usize,
    (method, operation): (&str, &'d Operation),
    name: &Ident,
    lowered: &mut Lowered,
) -> (Vec<Success<'d>>, Vec<Failed<'d>>) {
    let (mut successes, mut failures) = (Vec::new(), Vec::new());
    for (key, either) in &operation.responses {
        let Some((status, response)) = status(&key.value).zip(target(context, either)) else {
            continue;
        };
        check_links(context, response);
        lowered.documented.push(documented(status, response));
        let meaning = docs::response_meaning(&context.ask, response);
        lowered.table.push((key.value.clone(), meaning));
        let redirect = matches!(status, Status::Code(code) if lowered.redirects.contains(&code));
        if !redirect && !matches!(status, Status::Code(200..=299) | Status::Range(2)) {
            failures.push(Failed {
                status,
                response,
                component: component(context, either),
            });
            continue;
        }
        let answer = if has_body(context, method, status, response) {
            if let Some(stream) = alternative::stream(context, document, response, name) {
                lowered.alternatives = vec![stream];
            }
            let known = successes.iter().filter(|it: &&Success<'d>| it.answer != Answer::Empty);
            let mut same = known.filter(|it| is_same_content(context, it.response, response));
            match same.next().map(|it| it.answer.clone()) {
                Some(answer) => answer,
                None => answer_body::lower(context, document, response, &format!("{name}Response")),
            }
        } else {
            Answer::Empty
        };
        successes.push(Success {
            status,
            response,
            answer,
        });
    }
    (successes, failures)
}

/// Whether two responses hold the same, so that one type is enough for both.
fn is_same_content(context: &Context<'_>, a: &Response, b: &Response) -> bool {
    let is_same = |a: &Option<Box<Schema>>, b: &Option<Box<Schema>>| match (a, b) {
        (Some(a), Some(b)) => duplicates::is_same(&context.ask, a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let mut pairs = a.content.iter().zip(&b.content);
    a.content.len() == b.content.len()
        && pairs.all(|((a_type, a), (b_type, b))| {
            a_type.value == b_type.value && is_same(&a.schema, &b.schema) && is_same(&a.item_schema, &b.item_schema)
        })
}

fn documented(status: Status, response: &Response) -> Documented {
    let text = response.summary.as_ref().or(response.description.as_ref());
    let short = text.map_or("", |it| it.value.trim());
    Documented {
        status,
        name: short.lines().next().unwrap_or_default().to_owned(),
    }
}

/// Whether HTTP gives an answer a body at all. Of HEAD, content documents what GET would have.
fn has_body(context: &mut Context<'_>, method: &str, status: Status, response: &Response) -> bool {
    if let (true, Some((media_type, _))) = (is_bodiless(status), response.content.first()) {
        let message = "an answer of this status has no body: its content is not read";
        context
            .ask
            .report(codes::CONTENT_WITHOUT_BODY.at(media_type.span, message));
    }
    !is_bodiless(status) && method != "HEAD"
}

/// Tells of links, which nothing is emitted for.
fn check_links(context: &mut Context<'_>, response: &Response) {
    if let Some(links) = &response.links {
        let message = "links are not emitted: what an answer has for another operation is for the caller to pass on";
        context.ask.report(codes::UNEMITTED_LINKS.at(links.span, message));
    }
}

/// Switching Protocols, No Content and Reset Content.
fn is_bodiless(status: Status) -> bool {
    matches!(status, Status::Code(101 | 204 | 205))
}

/// A response, or what its reference leads to.
pub fn target<'d>(context: &Context<'d>, response: &'d RefOr<Response>) -> Option<&'d Response> {
    match response {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => context
            .ask
            .documents
            .resolve_response(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    }
}

/// Where no success is documented, `default` speaks of it as well.
fn default_success<'d>(context: &Context<'d>, operation: &'d Operation) -> Option<&'d Response> {
    let (_, response) = operation.responses.iter().find(|(key, _)| key.value == "default")?;
    target(context, response)
}

/// The name of the component that a response is, if it is one.
fn component(context: &Context<'_>, response: &RefOr<Response>) -> Option<String> {
    let RefOr::Ref(it) = response else { return None };
    let (id, _) = context
        .ask
        .documents
        .resolve_response(&it.target.span, &it.target.value)?;
    Some(id.name)
}

/// The statuses other than 2xx that are what an operation answers: redirects, where it documents where they lead to or
/// nothing else that succeeds, and 101, by which it switches to another protocol.
fn redirects<'d>(context: &Context<'d>, operation: &'d Operation) -> Vec<u16> {
    let code = |key: &str| match status(key) {
        Some(Status::Code(code @ (101 | 301 | 302 | 303 | 307 | 308))) => Some(code),
        _ => None,
    };
    let succeeds = |key: &str| matches!(status(key), Some(Status::Code(200..=299) | Status::Range(2)));
    let only = !operation.responses.iter().any(|(key, _)| succeeds(&key.value));
    let leads = |response: &'d RefOr<Response>| {
        let headers = target(context, response).map(|it| &it.headers);
        headers.is_some_and(|it| it.iter().any(|(name, _)| name.value.eq_ignore_ascii_case("location")))
    };
    let documented = operation.responses.iter();
    let mut found: Vec<u16> = documented
        .filter_map(|(key, response)| code(&key.value).filter(|code| *code == 101 || only || leads(response)))
        .collect();
    found.sort_unstable();
    found
}

/// The statuses that a key of the responses means.
pub fn status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [first @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(first - b'0')),
        _ => key.parse().ok().map(Status::Code),
    }
}

/// What every success holds: one thing, or an enumeration with a variant per status.
fn one_answer(context: &mut Context<'_>, document: usize, successes: Vec<Success<'_>>, name: &Ident) -> Answer {
    let Some(first) = successes.first().map(|it| it.answer.clone()) else {
        return Answer::Empty;
    };
    if successes.iter().all(|it| it.answer == first) {
        return first;
    }
    let labels: Vec<String> = successes.iter().map(|it| label(it.status)).collect();
    let names = Scope::reserving(&["Self"]).claim_all(Case::Type, labels.iter().map(String::as_str));
    let mut variants = Vec::new();
    for (success, variant) in successes.into_iter().zip(names) {
        if let Answer::Stream(..) = success.answer {
            let message = "a stream beside answers of other statuses is not taken";
            context.ask.refuse(
                codes::UNSUPPORTED_STREAM
                    .at(success.response.span, message)
                    .help("leave one of them"),
            );
        }
        let docs = docs::status_docs(success.status, success.response);
        variants.push(StatusVariant {
            name: variant,
            status: success.status,
            answer: success.answer,
            docs,
        });
    }
    let ty = context.claim_type(
        document,
        &format!("{name}Answer"),
        &tablature_openapi::document::Extensions::default(),
    );
    let docs = vec![format!("A successful answer to `{name}`.")];
    context.add_file(
        document,
        vec![Item {
            name: ty.name.clone(),
            docs,
            deprecated: None,
            derives: Default::default(),
            kind: ItemKind::Statuses(variants),
        }],
    );
    Answer::ByStatus(Type::Named(ty))
}

/// What a status is called.
pub fn label(status: Status) -> String {
    let name = match status {
        Status::Code(101) => "SwitchingProtocols",
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritativeInformation",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(208) => "AlreadyReported",
        Status::Code(226) => "ImUsed",
        Status::Code(301) => "MovedPermanently",
        Status::Code(302) => "Found",
        Status::Code(303) => "SeeOther",
        Status::Code(304) => "NotModified",
        Status::Code(307) => "TemporaryRedirect",
        Status::Code(308) => "PermanentRedirect",
        Status::Code(400) => "BadRequest",
        Status::Code(401) => "Unauthorized",
        Status::Code(402) => "PaymentRequired",
        Status::Code(403) => "Forbidden",
        Status::Code(404) => "NotFound",
        Status::Code(405) => "MethodNotAllowed",
        Status::Code(406) => "NotAcceptable",
        Status::Code(408) => "RequestTimeout",
        Status::Code(409) => "Conflict",
        Status::Code(410) => "Gone",
        Status::Code(412) => "PreconditionFailed",
        Status::Code(413) => "ContentTooLarge",
        Status::Code(415) => "UnsupportedMediaType",
        Status::Code(422) => "UnprocessableContent",
        Status::Code(429) => "TooManyRequests",
        Status::Code(500) => "InternalServerError",
        Status::Code(501) => "NotImplemented",
        Status::Code(502) => "BadGateway",
        Status::Code(503) => "ServiceUnavailable",
        Status::Code(504) => "GatewayTimeout",
        Status::Code(code) => return format!("Status{code}"),
        Status::Range(1) => "Informational",
        Status::Range(2) => "Success",
        Status::Range(3) => "Redirection",
        Status::Range(4) => "ClientError",
        Status::Range(_) => "ServerError",
        Status::Default => "Default",
    };
    name.to_owned()
}
