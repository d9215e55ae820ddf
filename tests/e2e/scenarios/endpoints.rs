//! Endpoints: created and removed by raw requests, patched as CCI documents it.

use serde_json::json;
use tablature_apis::client::Raw;
use tablature_apis::huawei_cci::endpoints::PatchEndpoints;
use tablature_apis::huawei_cci::models::Endpoints;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::StrategicMergePatch;

use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let path = format!("/api/v1/namespaces/{namespace}/endpoints");
    let body = json!({
        "apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "web"},
        "subsets": [{"addresses": [{"ip": "192.0.2.10"}], "ports": [{"name": "http", "port": 80}]}],
    });
    let created = Raw::post(&path).json(&body).send_as::<Endpoints>(client).await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(addresses(created.body()), ["192.0.2.10"]);

    let address = json!({"ip": "192.0.2.11"});
    let patch = JsonPatch::new().add("/subsets/0/addresses/-", &address);
    let patched = PatchEndpoints::new(namespace, "web", patch).send(client).await.unwrap();
    assert_eq!(addresses(patched.body()), ["192.0.2.10", "192.0.2.11"]);

    let patch = MergePatch::new(json!({"subsets": [{"addresses": [address], "ports": [{"port": 81}]}]}));
    let patched = PatchEndpoints::new(namespace, "web", patch).send(client).await.unwrap();
    assert_eq!(addresses(patched.body()), ["192.0.2.11"]);

    let patch = StrategicMergePatch::new(json!({"metadata": {"labels": {"a": "b"}}}));
    let patched = PatchEndpoints::new(namespace, "web", patch).send(client).await.unwrap();
    let labels = patched.body().metadata.clone().unwrap().labels.unwrap();
    assert_eq!(labels.get("a").map(String::as_str), Some("b"));

    let read = Raw::get(format!("{path}/web"))
        .send_as::<Endpoints>(client)
        .await
        .unwrap();
    assert_eq!(*read.body(), *patched.body());
    Raw::delete(format!("{path}/web")).send(client).await.unwrap();
    let gone = Raw::get(format!("{path}/web")).send(client).await.unwrap_err();
    assert!(gone.is_not_found());
}

fn addresses(endpoints: &Endpoints) -> Vec<String> {
    let subsets = endpoints.subsets.iter().flatten();
    let addresses = subsets.flat_map(|subset| subset.addresses.iter().flatten());
    addresses.map(|address| address.ip.clone()).collect()
}
