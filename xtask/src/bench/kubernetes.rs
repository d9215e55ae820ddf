//! The documents that a kube-apiserver serves of itself, where they are at hand.

use std::fs;
use std::path::{Path, PathBuf};

use tablature_codegen::Options;
use tablature_codegen::ir::{Api, Constructor};
use tablature_openapi::Documents;

use tablature::Error;

/// Where the documents are looked for unless the command line says otherwise.
pub(super) const FOLDER: &str = "../shared/openapi/kubernetes-1.36";
/// The one with Services and Endpoints.
pub(super) const CORE: &str = "api_v1.json";

/// The documents in the folder, sorted; none where there is no such folder.
pub(super) fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).filter(|it| is_document(it)).collect();
    files.sort();
    files
}

/// Whether a file is a document; the index of them is none.
fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "json") && !path.ends_with("index.json")
}

/// The operations of the document on Services and Endpoints, without those that pass requests on.
pub(super) fn services_and_endpoints(document: &Path) -> Result<Vec<String>, Error> {
    let name = document.to_string_lossy().into_owned();
    let text = fs::read_to_string(document).map_err(|cause| Error::io("read", &name, cause))?;
    let (documents, _) = Documents::load(std::slice::from_ref(&name), &mut |_| Ok(text.clone()));
    let tree = tablature_codegen::tree(&documents, &Options::default())
        .map_err(|_| Error::usage(format!("bench: {name} holds errors")))?;
    let operations = tree.apis().flat_map(Api::operations);
    Ok(operations
        .filter(|it| matches!(it.constructor, Constructor::New { .. }) && is_chosen(&it.path))
        .map(|it| it.id.clone())
        .collect())
}

fn is_chosen(path: &str) -> bool {
    let has = |wanted: &str| path.split('/').any(|part| part == wanted);
    (has("services") || has("endpoints")) && !has("proxy")
}
