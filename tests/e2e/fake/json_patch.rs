//! JSON Patch.

use serde_json::Value;

use super::answer::Failure;

/// Makes the operations of `patch`, all or none.
pub fn apply(object: &Value, patch: &Value) -> Result<Value, Failure> {
    let refused = || {
        Failure::new(
            422,
            "Invalid",
            "the server rejected our request due to an error in our request",
        )
    };
    let mut object = object.clone();
    for operation in patch.as_array().ok_or_else(refused)? {
        one(&mut object, operation).ok_or_else(refused)?;
    }
    Ok(object)
}

fn one(object: &mut Value, operation: &Value) -> Option<()> {
    let path = operation["path"].as_str()?;
    match operation["op"].as_str()? {
        "test" => (object.pointer(path)? == &operation["value"]).then_some(()),
        "add" => add(object, path, operation["value"].clone()),
        "replace" => {
            *object.pointer_mut(path)? = operation["value"].clone();
            Some(())
        }
        "remove" => remove(object, path).map(drop),
        "move" => {
            let value = remove(object, operation["from"].as_str()?)?;
            add(object, path, value)
        }
        "copy" => {
            let value = object.pointer(operation["from"].as_str()?)?.clone();
            add(object, path, value)
        }
        _ => None,
    }
}

fn split(path: &str) -> Option<(&str, String)> {
    let (parent, last) = path.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

fn add(object: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parent, last) = split(path)?;
    match object.pointer_mut(parent)? {
        Value::Object(members) => {
            members.insert(last, value);
        }
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => {
            let index = last.parse().ok().filter(|index| *index <= items.len())?;
            items.insert(index, value);
        }
        _ => return None,
    }
    Some(())
}

fn remove(object: &mut Value, path: &str) -> Option<Value> {
    let (parent, last) = split(path)?;
    match object.pointer_mut(parent)? {
        Value::Object(members) => members.remove(&last),
        Value::Array(items) => {
            let index = last.parse().ok().filter(|index| *index < items.len())?;
            Some(items.remove(index))
        }
        _ => None,
    }
}
