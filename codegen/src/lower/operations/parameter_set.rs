//! Groups the optional parameters that operations share, so that each setter is emitted once.

use std::collections::BTreeMap;

use tablature_openapi::Spanned;

use crate::codes;
use crate::ir::{ParameterSet, Setter, Tag};
use crate::lower::context::{Context, claim_exact};
use crate::lower::docs;
use crate::names::{Case, Ident, Scope, spell};
use crate::prelude::RESERVED_OPERATIONS;

/// An operation, by tag and name.
pub type Key = (Ident, Ident);

/// The optional parameters of an operation.
#[derive(Clone)]
pub struct Optional {
    /// The setters, sorted by wire name.
    pub setters: Vec<Setter>,
    /// The name that the document asks for: `x-rust-parameters`.
    pub name: Option<Spanned<String>>,
}

/// Operations with one list of setters.
struct Shared {
    setters: Vec<Setter>,
    users: Vec<Key>,
    name: Option<Spanned<String>>,
}

/// Gives each distinct list of setters one set.
pub fn share(
    context: &mut Context<'_>,
    document: usize,
    tags: &[Tag],
    mut optional: BTreeMap<Key, Optional>,
) -> Vec<ParameterSet> {
    let mut shared: BTreeMap<Vec<Setter>, Shared> = BTreeMap::new();
    for tag in tags {
        for operation in &tag.operations {
            let key = (tag.module.clone(), operation.name.clone());
            let Some(it) = optional.remove(&key).filter(|it| !it.setters.is_empty()) else {
                continue;
            };
            let set = shared.entry(it.setters.clone()).or_insert_with(|| Shared {
                setters: it.setters,
                users: Vec::new(),
                name: None,
            });
            set.users.push(key);
            take_name(context, set, it.name);
        }
    }
    let (exact, free): (Vec<_>, Vec<_>) = shared.into_values().partition(|it| it.name.is_some());
    let mut types = Scope::reserving(RESERVED_OPERATIONS);
    let mut modules = Scope::default();
    // A module of the name of its parent reads like a mistake, and clippy takes it for one.
    modules.claim(Case::Module, "parameters");
    let module = context.apis[document].module.clone();
    let mut sets = Vec::new();
    for it in exact.into_iter().chain(free) {
        let name = match &it.name {
            Some(name) => claim_exact(&context.ask, &mut types, name, Case::Type),
            None => types.claim(Case::Type, &held(&it.setters)),
        };
        sets.push(ParameterSet {
            docs: docs::parameter_set_docs(&module, &it.users),
            module: modules.claim(Case::Module, name.as_str()),
            name,
            setters: it.setters,
            users: it.users,
        });
    }
    sets.sort_by(|a, b| a.name.cmp(&b.name));
    sets
}

/// One name for a set: operations with the same parameters cannot ask for two.
fn take_name(context: &mut Context<'_>, set: &mut Shared, name: Option<Spanned<String>>) {
    match (&set.name, name) {
        (None, name) => set.name = name,
        (Some(first), Some(other)) if first.value != other.value => {
            let message = format!(
                "the optional parameters of this operation are those of another, which calls them `{}`",
                first.value
            );
            context.ask.refuse(codes::PARAMETERS_NAME.at(other.span, message));
        }
        _ => {}
    }
}

/// What a set holds, as a name: all parameters where they are few, else the first one and how many more.
fn held(setters: &[Setter]) -> String {
    let name = |it: &Setter| spell(Case::Pascal, &it.parameter.wire);
    match setters {
        [first, rest @ ..] if rest.len() > 2 => format!("{}And{}More", name(first), rest.len()),
        few => few.iter().map(name).collect(),
    }
}
