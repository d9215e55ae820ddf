//! Lowers documents to IR: every check, every name and every decision is made here, and all problems are collected.

pub mod ask;
pub mod context;
pub mod docs;
pub mod operations;
pub mod options;
pub mod rust_types;
pub mod types;

use tablature_openapi::{Documents, Report};

use crate::codes;
use crate::finish;
use crate::finish::{Plan, boxing, closure};
use crate::ir;
use crate::lower::context::Context;
use crate::lower::operations::{body, parameter, security, selection, servers, tag};
use crate::lower::options::Options;
use crate::lower::types::{derives, schema};
use crate::names::Rename;

/// What documents are lowered to: all that is emitted of them.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// What will be emitted.
    pub krate: ir::Crate,
    /// What there is to say beside.
    pub warnings: Report,
    /// Names that are not what their case alone would make them, sorted.
    pub renames: Vec<Rename>,
}

/// What the documents will emit, or all that is wrong with them.
pub fn lower(documents: &Documents, options: &Options) -> Result<Lowered, Report> {
    let mut context = Context::new(documents, options);
    selection::check(&context.ask);
    context.claim_names();
    schema::lower_components(&mut context);
    wrap_circular(&mut context);
    parameter::lower_components(&mut context);
    body::lower_components(&mut context);
    let mut operations = Vec::new();
    for document in 0..context.ask.document_count() {
        let servers = servers::of_document(&context.ask, document);
        let (tags, parameter_sets) = tag::lower_tags(&mut context, document, &servers);
        operations.push((tags, parameter_sets, servers));
    }
    let mut apis = Vec::new();
    for (document, (tags, parameter_sets, servers)) in operations.into_iter().enumerate() {
        apis.push(api(&mut context, document, tags, parameter_sets, servers));
    }
    for home in context.ask.document_count()..context.apis.len() {
        apis.push(repeated(&mut context, home));
    }
    refuse_endless(&mut context, &apis);
    derives::add(&context, &mut apis);
    let Context {
        ask,
        mut renames,
        index,
        rust_types,
        ..
    } = context;
    renames.sort();
    renames.dedup();
    let crates = rust_types.into_crates(&ask, &closure::crates(&apis));
    let report = ask.into_report();
    // What is wrong has been found, and only what is sound can be finished.
    if report.has_errors() {
        return Err(report);
    }
    let docs = docs::crate_docs(documents);
    let plan = Plan {
        is_selection: !options.only.is_empty(),
        tag_features: options.tag_features,
        default_features: options.default_features,
    };
    Ok(Lowered {
        krate: finish::finish(docs, apis, crates, index, &plan),
        warnings: report,
        renames,
    })
}

/// Reports models that require a value of themselves.
fn refuse_endless(context: &mut Context<'_>, apis: &[ir::Api]) {
    let endless = boxing::endless(apis, &context.index);
    for document in 0..context.ask.document_count() {
        for (name, schema) in context.ask.named_schemas(document) {
            let ty = context.apis[document].schemas.get(&name).cloned();
            let Some(ir::Type::Named(ty)) = ty else { continue };
            if endless.contains(&ty) {
                let message = format!("`{name}` requires a value of itself, so there can be none");
                context.ask.refuse(codes::ENDLESS_MODEL.at(schema.span, message));
            }
        }
    }
}

/// Gives lists and maps of themselves a type of their own, and reports other aliases that stand for themselves.
fn wrap_circular(context: &mut Context<'_>) {
    let circular = boxing::circular(context.items());
    for name in circular {
        context.wrap(&name);
    }
    let circular = boxing::circular(context.items());
    for document in 0..context.ask.document_count() {
        for (name, schema) in context.ask.named_schemas(document) {
            let ty = context.apis[document].schemas.get(&name);
            if matches!(ty, Some(ir::Type::Named(it)) if circular.contains(it)) {
                let message = format!("`{name}` is no more than another name of itself");
                context.ask.refuse(codes::RECURSIVE_ALIAS.at(schema.span, message));
            }
        }
    }
}

fn api(
    context: &mut Context<'_>,
    index: usize,
    tags: Vec<ir::Tag>,
    parameter_sets: Vec<ir::ParameterSet>,
    servers: servers::Servers,
) -> ir::Api {
    let document = context.ask.document(index);
    let security = security::requirements(&context.ask, document.security.as_ref());
    let mut models = std::mem::take(&mut context.apis[index].files);
    models.sort_by(|a, b| a.module.cmp(&b.module));
    context.take_type_renames(index);
    ir::Api {
        module: context.apis[index].module.clone(),
        docs: docs::api_docs(document),
        models,
        parameter_sets,
        tags,
        servers: servers.api,
        own_servers: servers.own,
        security: security.unwrap_or_default(),
        credentials: security::credentials(document),
    }
}

/// The module of what several documents repeat.
fn repeated(context: &mut Context<'_>, home: usize) -> ir::Api {
    let mut models = std::mem::take(&mut context.apis[home].files);
    models.sort_by(|a, b| a.module.cmp(&b.module));
    context.take_type_renames(home);
    ir::Api {
        module: context.apis[home].module.clone(),
        docs: vec!["What several APIs have in common.".to_owned()],
        models,
        parameter_sets: Vec::new(),
        tags: Vec::new(),
        servers: Vec::new(),
        own_servers: Vec::new(),
        security: Vec::new(),
        credentials: Vec::new(),
    }
}
