//! The requests of the CCI pages.

use tablature_apis::huawei_cci::SERVERS;
use tablature_apis::huawei_cci::endpoints::PatchEndpoints;
use tablature_apis::huawei_cci::models::{ObjectMeta, Service, ServiceSpec};
use tablature_apis::huawei_cci::services::*;
use tablature_apis::kubernetes::models::ServicePort;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::StrategicMergePatch;

use super::sent::Sent;

#[test]
fn every_documented_request() {
    let mut sent = Sent::to(SERVERS[0].server().unwrap());
    services(&mut sent);
    patches(&mut sent);
    insta::assert_snapshot!("huawei_cci", sent.complete("huawei-cci.json"));
}

#[test]
fn the_region_is_a_variable_of_the_server() {
    let server = SERVERS[0].with(&[("region", "cn-east-3")]).unwrap();
    assert_eq!(server.host(), "cci.cn-east-3.myhuaweicloud.com");
}

fn services(sent: &mut Sent) {
    let service = Service::default()
        .api_version("v1")
        .kind("Service")
        .metadata(ObjectMeta::default().name("web"))
        .spec(ServiceSpec::default().ports([ServicePort::new(80).target_port("http")]));
    sent.required(&ReplaceService::new("shop", "web", &service));
    sent.all(
        &ReplaceService::new("shop", "web", &service)
            .dry_run("All")
            .field_manager("me")
            .pretty("true"),
    );
    sent.required(&ReadServiceStatus::new("shop", "web"));
    sent.all(&ReadServiceStatus::new("shop", "web").pretty("true"));
    sent.required(&ListServices::new("shop"));
    let all = ListServices::new("shop")
        .continue_("token/+=")
        .field_selector("metadata.name!=web")
        .include_uninitialized(true)
        .label_selector("app in (web,api),tier=front")
        .limit(500)
        .pretty("true")
        .resource_version("42")
        .timeout_seconds(30);
    sent.all(&all);
    sent.all(&all.watch());
}

fn patches(sent: &mut Sent) {
    let labels = serde_json::json!({"metadata": {"labels": {"app": "web", "old": null}}});
    let json = JsonPatch::new()
        .add("/metadata/labels/a~1b", "c")
        .replace("/spec/ports/0/port", 8080);
    sent.required(&PatchService::new("shop", "web", json.clone()));
    sent.all(
        &PatchService::new("shop", "web", StrategicMergePatch::new(&labels))
            .dry_run("All")
            .field_manager("me")
            .force(true)
            .pretty("true"),
    );
    sent.required(&PatchEndpoints::new("shop", "web", json));
    sent.all(
        &PatchEndpoints::new("shop", "web", MergePatch::new(&labels))
            .dry_run("All")
            .field_manager("me")
            .force(false)
            .pretty("true"),
    );
}
