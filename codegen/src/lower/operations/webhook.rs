//! Lowers webhooks and callbacks: requests that the API sends to its users' servers.

mod payload;

use tablature_openapi::document::{Parameter, ParameterLocation, RefOr, Response};
use tablature_openapi::extension;

use crate::codes;
use crate::ir;
use crate::ir::{AnswerHeader, Documented, Type, WebhookContent};
use crate::lower::ask::drafts;
use crate::lower::ask::input::Input;
use crate::lower::ask::webhook_site::Sent;
use crate::lower::context::{Context, claim_wanted};
use crate::lower::docs;
use crate::lower::docs::Paragraphs;
use crate::lower::operations::tag_scope::TagScope;
use crate::lower::operations::{response, security};
use crate::markdown::code;
use crate::names::{Case, Ident, Scope, spell};

/// The name of each request that the API sends: what the document asks for, else what it is called there. Names of
/// operations are claimed before, so that a webhook does not change them.
pub fn names(input: &Input<'_>, all: &[Sent<'_>], names: &mut Scope) -> Vec<Ident> {
    let spelled: Vec<String> = all.iter().map(|it| spell(Case::Pascal, &it.called)).collect();
    let exact = all.iter().map(|it| extension::rust_name(&it.site.operation.extensions));
    claim_wanted(input, names, Case::Type, exact.zip(spelled.iter().map(String::as_str)))
}

/// Lowers a request that the API sends, under the name it was given.
pub fn lower<'d>(context: &mut Context<'d>, sent: &Sent<'d>, name: Ident, names: &mut TagScope) -> ir::Webhook {
    let (site, operation) = (sent.site, sent.site.operation);
    check(context, sent);
    let body = payload::lower(context, sent, &name);
    let parameters = parameters(context, sent);
    let mut answers = Vec::new();
    let mut documented = Vec::new();
    let mut table = Vec::new();
    for (key, response) in &operation.responses {
        let Some((status, response)) = response::status(&key.value).zip(response::target(context, response)) else {
            continue;
        };
        let short = response.summary.as_ref().or(response.description.as_ref());
        documented.push(Documented {
            status,
            name: short
                .map_or("", |it| it.value.trim().lines().next().unwrap_or_default())
                .to_owned(),
        });
        let answer = payload::answer(context, site.document, response, &name);
        let meaning = Paragraphs::cell(&meaning(response));
        table.push(format!(
            "| {} | {meaning}{} |",
            key.value,
            payload::shown(answer.as_ref())
        ));
        answers.extend(answer);
    }
    documented.sort_by_key(|it| it.status);
    table.sort();
    ir::Webhook {
        id: sent.id.clone(),
        module: names.file(&name),
        method: site.method.to_owned(),
        url: sent.callback.as_ref().map(|_| site.path.to_owned()),
        docs: webhook_docs(context, sent, &body, &parameters, &table),
        deprecated: docs::deprecation(operation.deprecated, operation.description.as_ref()),
        headers: headers(context, site.document, &parameters, &name),
        media_types: body.media_types,
        content: body.content,
        documented,
        answers,
        security: security::requirements(&context.ask, operation.security.as_ref()).unwrap_or_default(),
        name,
    }
}

/// What an answer means, in one line.
fn meaning(response: &Response) -> String {
    let parts = [&response.summary, &response.description].into_iter().flatten();
    let parts = parts
        .map(|it| docs::sentence(it.value.trim()))
        .filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(" ").replace(['\n', '\r'], " ")
}

/// Reports what would be lost of a webhook.
fn check(context: &mut Context<'_>, sent: &Sent<'_>) {
    drafts::check(&context.ask, &sent.site.operation.extensions);
    let (operation, item) = (sent.site.operation, sent.site.item);
    if let Some(server) = operation.servers.first().or(item.servers.first()) {
        let message = "servers of what the API sends are not taken: it is sent to servers of others";
        context
            .ask
            .refuse(codes::UNSUPPORTED_SERVERS.at(server.url.span, message));
    }
    if let Some((name, _)) = operation.callbacks.first() {
        context
            .ask
            .refuse(codes::UNSUPPORTED_CALLBACKS.at(name.span, "callbacks of what the API sends itself are not taken"));
    }
}

/// The parameters of the path item, then those of the operation, which take the place of the path item's.
fn parameters<'d>(context: &Context<'d>, sent: &Sent<'d>) -> Vec<&'d Parameter> {
    let documents = context.ask.documents;
    let target = |it: &'d RefOr<Parameter>| match it {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => documents
            .resolve_parameter(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    };
    let own: Vec<_> = sent.site.operation.parameters.iter().filter_map(target).collect();
    let same = |a: &Parameter, b: &Parameter| a.location.value == b.location.value && a.name.value == b.name.value;
    let wide = sent.site.item.parameters.iter().filter_map(target);
    let mut all: Vec<_> = wide.filter(|it| !own.iter().any(|own| same(own, it))).collect();
    all.extend(own);
    all
}

fn is_header(parameter: &Parameter) -> bool {
    parameter.location.value == ParameterLocation::Header
}

/// Functions that read the documented headers.
fn headers<'d>(
    context: &mut Context<'d>,
    document: usize,
    parameters: &[&'d Parameter],
    name: &Ident,
) -> Vec<AnswerHeader> {
    let headers: Vec<&Parameter> = parameters.iter().copied().filter(|it| is_header(it)).collect();
    let wanted: Vec<String> = headers.iter().map(|it| format!("header {}", it.name.value)).collect();
    let names = Scope::default().claim_all(Case::Snake, wanted.iter().map(String::as_str));
    let mut out = Vec::new();
    for (header, function) in headers.into_iter().zip(names) {
        let inside = format!("{name}{}", spell(Case::Pascal, &header.name.value));
        let ty = header.schema.as_ref().map_or(Type::String, |it| {
            let ty = payload::type_of_schema(context, document, Some(it), &inside);
            response::readable_header(context, &header.name.value, ty)
        });
        out.push(AnswerHeader {
            name: function,
            wire: header.name.value.clone(),
            ty,
            docs: docs::parameter_docs(&context.ask, &mut context.texts, header),
        });
    }
    out
}

fn webhook_docs(
    context: &Context<'_>,
    sent: &Sent<'_>,
    body: &payload::Lowered<'_>,
    parameters: &[&Parameter],
    table: &[String],
) -> ir::Docs {
    let (site, operation) = (sent.site, sent.site.operation);
    let mut docs = Paragraphs::new();
    docs.add_optional(operation.description.as_ref().or(operation.summary.as_ref()));
    match &sent.callback {
        None => docs.add_clean(format!("Webhook {}, sent by {}.", code(&sent.id), code(site.method))),
        Some(operation) => docs.add_clean(format!(
            "Callback {} of [`{operation}`](super::{operation}), sent by {} to {}.",
            code(&sent.id),
            code(site.method),
            code(site.path)
        )),
    }
    docs.add_optional(body.description);
    if let (WebhookContent::Json(_), false) = (&body.content, body.is_required) {
        docs.add_clean("The body may be left out: `read` then gives `WebhookProblem::NoBody`.".to_owned());
    }
    let others = parameters.iter().filter(|it| !is_header(it));
    let list: Vec<String> = others
        .flat_map(|it| docs::argument_docs(&context.ask, &it.name.value, it))
        .collect();
    if !list.is_empty() {
        docs.add_clean(format!("In the address and in cookies:\n{}", list.join("\n")));
    }
    if !table.is_empty() {
        docs.add_clean(format!("| Answer | Meaning |\n| --- | --- |\n{}", table.join("\n")));
    }
    docs.add(&docs::provenance(&context.ask, &operation.extensions));
    docs.into_lines()
}
