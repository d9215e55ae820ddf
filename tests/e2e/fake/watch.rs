//! Watches.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::{Answer, Body, Request};
use super::selector::Selector;
use super::store::{Change, Store};

/// How long a watch takes unless the request says.
const LONG: Duration = Duration::from_secs(600);

/// A stream of the changes of `resource`, in all namespaces or one.
pub fn watch(
    store: &Arc<Store>,
    request: &Request,
    resource: &str,
    namespace: Option<&str>,
    selector: Selector,
) -> Answer {
    let asked = request.query("timeoutSeconds").and_then(|seconds| seconds.parse().ok());
    let end = Instant::now() + asked.map_or(LONG, Duration::from_secs);
    let bookmarks = request.query("allowWatchBookmarks") == Some("true");
    let from = request
        .query("resourceVersion")
        .and_then(|version| version.parse().ok());
    let mut pending = Vec::new();
    let mut version = from.unwrap_or_else(|| {
        let state = store.state();
        let objects = state.objects.iter().filter(|(key, _)| is_in(key, resource, namespace));
        let objects = objects.filter(|(_, stored)| selector.matches(&stored.value));
        pending.extend(objects.map(|(_, stored)| line("ADDED", &stored.value)));
        state.version
    });
    pending.reverse();
    let (store, resource) = (Arc::clone(store), resource.to_owned());
    let namespace = namespace.map(str::to_owned);
    let mut ended = false;
    let lines = move || loop {
        if let Some(line) = pending.pop() {
            return Some(line);
        }
        if ended {
            return None;
        }
        let changes = store.changes_after(version, end);
        ended = changes.is_empty();
        if let Some(last) = changes.last() {
            version = last.version;
        } else if bookmarks {
            let metadata = json!({"resourceVersion": version.to_string()});
            return Some(line(
                "BOOKMARK",
                &json!({"kind": "Service", "apiVersion": "v1", "metadata": metadata}),
            ));
        }
        let changes = changes
            .iter()
            .filter(|change| is_in(&change.key, &resource, namespace.as_deref()));
        pending = changes.filter_map(|change| event(change, &selector)).rev().collect();
    };
    Answer {
        status: 200,
        headers: Vec::new(),
        body: Body::Stream(Box::new(lines)),
    }
}

fn is_in(key: &(String, String, String), resource: &str, namespace: Option<&str>) -> bool {
    key.0 == resource && namespace.is_none_or(|namespace| key.1 == namespace)
}

/// What a change is to those who see only what the selector matches.
fn event(change: &Change, selector: &Selector) -> Option<String> {
    let seen = |object: &Option<Value>| object.as_ref().is_some_and(|object| selector.matches(object));
    match (seen(&change.before), seen(&change.after)) {
        (false, true) => Some(line("ADDED", change.after.as_ref()?)),
        (true, true) => Some(line("MODIFIED", change.after.as_ref()?)),
        (true, false) => {
            let mut gone = change.before.clone()?;
            gone["metadata"]["resourceVersion"] = change.version.to_string().into();
            Some(line("DELETED", &gone))
        }
        (false, false) => None,
    }
}

fn line(event_type: &str, object: &Value) -> String {
    format!("{}\n", json!({"type": event_type, "object": object}))
}
