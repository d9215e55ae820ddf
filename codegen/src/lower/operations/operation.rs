//! Lowers an operation: its arguments, setters, body, answer and failures.

use tablature_openapi::extension;
use tablature_openapi::template::Route;

use crate::ir;
use crate::ir::{Argument, Constructor, Place, Setter, StreamSwitch};
use crate::lower::ask::drafts::check_as_request;
use crate::lower::ask::operation_site::Site;
use crate::lower::context::{Context, claim_exact, claim_wanted};
use crate::lower::docs;
use crate::lower::operations::parameter_set::Optional;
use crate::lower::operations::servers::Servers;
use crate::lower::operations::tag_scope::TagScope;
use crate::lower::operations::{body, pagination, parameter, response, route, security};
use crate::names::{Case, Ident, Scope};

/// An operation, the setters of its optional parameters, and the stream that one of them makes of it.
pub struct Lowered {
    /// The operation.
    pub operation: ir::Operation,
    /// The setters.
    pub optional: Optional,
    /// The operation that the stream switch makes.
    pub stream: Option<ir::Operation>,
}

/// Names of methods that every operation has.
#[rustfmt::skip]
const RESERVED_METHODS: &[&str] = &[
    "body", "clone", "decode", "decoder", "events", "header", "items", "modify", "new", "of", "pages", "parts", "query",
    "request", "send", "send_blocking",
];

/// Lowers an operation under the name it was given.
pub fn lower<'d>(
    context: &mut Context<'d>,
    site: Site<'d>,
    name: Ident,
    names: &mut TagScope,
    servers: &Servers,
) -> Lowered {
    let operation = site.operation;
    let route = Route::parse(site.path);
    check_as_request(&context.ask, site);
    let mut parameters = parameters(context, site, &name);
    let responses = response::lower(context, site.document, (site.method, operation), &name);
    let switch = responses.stream.as_ref().and_then(|it| it.parameter.as_ref());
    let switch = switch.map(|(name, _)| name.clone());
    parameters.retain(|it| switch.as_ref() != Some(&it.parameter.wire));
    let body = operation.request_body.as_ref();
    let body = body.and_then(|it| body::lower(context, site.document, it, &name));
    let (required, optional): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|it| it.required);
    let mut argument_docs = Vec::new();
    let arguments = arguments(context, site.path, required, &mut argument_docs);
    let method = responses.stream.as_ref().map(|_| switch.as_deref().unwrap_or("stream"));
    let setters = setters(context, optional, method);
    let (required_body, optional_body, rules) = place_body(body, &mut argument_docs);
    let lowered = ir::Operation {
        id: id(site),
        method: site.method.to_owned(),
        path: route.path.to_owned(),
        encoded_path: route::encoded(route.path),
        literals: route::literals(route.query.unwrap_or_default()),
        docs: described(context, site, &responses, servers),
        deprecated: docs::deprecation(operation.deprecated, operation.description.as_ref()),
        constructor: Constructor::New {
            arguments,
            body: required_body,
            docs: argument_docs,
        },
        optional_body,
        parameter_set: None,
        documented: responses.documented,
        servers: servers.of(site).map(|it| it.name.clone()),
        security: operation
            .security
            .as_ref()
            .map(|it| security::requirements(&context.ask, it)),
        body_rules: rules,
        pagination: pagination::lower(context, operation, &responses.answer),
        watch: pagination::watch(operation),
        answer: responses.answer,
        accept: responses.accept,
        headers: responses.headers,
        redirects: responses.redirects,
        failure: responses.failure.map(ir::Type::Named),
        stream: None,
        module: names.file(&name),
        name,
    };
    let name = extension::rust_parameters(&operation.extensions);
    with_stream(context, lowered, Optional { setters, name }, responses.stream, names)
}

fn described(context: &Context<'_>, site: Site<'_>, responses: &response::Lowered, servers: &Servers) -> ir::Docs {
    let outcome = (&responses.answer, responses.failure.as_ref());
    docs::operation_docs(&context.ask, site, outcome, servers.of(site), &responses.table)
}

/// The id of an operation; where the document gives none, its method and path.
fn id(site: Site<'_>) -> String {
    let id = site.operation.operation_id.as_ref();
    id.map_or_else(|| format!("{} {}", site.method, site.path), |it| it.value.clone())
}

/// A body that must be there is an argument; any other has a setter.
fn place_body(
    body: Option<body::Lowered>,
    argument_docs: &mut ir::Docs,
) -> (Option<ir::Body>, Option<ir::OptionalBody>, Vec<ir::BodyRule>) {
    match body {
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

/// Adds the operation that the stream switch makes: the same request, answered by a stream.
fn with_stream(
    context: &mut Context<'_>,
    mut operation: ir::Operation,
    optional: Optional,
    stream: Option<response::Stream>,
    names: &mut TagScope,
) -> Lowered {
    let watch = operation.watch.take();
    let Some(stream) = stream else {
        operation.watch = watch.filter(|_| matches!(operation.answer, ir::Answer::Stream { .. }));
        return Lowered {
            operation,
            optional,
            stream: None,
        };
    };
    let target = match &stream.rust_name {
        Some(name) => claim_exact(&context.ask, &mut names.types, name, Case::Type),
        None => names.types.claim(Case::Type, &format!("{}Stream", operation.name)),
    };
    let wire = stream.parameter.as_ref().map_or("stream", |(name, _)| name.as_str());
    let method = Scope::reserving(RESERVED_METHODS).claim(Case::Snake, wire);
    let with = stream
        .parameter
        .as_ref()
        .map(|(name, value)| format!(" with `{name}={value}`"))
        .unwrap_or_default();
    let twin = ir::Operation {
        name: target.clone(),
        module: names.file(&target),
        docs: docs::stream_docs(&operation.name, &with, &method, &stream.answer),
        constructor: Constructor::Switch,
        optional_body: None,
        pagination: None,
        watch: watch.map(|it| ir::Watch {
            switch: stream.parameter.as_ref().map(|(name, _)| name.clone()),
            list: operation.pagination.clone(),
            ..it
        }),
        headers: Vec::new(),
        answer: stream.answer,
        accept: stream.accept,
        ..operation.clone()
    };
    operation.stream = Some(StreamSwitch {
        method,
        parameter: stream.parameter,
        target,
    });
    Lowered {
        operation,
        optional,
        stream: Some(twin),
    }
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
    let names = names_of(context, &required, Scope::reserving(&["body", "parts"]));
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

fn setters(context: &mut Context<'_>, optional: Vec<parameter::Lowered<'_>>, switch: Option<&str>) -> Vec<Setter> {
    let mut scope = Scope::reserving(RESERVED_METHODS);
    if let Some(switch) = switch {
        scope.claim(Case::Snake, switch);
    }
    // Sorted, so that operations share a set whatever the order of their parameters.
    let mut optional = optional;
    optional.sort_by(|a, b| (&a.parameter.wire, a.parameter.place).cmp(&(&b.parameter.wire, b.parameter.place)));
    let names = names_of(context, &optional, scope);
    let setters = optional.into_iter().zip(names);
    setters
        .map(|(it, name)| Setter {
            name,
            parameter: it.parameter,
            deprecated: it.deprecated,
            docs: it.docs,
        })
        .collect()
}

fn names_of(context: &mut Context<'_>, parameters: &[parameter::Lowered<'_>], mut scope: Scope) -> Vec<Ident> {
    let wanted = parameters
        .iter()
        .map(|it| (it.rust_name.clone(), it.parameter.wire.as_str()));
    let names = claim_wanted(&context.ask, &mut scope, Case::Snake, wanted);
    context.note_renames(&mut scope);
    names
}
