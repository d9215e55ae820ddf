//! What the rows of an operation show beyond themselves: that it lists in parts, and that it streams changes. The
//! conventions are data, in `conventions.json`.

use std::sync::LazyLock;

use crate::import::{component_reference, names, object};
use crate::json::Json;

/// The conventions that are known.
static KNOWN: LazyLock<Json> = LazyLock::new(|| {
    let text = include_str!("conventions.json");
    Json::parse(text).unwrap_or(Json::Null)
});

/// The phrases of a convention that texts have, lower case.
pub(super) fn phrases(key: &str) -> impl Iterator<Item = &'static str> {
    list(KNOWN.member(key)).iter().filter_map(text)
}

/// Adds `x-pagination` and `x-watch` to the operations whose parameters and response show them; each is a draft, as
/// the operation is.
pub(super) fn add(document: &mut Json) {
    let known = document.clone();
    let Some(Json::Object(paths)) = document.member_mut("paths") else {
        return;
    };
    let mut events = Vec::new();
    for (_, item) in paths {
        let Json::Object(methods) = item else { continue };
        for (_, operation) in methods.iter_mut().filter(|(method, _)| method == "get") {
            let list = List::of(&known, operation);
            let Some(list) = list else { continue };
            let mut keys = Vec::new();
            keys.extend(list.pagination().map(|it| ("x-pagination".to_owned(), it)));
            if let Some(watch) = list.watch() {
                keys.push(("x-watch".to_owned(), watch.key));
                events.push((watch.event_name.clone(), watch.event));
                stream(operation, &watch.media_type, &watch.parameter, &watch.event_name);
            }
            if let Json::Object(members) = operation {
                let at = members.iter().position(|(key, _)| key.starts_with("x-"));
                let at = at.unwrap_or(members.len());
                members.splice(at..at, keys);
            }
        }
    }
    let schemas = document
        .member_mut("components")
        .and_then(|it| it.member_mut("schemas"));
    if let Some(Json::Object(schemas)) = schemas {
        for (name, event) in events {
            if schemas.iter().all(|(it, _)| *it != name) {
                let at = schemas.partition_point(|(it, _)| *it < name);
                schemas.insert(at, (name, event));
            }
        }
    }
}

/// An operation that may list.
struct List<'d> {
    document: &'d Json,
    /// The names of the parameters of its query.
    parameters: Vec<String>,
    /// The schema of its success.
    body: Json,
}

/// A list that can be watched.
struct Watch {
    /// The value of `x-watch`.
    key: Json,
    parameter: String,
    media_type: String,
    event_name: String,
    event: Json,
}

impl<'d> List<'d> {
    fn of(document: &'d Json, operation: &Json) -> Option<Self> {
        let parameters = list(operation.member("parameters")).iter();
        let query = parameters.filter(|it| it.member("in").and_then(text) == Some("query"));
        let names = query
            .filter_map(|it| it.member("name").and_then(text))
            .map(str::to_owned);
        let reference = operation.at_keys(&["responses", "200", "content", "application/json", "schema"])?;
        Some(Self {
            document,
            parameters: names.collect(),
            body: target(document, reference)?.clone(),
        })
    }

    fn has(&self, parameter: Option<&str>) -> bool {
        parameter.is_some_and(|it| self.parameters.iter().any(|known| known == it))
    }

    /// The schema that a JSON Pointer leads to in the response.
    fn at(&self, pointer: &str) -> Option<&Json> {
        let mut keys = pointer.split('/').skip(1);
        keys.try_fold(&self.body, |it, key| {
            target(self.document, it.at_keys(&["properties", key])?)
        })
    }

    /// The value of `x-pagination`: the first convention whose parameters and members are all there.
    fn pagination(&self) -> Option<Json> {
        list(KNOWN.member("pagination")).iter().find_map(|it| {
            let part = |key: &str| it.member(key).and_then(text);
            let is_there = self.has(part("limit")) && self.has(part("token"));
            let next = part("next").filter(|it| is_there && is(self.at(it), "string"))?;
            let items = part("items").map(str::to_owned).or_else(|| self.only_list())?;
            if !is(self.at(&items), "array") {
                return None;
            }
            let mut entries = vec![
                ("limit", Json::text(part("limit")?)),
                ("token", Json::text(part("token")?)),
                ("next", Json::text(next)),
                ("items", Json::text(items)),
            ];
            let replaces = self.known(it.member("replaces"));
            entries.extend(replaces.map(|it| ("replaces", it)));
            Some(object(entries))
        })
    }

    /// The pointer to the only member of the response that is a list.
    fn only_list(&self) -> Option<String> {
        let Some(Json::Object(members)) = self.body.member("properties") else {
            return None;
        };
        let mut lists = members.iter().filter(|(_, it)| is(Some(it), "array"));
        let (name, _) = lists.next()?;
        lists.next().is_none().then(|| format!("/{name}"))
    }

    fn watch(&self) -> Option<Watch> {
        list(KNOWN.member("watch")).iter().find_map(|it| {
            let parameter = it.member("parameter").and_then(text)?;
            let key = it.member("x-watch")?;
            let version = key.member("version").and_then(text);
            let current = key.member("current").and_then(text)?;
            let items = self.at(it.member("items").and_then(text)?)?;
            let item = items.member("items").filter(|it| it.member("$ref").is_some())?;
            if !(self.has(Some(parameter)) && self.has(version) && is(self.at(current), "string")) {
                return None;
            }
            let Json::Object(members) = key else { return None };
            let members = members.iter().filter_map(|(name, value)| match (name.as_str(), value) {
                ("bookmarks", Json::String(it)) if !self.has(Some(it)) => None,
                (_, Json::Array(_)) => Some((name.clone(), self.known(Some(value))?)),
                _ => Some((name.clone(), value.clone())),
            });
            let name = item.member("$ref").and_then(text)?.rsplit('/').next()?;
            Some(Watch {
                key: Json::Object(members.collect()),
                parameter: parameter.to_owned(),
                media_type: it.member("media-type").and_then(text)?.to_owned(),
                event_name: format!("{name}WatchEvent"),
                event: filled(it.member("event")?, item),
            })
        })
    }

    /// Those of some parameters that the operation has.
    fn known(&self, names: Option<&Json>) -> Option<Json> {
        let known = list(names).iter().filter_map(text).filter(|it| self.has(Some(it)));
        let known: Vec<_> = known.collect();
        (!known.is_empty()).then(|| Json::texts(known))
    }
}

/// Adds the stream to the answers of an operation.
fn stream(operation: &mut Json, media_type: &str, parameter: &str, event: &str) {
    let id = operation.member("operationId").and_then(text).unwrap_or_default();
    let name = names::component(id);
    let name = format!("Watch{}", name.strip_prefix("List").unwrap_or(&name));
    let answer = operation.member_mut("responses").and_then(|it| it.member_mut("200"));
    let Some(answer) = answer else { return };
    if let Some(Json::Object(content)) = answer.member_mut("content") {
        let entries = [
            ("itemSchema", component_reference(event)),
            ("x-rust-name", Json::text(name)),
        ];
        content.push((media_type.to_owned(), object(entries)));
    }
    let when = object([("parameter", Json::text(parameter)), ("value", Json::Bool(true))]);
    if let Json::Object(members) = answer {
        let at = members.iter().position(|(key, _)| key.starts_with("x-"));
        members.insert(at.unwrap_or(members.len()), ("x-stream-when".to_owned(), when));
    }
}

/// A template in which `"item"` stands for a schema.
fn filled(template: &Json, item: &Json) -> Json {
    match template {
        Json::String(it) if it == "item" => item.clone(),
        Json::Array(items) => Json::Array(items.iter().map(|it| filled(it, item)).collect()),
        Json::Object(members) => {
            let member = |(key, it): &(String, Json)| (key.clone(), filled(it, item));
            Json::Object(members.iter().map(member).collect())
        }
        plain => plain.clone(),
    }
}

/// The schema that another one refers to, or that one itself.
fn target<'d>(document: &'d Json, schema: &'d Json) -> Option<&'d Json> {
    let Some(reference) = schema.member("$ref").and_then(text) else {
        return Some(schema);
    };
    document.at_keys(&["components", "schemas", reference.rsplit('/').next()?])
}

fn is(schema: Option<&Json>, kind: &str) -> bool {
    schema.and_then(|it| it.member("type")).and_then(text) == Some(kind)
}

fn text(value: &Json) -> Option<&str> {
    match value {
        Json::String(it) => Some(it),
        _ => None,
    }
}

fn list(value: Option<&Json>) -> &[Json] {
    match value {
        Some(Json::Array(items)) => items,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conventions_are_read() {
        assert_eq!(phrases("date-time").count(), 2);
        assert_eq!(list(KNOWN.member("pagination")).len(), 6);
        assert_eq!(list(KNOWN.member("watch")).len(), 1);
    }
}
