//! Reads which Rust types the documents put in place of schemas and formats, and the crates that those come from.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::diagnostic::Code;
use tablature_openapi::extension::{self, RustCrate, RustType};
use tablature_openapi::reader::Care;
use tablature_openapi::source::is_overlaid;
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::ir::{CORE, CrateDependency, Derives, FAMILIES, Type};
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
        let path = self.parsed(input, &codes::RUST_TYPE, &ty.path, "a Rust type such as `uuid::Uuid`")?;
        match (&path, ty.arguments.first()) {
            (Type::Path { path, .. }, _) if path.contains("::") => {}
            (_, Some(argument)) => {
                let message = format!("`{}` takes no arguments", ty.path.value);
                input.refuse(codes::RUST_TYPE.at(argument.span, message));
                return None;
            }
            _ => {}
        }
        Some(path)
    }

    /// The path of a macro that derives a trait, `::crate::Trait`; reports what is wrong with it.
    pub fn derive(&self, input: &Input<'_>, asked: &Spanned<String>) -> Option<String> {
        let expected = "a derive of another crate such as `zeroize::Zeroize`";
        let parsed = self.parsed(input, &codes::RUST_DERIVE, asked, expected)?;
        let krate = |path: &str| self.crates.get(path.strip_prefix("::")?.split("::").next()?);
        let found = match parsed {
            Type::Path { path, arguments } if arguments.is_empty() => krate(&path).map(|krate| (path, krate)),
            _ => None,
        };
        let Some((path, (span, krate))) = found else {
            let message = format!("`{}` is no path of {expected}", asked.value);
            input.refuse(codes::RUST_DERIVE.at(asked.span, message));
            return None;
        };
        if path == Derives::JSON_SCHEMA && krate.version.as_deref().is_some_and(|it| !is_first(it)) {
            let message = format!("`{}` is implemented as version 1 of the crate has it", asked.value);
            let found = codes::RUST_CRATE.at(*span, message);
            input.report(found.help("ask for version 1").related(asked.span, "asked for here"));
        }
        Some(path)
    }

    /// What a path leads to in a crate that emitted code can have; reports what is wrong with it.
    fn parsed(&self, input: &Input<'_>, code: &'static Code, text: &Spanned<String>, expected: &str) -> Option<Type> {
        let parsed = syn::parse_str::<syn::Type>(&text.value).map_err(|_| None);
        match parsed.and_then(|it| self.named(&it)) {
            Ok(ty) => Some(ty),
            Err(None) => {
                let message = format!("`{}` is no path of {expected}", text.value);
                input.refuse(code.at(text.span, message));
                None
            }
            Err(Some(krate)) => {
                let message = format!("`{}` is of the crate `{krate}`, which no document names", text.value);
                let features = match code.name == codes::RUST_TYPE.name {
                    true => ", \"features\": [\"serde\"]",
                    false => "",
                };
                let help = format!(
                    "name it with a version at the top of the document, by an overlay with `target: $`: `\"x-rust-crates\": {{\"{krate}\": {{\"version\": \
                     \"...\"{features}}}}}`, or with `\"workspace\": true`"
                );
                input.refuse(code.at(text.span, message).help(help));
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

    /// The crates that documents name, by their names in Rust. Tells of those that nothing emitted is of, and reports
    /// those that the user has not allowed.
    pub fn into_crates(self, input: &Input<'_>, used: &BTreeSet<String>) -> BTreeMap<String, CrateDependency> {
        for (name, (span, dependency)) in &self.crates {
            if !used.contains(name) {
                let message = format!("nothing that is emitted is of the crate `{name}`");
                input.report(codes::EXTENSION_WITHOUT_EFFECT.at(*span, message));
            } else if !is_allowed(input, *span, dependency) {
                let package = dependency.registered();
                let message = format!("the document would have the emitted code depend on the package `{package}`");
                let help = format!(
                    "see what it is; then allow it by `allow-crates = [\"{package}\"]` in tablature.toml or \
                     `--allow-crate {package}`, or name the crate in an overlay of your own"
                );
                input.report(codes::CRATE_NOT_ALLOWED.at(*span, message).help(help));
            }
        }
        self.crates.into_iter().map(|(name, (_, it))| (name, it)).collect()
    }
}

/// Whether a crate may be depended on: a document is a stranger's text, but for the user's own and what overlays say; what
/// the workspace around has is the user's choice, too.
fn is_allowed(input: &Input<'_>, named: Span, dependency: &CrateDependency) -> bool {
    dependency.version.is_none()
        || input.documents.care() == Care::Curated
        || is_overlaid(named.source)
        || input
            .options
            .allow_crates
            .iter()
            .any(|it| it == dependency.registered())
}

/// Whether a version requirement is one of versions with the major number 1. What is none has been reported.
fn is_first(version: &str) -> bool {
    let parsed = semver::VersionReq::parse(version);
    parsed.is_ok_and(|it| it.comparators.iter().all(|it| it.major == 1))
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
