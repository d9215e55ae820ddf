//! The crate of the user's own that an emitted module stands in.

use std::fs;
use std::path::{Path, PathBuf};

use tablature_build::{Error, input, package, paths};
use tablature_codegen::{Generated, Host, Runtime, names};
use toml::de::DeTable;

/// The crate around a module.
#[derive(Debug)]
pub(super) struct Around {
    /// What the emitted files say of it.
    pub host: Host,
    /// The folder of its `Cargo.toml`.
    root: PathBuf,
    /// The packages that it depends on.
    dependencies: Vec<String>,
}

/// The crate around the module in a folder, which `name` names in messages.
///
/// # Errors
/// When there is none, or the folder cannot be a module of it.
pub(super) fn around(folder: &Path, name: &str) -> Result<Around, Error> {
    let refuse = |problem: &str| Error::usage(format!("cannot emit the module {name}: {problem}"));
    let above = folder.ancestors().skip(1).find(|it| it.join("Cargo.toml").is_file());
    let root = above.ok_or_else(|| refuse("there is no Cargo.toml above it"))?;
    let below = folder.strip_prefix(root.join("src"));
    let below = below.map_err(|_| refuse("it is not in the folder src of a crate"))?;
    let segments: Vec<String> = below.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if segments.is_empty() || !segments.iter().all(|it| names::is_module(it)) {
        return Err(refuse("its path is not one of modules"));
    }
    let text = input::read(root, "Cargo.toml")?;
    let (manifest, _) = DeTable::parse_recoverable(&text);
    let dependencies = dependencies(manifest.get_ref());
    Ok(Around {
        host: Host {
            path: format!("crate::{}", segments.join("::")),
            has_client: dependencies.iter().any(|it| it == "tablature-client"),
        },
        root: root.to_owned(),
        dependencies,
    })
}

/// The names of `[dependencies]`.
fn dependencies(manifest: &DeTable<'_>) -> Vec<String> {
    let table = manifest.get("dependencies").and_then(|it| it.get_ref().as_table());
    let names = table.into_iter().flat_map(|it| it.keys());
    names.map(|it| it.get_ref().to_string()).collect()
}

/// The line of a manifest that takes the client.
fn client(runtime: &Runtime) -> String {
    let from = match runtime {
        Runtime::Workspace => "workspace = true".to_owned(),
        Runtime::Version(version) => format!("version = {}", package::toml_string(version)),
        Runtime::Path { path, version } => {
            let path = package::toml_string(&format!("{path}/client"));
            format!("version = {}, path = {path}", package::toml_string(version))
        }
    };
    format!("tablature-client = {{ {from}, features = [\"ureq\"] }}")
}

impl Around {
    /// What the user has to do so that the module compiles and can send calls, a line each.
    pub(super) fn notes(&self, generated: &Generated, runtime: &Runtime) -> Vec<String> {
        let manifest = paths::slashed(&self.root.join("Cargo.toml"));
        let missing = generated.dependencies.iter();
        let missing = missing.filter(|(name, _)| self.dependencies.iter().all(|it| it != name));
        let notes = missing.map(|(_, line)| format!("add to the [dependencies] of {manifest}: {line}"));
        let mut notes: Vec<String> = notes.collect();
        // Who has added the rest without it sends calls by other means.
        if !notes.is_empty() && !self.host.has_client && generated.operations > 0 {
            notes.push(format!(
                "and to send calls, before the next run: {} (`reqwest` for async)",
                client(runtime)
            ));
        }
        notes.extend(self.declaration());
        notes
    }

    /// Where the module has to be declared, unless it is.
    fn declaration(&self) -> Option<String> {
        let (parent, module) = self.host.path.trim_start_matches("crate").rsplit_once("::")?;
        let files = match parent.trim_start_matches("::") {
            "" => vec!["src/lib.rs".to_owned(), "src/main.rs".to_owned()],
            parent => {
                let parent = parent.replace("::", "/");
                vec![format!("src/{parent}.rs"), format!("src/{parent}/mod.rs")]
            }
        };
        let declares = |line: &str| line.trim_end().ends_with(&format!("mod {module};"));
        let text = |file: &String| fs::read_to_string(self.root.join(file)).unwrap_or_default();
        let is_declared = files.iter().any(|it| text(it).lines().any(declares));
        let file = files.iter().find(|it| self.root.join(it).is_file()).or(files.first())?;
        let file = paths::slashed(&self.root.join(file));
        (!is_declared).then(|| format!("declare the module in {file}: pub mod {module};"))
    }

    /// The folder that paths of dependencies start from.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}
