//! Writes the `Cargo.toml` of the emitted crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::finish::closure::{crates, packages};
use crate::ir::{CLIENT, CORE, Crate, CrateDependency, Module, Package};
use crate::markdown::visible;

/// Where an emitted crate finds the packages of the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// Inherited from the workspace that the emitted crate is a member of.
    Workspace,
    /// In the folders of a path, relative to the emitted manifest.
    Path {
        /// The path, with `/` between its parts.
        path: String,
        /// The version of the packages there.
        version: String,
    },
    /// In the registry, by version.
    Version(String),
}

/// What `Cargo.toml` says beside what the documents make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Keys of `[package]` and their values, in their order. `name`, `rust-version`, and where they are not among
    /// these `version`, `edition` and `description`, are added.
    pub package: Vec<(String, Value)>,
    /// Whether the crate takes the lints of its workspace.
    pub lints: bool,
    /// Whether the crate is the root of a workspace of its own, since it stands in no other.
    pub is_root: bool,
}

/// The value of a key of `[package]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A list of strings.
    Texts(Vec<String>),
    /// `true` or `false`.
    Flag(bool),
    /// The value that the workspace has.
    Workspace,
}

impl Manifest {
    /// That of a member of a workspace, which version, edition, licence, `publish` and lints are taken from.
    pub fn member() -> Self {
        let keys = ["version", "edition", "license", "publish"];
        Self {
            package: keys.map(|it| (it.to_owned(), Value::Workspace)).into(),
            lints: true,
            is_root: false,
        }
    }

    /// That of a crate that stands alone.
    pub fn stand_alone() -> Self {
        Self {
            package: Vec::new(),
            lints: false,
            is_root: true,
        }
    }
}

/// `Cargo.toml`, without its first line.
pub fn manifest(krate: &Crate, package: &str, runtime: &Runtime, around: &Manifest) -> String {
    let mut out = String::from("[package]\n");
    out += &format!("name = {}\n", string(package));
    let has = |key: &str| around.package.iter().any(|(it, _)| it == key);
    if !has("description") {
        let lines: Vec<&str> = krate.docs.iter().map(String::as_str).collect();
        out += &format!("description = {}\n", string(&lines.join(" ")));
    }
    out += "rust-version = \"1.85\"\n";
    for (key, value) in [("version", "0.1.0"), ("edition", "2024")] {
        if !has(key) {
            out += &format!("{key} = {}\n", string(value));
        }
    }
    for (name, value) in &around.package {
        let key = key(name);
        out += &match value {
            Value::Text(text) => format!("{key} = {}\n", string(text)),
            Value::Texts(texts) => format!("{key} = [{}]\n", list(texts)),
            Value::Flag(flag) => format!("{key} = {flag}\n"),
            Value::Workspace => format!("{key}.workspace = true\n"),
        };
    }
    if around.lints {
        out += "\n[lints]\nworkspace = true\n";
    }
    if around.is_root {
        out += "\n[workspace]\n";
    }
    let needed = needed(krate);
    out += "\n[features]\n";
    out += &features(krate, &needed);
    out += "\n[dependencies]\n";
    out += serde(runtime);
    for it in krate.crates.values() {
        out += &foreign(it, true);
    }
    let optional = needed.keys().copied().chain([&CLIENT]).collect::<BTreeSet<_>>();
    for package in optional {
        out += &dependency(package, runtime, Some("optional = true"));
    }
    out += &dependency(&CORE, runtime, None);
    out += "\n[package.metadata.docs.rs]\nall-features = true\n";
    out
}

/// The features: those of APIs, which turn on those of their tags, and these their base, and those that are passed on
/// to the runtime.
fn features(krate: &Crate, needed: &BTreeMap<&'static Package, BTreeSet<&str>>) -> String {
    let mut out = format!("default = [{}]\n", list(&krate.default_features));
    let mut write = |feature: &str, turned_on: String| out += &format!("{} = [{turned_on}]\n", key(feature));
    let dependencies = |feature: &str| {
        let packages = needed.iter().filter(|(_, features)| features.contains(feature));
        let packages = packages.map(|(it, _)| format!("dep:{}", it.name));
        let foreign = foreign_crates(krate, feature).map(|it| format!("dep:{}", it.name));
        list(foreign.chain(packages))
    };
    for features in krate.modules.iter().map(|it| &it.features) {
        let Some(api) = &features.own else { continue };
        if features.tags.is_empty() {
            write(api, dependencies(api));
        } else {
            write(api, list(features.tags.values()));
        }
        for tag in features.tags.values() {
            let base = features.base.as_ref().map(|it| list([it]));
            write(tag, base.unwrap_or_else(|| dependencies(tag)));
        }
        if let Some(base) = &features.base {
            write(base, dependencies(base));
        }
    }
    for (feature, turned_on) in runtime_features(krate) {
        write(feature, list(turned_on));
    }
    out
}

/// The packages that the output depends on without any feature, sorted, each with its line of `Cargo.toml`.
/// `has_client` turns on what the packages offer to a client.
pub fn dependencies(krate: &Crate, runtime: &Runtime, has_client: bool) -> Vec<(String, String)> {
    let beside = has_client.then_some("features = [\"client\"]");
    let families = needed(krate).into_keys();
    let families = families.map(|it| (it.name.to_owned(), dependency(it, runtime, beside)));
    let own = [
        (CORE.name.to_owned(), dependency(&CORE, runtime, None)),
        ("serde".to_owned(), serde(runtime).to_owned()),
    ];
    let others = krate.crates.values().map(|it| (it.name.clone(), foreign(it, false)));
    let mut lines: Vec<_> = families.chain(own).chain(others).collect();
    lines
        .iter_mut()
        .for_each(|(_, line)| line.truncate(line.trim_end().len()));
    lines.sort_unstable();
    lines
}

fn serde(runtime: &Runtime) -> &'static str {
    match runtime {
        Runtime::Workspace => "serde.workspace = true\n",
        _ => "serde = { version = \"1\", default-features = false }\n",
    }
}

/// The packages that the documents name, each with the features of which any one needs it.
fn needed(krate: &Crate) -> BTreeMap<&'static Package, BTreeSet<&str>> {
    let mut needed: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for Module { api, features, .. } in &krate.modules {
        for package in packages(api) {
            let features = features.any.iter().map(String::as_str);
            needed.entry(package).or_default().extend(features);
        }
    }
    needed
}

/// The crates that are not ours and that the modules with a feature need.
fn foreign_crates<'k>(krate: &'k Crate, feature: &'k str) -> impl Iterator<Item = &'k CrateDependency> {
    let modules = krate.modules.iter();
    let modules = modules.filter(|it| it.features.any.iter().any(|it| it == feature));
    let needed = crates(modules.map(|it| &it.api));
    let crates = krate.crates.iter().filter(move |(name, _)| needed.contains(*name));
    crates.map(|(_, it)| it)
}

/// The features that are passed on to the runtime, and what each turns on.
pub fn runtime_features(krate: &Crate) -> BTreeMap<&'static str, Vec<String>> {
    let mut features = BTreeMap::from([("client", vec![format!("dep:{}", CLIENT.name)])]);
    for feature in CORE.features {
        features.insert(feature, vec![format!("{}/{feature}", CORE.name)]);
    }
    for feature in CLIENT.features {
        let turned_on = vec!["client".to_owned(), format!("{}/{feature}", CLIENT.name)];
        features.insert(feature, turned_on);
    }
    for package in needed(krate).into_keys() {
        for feature in package.features {
            let turned_on = features.entry(feature).or_insert_with(|| vec!["client".to_owned()]);
            turned_on.push(format!("{}?/{feature}", package.name));
        }
    }
    features
}

/// The line of the dependency on a package of the runtime.
fn dependency(package: &Package, runtime: &Runtime, beside: Option<&str>) -> String {
    let name = package.name;
    let mut value = match runtime {
        Runtime::Workspace if beside.is_none() => return format!("{name}.workspace = true\n"),
        Runtime::Workspace => "workspace = true".to_owned(),
        Runtime::Path { path, version } => {
            format!(
                "version = {}, path = {}",
                string(version),
                string(&format!("{path}/{}", package.folder))
            )
        }
        Runtime::Version(version) if beside.is_none() => return format!("{name} = {}\n", string(version)),
        Runtime::Version(version) => format!("version = {}", string(version)),
    };
    if let Some(beside) = beside {
        value += &format!(", {beside}");
    }
    format!("{name} = {{ {value} }}\n")
}

/// The line of the dependency on a crate that is not ours.
fn foreign(it: &CrateDependency, optional: bool) -> String {
    let mut value = it.version.as_ref().map_or_else(
        || "workspace = true".to_owned(),
        |it| format!("version = {}", string(it)),
    );
    if let Some(package) = &it.package {
        value += &format!(", package = {}", string(package));
    }
    if it.without_default_features {
        value += ", default-features = false";
    }
    if !it.features.is_empty() {
        value += &format!(", features = [{}]", list(&it.features));
    }
    if optional {
        value += ", optional = true";
    }
    format!("{} = {{ {value} }}\n", it.name)
}

/// The strings of a list as TOML writes them.
fn list(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.into_iter().map(|it| string(it.as_ref())).collect();
    names.join(", ")
}

/// A key as TOML writes it.
fn key(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { string(name) }
}

/// A string as TOML writes it.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in visible(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}
