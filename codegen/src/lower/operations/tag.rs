//! Groups operations and webhooks by tag: a module each.

use std::collections::BTreeMap;

use tablature_openapi::extension;

use crate::ir::{self, ParameterSet, Tag};
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::Site;
use crate::lower::ask::webhook_site;
use crate::lower::ask::webhook_site::Sent;
use crate::lower::context::{Context, claim_wanted};
use crate::lower::docs::Paragraphs;
use crate::lower::operations::parameter_set::{self, Optional};
use crate::lower::operations::servers::Servers;
use crate::lower::operations::tag_scope::TagScope;
use crate::lower::operations::{operation, selection, webhook};
use crate::names::{Case, Ident, Scope, spell};

/// The modules of a document's operations, and the sets of parameters that they share.
pub fn lower_tags(context: &mut Context<'_>, document: usize, servers: &Servers) -> (Vec<Tag>, Vec<ParameterSet>) {
    let mut by_tag: BTreeMap<&str, Members<'_>> = BTreeMap::new();
    for site in selection::wanted(&context.ask, document) {
        let tag = site.operation.tags.first().map_or("operations", |it| it.value.as_str());
        by_tag.entry(tag).or_default().sites.push(site);
    }
    for sent in selection::webhooks(&context.ask, document) {
        let tag = sent
            .site
            .operation
            .tags
            .first()
            .map_or("webhooks", |it| it.value.as_str());
        by_tag.entry(tag).or_default().webhooks.push(sent);
    }
    let mut scope = Scope::reserving(&["models", "parameters"]);
    // A module of the name of its parent reads like a mistake, and clippy takes it for one.
    scope.claim(Case::Module, context.apis[document].module.as_str());
    let modules = scope.claim_all(Case::Module, by_tag.keys().copied());
    let mut optional = BTreeMap::new();
    let mut tags = Vec::new();
    for ((wire, members), module) in by_tag.into_iter().zip(modules) {
        tags.push(lower_tag(
            context,
            document,
            (wire, module),
            members,
            servers,
            &mut optional,
        ));
    }
    tags.sort_by(|a: &Tag, b| a.module.cmp(&b.module));
    let sets = parameter_set::share(context, document, &tags, optional);
    (tags, sets)
}

/// What has one tag.
#[derive(Default)]
struct Members<'d> {
    sites: Vec<Site<'d>>,
    webhooks: Vec<Sent<'d>>,
}

fn lower_tag<'d>(
    context: &mut Context<'d>,
    document: usize,
    (wire, module): (&str, Ident),
    members: Members<'d>,
    servers: &Servers,
    optional: &mut BTreeMap<parameter_set::Key, Optional>,
) -> Tag {
    let Members {
        mut sites,
        mut webhooks,
    } = members;
    sites.sort_by_key(|it| (it.path, it.method));
    let mut names = TagScope::new(&module);
    let idents = operation_names(&context.ask, &sites, &mut names.types);
    for (site, name) in sites.iter().zip(&idents) {
        webhooks.extend(webhook_site::callbacks(&context.ask, *site, name));
    }
    let mut operations: Vec<ir::Operation> = Vec::new();
    for (site, name) in sites.into_iter().zip(idents) {
        let lowered = operation::lower(context, site, name, &mut names, servers);
        for operation in [lowered.operation].into_iter().chain(lowered.switched) {
            optional.insert((module.clone(), operation.name.clone()), lowered.optional.clone());
            operations.push(operation);
        }
    }
    let idents = webhook::names(&context.ask, &webhooks, &mut names.types);
    let webhooks = webhooks.iter().zip(idents);
    let mut webhooks: Vec<_> = webhooks
        .map(|(it, name)| webhook::lower(context, it, name, &mut names))
        .collect();
    webhooks.sort_by(|a, b| a.name.cmp(&b.name));
    context.note_renames(&mut names.types);
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let mut docs = Paragraphs::new();
    let tag = context
        .ask
        .document(document)
        .tags
        .iter()
        .find(|it| it.name.value == wire);
    docs.add_optional(tag.and_then(|it| it.description.as_ref().or(it.summary.as_ref())));
    Tag {
        module,
        docs: docs.into_lines_or(if operations.is_empty() {
            "Webhooks."
        } else {
            "Operations."
        }),
        operations,
        webhooks,
    }
}

/// The name of each operation: what the document asks for, else its id, else method and path.
fn operation_names(input: &Input<'_>, sites: &[Site<'_>], names: &mut Scope) -> Vec<Ident> {
    let spelled = sites.iter().map(|site| match &site.operation.operation_id {
        Some(id) => spell(Case::Pascal, &id.value),
        None => spell(Case::Pascal, &format!("{} {}", site.method.to_lowercase(), site.path)),
    });
    let spelled: Vec<String> = spelled.collect();
    let exact = sites.iter().map(|it| extension::rust_name(&it.operation.extensions));
    claim_wanted(input, names, Case::Type, exact.zip(spelled.iter().map(String::as_str)))
}
