//! Reads which Rust types the documents put in place of schemas and formats, and the crates that those come from.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::extension::{self, RustCrate, RustType};
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::ir::{CORE, CrateDependency, FAMILIES, Type};
use crate::lower::ask::input::Input;

/// The crates that come with Rust.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// Dependencies that every emitted crate has.
const TAKEN: [&str; 3] = ["client", "runtime", "serde"];

/// What the documents of a run say of Rust types: it holds for all of them, since they share types.
pub struct RustTypes {
    crates: BTreeMap<String, (Span, CrateDependency)>,
    formats: BTreeMap<String, (Spanned<String>, RustType)>,
}

impl RustTypes {
    /// Reads what the documents say.
    pub fn new(input: &Input<'_>) -> Self {
        let mut types = Self {
            crates: BTreeMap::new(),
            formats: BTreeMap::new(),
        };
        for document in input.documents.documents() {
            for it in extension::rust_crates(&document.extensions) {
                types.add_crate(input, &it);
            }
            for (format, ty) in extension::rust_formats(&document.extensions) {
                types.add_format(input, format, ty);
            }
        }
        types
    }

    fn add_crate(&mut self, input: &Input<'_>, it: &RustCrate) {
        let name = &it.name;
        let mut named = [Some(name), it.package.as_ref()].into_iter().flatten();
        if let Some(wrong) = named.find(|it| !is_package(&it.value)) {
            let message = format!("`{}` is no name of a crate", wrong.value);
            input.report(codes::RUST_CRATE.at(wrong.span, message));
            return;
        }
        let krate = name.value.replace('-', "_");
        if STANDARD.contains(&krate.as_str()) || TAKEN.contains(&krate.as_str()) || krate.starts_with("tablature") {
            let message = format!("`{}` is a crate that emitted code has anyway", name.value);
            input.report(codes::RUST_CRATE.at(name.span, message).help("leave it out"));
            return;
        }
        if let Some(version) = &it.version
            && let Err(error) = semver::VersionReq::parse(&version.value)
        {
            let message = format!("`{}` is no version requirement of cargo: {error}", version.value);
            input.report(codes::RUST_CRATE.at(version.span, message));
        }
        if let Some(wrong) = it.features.iter().find(|it| !is_feature(&it.value)) {
            let message = format!("`{}` is no name of a cargo feature", wrong.value);
            input.report(codes::RUST_CRATE.at(wrong.span, message));
        }
        let text = |it: &Spanned<String>| it.value.clone();
        let dependency = CrateDependency {
            name: name.value.clone(),
            package: it.package.as_ref().map(text),
            version: it.version.as_ref().map(text),
            features: it.features.iter().map(text).collect(),
            without_default_features: it.without_default_features,
        };
        match self.crates.get(&krate) {
            Some((first, known)) if *known != dependency => {
                let message = format!(
                    "the crate `{}` is another one here than in another document",
                    name.value
                );
                input.report(
                    codes::RUST_CRATE
                        .at(name.span, message)
                        .related(*first, "the other one"),
                );
            }
            Some(_) => {}
            None => _ = self.crates.insert(krate, (name.span, dependency)),
        }
    }

    fn add_format(&mut self, input: &Input<'_>, format: Spanned<String>, ty: RustType) {
        match self.formats.get(&format.value) {
            Some((first, known)) if known.path.value != ty.path.value => {
                let message = format!(
                    "the format `{}` is another type here than in another document",
                    format.value
                );
                input.report(
                    codes::RUST_TYPE
                        .at(ty.path.span, message)
                        .related(first.span, "the other one"),
                );
            }
            Some(_) => {}
            None => _ = self.formats.insert(format.value.clone(), (format, ty)),
        }
    }

    /// The type that stands for strings and numbers of a format.
    pub fn of_format(&self, format: &str) -> Option<&RustType> {
        self.formats.get(format).map(|(_, ty)| ty)
    }

    /// The type that a path names, without the arguments beside it; reports what is wrong with it.
    pub fn path(&self, input: &Input<'_>, ty: &RustType) -> Option<Type> {
        let text = &ty.path;
        let parsed = syn::parse_str::<syn::Type>(&text.value).map_err(|_| None);
        match parsed.and_then(|it| self.named(&it)) {
            Ok(ty) => Some(ty),
            Err(None) => {
                let message = format!("`{}` is no path of a Rust type such as `uuid::Uuid`", text.value);
                input.refuse(codes::RUST_TYPE.at(text.span, message));
                None
            }
            Err(Some(krate)) => {
                let message = format!("`{}` is of the crate `{krate}`, which no document names", text.value);
                let help = format!(
                    "name it with a version at the top of the document: `\"x-rust-crates\": {{\"{krate}\": {{\"version\": \
                     \"...\", \"features\": [\"serde\"]}}}}`, or with `\"workspace\": true`"
                );
                input.refuse(codes::RUST_TYPE.at(text.span, message).help(help));
                None
            }
        }
    }

    /// A type of segments and of types as their arguments, and of nothing else; or the crate of it that is not known.
    fn named(&self, ty: &syn::Type) -> Result<Type, Option<String>> {
        let syn::Type::Path(syn::TypePath { qself: None, path, .. }) = ty else {
            return Err(None);
        };
        let mut names = Vec::new();
        let mut arguments = Vec::new();
        for segment in &path.segments {
            let name = segment.ident.to_string();
            // Only the last one has arguments.
            if !is_identifier(&name) || !arguments.is_empty() {
                return Err(None);
            }
            names.push(name);
            match &segment.arguments {
                syn::PathArguments::None => {}
                syn::PathArguments::AngleBracketed(it) if it.colon2_token.is_none() && !it.args.is_empty() => {
                    for argument in &it.args {
                        let syn::GenericArgument::Type(argument) = argument else {
                            return Err(None);
                        };
                        arguments.push(self.named(argument)?);
                    }
                }
                _ => return Err(None),
            }
        }
        if path.leading_colon.is_some() {
            return Err(None);
        }
        match names.as_slice() {
            [] => Err(None),
            [name] if arguments.is_empty() => primitive(name).ok_or(None),
            [_] => Err(None),
            [root, ..] => {
                let path = names.join("::");
                let path = if is_of_runtime(&path) {
                    path
                } else {
                    self.check_crate(root)?;
                    format!("::{path}")
                };
                Ok(Type::Path { path, arguments })
            }
        }
    }

    /// Whether emitted code has the crate, or can have it.
    fn check_crate(&self, root: &str) -> Result<(), Option<String>> {
        if STANDARD.contains(&root) {
            return Ok(());
        }
        if ["crate", "self", "super", "Self"].contains(&root) {
            return Err(None);
        }
        if !self.crates.contains_key(root) {
            return Err(Some(root.to_owned()));
        }
        Ok(())
    }

    /// The crates that something is of, by their names in Rust; tells of those that nothing is of.
    pub fn into_crates(self, input: &Input<'_>, used: &BTreeSet<String>) -> BTreeMap<String, CrateDependency> {
        for (name, (span, _)) in self.crates.iter().filter(|(name, _)| !used.contains(*name)) {
            let message = format!("nothing that is emitted is of the crate `{name}`");
            input.report(codes::EXTENSION_WITHOUT_EFFECT.at(*span, message));
        }
        let crates = self.crates.into_iter().filter(|(name, _)| used.contains(name));
        crates.map(|(name, (_, it))| (name, it)).collect()
    }
}

/// Whether a path leads into a package of the runtime.
pub fn is_of_runtime(path: &str) -> bool {
    let root = path.split("::").next();
    root.is_some_and(|root| root == CORE.krate || FAMILIES.iter().any(|it| it.krate == root))
}

/// A type of Rust itself.
fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "String" => Type::String,
        "bool" => Type::Bool,
        "f64" => Type::F64,
        "i32" => Type::I32,
        "i64" => Type::I64,
        "u32" => Type::U32,
        "u64" => Type::U64,
        "char" | "f32" | "i8" | "i16" | "i128" | "u8" | "u16" | "u128" => Type::Path {
            path: name.to_owned(),
            arguments: Vec::new(),
        },
        _ => return None,
    })
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|it: char| it == '_' || it.is_ascii_alphabetic())
        && text.chars().all(|it| it == '_' || it.is_ascii_alphanumeric())
}

fn is_package(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic()) && is_identifier(&text.replace('-', "_"))
}

fn is_feature(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| "_-+.".contains(it) || it.is_ascii_alphanumeric())
}
