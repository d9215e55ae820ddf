//! What is done to one object.

use serde_json::{Value, json};

use super::answer::{Failure, Outcome, ok};
use super::apply::Owners;
use super::http::Request;
use super::store::{Key, State, Store};
use super::{json_patch, merge, resources, service};

/// Completes, checks and stores an object, unless it is only tried.
pub fn save(
    state: &mut State,
    request: &Request,
    key: &Key,
    before: Option<&Value>,
    mut value: Value,
    owners: Owners,
) -> Result<Value, Failure> {
    let services = key.0 == "services";
    let resource = resources::named(&key.0);
    value["kind"] = resource.kind.into();
    value["apiVersion"] = resource.api_version.into();
    value["metadata"]["namespace"] = key.1.as_str().into();
    if services {
        service::complete(&mut value, before, state);
        service::check(&value)?;
    } else {
        value.as_object_mut().unwrap().remove("status");
    }
    if request.query("dryRun") == Some("All") {
        return Ok(value);
    }
    Ok(state.put(key.clone(), value, owners))
}

/// Reads, changes or deletes an object.
pub fn object(store: &Store, request: &Request, key: &Key, is_status: bool) -> Outcome {
    let mut state = store.state();
    let stored = state.objects.get(key).cloned();
    let applied = request.header("content-type") == Some("application/apply-patch+yaml");
    let Some(stored) = stored else {
        if request.method == "PATCH" && applied {
            let wanted = request.json().ok_or_else(|| Failure::bad_request("no JSON"))?;
            let mut owners = Owners::default();
            let mut value = owners.apply(&json!({}), &wanted, manager(request)?, false)?;
            value["metadata"]["name"] = key.2.as_str().into();
            return Ok(ok(201, save(&mut state, request, key, None, value, owners)?));
        }
        return Err(Failure::not_found(&key.0, &key.2));
    };
    let (before, mut owners) = (stored.value, stored.owners);
    let mut after = match request.method.as_str() {
        "GET" => return Ok(ok(200, before)),
        "DELETE" => return delete(&mut state, request, key, &before),
        "PUT" => {
            let body = request.json().ok_or_else(|| Failure::bad_request("no JSON"))?;
            let version = &body["metadata"]["resourceVersion"];
            if !version.is_null() && *version != before["metadata"]["resourceVersion"] {
                let message = format!(
                    "Operation cannot be fulfilled on {} \"{}\": the object has been modified",
                    key.0, key.2
                );
                return Err(Failure::conflict(message));
            }
            body
        }
        "PATCH" => patched(request, &before, &mut owners)?,
        _ => {
            return Err(Failure::new(
                405,
                "MethodNotAllowed",
                "the server does not allow this method",
            ));
        }
    };
    if key.0 == "services" {
        service::unknown(&mut after);
        service::keep_the_other_half(&before, &mut after, is_status);
    }
    for member in ["uid", "creationTimestamp", "resourceVersion"] {
        after["metadata"][member] = before["metadata"][member].clone();
    }
    Ok(ok(200, save(&mut state, request, key, Some(&before), after, owners)?))
}

fn patched(request: &Request, before: &Value, owners: &mut Owners) -> Result<Value, Failure> {
    let patch = request.json().ok_or_else(|| Failure::bad_request("no JSON"))?;
    let mut after = before.clone();
    match request.header("content-type") {
        Some("application/json-patch+json") => return json_patch::apply(before, &patch),
        Some("application/merge-patch+json") => merge::merge(&mut after, &patch),
        Some("application/strategic-merge-patch+json") => merge::strategic(&mut after, &patch),
        Some("application/apply-patch+yaml") => {
            let force = request.query("force") == Some("true");
            return owners.apply(before, &patch, manager(request)?, force);
        }
        _ => return Err(Failure::new(415, "UnsupportedMediaType", "415: Unsupported Media Type")),
    }
    Ok(after)
}

fn manager(request: &Request) -> Result<&str, Failure> {
    let missing = || Failure::invalid("fieldManager", "FieldValueRequired", "is required for apply patch");
    request.query("fieldManager").ok_or_else(missing)
}

fn delete(state: &mut State, request: &Request, key: &Key, before: &Value) -> Outcome {
    let wanted = request.json().unwrap_or_default()["preconditions"]["uid"].clone();
    if !wanted.is_null() && wanted != before["metadata"]["uid"] {
        return Err(Failure::conflict(
            "the UID in the precondition does not match the UID in record",
        ));
    }
    if request.query("dryRun") == Some("All") {
        return Ok(ok(200, before.clone()));
    }
    let removed = state.remove(key).unwrap_or_default();
    if key.0 == "services" {
        return Ok(ok(200, removed));
    }
    Ok(ok(
        200,
        json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"}),
    ))
}
