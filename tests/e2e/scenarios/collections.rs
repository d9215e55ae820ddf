//! Many Services are deleted at once.

use tablature_apis::openshift::models::StatusOrServiceList;
use tablature_apis::openshift::services::{CreateService, DeleteServiceCollection, ListServices};

use super::{headless, name};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    for (name, group) in [("a", "x"), ("b", "x"), ("c", "y")] {
        let service = headless(name, &[("group", group)]);
        CreateService::new(namespace, service).send(client).await.unwrap();
    }
    let delete = DeleteServiceCollection::new(namespace);
    let deleted = delete.clone().label_selector("group=x").send(client).await.unwrap();
    // Documented as the one, answered as the other.
    match deleted.into_body() {
        StatusOrServiceList::ServiceList(list) => assert_eq!(list.items.len(), 2),
        StatusOrServiceList::Status(status) => assert_eq!(status.status.unwrap(), "Success"),
        other => unreachable!("{other:?}"),
    }
    let left = ListServices::new(namespace).send(client).await.unwrap().into_body();
    assert_eq!(left.items.iter().map(name).collect::<Vec<_>>(), ["c"]);
    delete.send(client).await.unwrap();
    let left = ListServices::new(namespace).send(client).await.unwrap().into_body();
    assert!(left.items.is_empty());
}
