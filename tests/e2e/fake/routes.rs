//! From requests to what they do.

use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Failure, Outcome, ok};
use super::apply::Owners;
use super::http::{Answer, Body, Request};
use super::object::{object, save};
use super::resources::{self, Resource};
use super::selector::Selector;
use super::store::{Key, Store};
use super::{service, watch};

/// The only token that is taken.
pub const TOKEN: &str = "a-token-for-the-tests";
/// The only password for which it is issued.
pub const PASSWORD: &str = "a-password-for-the-tests";

pub fn route(store: &Arc<Store>, request: &Request) -> Answer {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    if path == ["v3", "auth", "tokens"] {
        return issue(request);
    }
    let bearer = request
        .header("authorization")
        .and_then(|header| header.strip_prefix("Bearer "));
    if bearer.or(request.header("x-auth-token")) != Some(TOKEN) {
        return Failure::new(401, "Unauthorized", "Unauthorized").into();
    }
    let outcome = dispatch(store, request, &path);
    store.tell();
    outcome.unwrap_or_else(Answer::from)
}

fn dispatch(store: &Arc<Store>, request: &Request, path: &[&str]) -> Outcome {
    let (api, path) = resources::api(path).ok_or_else(unknown)?;
    let known = |name: &str| resources::find(&api, name).ok_or_else(unknown);
    match *path {
        ["namespaces"] => create_namespace(store, request),
        ["namespaces", name] => namespace(store, request, name),
        [resource] => list(store, request, known(resource)?, None),
        ["namespaces", namespace, resource] => {
            let resource = known(resource)?;
            match request.method.as_str() {
                "GET" => list(store, request, resource, Some(namespace)),
                "POST" => create(store, request, resource.name, namespace),
                "DELETE" => delete_all(store, request, resource, namespace),
                _ => Err(Failure::new(
                    405,
                    "MethodNotAllowed",
                    "the server does not allow this method",
                )),
            }
        }
        ["namespaces", namespace, resource, name] => {
            object(store, request, &key(known(resource)?, namespace, name), false)
        }
        [
            "namespaces",
            namespace,
            resource @ ("services" | "routes"),
            name,
            "status",
        ] => object(store, request, &key(known(resource)?, namespace, name), true),
        ["namespaces", namespace, "pods", name, "log"] => log(store, &key(known("pods")?, namespace, name)),
        _ => Err(unknown()),
    }
}

fn unknown() -> Failure {
    Failure::new(404, "NotFound", "the server could not find the requested resource")
}

fn key(resource: &Resource, namespace: &str, name: &str) -> Key {
    (resource.name.to_owned(), namespace.to_owned(), name.to_owned())
}

/// The log of a pod: a few lines, the last without an end.
fn log(store: &Store, key: &Key) -> Outcome {
    if !store.state().objects.contains_key(key) {
        return Err(Failure::not_found(&key.0, &key.2));
    }
    let mut lines = ["one\n", "\ntwo", "\nlast"].into_iter();
    Ok(Answer {
        status: 200,
        headers: vec![("Content-Type", "text/plain".to_owned())],
        body: Body::Stream(Box::new(move || lines.next().map(str::to_owned))),
    })
}

/// The IAM of Huawei Cloud, which takes one password.
fn issue(request: &Request) -> Answer {
    let body = request.json().unwrap_or_default();
    if body["auth"]["identity"]["password"]["user"]["password"] != PASSWORD {
        return Failure::new(401, "Unauthorized", "The username or password is wrong.").into();
    }
    Answer {
        headers: vec![("X-Subject-Token", TOKEN.to_owned())],
        ..ok(201, json!({"token": {}}))
    }
}

fn create_namespace(store: &Store, request: &Request) -> Outcome {
    let body = request.json().ok_or_else(|| Failure::bad_request("no JSON"))?;
    let name = body["metadata"]["name"].as_str().unwrap_or_default();
    store.state().namespaces.insert(name.to_owned());
    Ok(ok(201, body))
}

fn namespace(store: &Store, request: &Request, name: &str) -> Outcome {
    let mut state = store.state();
    if !state.namespaces.contains(name) {
        return Err(Failure::not_found("namespaces", name));
    }
    if request.method == "DELETE" {
        state.namespaces.remove(name);
    }
    Ok(ok(
        200,
        json!({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": name}, "spec": {}}),
    ))
}

/// What a real server refuses of the parameters that say which version is listed.
fn check_versions(request: &Request) -> Result<(), Failure> {
    let is_set = |name: &str| request.query(name).is_some_and(|value| !value.is_empty());
    let is_watch = request.query("watch") == Some("true");
    let refuse = |name: &str, why: &str| Err(Failure::invalid(name, "FieldValueForbidden", why));
    if is_set("resourceVersionMatch") {
        if !is_set("resourceVersion") {
            return refuse("resourceVersionMatch", "Forbidden: there is no version to match");
        }
        if is_set("continue") {
            return refuse(
                "resourceVersionMatch",
                "Forbidden: the token says which version is listed",
            );
        }
        if is_watch && !is_set("sendInitialEvents") {
            return refuse("resourceVersionMatch", "Forbidden: a watch has none");
        }
    }
    if is_set("sendInitialEvents") && !is_watch {
        return refuse("sendInitialEvents", "Forbidden: a list has no events");
    }
    if is_set("continue") && is_set("resourceVersion") {
        return Err(Failure::bad_request("the token says which version is listed"));
    }
    Ok(())
}

fn list(store: &Arc<Store>, request: &Request, resource: &Resource, namespace: Option<&str>) -> Outcome {
    check_versions(request)?;
    let selector = Selector::of(request)?;
    if request.query("watch") == Some("true") {
        return Ok(watch::watch(store, request, resource.name, namespace, selector));
    }
    let state = store.state();
    let found = state.objects.iter().filter(|(key, stored)| {
        key.0 == resource.name
            && namespace.is_none_or(|namespace| key.1 == namespace)
            && selector.matches(&stored.value)
    });
    let found: Vec<(&Key, &Value)> = found.map(|(key, stored)| (key, &stored.value)).collect();
    let begin = match request.query("continue") {
        Some(token) => {
            let after = token
                .strip_prefix("after:")
                .ok_or_else(|| Failure::bad_request("continue key is not valid"))?;
            found.partition_point(|(key, _)| format!("{}/{}", key.1, key.2).as_str() <= after)
        }
        None => 0,
    };
    let limit = request
        .query("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(usize::MAX);
    let rest = found.len() - begin;
    let page: Vec<_> = found.into_iter().skip(begin).take(limit).collect();
    let mut metadata = json!({"resourceVersion": state.version.to_string()});
    if let Some((key, _)) = page.last().filter(|_| rest > page.len()) {
        metadata["continue"] = format!("after:{}/{}", key.1, key.2).into();
        metadata["remainingItemCount"] = (rest - page.len()).into();
    }
    let items: Vec<_> = page.into_iter().map(|(_, value)| value).collect();
    Ok(ok(
        200,
        json!({"kind": format!("{}List", resource.kind), "apiVersion": resource.api_version, "metadata": metadata, "items": items}),
    ))
}

fn create(store: &Store, request: &Request, resource: &str, namespace: &str) -> Outcome {
    let mut body = request.json().ok_or_else(|| Failure::bad_request("no JSON"))?;
    let warnings = match resource {
        "services" => validate_fields(request, &mut body)?,
        _ => Vec::new(),
    };
    let mut state = store.state();
    if !state.namespaces.contains(namespace) {
        return Err(Failure::not_found("namespaces", namespace));
    }
    let name = body["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let key = (resource.to_owned(), namespace.to_owned(), name.clone());
    if state.objects.contains_key(&key) {
        return Err(Failure::new(
            409,
            "AlreadyExists",
            format!("{resource} \"{name}\" already exists"),
        ));
    }
    body["status"] = Value::Null;
    let created = save(&mut state, request, &key, None, body, Owners::default())?;
    resources::settle(&mut state, &key);
    let warnings = warnings
        .into_iter()
        .map(|warning| ("Warning", format!("299 - {}", Value::from(warning))));
    Ok(Answer {
        headers: warnings.collect(),
        ..ok(201, created)
    })
}

/// What is said of fields that are not known, if that is asked for.
fn validate_fields(request: &Request, body: &mut Value) -> Result<Vec<String>, Failure> {
    let unknown = service::unknown(body);
    let told = unknown.iter().map(|field| format!("unknown field \"{field}\""));
    match request.query("fieldValidation") {
        Some("Strict") if !unknown.is_empty() => {
            let told: Vec<_> = told.collect();
            Err(Failure::bad_request(format!(
                "strict decoding error: {}",
                told.join(", ")
            )))
        }
        Some("Ignore") => Ok(Vec::new()),
        _ => Ok(told.collect()),
    }
}

fn delete_all(store: &Store, request: &Request, resource: &Resource, namespace: &str) -> Outcome {
    let selector = Selector::of(request)?;
    let mut state = store.state();
    let keys: Vec<_> = state
        .objects
        .iter()
        .filter(|(key, stored)| key.0 == resource.name && key.1 == namespace && selector.matches(&stored.value))
        .map(|(key, _)| key.clone())
        .collect();
    let items: Vec<_> = keys.iter().filter_map(|key| state.remove(key)).collect();
    let metadata = json!({"resourceVersion": state.version.to_string()});
    Ok(ok(
        200,
        json!({"kind": format!("{}List", resource.kind), "apiVersion": resource.api_version, "metadata": metadata, "items": items}),
    ))
}
