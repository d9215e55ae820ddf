//! A table of members as a schema: what makes two of them the same, and what it is called.

use crate::facts::{Cell, Example, Operation, Page, Role};
use crate::import::nodes::{Node, required};
use crate::import::{names, object, schema};
use crate::json::Json;

/// What tells two models apart: members, types and which are required.
pub(super) fn shape(node: &Node) -> (Vec<(&str, &str)>, Vec<&String>) {
    let members = node.members.iter().chain(&node.alias);
    let members = members.map(|it| {
        let name = it.name.known().map_or("", String::as_str);
        (name, it.type_text.known().map_or("", String::as_str))
    });
    (members.collect(), required(&node.members))
}

/// The schema; each link is what the type of a member refers to.
pub(super) fn schema(node: &Node, links: &[schema::Links], documented: &[&str]) -> Json {
    let provenance = [
        ("x-draft", Json::Bool(true)),
        ("x-documented-in", Json::texts(documented)),
    ];
    // An alias stands for a value; a table whose only row is `-` describes one, too.
    let nameless = || match node.members.as_slice() {
        [row] if row.name.known().is_some_and(|it| it == "-") => Some(row),
        _ => None,
    };
    if let (Some(row), Some(links)) = (node.alias.as_ref().or_else(nameless), links.first())
        && let Json::Object(mut members) = schema::linked(row, links)
    {
        members.extend(provenance.map(|(key, value)| (key.to_owned(), value)));
        return Json::Object(members);
    }
    let mut properties: Vec<(String, Json)> = Vec::new();
    for (row, link) in node.members.iter().zip(links) {
        let Cell::Known(name) = &row.name else { continue };
        let property = schema::linked(row, link);
        // `ports[]` says what the items of `ports` are, which their part or that row tells.
        if let Some(list) = name.strip_suffix("[]") {
            items(list.trim_end_matches("[]"), property, &mut properties);
        } else {
            properties.push((name.clone(), property));
        }
    }
    let required = required(&node.members);
    let mut entries = vec![("type", Json::text("object"))];
    if !required.is_empty() {
        entries.push(("required", Json::texts(required)));
    }
    entries.push(("properties", Json::Object(properties)));
    entries.extend(provenance);
    object(entries)
}

fn items(list: &str, items: Json, properties: &mut [(String, Json)]) {
    let property = properties.iter_mut().find(|(name, _)| name == list);
    if let Some((_, Json::Object(members))) = property
        && let Some((_, known)) = members.iter_mut().find(|(key, _)| key == "items")
    {
        *known = items;
    }
}

/// The examples of a body.
fn examples(page: &Page, node: &Node) -> impl Iterator<Item = Json> {
    let is_its = |it: &&Example| it.role == node.role && it.operation.is_none_or(|it| node.operations.contains(&it));
    page.examples
        .iter()
        .filter(is_its)
        .filter_map(|it| Json::parse(&it.text))
}

/// Whether an example of a whole body lacks one of some members.
pub(super) fn lacks(page: &Page, node: &Node, members: &[&str]) -> bool {
    let lacks = |it: Json| matches!(it, Json::Object(_)) && members.iter().any(|name| it.member(name).is_none());
    node.is_body && examples(page, node).any(lacks)
}

/// The kind that an example of a body says it is: `Service`.
pub(super) fn kind(page: &Page, node: &Node) -> Option<String> {
    let mut kinds = examples(page, node).filter_map(|it| match it.member("kind")? {
        Json::String(kind) => Some(kind.clone()),
        _ => None,
    });
    let is_name = |it: &String| {
        it.starts_with(|it: char| it.is_ascii_uppercase()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    kinds.find(is_name)
}

/// A name for a body that the page describes without naming it.
pub(super) fn body_name(page: &Page, node: &Node) -> String {
    let stem = page.key.rsplit('/').next().unwrap_or(&page.key);
    let operation = node.operations.first().and_then(|it| page.operations.get(*it));
    let stem = match operation {
        Some(Operation { name: Some(name), .. }) => name.clone(),
        Some(it) if !stem.is_ascii() || page.operations.len() > 1 => names::operation(&it.method, &it.path),
        _ => stem.to_owned(),
    };
    match &node.role {
        Role::Request => format!("{stem} request"),
        Role::Response(status) if status.starts_with('2') => format!("{stem} response"),
        Role::Response(status) => format!("{stem} response {status}"),
        Role::Definition => stem,
    }
}
