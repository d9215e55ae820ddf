//! Lowers what asks for another answer: the method, and the operation that it makes.

use crate::ir;
use crate::ir::{Answer, Constructor, Switch};
use crate::lower::ask::operation_site::Site;
use crate::lower::context::{Context, claim_exact};
use crate::lower::docs;
use crate::lower::docs::Outcome;
use crate::lower::operations::pagination;
use crate::lower::operations::response::Alternative;
use crate::lower::operations::tag_scope::TagScope;
use crate::names::{Case, Ident, Scope, spell};

/// The switches to other answers of an operation, each with its answer.
pub fn lower(
    context: &Context<'_>,
    operation: &Ident,
    alternatives: Vec<Alternative>,
    methods: &mut Scope,
    names: &mut TagScope,
) -> Vec<(Switch, Alternative)> {
    let mut out = Vec::new();
    for it in alternatives {
        let suffix = match it.answer {
            Answer::Stream(..) => "Stream".to_owned(),
            _ => spell(Case::Pascal, &it.label),
        };
        let target = match &it.rust_name {
            Some(name) => claim_exact(&context.ask, &mut names.types, name, Case::Type),
            None => names.types.claim(Case::Type, &format!("{operation}{suffix}")),
        };
        let switch = Switch {
            method: methods.claim(Case::Snake, &it.label),
            docs: docs::switch_docs(&it.answer, it.accept.as_deref(), it.parameter.as_ref()),
            parameter: it.parameter.clone(),
            target,
        };
        out.push((switch, it));
    }
    out
}

/// The operation that a switch makes: the same request, with another answer.
pub fn operation(
    site: Site<'_>,
    operation: &ir::Operation,
    (switch, it): (Switch, Alternative),
    names: &mut TagScope,
) -> ir::Operation {
    let list = operation.pagination.as_ref().map(|_| operation.name.clone());
    let parameter = it.parameter.as_ref().map(|(name, _)| name.clone());
    let watch = pagination::watch(site.operation, &it.answer, parameter, list);
    let outcome = Outcome {
        answer: &it.answer,
        failure: None,
        pagination: None,
        is_watch: watch.is_some(),
        switches: &[],
        statuses: &[],
    };
    ir::Operation {
        docs: docs::switched_docs(&operation.name, &switch, &outcome, it.accept.as_deref()),
        module: names.file(&switch.target),
        name: switch.target,
        constructor: Constructor::Switch {
            of: operation.name.clone(),
        },
        optional_body: None,
        pagination: None,
        watch,
        headers: Vec::new(),
        answer: it.answer,
        accept: it.accept,
        switches: Vec::new(),
        ..operation.clone()
    }
}
