//! Computes which model files each type needs, transitively, and leaves out those that no operation needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Body, FAMILIES, Item, Operation, Package, Tag, Type, TypeName};
use crate::names::Ident;

/// A file of models: the API's module and its own.
pub type File = (Ident, Ident);

/// The files of a crate and what each needs.
pub struct Closure {
    file_of: BTreeMap<TypeName, File>,
    needs: BTreeMap<File, BTreeSet<File>>,
}

impl Closure {
    /// The files of all APIs.
    pub fn of(apis: &[Api]) -> Self {
        let mut file_of = BTreeMap::new();
        let files = apis.iter().flat_map(|api| api.models.iter().map(move |it| (api, it)));
        for (api, file) in files.clone() {
            for item in &file.items {
                let name = api.type_name(item);
                file_of.insert(name, (api.module.clone(), file.module.clone()));
            }
        }
        let mut needs: BTreeMap<File, BTreeSet<File>> = BTreeMap::new();
        for (api, file) in files {
            let types = names(file.items.iter().flat_map(Item::types));
            let needed = types.iter().filter_map(|it| file_of.get(it).cloned());
            needs.insert((api.module.clone(), file.module.clone()), needed.collect());
        }
        Self { file_of, needs }
    }

    /// The files that these types need, their own included.
    pub fn files(&self, types: BTreeSet<TypeName>) -> BTreeSet<File> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&File> = types.iter().filter_map(|it| self.file_of.get(it)).collect();
        while let Some(file) = open.pop() {
            if reached.insert(file.clone()) {
                open.extend(self.needs.get(file).into_iter().flatten());
            }
        }
        reached
    }

    /// The types of other modules in the files that an API needs, sorted.
    pub fn shared(&self, api: &Api) -> Vec<TypeName> {
        let files = self.files(names(types(api)));
        let is_shared = |(name, file): &(&TypeName, &File)| name.home != api.module && files.contains(file);
        let shared = self.file_of.iter().filter(is_shared);
        shared.map(|(name, _)| name.clone()).collect()
    }
}

/// Leaves out files of models that no operation needs.
pub fn prune(apis: &mut [Api]) {
    let closure = Closure::of(apis);
    let needed = closure.files(names(apis.iter().flat_map(sent_types)));
    for api in apis {
        let module = &api.module;
        api.models
            .retain(|it| needed.contains(&(module.clone(), it.module.clone())));
    }
}

/// The types that an operation names: those of its arguments, its body, its answer.
fn operation_types(operation: &Operation) -> impl Iterator<Item = &Type> {
    let arguments = operation.arguments().iter().map(|it| &it.parameter.ty);
    let headers = operation.headers.iter().map(|it| &it.ty);
    arguments
        .chain(operation.bodies().map(Body::ty))
        .chain(operation.answer.ty())
        .chain(&operation.failure)
        .chain(headers)
}

/// The types that a tag's operations and webhooks name.
pub fn tag_types(tag: &Tag) -> impl Iterator<Item = &Type> {
    let webhooks = tag.webhooks.iter().flat_map(|it| it.types());
    tag.operations.iter().flat_map(operation_types).chain(webhooks)
}

/// The types that an API's operations, webhooks and setters name.
fn sent_types(api: &Api) -> impl Iterator<Item = &Type> {
    let setters = api.setters().map(|it| &it.parameter.ty);
    api.tags.iter().flat_map(tag_types).chain(setters)
}

/// All types that an API names.
pub fn types(api: &Api) -> impl Iterator<Item = &Type> {
    api.items().flat_map(Item::types).chain(sent_types(api))
}

/// The packages of the runtime that an API's types come from, besides the core.
pub fn packages(api: &Api) -> BTreeSet<&'static Package> {
    let mut out = BTreeSet::new();
    let mut add = |path: &str| {
        let (krate, _) = path.split_once("::").unwrap_or_default();
        out.extend(FAMILIES.iter().filter(|it| it.krate == krate));
    };
    api.credentials.iter().for_each(|it| add(it));
    for ty in types(api) {
        walk(ty, &mut |it| {
            if let Type::Path { path, .. } = it {
                add(path);
            }
        });
    }
    out
}

/// The crates that are not ours and that the types and derives of APIs come from, by their names in Rust.
pub fn crates<'a>(apis: impl IntoIterator<Item = &'a Api>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut add = |path: &str| {
        let root = path.strip_prefix("::").and_then(|it| it.split("::").next());
        out.extend(root.map(str::to_owned));
    };
    for api in apis {
        api.items().flat_map(|it| it.derives.foreign_paths()).for_each(&mut add);
        for ty in types(api) {
            walk(ty, &mut |it| {
                if let Type::Path { path, .. } = it {
                    add(path);
                }
            });
        }
    }
    out
}

/// The emitted types in some types.
pub fn names<'a>(types: impl IntoIterator<Item = &'a Type>) -> BTreeSet<TypeName> {
    let mut out = BTreeSet::new();
    for ty in types {
        walk(ty, &mut |it| {
            if let Type::Named(name) = it {
                out.insert(name.clone());
            }
        });
    }
    out
}

/// Visits a type and all types in it.
fn walk(ty: &Type, visit: &mut impl FnMut(&Type)) {
    visit(ty);
    match ty {
        Type::List(it) | Type::Map(it) | Type::Boxed(it) | Type::Nullable(it) => walk(it, visit),
        Type::Tuple(items) => items.iter().for_each(|it| walk(it, visit)),
        Type::Path { arguments, .. } => arguments.iter().for_each(|it| walk(it, visit)),
        _ => {}
    }
}
