//! Services are created, read, replaced and deleted.

use tablature_apis::openshift::models::{DeleteOptions, Service, ServiceOrStatus, ServicePort, ServiceSpec};
use tablature_apis::openshift::services::{CreateService, DeleteService, ReadService, ReplaceService};
use tablature_apis::tablature_kubernetes::Reason;
use tablature_apis::tablature_kubernetes::StatusOf;

use super::{headless, label, meta, name, ports, spec, version};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let wanted = ServiceSpec::default().selector([("app", "web")]).ports([
        ServicePort::new(80).name("http").target_port("http"),
        ServicePort::new(53).name("dns-tcp").protocol("TCP").target_port(5353),
        ServicePort::new(53).name("dns-udp").protocol("UDP").target_port(5353),
    ]);
    let wanted = Service::default().metadata(meta("web", &[("app", "web")])).spec(wanted);
    let create = CreateService::new(namespace, &wanted)
        .field_manager("creator")
        .field_validation("Strict");
    let created = create.send(client).await.unwrap();
    assert_eq!(created.status(), 201);
    let created = created.into_body();
    assert_eq!((name(&created), ports(&created)), ("web", vec![53, 53, 80]));
    assert!(
        spec(&created)
            .cluster_ip
            .as_ref()
            .is_some_and(|address| !address.is_empty())
    );
    assert!(created.metadata.as_ref().unwrap().uid.is_some());

    let error = create.send(client).await.unwrap_err();
    assert!(error.is_already_exists(), "{error}");

    let read = ReadService::new(namespace, "web").send(client).await.unwrap();
    assert_eq!(read.status(), 200);
    assert_eq!(*read.body(), created);

    replace(&world, &created).await;

    let missing = ReadService::new(namespace, "nobody").send(client).await.unwrap_err();
    assert!(missing.is_not_found());
    assert_eq!(missing.reason(), Some(Reason::NotFound));

    let invalid = headless("Not_A_Name", &[]);
    let invalid = CreateService::new(namespace, invalid).send(client).await.unwrap_err();
    assert!(invalid.as_api().unwrap().is_invalid());
    assert!(
        invalid
            .as_api()
            .unwrap()
            .causes()
            .iter()
            .any(|cause| cause.field.as_deref() == Some("metadata.name"))
    );

    delete(&world).await;
}

async fn replace(world: &World, created: &Service) {
    let World { client, namespace, .. } = world;
    let read = ReadService::new(namespace, "web");
    let replaced = read.modify(client, |mut service| {
        let labels = service.metadata.get_or_insert_default().labels.get_or_insert_default();
        labels.insert("tier".to_owned(), "front".to_owned());
        ReplaceService::new(namespace, "web", &service).field_manager("replacer")
    });
    let replaced = replaced.await.unwrap().into_body();
    assert_eq!(label(&replaced, "tier"), Some("front"));
    assert_ne!(version(&replaced), version(created));
    assert_eq!(spec(&replaced), spec(created));
    assert_eq!(
        replaced.metadata.as_ref().unwrap().uid,
        created.metadata.as_ref().unwrap().uid
    );

    let stale = ReplaceService::new(namespace, "web", created)
        .send(client)
        .await
        .unwrap_err();
    assert!(stale.is_conflict(), "{stale}");
}

async fn delete(world: &World) {
    let World { client, namespace, .. } = world;
    let other = DeleteOptions::default().preconditions(
        tablature_apis::kubernetes::models::Preconditions::default().uid("00000000-0000-0000-0000-000000000000"),
    );
    let refused = DeleteService::new(namespace, "web")
        .body(other)
        .send(client)
        .await
        .unwrap_err();
    assert!(refused.is_conflict(), "{refused}");

    let options = DeleteOptions::default().propagation_policy("Background");
    let deleted = DeleteService::new(namespace, "web")
        .body(options)
        .send(client)
        .await
        .unwrap();
    match deleted.into_body() {
        ServiceOrStatus::Service(service) => assert_eq!(name(&service), "web"),
        ServiceOrStatus::Status(status) => assert_eq!(status.status.unwrap(), "Success"),
        other => unreachable!("{other:?}"),
    }
    let gone = DeleteService::new(namespace, "web").send(client).await.unwrap_err();
    assert!(gone.is_not_found());
}
