//! Operations by tag: a module each.

use std::collections::BTreeMap;

use tablature_openapi::document::{Operation, RefOr};
use tablature_openapi::{Diagnostic, extension};

use super::context::Context;
use super::docs::Paragraphs;
use super::operation::{self, Site};
use super::parameter_set;
use crate::ir::{self, ParameterSet, Setter, Tag};
use crate::names::{Case, Ident, Scope};

/// Names that a module of operations imports.
const RESERVED_OPERATIONS: &[&str] = &[
    "Body",
    "BodyRule",
    "Borrow",
    "Box",
    "Call",
    "Documented",
    "Endpoint",
    "Err",
    "Into",
    "Location",
    "None",
    "Ok",
    "Option",
    "Paginated",
    "Pagination",
    "Parts",
    "Result",
    "SecurityScheme",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Reports requests that the API sends: a client has no part in them.
pub fn check_webhooks(context: &mut Context<'_>) {
    for document in 0..context.document_count() {
        if let Some((name, _)) = context.document(document).webhooks.first() {
            let message = "webhooks are not taken: they are requests to servers of yours";
            context.unsupported(
                "unsupported-webhooks",
                name.span,
                message,
                "leave them out, or allow it by name",
            );
        }
    }
}

/// The modules of a document's operations, and the sets of parameters that they share.
pub fn lower_tags(context: &mut Context<'_>, document: usize) -> (Vec<Tag>, Vec<ParameterSet>) {
    let mut by_tag: BTreeMap<&str, Vec<Site<'_>>> = BTreeMap::new();
    for site in sites(context, document) {
        let tag = site.operation.tags.first().map_or("operations", |it| it.value.as_str());
        by_tag.entry(tag).or_default().push(site);
    }
    let mut scope = Scope::reserving(&["endpoint", "models", "parameters"]);
    // A module of the name of its parent reads like a mistake, and clippy takes it for one.
    scope.claim(Case::Module, context.apis[document].module.as_str());
    let modules = scope.claim_all(Case::Module, by_tag.keys().copied());
    let mut setters = BTreeMap::new();
    let mut tags = Vec::new();
    for ((wire, sites), module) in by_tag.into_iter().zip(modules) {
        tags.push(lower_tag(context, document, wire, sites, module, &mut setters));
    }
    tags.sort_by(|a: &Tag, b| a.module.cmp(&b.module));
    let sets = parameter_set::share(&mut tags, setters);
    (tags, sets)
}

fn lower_tag<'d>(
    context: &mut Context<'d>,
    document: usize,
    wire: &str,
    mut sites: Vec<Site<'d>>,
    module: Ident,
    setters: &mut BTreeMap<(String, String), Vec<Setter>>,
) -> Tag {
    sites.sort_by_key(|it| (it.path, it.method));
    let mut names = Scope::reserving(RESERVED_OPERATIONS);
    let idents = operation_names(context, &sites, &mut names);
    let mut operations: Vec<ir::Operation> = Vec::new();
    for (site, name) in sites.into_iter().zip(idents) {
        let lowered = operation::lower(context, site, name, &mut names);
        for operation in [Some(lowered.operation), lowered.stream].into_iter().flatten() {
            setters.insert(
                (module.to_string(), operation.name.to_string()),
                lowered.setters.clone(),
            );
            operations.push(operation);
        }
    }
    context.note_renames(&mut names);
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let mut docs = Paragraphs::new();
    let tag = context.document(document).tags.iter().find(|it| it.name.value == wire);
    docs.add_optional(tag.and_then(|it| it.description.as_ref().or(it.summary.as_ref())));
    Tag {
        module,
        docs: docs.into_lines_or("Operations."),
        operations,
        feature: None,
    }
}

/// The operations of a document in their places.
fn sites<'d>(context: &Context<'d>, document: usize) -> Vec<Site<'d>> {
    let mut sites = Vec::new();
    for (path, item) in &context.document(document).paths {
        let item = match item {
            RefOr::Item(item) => Some(item),
            RefOr::Ref(it) => context
                .documents
                .resolve_path_item(&it.target.span, &it.target.value)
                .map(|(_, it)| it),
        };
        let Some(item) = item else { continue };
        for (method, operation) in item.operations.iter().filter(|(_, it)| is_wanted(context, it)) {
            sites.push(Site {
                document,
                path: &path.value,
                item,
                method: &method.value,
                operation,
            });
        }
    }
    sites
}

/// Whether the run asks for an operation: by its id, its name in Rust, or its tag.
fn is_wanted(context: &Context<'_>, operation: &Operation) -> bool {
    let only = &context.options.only;
    only.is_empty() || only.iter().any(|it| is_called(operation, it))
}

fn is_called(operation: &Operation, name: &str) -> bool {
    let id = operation.operation_id.as_ref().is_some_and(|it| it.value == name);
    let rust = extension::rust_name(&operation.extensions).is_some_and(|it| it.value == name);
    id || rust || operation.tags.first().is_some_and(|it| it.value == name)
}

/// Reports names in the run's selection that no tag and no operation has.
pub fn check_selection(context: &mut Context<'_>) {
    let options = context.options;
    for name in &options.only {
        let documents = context.documents.documents().iter();
        let items = documents.flat_map(|it| &it.paths).filter_map(|(_, item)| match item {
            RefOr::Item(item) => Some(item),
            RefOr::Ref(it) => context
                .documents
                .resolve_path_item(&it.target.span, &it.target.value)
                .map(|(_, it)| it),
        });
        if !items.flat_map(|it| &it.operations).any(|(_, it)| is_called(it, name)) {
            let message = format!("no tag and no operation is called `{name}`");
            let place = context
                .documents
                .documents()
                .first()
                .map_or_else(Default::default, |it| it.span);
            context
                .report
                .push(Diagnostic::error("unknown-selection", place, message).help("correct the name after `--only`"));
        }
    }
}

/// The name of each operation: what the document asks for, else its id, else method and path.
fn operation_names(context: &mut Context<'_>, sites: &[Site<'_>], names: &mut Scope) -> Vec<Ident> {
    let mut out: Vec<(usize, Ident)> = Vec::new();
    let mut free: Vec<(usize, String)> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        match (
            extension::rust_name(&site.operation.extensions),
            &site.operation.operation_id,
        ) {
            (Some(name), _) => out.push((index, context.claim_exact(names, &name.value, name.span, Case::Type))),
            (None, Some(id)) => free.push((index, crate::names::spell(Case::Pascal, &id.value))),
            (None, None) => free.push((
                index,
                crate::names::spell(Case::Pascal, &format!("{} {}", site.method.to_lowercase(), site.path)),
            )),
        }
    }
    let idents = names.claim_all(Case::Type, free.iter().map(|(_, wire)| wire.as_str()));
    out.extend(free.iter().map(|(index, _)| *index).zip(idents));
    out.sort_unstable();
    out.into_iter().map(|(_, ident)| ident).collect()
}
