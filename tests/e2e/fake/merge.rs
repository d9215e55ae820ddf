//! Merge patches: the plain one, and the one that merges some lists by a key of their items.

use serde_json::Value;

/// The lists that a strategic merge patch merges, and the key of their items.
const KEYS: [(&str, &str); 2] = [("ports", "port"), ("conditions", "type")];

/// A JSON Merge Patch.
pub fn merge(object: &mut Value, patch: &Value) {
    walk(object, patch, false);
}

/// A strategic merge patch.
pub fn strategic(object: &mut Value, patch: &Value) {
    walk(object, patch, true);
}

fn walk(object: &mut Value, patch: &Value, strategic: bool) {
    let Value::Object(changes) = patch else {
        *object = patch.clone();
        return;
    };
    if !object.is_object() {
        *object = Value::Object(serde_json::Map::new());
    }
    for (name, change) in changes {
        if change.is_null() {
            object.as_object_mut().unwrap().remove(name);
            continue;
        }
        let member = &mut object[name.as_str()];
        match KEYS.iter().find(|(list, _)| strategic && list == name) {
            Some((_, key)) if member.is_array() => items(member, change, key),
            _ => walk(member, change, strategic),
        }
    }
}

fn items(list: &mut Value, changes: &Value, key: &str) {
    let list = list.as_array_mut().unwrap();
    for change in changes.as_array().into_iter().flatten() {
        let place = list.iter().position(|item| item[key] == change[key]);
        match place {
            Some(place) if change["$patch"] == "delete" => drop(list.remove(place)),
            Some(place) => walk(&mut list[place], change, true),
            None => list.push(change.clone()),
        }
    }
}
