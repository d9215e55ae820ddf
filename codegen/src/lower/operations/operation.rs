//! Lowers an operation: its arguments, setters, body, answer and failures.

use tablature_openapi::extension;
use tablature_openapi::template::Route;

use crate::ir;
use crate::ir::{Answer, Argument, Constructor, Place, Setter, Switch};
use crate::lower::ask::drafts;
use crate::lower::ask::operation_site::Site;
use crate::lower::context::{Context, claim_wanted};
use crate::lower::docs;
use crate::lower::docs::Outcome;
use crate::lower::operations::parameter_set::Optional;
use crate::lower::operations::response::Alternative;
use crate::lower::operations::servers::Servers;
use crate::lower::operations::tag_scope::TagScope;
use crate::lower::operations::{body, pagination, parameter, response, route, security, switch};
use crate::names::{Case, Ident, Scope};

/// An operation, the setters of its optional parameters, and the operations that its switches make of it.
pub struct Lowered {
    /// The operation.
    pub operation: ir::Operation,
    /// The setters.
    pub optional: Optional,
    /// The operations that its switches make.
    pub switched: Vec<ir::Operation>,
}

/// Names of methods that every operation has.
#[rustfmt::skip]
const RESERVED_METHODS: &[&str] = &[
    "body", "clone", "decode", "decoder", "events", "events_blocking", "header", "items", "items_blocking", "modify",
    "modify_blocking", "new", "of", "open", "open_blocking", "open_stream", "open_stream_blocking", "pages",
    "pages_blocking", "parts", "query", "reflect", "request", "send", "send_blocking", "wait_for", "wait_for_blocking",
];

/// Lowers an operation under the name it was given.
pub fn lower<'d>(
    context: &mut Context<'d>,
    site: Site<'d>,
    name: Ident,
    names: &mut TagScope,
    servers: &Servers,
) -> Lowered {
    let route = Route::parse(site.path);
    drafts::check(&context.ask, &site.operation.extensions);
    drafts::check_operation(&context.ask, site.operation);
    let mut parameters = parameters(context, site, &name);
    let mut responses = response::lower(context, site.document, (site.method, site.operation), &name);
    let alternatives = std::mem::take(&mut responses.alternatives);
    parameters.retain(|it| !is_switching(&it.parameter.wire, &alternatives));
    let (required, optional): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|it| it.required);
    let mut argument_docs = Vec::new();
    let arguments = arguments(context, site.path, required, &mut argument_docs);
    let (optional, switches) = methods(context, site, (&name, names), optional, alternatives);
    let (required_body, optional_body, rules) = place_body(context, site, &name, &mut argument_docs);
    let (pagination, watch) = pagination::of(context, site.operation, &responses.answer);
    let made: Vec<Switch> = switches.iter().map(|(it, _)| it.clone()).collect();
    let outcome = outcome(&responses, pagination.as_ref(), watch.is_some(), &made);
    let operation = ir::Operation {
        id: id(site),
        method: site.method.to_owned(),
        path: route.path.to_owned(),
        encoded_path: route::encoded(route.path),
        literals: route::literals(route.query.unwrap_or_default()),
        docs: docs::operation_docs(&context.ask, site, &outcome, servers.of(site)),
        deprecated: docs::deprecation(site.operation.deprecated, site.operation.description.as_ref()),
        constructor: Constructor::New {
            arguments,
            body: required_body,
            docs: argument_docs,
        },
        optional_body,
        documented: responses.documented,
        servers: servers.of(site).map(|it| it.name.clone()),
        security: security::requirements(&context.ask, site.operation.security.as_ref()),
        body_rules: rules,
        pagination,
        watch,
        answer: responses.answer,
        accept: responses.accept,
        headers: responses.headers,
        redirects: responses.redirects,
        failure: responses.failure.map(ir::Type::Named),
        switches: made,
        module: names.file(&name),
        name,
    };
    let switched = switches.into_iter();
    Lowered {
        switched: switched
            .map(|it| switch::operation(site, &operation, it, names))
            .collect(),
        operation,
        optional,
    }
}

/// Whether a parameter asks for another answer.
fn is_switching(wire: &str, alternatives: &[Alternative]) -> bool {
    let mut parameters = alternatives.iter().filter_map(|it| it.parameter.as_ref());
    parameters.any(|(name, _)| name == wire)
}

fn outcome<'a>(
    responses: &'a response::Lowered,
    pagination: Option<&'a ir::Pagination>,
    is_watch: bool,
    switches: &'a [Switch],
) -> Outcome<'a> {
    Outcome {
        answer: &responses.answer,
        failure: responses.failure.as_ref(),
        pagination,
        is_watch,
        switches,
        statuses: &responses.table,
    }
}

/// The id of an operation; where the document gives none, its method and path.
fn id(site: Site<'_>) -> String {
    let id = site.operation.operation_id.as_ref();
    id.map_or_else(|| format!("{} {}", site.method, site.path), |it| it.value.clone())
}

/// A body that must be there is an argument; any other has a setter.
fn place_body<'d>(
    context: &mut Context<'d>,
    site: Site<'d>,
    name: &Ident,
    argument_docs: &mut ir::Docs,
) -> (Option<ir::Body>, Option<ir::OptionalBody>, Vec<ir::BodyRule>) {
    let body = site.operation.request_body.as_ref();
    match body.and_then(|it| body::lower(context, site.document, it, name)) {
        Some(it) if it.required => {
            argument_docs.extend(it.argument_docs);
            (Some(it.body), None, it.rules)
        }
        Some(it) => (
            None,
            Some(ir::OptionalBody {
                body: it.body,
                docs: it.setter_docs,
            }),
            it.rules,
        ),
        None => (None, None, Vec::new()),
    }
}

/// The setters, and the switches to other answers. A stream keeps its name, other answers give way to setters.
fn methods(
    context: &mut Context<'_>,
    site: Site<'_>,
    (name, names): (&Ident, &mut TagScope),
    optional: Vec<parameter::Lowered<'_>>,
    alternatives: Vec<Alternative>,
) -> (Optional, Vec<(Switch, Alternative)>) {
    let mut methods = Scope::reserving(RESERVED_METHODS);
    let (streams, media_types) = alternatives
        .into_iter()
        .partition(|it| matches!(it.answer, Answer::Stream(..)));
    let mut switches = switch::lower(context, name, streams, &mut methods, names);
    let optional = with_setters(context, site, optional, &mut methods);
    switches.extend(switch::lower(context, name, media_types, &mut methods, names));
    (optional, switches)
}

/// The parameters of the path, then those of the operation, which take the place of the path's.
fn parameters<'d>(context: &mut Context<'d>, site: Site<'d>, name: &Ident) -> Vec<parameter::Lowered<'d>> {
    let own: Vec<_> = site
        .operation
        .parameters
        .iter()
        .filter_map(|it| parameter::lower(context, site.document, it, name.as_str()))
        .collect();
    let wide: Vec<_> = site
        .item
        .parameters
        .iter()
        .filter_map(|it| parameter::lower(context, site.document, it, name.as_str()))
        .collect();
    let overridden = |it: &parameter::Lowered<'_>| {
        own.iter()
            .any(|o| (o.parameter.place, &o.parameter.wire) == (it.parameter.place, &it.parameter.wire))
    };
    let mut all: Vec<_> = wide.into_iter().filter(|it| !overridden(it)).collect();
    all.extend(own);
    all
}

/// The arguments of `new`: path parameters in the order of the route, then the others.
fn arguments(
    context: &mut Context<'_>,
    path: &str,
    mut required: Vec<parameter::Lowered<'_>>,
    argument_docs: &mut ir::Docs,
) -> Vec<Argument> {
    let order = route::names(path);
    required.sort_by_key(|it| match it.parameter.place {
        Place::Path => order
            .iter()
            .position(|name| *name == it.parameter.wire)
            .unwrap_or(usize::MAX),
        _ => usize::MAX,
    });
    let names = names_of(context, &required, &mut Scope::reserving(&["body", "parts"]));
    let arguments = required.into_iter().zip(names).map(|(it, name)| {
        argument_docs.extend(docs::argument_docs(&context.ask, name.as_str(), it.source));
        Argument {
            name,
            example: parameter::example(&context.ask, it.source),
            parameter: it.parameter,
        }
    });
    arguments.collect()
}

fn with_setters(
    context: &mut Context<'_>,
    site: Site<'_>,
    optional: Vec<parameter::Lowered<'_>>,
    methods: &mut Scope,
) -> Optional {
    // Sorted, so that operations share a set whatever the order of their parameters.
    let mut optional = optional;
    optional.sort_by(|a, b| (&a.parameter.wire, a.parameter.place).cmp(&(&b.parameter.wire, b.parameter.place)));
    let names = names_of(context, &optional, methods);
    let setters = optional.into_iter().zip(names).map(|(it, name)| Setter {
        name,
        parameter: it.parameter,
        deprecated: it.deprecated,
        docs: it.docs,
    });
    Optional {
        setters: setters.collect(),
        name: extension::rust_parameters(&site.operation.extensions),
    }
}

fn names_of(context: &mut Context<'_>, parameters: &[parameter::Lowered<'_>], scope: &mut Scope) -> Vec<Ident> {
    let wanted = parameters
        .iter()
        .map(|it| (it.rust_name.clone(), it.parameter.wire.as_str()));
    let names = claim_wanted(&context.ask, scope, Case::Snake, wanted);
    context.note_renames(scope);
    names
}
