//! Server-side apply: who owns what, conflicts, and force.

use serde_json::{Value, json};
use tablature_apis::client::Error;
use tablature_apis::openshift::services::{PatchService, ReadService};
use tablature_apis::runtime::Error as CallError;
use tablature_apis::tablature_kubernetes::StatusOf;
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

use super::{label, name};
use crate::world::World;

fn wanted(app: &str, label: Option<&str>) -> ApplyPatch {
    let labels: Value = label.map_or(json!({}), |label| json!({"mine": label}));
    ApplyPatch::new(json!({
        "apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "applied", "labels": labels},
        "spec": {"ports": [{"port": 80, "protocol": "TCP", "name": "http"}], "selector": {"app": app}},
    }))
}

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let apply =
        |patch: ApplyPatch, manager: &str| PatchService::new(namespace, "applied", patch).field_manager(manager);

    let refused = PatchService::new(namespace, "applied", wanted("web", None))
        .send(client)
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Call(CallError::Request(_))), "{refused}");

    let created = apply(wanted("web", Some("1")), "first").send(client).await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(
        (name(created.body()), label(created.body(), "mine")),
        ("applied", Some("1"))
    );

    let again = apply(wanted("web", Some("1")), "first").send(client).await.unwrap();
    assert_eq!(again.status(), 200);
    assert_eq!(again.body().spec, created.body().spec);

    let conflict = apply(wanted("other", None), "second").send(client).await.unwrap_err();
    assert!(conflict.is_conflict(), "{conflict}");
    let causes = conflict.as_api().unwrap().causes();
    assert_eq!(causes.len(), 1);
    assert_eq!(causes[0].reason.as_deref(), Some("FieldManagerConflict"));
    assert_eq!(causes[0].field.as_deref(), Some(".spec.selector"));
    assert!(causes[0].message.as_deref().unwrap().contains("first"));

    let forced = apply(wanted("other", None), "second")
        .force(true)
        .send(client)
        .await
        .unwrap();
    let selector = forced.body().spec.clone().unwrap().selector.unwrap();
    assert_eq!(selector.get("app").map(String::as_str), Some("other"));

    // What a manager no longer asks for, and nobody else does, goes.
    let less = ApplyPatch::new(json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "applied"},
        "spec": {"ports": [{"port": 80, "protocol": "TCP", "name": "http"}]},
    }));
    let less = apply(less, "first").send(client).await.unwrap();
    assert_eq!(label(less.body(), "mine"), None);
    let read = ReadService::new(namespace, "applied")
        .send(client)
        .await
        .unwrap()
        .into_body();
    let selector = read.spec.unwrap().selector.unwrap();
    assert_eq!(selector.get("app").map(String::as_str), Some("other"));
    let fields = read.metadata.unwrap().managed_fields.unwrap();
    assert!(fields.iter().any(|entry| entry.manager.as_deref() == Some("second")));
}
