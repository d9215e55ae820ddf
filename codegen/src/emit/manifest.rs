//! The manifest of the emitted crate.

use crate::ir::{Api, Crate, RUNTIME_FEATURES};

/// What stands around the crate.
pub struct Manifest<'a> {
    /// The package.
    pub package: &'a str,
    /// The package's version, where no workspace gives it.
    pub version: Option<&'a str>,
    /// The value of the dependency on the runtime.
    pub runtime: String,
}

/// `Cargo.toml`, without its first line.
pub fn manifest(krate: &Crate, around: &Manifest<'_>) -> String {
    let mut out = String::from("[package]\n");
    out += &format!("name = {}\n", string(around.package));
    let description = krate.docs.first().map_or("", String::as_str);
    out += &format!("description = {}\n", string(description));
    out += "rust-version = \"1.85\"\n";
    match around.version {
        None => {
            for key in ["version", "edition", "license", "publish"] {
                out += &format!("{key}.workspace = true\n");
            }
            out += "\n[lints]\nworkspace = true\n";
        }
        Some(version) => {
            out += &format!(
                "version = {}\nedition = \"2024\"\npublish = false\n\n[workspace]\n",
                string(version)
            )
        }
    }
    out += "\n[features]\n";
    let features: Vec<String> = krate
        .apis
        .iter()
        .filter(|it| it.is_feature)
        .flat_map(|it| it.features.clone())
        .collect();
    let tags: Vec<(&str, &str)> = krate.apis.iter().flat_map(tag_features).collect();
    let list = |names: &[&str]| names.iter().map(|it| string(it)).collect::<Vec<_>>().join(", ");
    match (features.as_slice(), tags.is_empty()) {
        (_, false) => out += "default = [\"full\"]\n",
        ([only], true) => out += &format!("default = [{}]\n", string(only)),
        _ => out += "default = []\n",
    }
    if !tags.is_empty() {
        out += &format!(
            "full = [{}]\n",
            list(&tags.iter().map(|(tag, _)| *tag).collect::<Vec<_>>())
        );
    }
    for feature in &features {
        out += &format!("{} = []\n", key(feature));
    }
    for (tag, api) in &tags {
        out += &format!("{} = [{}]\n", key(tag), string(api));
    }
    for feature in RUNTIME_FEATURES {
        out += &format!("{feature} = [\"tablature-runtime/{feature}\"]\n");
    }
    let serde = if around.version.is_none() {
        "serde.workspace = true\n"
    } else {
        "serde = { version = \"1\", default-features = false }\n"
    };
    out += &format!("\n[dependencies]\n{serde}tablature-runtime{}\n", around.runtime);
    out += "\n[package.metadata.docs.rs]\nall-features = true\n";
    out
}

/// The features of an API's tags, each with the feature of the API.
fn tag_features(api: &Api) -> impl Iterator<Item = (&str, &str)> {
    let own = api.features.first().map_or("", String::as_str);
    api.tags
        .iter()
        .filter_map(|it| it.feature.as_deref())
        .map(move |it| (it, own))
}

/// A key as TOML writes it.
fn key(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { string(name) }
}

/// A string as TOML writes it.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out + "\""
}
