//! What CCI documents of Services, with a bearer token.

use serde_json::json;
use tablature_apis::huawei_cci::models::Service;
use tablature_apis::huawei_cci::services::{ListServices, PatchService, ReadServiceStatus, ReplaceService};
use tablature_apis::openshift::services::CreateService;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::StrategicMergePatch;
use tablature_apis::tablature_kubernetes::watch::{Event, Update};

use super::headless;
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    for name in ["one", "two", "three"] {
        CreateService::new(namespace, headless(name, &[("app", "web")]))
            .send(client)
            .await
            .unwrap();
    }
    let list = ListServices::new(namespace);
    assert_eq!(list.send(client).await.unwrap().body().items.len(), 3);
    let mut found = Vec::new();
    let mut items = list.clone().limit(2).items(client);
    while let Some(item) = items.next().await {
        found.push(item.unwrap().metadata.unwrap().name.unwrap());
    }
    assert_eq!(found, ["one", "three", "two"]);

    let mut watch = list.clone().watch().events(client);
    while !matches!(watch.next().await.unwrap().unwrap(), Update::Synced { .. }) {}

    let merge = MergePatch::new(json!({"metadata": {"labels": {"merged": "yes"}}}));
    let patched = PatchService::new(namespace, "one", merge).send(client).await.unwrap();
    assert_eq!(label(patched.body(), "merged"), Some("yes"));
    loop {
        match watch.next().await.unwrap().unwrap() {
            Update::Event(Event::Modified(service)) => break assert_eq!(label(&service, "merged"), Some("yes")),
            Update::Event(Event::Bookmark(_)) => {}
            other => unreachable!("{other:?}"),
        }
    }
    let strategic = StrategicMergePatch::new(json!({"spec": {"ports": [{"name": "https", "port": 443}]}}));
    let patched = PatchService::new(namespace, "one", strategic)
        .send(client)
        .await
        .unwrap();
    assert_eq!(patched.body().spec.clone().unwrap().ports.unwrap().len(), 2);
    let json_patch = JsonPatch::new().remove("/metadata/labels/merged");
    let patched = PatchService::new(namespace, "one", json_patch)
        .send(client)
        .await
        .unwrap();
    assert_eq!(label(patched.body(), "merged"), None);

    let read = ReadServiceStatus::new(namespace, "two");
    let before = read.send(client).await.unwrap().into_body();
    let replaced = read.modify(client, |mut service| {
        let labels = service.metadata.get_or_insert_default().labels.get_or_insert_default();
        labels.insert("replaced".to_owned(), "yes".to_owned());
        ReplaceService::new(namespace, "two", service)
    });
    let replaced = replaced.await.unwrap().into_body();
    assert_eq!(label(&replaced, "replaced"), Some("yes"));
    // CCI documents less of a Service than the server has: all of it is still there.
    assert_eq!(replaced.spec, before.spec);
    assert!(!before.spec.unwrap().unknown().is_empty());
    let missing = ReadServiceStatus::new(namespace, "nobody")
        .send(client)
        .await
        .unwrap_err();
    assert!(missing.is_not_found());
}

fn label<'a>(service: &'a Service, key: &str) -> Option<&'a str> {
    let labels = service.metadata.as_ref()?.labels.as_ref()?;
    labels.get(key).map(String::as_str)
}
