//! ConfigMaps: created, read, changed in every way, and removed.

use std::time::Duration;

use serde_json::json;
use tablature_apis::openshift::configmaps::*;
use tablature_apis::openshift::models::ConfigMap;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::StatusOf;

use super::meta;
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let settings = ConfigMap::default()
        .metadata(meta("settings", &[("tier", "web")]))
        .data([("colour", "blue"), ("size", "2")])
        .binary_data([("logo", "AAEC/w==")]);
    let created = CreateConfigMap::new(namespace, &settings).send(client).await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(created.body().binary_data, settings.binary_data);
    let again = CreateConfigMap::new(namespace, &settings)
        .send(client)
        .await
        .unwrap_err();
    assert!(again.is_already_exists());

    let read = ReadConfigMap::new(namespace, "settings");
    assert_eq!(*read.send(client).await.unwrap().body(), *created.body());
    let replaced = read.modify(client, |mut settings| {
        let data = settings.data.get_or_insert_default();
        data.insert("colour".to_owned(), "red".to_owned());
        ReplaceConfigMap::new(namespace, "settings", settings)
    });
    assert_eq!(value(replaced.await.unwrap().body(), "colour"), Some("red"));

    let patch = MergePatch::new(json!({"data": {"size": null, "shape": "round"}}));
    let patched = PatchConfigMap::new(namespace, "settings", patch)
        .send(client)
        .await
        .unwrap();
    assert_eq!(value(patched.body(), "size"), None);
    let patch = JsonPatch::new()
        .test("/data/shape", "round")
        .replace("/data/shape", "flat");
    PatchConfigMap::new(namespace, "settings", patch)
        .send(client)
        .await
        .unwrap();

    let listed = ListConfigMaps::new(namespace).label_selector("tier=web");
    let list = listed.send(client).await.unwrap().into_body();
    assert_eq!(list.items.len(), 1);
    let is_flat = |it: &ConfigMap| value(it, "shape") == Some("flat");
    let seen = listed
        .watch()
        .wait_for(client, Duration::from_secs(30), is_flat)
        .await
        .unwrap();
    assert_eq!(value(&seen, "colour"), Some("red"));

    DeleteConfigMap::new(namespace, "settings").send(client).await.unwrap();
    assert!(read.send(client).await.unwrap_err().is_not_found());
}

fn value<'a>(settings: &'a ConfigMap, key: &str) -> Option<&'a str> {
    settings.data.as_ref()?.get(key).map(String::as_str)
}
