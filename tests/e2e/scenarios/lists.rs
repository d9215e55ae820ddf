//! Lists, with selectors and in pages.

use tablature_apis::client::pages::Items;
use tablature_apis::openshift::models::Service;
use tablature_apis::openshift::services::{CreateService, ListAllServices, ListServices, ReadService};

use super::{headless, name};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    for number in 0..7 {
        let even = if number % 2 == 0 { "yes" } else { "no" };
        let service = headless(&format!("s{number}"), &[("even", even), ("suite", namespace)]);
        CreateService::new(namespace, service).send(client).await.unwrap();
    }
    let list = ListServices::new(namespace);
    let all = list.send(client).await.unwrap().into_body();
    assert_eq!(names(&all.items), ["s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
    let meta = all.metadata.unwrap();
    assert!(meta.resource_version.is_some_and(|version| !version.is_empty()));

    let even = list.clone().label_selector("even=yes").send(client).await.unwrap();
    assert_eq!(names(&even.body().items), ["s0", "s2", "s4", "s6"]);
    let some = list
        .clone()
        .label_selector("even in (no), suite")
        .field_selector("metadata.name!=s3");
    assert_eq!(names(&some.send(client).await.unwrap().body().items), ["s1", "s5"]);
    let none = list.clone().label_selector("even=maybe").send(client).await.unwrap();
    assert!(none.body().items.is_empty());

    pages(&world, &list).await;

    let everywhere = ListAllServices::new().label_selector(format!("suite={namespace}"));
    let found = everywhere.send(client).await.unwrap().into_body();
    assert_eq!(found.items.len(), 7);
    assert_eq!(collect(everywhere.limit(2).items(client)).await, names(&found.items));

    // Every cluster has this one.
    let own = ReadService::new("default", "kubernetes").send(client).await.unwrap();
    assert_eq!(name(own.body()), "kubernetes");

    let wrong = list.clone().label_selector("a b c").send(client).await.unwrap_err();
    assert_eq!(wrong.status().unwrap(), 400);
    let wrong = list.clone().continue_("nonsense").send(client).await.unwrap_err();
    assert_eq!(wrong.status().unwrap(), 400);
}

async fn pages(world: &World, list: &ListServices) {
    let mut pages = list.clone().limit(3).pages(&world.client);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert!(page.consistent);
        sizes.push(page.response.body().items.len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    // The version belongs to the first page: the token of the others has it.
    let found = list.clone().send(&world.client).await.unwrap().into_body();
    let version = found.metadata.unwrap().resource_version.unwrap();
    let newer = list
        .clone()
        .resource_version(version)
        .resource_version_match("NotOlderThan");
    assert_eq!(collect(newer.limit(2).items(&world.client)).await.len(), 7);
    for limit in [1, 2, 7, 100] {
        let found = collect(list.clone().limit(limit).items(&world.client)).await;
        assert_eq!(found, ["s0", "s1", "s2", "s3", "s4", "s5", "s6"], "{limit}");
    }
}

async fn collect(mut items: Items<Service>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(name(&item.unwrap()).to_owned());
    }
    found
}

fn names(services: &[Service]) -> Vec<&str> {
    services.iter().map(name).collect()
}
