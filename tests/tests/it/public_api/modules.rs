//! The public modules of a crate, and the items that each of them shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, ItemMod, UseTree, Visibility};

use super::describe::Shown;
use super::text::tidy;

/// The items of the root and of each public module below it, as text by module name.
pub(super) fn top_level(root: &Path) -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    let source = Source::read(root);
    modules.insert("crate".to_owned(), Module::of(&source).text("crate"));
    for (name, child) in source.public_modules() {
        modules.insert(name.clone(), with_descendants(&name, &child));
    }
    modules
}

fn with_descendants(path: &str, source: &Source) -> String {
    let mut text = Module::of(source).text(path);
    for (name, child) in source.public_modules() {
        text.push_str(&with_descendants(&format!("{path}::{name}"), &child));
    }
    text
}

/// A file of a crate, and where the files of its modules are.
struct Source {
    folder: PathBuf,
    items: Vec<Item>,
}

impl Source {
    fn read(path: &Path) -> Self {
        let stem = path.file_stem().unwrap();
        let folder = path.parent().unwrap();
        let folder = if stem == "lib" || stem == "mod" {
            folder.to_owned()
        } else {
            folder.join(stem)
        };
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        Self {
            folder,
            items: file.items,
        }
    }

    fn module(&self, module: &ItemMod) -> Self {
        let name = module.ident.to_string();
        let file = self.folder.join(format!("{name}.rs"));
        Self::read(&if file.is_file() {
            file
        } else {
            self.folder.join(name).join("mod.rs")
        })
    }

    fn modules(&self) -> impl Iterator<Item = &ItemMod> {
        self.items.iter().filter_map(|item| match item {
            Item::Mod(module) => Some(module),
            _ => None,
        })
    }

    fn public_modules(&self) -> BTreeMap<String, Self> {
        let public = self.modules().filter(|module| is_public(&module.vis));
        public
            .map(|module| (module.ident.to_string(), self.module(module)))
            .collect()
    }
}

/// What a module shows: items of its own, items of its private modules, and names from elsewhere.
#[derive(Default)]
struct Module {
    shown: Shown,
    elsewhere: Vec<String>,
}

impl Module {
    fn of(source: &Source) -> Self {
        let mut module = Self::default();
        let private: BTreeMap<_, _> = source
            .modules()
            .filter(|module| !is_public(&module.vis))
            .map(|module| (module.ident.to_string(), source.module(module)))
            .collect();
        module.shown.add(&source.items, |_| true);
        for item in &source.items {
            match item {
                Item::Use(item) if is_public(&item.vis) => module.add_use(&item.tree, &private),
                Item::Type(item) if is_public(&item.vis) => module.add_target(&item.ty, &private),
                _ => {}
            }
        }
        module
    }

    /// What an alias stands for, where that is in a private module.
    fn add_target(&mut self, target: &syn::Type, private: &BTreeMap<String, Source>) {
        if let syn::Type::Path(target) = target
            && let (Some(first), Some(last)) = (target.path.segments.first(), target.path.segments.last())
            && let Some(source) = private.get(&first.ident.to_string())
        {
            self.shown.add(&source.items, |name| last.ident == name);
        }
    }

    fn add_use(&mut self, tree: &UseTree, private: &BTreeMap<String, Source>) {
        if let UseTree::Path(path) = tree
            && let Some(source) = private.get(&path.ident.to_string())
        {
            let names = names(&path.tree);
            self.shown.add(&source.items, |name| names.iter().any(|it| it == name));
        } else {
            self.elsewhere.push(format!("use {}\n", tidy(tree)));
        }
    }

    fn text(&self, path: &str) -> String {
        format!("# {path}\n{}{}\n", self.elsewhere.concat(), self.shown.text())
    }
}

/// The names that `a`, `{a, b}` bring in.
fn names(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Group(group) => group.items.iter().flat_map(names).collect(),
        other => unreachable!("an emitted `use` of a private module: {}", tidy(other)),
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
