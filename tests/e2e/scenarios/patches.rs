//! Each kind of patch but apply.

use serde_json::json;
use tablature_apis::client::Raw;
use tablature_apis::openshift::services::{CreateService, PatchService, ReadService};
use tablature_apis::runtime::patch::{JsonPatch, MergePatch, Pointer};
use tablature_apis::tablature_kubernetes::patch::StrategicMergePatch;

use super::{headless, label, ports};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let service = headless("web", &[("app", "web"), ("old", "yes")]);
    let before = CreateService::new(namespace, service)
        .send(client)
        .await
        .unwrap()
        .into_body();

    let key = Pointer::new(["metadata", "labels", "example.com/tier"]);
    let patch = JsonPatch::new().test("/metadata/labels/app", "web").add(key, "front");
    let patched = PatchService::new(namespace, "web", patch)
        .field_manager("patcher")
        .send(client)
        .await
        .unwrap();
    assert_eq!(patched.status(), 200);
    assert_eq!(label(patched.body(), "example.com/tier"), Some("front"));

    let failing = JsonPatch::new()
        .test("/metadata/labels/app", "other")
        .remove("/metadata/labels/old");
    let error = PatchService::new(namespace, "web", failing)
        .send(client)
        .await
        .unwrap_err();
    assert!(error.as_api().unwrap().is_invalid(), "{error}");

    let patch = MergePatch::new(json!({"metadata": {"labels": {"old": null, "merged": "yes"}}}));
    let patched = PatchService::new(namespace, "web", patch)
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!((label(&patched, "old"), label(&patched, "merged")), (None, Some("yes")));
    assert_eq!(label(&patched, "app"), Some("web"));

    // The difference of two objects is a merge patch.
    let mut changed = patched.clone();
    changed
        .metadata
        .as_mut()
        .unwrap()
        .labels
        .as_mut()
        .unwrap()
        .insert("diff".to_owned(), "1".to_owned());
    let patch = MergePatch::diff(&patched, &changed).unwrap();
    let patched = PatchService::new(namespace, "web", patch)
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!(label(&patched, "diff"), Some("1"));

    // Ports are merged by their numbers.
    let patch = StrategicMergePatch::new(json!({"spec": {"ports": [{"name": "https", "port": 443}]}}));
    let patched = PatchService::new(namespace, "web", patch)
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!(ports(&patched), [80, 443]);
    let patch = StrategicMergePatch::new(json!({"spec": {"ports": [{"port": 443, "$patch": "delete"}]}}));
    let patched = PatchService::new(namespace, "web", patch)
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!(ports(&patched), [80]);

    let path = format!("/api/v1/namespaces/{namespace}/services/web");
    let error = Raw::patch(path).json(&json!({})).send(client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 415);

    let after = ReadService::new(namespace, "web")
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!(after.spec.unwrap().cluster_ip, before.spec.unwrap().cluster_ip);
}
