//! The manifest of the emitted crate.

use crate::ir::Crate;

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
    let defaults = if features.len() == 1 { features.as_slice() } else { &[] };
    out += &format!(
        "default = [{}]\n",
        defaults.iter().map(|it| string(it)).collect::<Vec<_>>().join(", ")
    );
    for feature in &features {
        out += &format!("{feature} = []\n");
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
