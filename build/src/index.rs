//! The index of a Kubernetes API server (`/openapi/v3`) as the list of the documents to take.

use tablature_openapi::node::Node;
use tablature_openapi::{Report, json};

use crate::Error;
use crate::input::Read;

/// The names of documents, where an index is named the documents that it lists.
///
/// # Errors
/// All documents at once that an index lists and that are not beside it.
pub(crate) fn expanded(names: &[String], read: &Read<'_>) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    let mut missing = Vec::new();
    for name in names {
        let Some(groups) = groups(name, read) else {
            all.push(name.clone());
            continue;
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for group in groups {
            match beside(folder, &group, read) {
                Some(found) if all.contains(&found) => {}
                Some(found) => all.push(found),
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
fn groups(name: &str, read: &Read<'_>) -> Option<Vec<String>> {
    if !name.ends_with(".json") {
        return None;
    }
    let text = read(name).ok()?;
    // Documents are large, and an index is a line for each of them.
    if !text.contains("serverRelativeURL") || text.contains("\"openapi\"") {
        return None;
    }
    let root = json::parse(0, &text, &mut Report::new())?;
    let entries = root.get("paths").and_then(Node::as_object)?;
    let is_index = entries.iter().all(|(_, it)| it.get("serverRelativeURL").is_some());
    is_index.then(|| {
        entries
            .iter()
            .map(|(key, _)| key.value.trim_matches('/').to_owned())
            .collect()
    })
}

/// The file beside an index that holds a group, by the names that people save it under.
fn beside(folder: &str, group: &str, read: &Read<'_>) -> Option<String> {
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
    names.find(|it| read(it).is_ok())
}
