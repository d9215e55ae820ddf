//! The kinds of resources that the server has, and what controllers do to new objects.

use serde_json::{Value, json};

use super::store::{Key, State};

/// A kind of resource.
pub struct Resource {
    /// As it stands in paths, which is what objects are stored under.
    pub name: &'static str,
    pub kind: &'static str,
    pub api_version: &'static str,
}

const RESOURCES: [Resource; 6] = [
    resource("services", "Service", "v1"),
    resource("endpoints", "Endpoints", "v1"),
    resource("configmaps", "ConfigMap", "v1"),
    resource("networks", "Network", "yangtse/v2"),
    resource("pods", "Pod", "cci/v2"),
    resource("routes", "Route", "route.openshift.io/v1"),
];

const fn resource(name: &'static str, kind: &'static str, api_version: &'static str) -> Resource {
    Resource {
        name,
        kind,
        api_version,
    }
}

/// The API that a path is of, and what follows it.
pub fn api<'a>(path: &'a [&'a str]) -> Option<(String, &'a [&'a str])> {
    match path {
        ["api", version, rest @ ..] => Some(((*version).to_owned(), rest)),
        ["apis", group, version, rest @ ..] => Some((format!("{group}/{version}"), rest)),
        _ => None,
    }
}

/// The resource of an API that has this name in paths.
pub fn find(api_version: &str, name: &str) -> Option<&'static Resource> {
    let mut all = RESOURCES.iter();
    all.find(|it| it.api_version == api_version && it.name == name)
}

/// The resource that objects are stored under.
pub fn named(name: &str) -> &'static Resource {
    RESOURCES.iter().find(|it| it.name == name).unwrap()
}

/// Does what the controllers of a cluster do to an object that was created.
pub fn settle(state: &mut State, key: &Key) {
    let Some(mut stored) = state.objects.get(key).cloned() else {
        return;
    };
    stored.value["status"] = match key.0.as_str() {
        "pods" => json!({"phase": "Running"}),
        "routes" => {
            let host = format!("{}-{}.apps.example.com", key.2, key.1);
            json!({"ingress": [{"host": host, "routerName": "default", "conditions": [condition()]}]})
        }
        _ => return,
    };
    state.put(key.clone(), stored.value, stored.owners);
}

fn condition() -> Value {
    json!({"type": "Admitted", "status": "True", "lastTransitionTime": "2026-01-02T03:04:05Z"})
}
