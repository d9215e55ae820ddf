//! The crates that are compiled: those that Tablature emits, and what they are held against.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablature_codegen::Options;
use tablature_openapi::Documents;

use super::super::measure::succeed;
use super::super::{Place, derive, kubernetes};
use tablature::Error;

/// A crate that is compiled.
#[derive(Debug)]
pub(super) struct Subject {
    /// What a person calls it.
    pub name: String,
    /// The folder of a manifest that builds it.
    pub folder: PathBuf,
    /// The package.
    pub package: String,
}

/// The version of Kubernetes whose types k8s-openapi is to have.
const K8S_OPENAPI: &str = r#"[package]
name = "peer"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
k8s-openapi = { version = "*", default-features = false, features = ["std", "v1_36"] }
"#;

/// Crates of the same models, Tablature's first.
pub(super) fn groups(documents: &Path, place: &Place) -> Result<Vec<Vec<Subject>>, Error> {
    let folder = place.folder("compile/crates")?;
    let core = documents.join(kubernetes::CORE);
    let only = kubernetes::services_and_endpoints(&core)?;
    let part = pair("Service and Endpoints", "service", &folder, &[core], &only, place)?;
    let all = kubernetes::documents(documents);
    let mut whole = pair("Kubernetes", "kubernetes", &folder, &all, &[], place)?;
    whole.push(Subject {
        name: "Kubernetes, k8s-openapi".to_owned(),
        folder: folder.join("peer"),
        package: "k8s-openapi".to_owned(),
    });
    write(&folder.join("peer/Cargo.toml"), K8S_OPENAPI)?;
    write(&folder.join("peer/src/lib.rs"), "")?;
    let groups = vec![part, whole];
    // The versions of dependencies that the workspace has.
    let lock = place.root.join("Cargo.lock");
    for subject in groups.iter().flatten() {
        let copy = subject.folder.join("Cargo.lock");
        fs::copy(&lock, copy).map_err(|cause| Error::io("read", "Cargo.lock", cause))?;
    }
    Ok(groups)
}

/// The documents as Tablature emits them, and with serde derive.
fn pair(
    name: &str,
    package: &str,
    folder: &Path,
    documents: &[PathBuf],
    only: &[String],
    place: &Place,
) -> Result<Vec<Subject>, Error> {
    let subject = |who: &str, suffix: &str| {
        let package = format!("{package}-{suffix}");
        Subject {
            name: format!("{name}, {who}"),
            folder: folder.join(&package),
            package,
        }
    };
    let (ours, derived) = (subject("tablature", "tablature"), subject("serde derive", "derive"));
    let mut emit = Command::new(place.optimized()?);
    emit.current_dir(&place.root)
        .arg("codegen")
        .arg("--out")
        .arg(&ours.folder);
    emit.arg("--schema").args(documents);
    emit.args(only.iter().flat_map(|name| ["--only", name]));
    succeed(&mut emit)?;
    let names: Vec<_> = documents.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let mut read = |name: &str| fs::read_to_string(name).map_err(|cause| cause.to_string());
    let (documents, _) = Documents::load(&names, &mut read);
    let options = Options {
        only: only.to_vec(),
        ..Options::default()
    };
    let tree = tablature_codegen::tree(&documents, &options)
        .map_err(|_| Error::usage(format!("bench: {name} holds errors")))?;
    write(&derived.folder.join("Cargo.toml"), &derive::manifest(&derived.package))?;
    write(&derived.folder.join("src/lib.rs"), &derive::source(&tree))?;
    Ok(vec![ours, derived])
}

fn write(file: &Path, text: &str) -> Result<(), Error> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|cause| Error::io("write", file.to_string_lossy(), cause))
}
