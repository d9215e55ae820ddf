//! Rust files as syntax trees: what they import, and how long their functions are.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;
use syn::visit::{self, Visit};

/// A function and the lines from its signature to its closing brace.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of its signature, from 1.
    pub line: usize,
    /// How many lines it takes.
    pub length: usize,
}

/// The functions of a file outside of its test modules.
pub fn functions(file: &syn::File) -> Vec<Function> {
    let mut collector = Functions::default();
    collector.visit_file(file);
    collector.0
}

#[derive(Default)]
struct Functions(Vec<Function>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let start = signature.fn_token.span.start().line;
        let end = block.brace_token.span.close().end().line;
        self.0.push(Function {
            name: signature.ident.to_string(),
            line: start,
            length: end - start + 1,
        });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|argument| argument == "test")
    })
}

/// The paths below the crate's root that a file names, be it by `crate` or by `super`, as segments.
///
/// `module` is the file's own module, as segments.
pub fn crate_paths(file: &syn::File, module: &[&str]) -> BTreeSet<Vec<String>> {
    let mut collector = Imports {
        module: module.iter().map(|part| (*part).to_owned()).collect(),
        found: BTreeSet::new(),
    };
    collector.visit_file(file);
    collector.found
}

/// Whether a file names a crate.
pub fn names_crate(file: &syn::File, name: &str) -> bool {
    struct Names<'a>(&'a str, bool);
    impl<'ast> Visit<'ast> for Names<'_> {
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.1 |= ident == self.0;
        }
    }
    let mut names = Names(name, false);
    names.visit_file(file);
    names.1
}

/// The groups of nodes of which each leads to each other one, sorted.
pub fn cycles<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let reached = |from: &'a str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            open.extend(edges.get(node).into_iter().flatten().filter(|it| seen.insert(**it)));
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = edges.keys().map(|it| (*it, reached(it))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|it| it.contains(to));
    let groups = edges.keys().filter(|it| leads(it, it)).map(|it| {
        let others = edges.keys().filter(|other| leads(it, other) && leads(other, it));
        others.copied().collect::<Vec<_>>()
    });
    groups.collect::<BTreeSet<_>>().into_iter().collect()
}

struct Imports {
    module: Vec<String>,
    found: BTreeSet<Vec<String>>,
}

impl Imports {
    /// Takes a path as it is written in the current module.
    fn add(&mut self, path: &[String]) {
        let mut from: Vec<&str> = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.iter().map(String::as_str).collect(),
            _ => return,
        };
        for part in path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => drop(from.pop()),
                part => from.push(part),
            }
        }
        if !from.is_empty() {
            self.found.insert(from.into_iter().map(str::to_owned).collect());
        }
    }

    fn add_tree(&mut self, tree: &syn::UseTree, prefix: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add_tree(&path.tree, prefix);
                prefix.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_tree(tree, prefix);
                }
            }
            syn::UseTree::Name(syn::UseName { ident, .. }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                prefix.push(ident.to_string());
                self.add(prefix);
                prefix.pop();
            }
            syn::UseTree::Glob(_) => self.add(prefix),
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add(&parts);
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            self.module.push(module.ident.to_string());
            visit::visit_item_mod(self, module);
            self.module.pop();
        }
    }
}

/// The line of a span, from 1.
pub fn line(span: Span) -> usize {
    span.start().line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_however_they_are_written() -> Result<(), syn::Error> {
        let file = syn::parse_str(
            "use crate::{ir, names::{self, Name}};
             use super::scope::Scope;
             use std::fmt;
             fn f() { crate::render::render(super::super::emit::all()) }
             mod tests { use super::super::super::changes; use super::x; }",
        )?;
        let found = crate_paths(&file, &["lower", "model"]).into_iter();
        let found: Vec<String> = found.map(|it| it.join("::")).collect();
        let expected = [
            "changes",
            "emit::all",
            "ir",
            "lower::model::x",
            "lower::scope::Scope",
            "names",
        ];
        let expected = [&expected[..], &["names::Name", "render::render"]].concat();
        assert_eq!(found, expected);
        Ok(())
    }

    #[test]
    fn cycles_are_found_whole_and_nothing_beside_them() {
        let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e"), ("c", "f")];
        let edges = edges.iter().fold(BTreeMap::new(), |mut all, (from, to)| {
            all.entry(*from).or_insert_with(BTreeSet::new).insert(*to);
            all
        });
        assert_eq!(cycles(&edges), [vec!["a", "b", "c"], vec!["e"]]);
    }

    #[test]
    fn functions_are_measured_from_signature_to_brace() -> Result<(), syn::Error> {
        let file = syn::parse_str(
            "/// Doc.\n#[inline]\nfn a() {\n  1;\n}\n\
             impl A { fn b() {} }\n\
             #[cfg(test)]\nmod tests { fn c() {} }",
        )?;
        let found: Vec<_> = functions(&file)
            .into_iter()
            .map(|it| (it.name, it.line, it.length))
            .collect();
        assert_eq!(found, [("a".to_owned(), 3, 3), ("b".to_owned(), 6, 1)]);
        Ok(())
    }
}
