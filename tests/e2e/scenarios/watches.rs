//! Watches: what happens is told, each thing once and in order, across connections.

use tablature_apis::openshift::models::Service;
use tablature_apis::openshift::services::{CreateService, DeleteService, ListServices, PatchService};
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::watch::{Event, Update, Watch};

use super::{headless, label, name, version};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let create = |name: &str| CreateService::new(namespace, headless(name, &[("watched", "yes")]));
    create("before").send(client).await.unwrap();
    let other = CreateService::new(namespace, headless("other", &[]));
    other.send(client).await.unwrap();

    let list = ListServices::new(namespace).label_selector("watched=yes");
    let mut watch = list.clone().watch().events(client);
    assert!(matches!(next(&mut watch).await, Update::Restarted { .. }));
    match next(&mut watch).await {
        Update::Listed(service) => assert_eq!(name(&service), "before"),
        other => unreachable!("{other:?}"),
    }
    assert!(matches!(next(&mut watch).await, Update::Synced { .. }));

    let created = create("a").send(client).await.unwrap().into_body();
    assert_eq!(event(&mut watch).await, ("ADDED", "a".to_owned()));
    relabel(&world, "a", "more").await;
    assert_eq!(event(&mut watch).await, ("MODIFIED", "a".to_owned()));
    DeleteService::new(namespace, "a").send(client).await.unwrap();
    assert_eq!(event(&mut watch).await, ("DELETED", "a".to_owned()));
    drop(watch);

    // From a version on, without a list.
    let from = list.clone().resource_version(version(&created)).watch();
    let mut watch = from.events(client);
    assert_eq!(event(&mut watch).await, ("MODIFIED", "a".to_owned()));
    assert_eq!(event(&mut watch).await, ("DELETED", "a".to_owned()));

    across_connections(&world, list).await;
}

/// The server ends each connection after a second.
async fn across_connections(world: &World, list: ListServices) {
    let World { client, namespace, .. } = world;
    let mut watch = list.timeout_seconds(1).watch().events(client);
    while !matches!(next(&mut watch).await, Update::Synced { .. }) {}
    for round in 0..3 {
        let told = format!("round-{round}");
        relabel(world, "before", &told).await;
        assert_eq!(event(&mut watch).await, ("MODIFIED", "before".to_owned()));
        // Nothing is told while the connection ends and another is made.
        let pause = tokio::time::sleep(std::time::Duration::from_millis(1_300));
        tokio::select! {
            () = pause => {}
            told = event(&mut watch) => unreachable!("{told:?}"),
        }
    }
    DeleteService::new(namespace, "before").send(client).await.unwrap();
    assert_eq!(event(&mut watch).await, ("DELETED", "before".to_owned()));
}

async fn relabel(world: &World, name: &str, value: &str) {
    let patch = MergePatch::new(serde_json::json!({"metadata": {"labels": {"round": value}}}));
    let patched = PatchService::new(&world.namespace, name, patch)
        .send(&world.client)
        .await
        .unwrap();
    assert_eq!(label(patched.body(), "round"), Some(value));
}

async fn next(watch: &mut Watch<Service>) -> Update<Service> {
    let limit = std::time::Duration::from_secs(30);
    tokio::time::timeout(limit, watch.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap()
}

/// The next event of an object.
async fn event(watch: &mut Watch<Service>) -> (&'static str, String) {
    loop {
        match next(watch).await {
            Update::Event(Event::Added(service)) => return ("ADDED", name(&service).to_owned()),
            Update::Event(Event::Modified(service)) => return ("MODIFIED", name(&service).to_owned()),
            Update::Event(Event::Deleted(service)) => return ("DELETED", name(&service).to_owned()),
            Update::Event(Event::Bookmark(_)) => {}
            other => unreachable!("{other:?}"),
        }
    }
}
