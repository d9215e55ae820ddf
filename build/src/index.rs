//! The index of a Kubernetes API server (`/openapi/v3`) as the list of the documents to take.

use tablature_openapi::node::Node;
use tablature_openapi::{Report, json};

use crate::Error;

/// A document by name, with its text or why it cannot be read.
pub(crate) type Named<E> = (String, Result<String, E>);

/// Reads documents, in place of an index those that it lists: each file once.
///
/// # Errors
/// All documents at once that an index lists and that are not beside it.
pub(crate) fn read<E>(names: &[String], read: impl Fn(&str) -> Result<String, E>) -> Result<Vec<Named<E>>, Error> {
    let mut all: Vec<Named<E>> = Vec::new();
    let mut missing = Vec::new();
    for name in names {
        let text = read(name);
        let Some(groups) = text.as_ref().ok().and_then(|text| groups(name, text)) else {
            all.push((name.clone(), text));
            continue;
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for group in groups {
            match beside(folder, &group, &read) {
                Some((found, _)) if all.iter().any(|(name, _)| *name == found) => {}
                Some((found, text)) => all.push((found, Ok(text))),
                None => missing.push(Error::usage(format!(
                    "{name} lists {group}, which is not beside it: save /openapi/v3/{group} as {}.json",
                    group.replace('/', "_")
                ))),
            }
        }
    }
    Error::all(missing)?;
    Ok(all)
}

/// The groups and versions that an index lists, `None` for any other file.
fn groups(name: &str, text: &str) -> Option<Vec<String>> {
    // Documents are large, and an index is a line for each of them.
    if !name.ends_with(".json") || !text.contains("serverRelativeURL") || text.contains("\"openapi\"") {
        return None;
    }
    let root = json::parse(0, text, &mut Report::new())?;
    let entries = root.get("paths").and_then(Node::as_object)?;
    let is_index = entries.iter().all(|(_, it)| it.get("serverRelativeURL").is_some());
    is_index.then(|| {
        entries
            .iter()
            .map(|(key, _)| key.value.trim_matches('/').to_owned())
            .collect()
    })
}

/// The file beside an index that holds a group, by the names that people save it under, and its text.
fn beside<E>(folder: &str, group: &str, read: impl Fn(&str) -> Result<String, E>) -> Option<(String, String)> {
    let flat = |separator: &str| group.replace('/', separator);
    let names = [
        format!("{}.json", flat("_")),
        format!("{}_openapi.json", flat("__")),
        format!("{}.json", flat("__")),
        format!("{}.json", flat("-")),
        format!("{group}.json"),
        group.to_owned(),
    ];
    let mut names = names.into_iter().map(|it| match folder {
        "" => it,
        _ => format!("{folder}/{it}"),
    });
    names.find_map(|it| read(&it).ok().map(|text| (it, text)))
}
