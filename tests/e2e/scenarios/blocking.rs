//! The same by the blocking client.

use serde_json::json;
use tablature_apis::openshift::services::{
    CreateService, DeleteService, ListServices, PatchService, ReadService, ReplaceService,
};
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::watch::{Event, Update};

use super::{headless, label, name};
use crate::world::World;

pub async fn run(world: World) {
    tokio::task::spawn_blocking(move || all(&world)).await.unwrap();
}

fn all(world: &World) {
    let World {
        blocking: client,
        namespace,
        ..
    } = world;
    for number in 0..5 {
        let service = headless(&format!("s{number}"), &[]);
        CreateService::new(namespace, service).send_blocking(client).unwrap();
    }
    let list = ListServices::new(namespace);
    let items = list.clone().limit(2).items_blocking(client);
    let names: Vec<_> = items.map(|item| name(&item.unwrap()).to_owned()).collect();
    assert_eq!(names, ["s0", "s1", "s2", "s3", "s4"]);
    assert_eq!(list.clone().limit(2).pages_blocking(client).count(), 3);

    let mut watch = list.watch().events_blocking(client);
    let synced = watch
        .by_ref()
        .find(|update| matches!(update, Ok(Update::Synced { .. }) | Err(_)));
    assert!(synced.unwrap().is_ok());
    let patch = MergePatch::new(json!({"metadata": {"labels": {"a": "b"}}}));
    PatchService::new(namespace, "s0", patch).send_blocking(client).unwrap();
    let seen = watch.find_map(|update| match update.unwrap() {
        Update::Event(Event::Modified(service)) => Some(service),
        _ => None,
    });
    assert_eq!(label(&seen.unwrap(), "a"), Some("b"));

    let replaced = ReadService::new(namespace, "s1").modify_blocking(client, |mut service| {
        let labels = service.metadata.get_or_insert_default().labels.get_or_insert_default();
        labels.insert("c".to_owned(), "d".to_owned());
        ReplaceService::new(namespace, "s1", service)
    });
    assert_eq!(label(replaced.unwrap().body(), "c"), Some("d"));
    DeleteService::new(namespace, "s1").send_blocking(client).unwrap();
    let gone = ReadService::new(namespace, "s1").send_blocking(client).unwrap_err();
    assert!(gone.is_not_found());
}
