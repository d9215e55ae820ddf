//! The status of a Service is read, patched and replaced, and its spec stays as it is.

use serde_json::json;
use tablature_apis::openshift::models::{Service, ServicePort, ServiceSpec};
use tablature_apis::openshift::services::{CreateService, PatchServiceStatus, ReadServiceStatus, ReplaceServiceStatus};
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::StatusOf;

use super::{headless, meta, ports};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    // Of a class that nobody provides, so that nobody else sets its status.
    let wanted = ServiceSpec::default()
        .type_("LoadBalancer")
        .load_balancer_class("example.com/nobody")
        .allocate_load_balancer_node_ports(false)
        .ports([ServicePort::new(80)]);
    let wanted = Service::default().metadata(meta("balanced", &[])).spec(wanted);
    CreateService::new(namespace, wanted).send(client).await.unwrap();

    let patch = MergePatch::new(json!({
        "spec": {"ports": [{"port": 81}]},
        "status": {
            "conditions": [{
                "type": "Ready", "status": "True", "lastTransitionTime": "2026-01-02T03:04:05Z",
                "reason": "Tested", "message": "for a test",
            }],
            "loadBalancer": {"ingress": [{"ip": "192.0.2.10"}]},
        },
    }));
    let patched = PatchServiceStatus::new(namespace, "balanced", patch)
        .send(client)
        .await
        .unwrap()
        .into_body();
    assert_eq!(ports(&patched), [80]);
    assert_eq!(addresses(&patched), ["192.0.2.10"]);

    let read = ReadServiceStatus::new(namespace, "balanced");
    let found = read.send(client).await.unwrap().into_body();
    let condition = found.status.clone().unwrap().conditions.unwrap().remove(0);
    assert_eq!(
        (condition.type_.as_str(), condition.reason.as_str()),
        ("Ready", "Tested")
    );

    let replaced = read.modify(client, |mut service| {
        let balancer = service
            .status
            .get_or_insert_default()
            .load_balancer
            .get_or_insert_default();
        for ingress in balancer.ingress.iter_mut().flatten() {
            ingress.ip = Some("192.0.2.11".to_owned());
        }
        service.spec.get_or_insert_default().ports = Some(vec![ServicePort::new(82)]);
        ReplaceServiceStatus::new(namespace, "balanced", service)
    });
    let replaced = replaced.await.unwrap().into_body();
    assert_eq!(ports(&replaced), [80]);
    assert_eq!(addresses(&replaced), ["192.0.2.11"]);
    // What the schema does not know of the status was written back.
    assert_eq!(unknown(&replaced), unknown(&found));

    CreateService::new(namespace, headless("plain", &[]))
        .send(client)
        .await
        .unwrap();
    let patch = MergePatch::new(json!({"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.10"}]}}}));
    let refused = PatchServiceStatus::new(namespace, "plain", patch)
        .send(client)
        .await
        .unwrap_err();
    let causes = refused.as_api().unwrap().causes();
    assert!(refused.as_api().unwrap().is_invalid(), "{refused}");
    assert_eq!(causes[0].field.as_deref(), Some("status.loadBalancer.ingress"));
}

fn addresses(service: &Service) -> Vec<String> {
    let ingress = service.status.clone().unwrap().load_balancer.unwrap().ingress.unwrap();
    ingress.into_iter().filter_map(|ingress| ingress.ip).collect()
}

/// How many members of the first ingress the schema does not know.
fn unknown(service: &Service) -> usize {
    let ingress = service.status.clone().unwrap().load_balancer.unwrap().ingress.unwrap();
    ingress[0].unknown().len()
}
