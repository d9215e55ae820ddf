//! Finds what a file has to import from the names that it prints.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::emit::Scope;
use crate::prelude::IMPORTS;

/// The imports of these items, as lines grouped into blocks: the standard library, other crates, the own crate.
pub fn of(items: &[&syn::Item], scope: &Scope) -> Vec<Vec<String>> {
    let mut heads = Heads::default();
    items.iter().for_each(|it| heads.visit_item(it));
    let defined: BTreeSet<String> = items.iter().filter_map(|it| name(it)).collect();
    let paths = heads
        .found
        .difference(&defined)
        .filter_map(|head| path(head, scope, &heads));
    blocks(paths.collect())
}

/// The path of a name that stands at the head of a path, if that is ours to import.
fn path(head: &str, scope: &Scope, heads: &Heads) -> Option<String> {
    let module = head.starts_with(char::is_lowercase);
    if module && !heads.longer.contains(head) {
        return None;
    }
    if let Some(path) = scope.path(head) {
        return Some(path);
    }
    let in_models = matches!(scope, Scope::Models(_));
    let import = IMPORTS.iter().find(|it| it.name == head)?;
    (import.in_models || !in_models).then(|| import.path.to_owned())
}

fn name(item: &syn::Item) -> Option<String> {
    let ident = match item {
        syn::Item::Enum(it) => &it.ident,
        syn::Item::Struct(it) => &it.ident,
        syn::Item::Type(it) => &it.ident,
        syn::Item::Mod(it) => &it.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// The first segments of all paths.
#[derive(Default)]
struct Heads {
    found: BTreeSet<String>,
    /// Those that a further segment follows.
    longer: BTreeSet<String>,
    /// The type parameters of the function around.
    generics: BTreeSet<String>,
}

impl Heads {
    fn add(&mut self, head: String, is_longer: bool) {
        if self.generics.contains(&head) {
            return;
        }
        if is_longer {
            self.longer.insert(head.clone());
        }
        self.found.insert(head);
    }

    /// The paths in the arguments of a macro: of two segments at least, since a name alone may be anything.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let colon = |index: usize| matches!(trees.get(index), Some(TokenTree::Punct(it)) if it.as_char() == ':');
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(it) if colon(index + 1) && colon(index + 2) && !(index > 0 && colon(index - 1)) => {
                    self.add(it.to_string(), true);
                }
                TokenTree::Group(it) => self.add_tokens(it.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Heads {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (None, Some(first)) = (path.leading_colon, path.segments.first()) {
            self.add(first.ident.to_string(), path.segments.len() > 1);
        }
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        self.visit_path(&it.path);
        self.add_tokens(it.tokens.clone());
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        let names = it.sig.generics.type_params().map(|it| it.ident.to_string());
        let around = std::mem::replace(&mut self.generics, names.collect());
        visit::visit_impl_item_fn(self, it);
        self.generics = around;
    }
}

/// One line per module, sorted as rustfmt sorts them.
fn blocks(paths: BTreeSet<String>) -> Vec<Vec<String>> {
    let mut modules: BTreeMap<(usize, String), BTreeSet<String>> = BTreeMap::new();
    for path in &paths {
        let (mut module, mut name) = path.rsplit_once("::").unwrap_or(("", path));
        if paths
            .iter()
            .any(|it| it.strip_prefix(path.as_str()).is_some_and(|it| it.starts_with("::")))
        {
            (module, name) = (path, "self");
        }
        let block = match module.split("::").next() {
            Some("std") => 0,
            Some("super" | "crate") => 2,
            _ => 1,
        };
        modules
            .entry((block, module.to_owned()))
            .or_default()
            .insert(name.to_owned());
    }
    let mut blocks: Vec<Vec<(bool, String)>> = vec![Vec::new(); 3];
    for ((block, module), names) in modules {
        let (own, named): (Vec<&str>, Vec<&str>) = names.iter().map(String::as_str).partition(|it| *it == "self");
        let list = own.iter().chain(&named).copied().collect::<Vec<_>>().join(", ");
        let line = match (own.as_slice(), named.as_slice()) {
            ([], [only]) => format!("use {module}::{only};"),
            (_, []) => format!("use {module};"),
            _ => format!("use {module}::{{{list}}};"),
        };
        blocks[block].push((!module.starts_with("super"), line));
    }
    for lines in &mut blocks {
        // A path comes before those that it begins.
        lines.sort_by(|(own, a), (other, b)| {
            own.cmp(other)
                .then_with(|| a.trim_end_matches(';').cmp(b.trim_end_matches(';')))
        });
    }
    let blocks = blocks.into_iter().filter(|it| !it.is_empty());
    blocks
        .map(|lines| lines.into_iter().map(|(_, line)| line).collect())
        .collect()
}
