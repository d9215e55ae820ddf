//! Documents to IR: every check, every name, every decision; problems are collected.

mod body;
mod boxing;
mod context;
mod docs;
mod enumeration;
mod model;
mod operation;
mod parameter;
mod parameter_set;
mod response;
mod schema;
mod security;
mod shape;
mod shared;
mod tag;
mod union;

use tablature_openapi::{Documents, Report};

use crate::ir;
use context::Context;

/// What the documents will emit, and all that is wrong with them.
///
/// The tree is whole only where the report has no errors.
pub fn lower(documents: &Documents) -> (ir::Crate, Report) {
    let mut context = Context::new(documents);
    context.claim_names();
    schema::lower_components(&mut context);
    parameter::lower_components(&mut context);
    body::lower_components(&mut context);
    let mut operations = Vec::new();
    for document in 0..context.apis.len() {
        operations.push(tag::lower_tags(&mut context, document));
    }
    let mut apis = Vec::new();
    for (document, (tags, parameter_sets)) in operations.into_iter().enumerate() {
        apis.push(api(&mut context, document, tags, parameter_sets));
    }
    boxing::box_recursion(&mut apis);
    shared::share(&mut apis);
    apis.sort_by(|a, b| a.module.cmp(&b.module));
    (
        ir::Crate {
            docs: docs::crate_docs(documents),
            apis,
        },
        context.report,
    )
}

fn api(context: &mut Context<'_>, index: usize, tags: Vec<ir::Tag>, parameter_sets: Vec<ir::ParameterSet>) -> ir::Api {
    let document = context.document(index);
    let security = document.security.as_ref().map(|it| security::requirements(context, it));
    let mut models = std::mem::take(&mut context.apis[index].files);
    models.sort_by(|a, b| a.module.cmp(&b.module));
    ir::Api {
        module: context.apis[index].module.clone(),
        docs: docs::api_docs(document),
        features: Vec::new(),
        is_feature: false,
        models,
        shared: Vec::new(),
        parameter_sets,
        tags,
        servers: security::servers(document),
        security: security.unwrap_or_default(),
    }
}
