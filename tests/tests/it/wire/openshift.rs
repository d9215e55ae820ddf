//! The requests of the OpenShift pages.

mod calls;
mod config_maps;
mod endpoint_slices;
mod routes;

use tablature_apis::kubernetes::models::{DeleteOptions, IntOrString, Preconditions, ServicePort};
use tablature_apis::openshift::SERVERS;
use tablature_apis::openshift::models::{ObjectMeta, Patch, Service, ServiceSpec};
use tablature_apis::openshift::services::*;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};

use super::sent::Sent;

const PLACE: (&str, &str) = ("shop", "web");

fn service() -> Service {
    Service::default()
        .api_version("v1")
        .kind("Service")
        .metadata(ObjectMeta::default().name("web"))
        .spec(ServiceSpec::default().ports([ServicePort::new(80).name("http").target_port(8080)]))
}

fn delete_options() -> DeleteOptions {
    DeleteOptions::default()
        .propagation_policy("Background")
        .preconditions(Preconditions::default().uid("213ccf04-3d3d-4d86-b170-588959b4f550"))
}

#[test]
fn every_documented_request() {
    let mut sent = Sent::to(SERVERS[0].server().unwrap());
    lists(&mut sent);
    one_service(&mut sent);
    status(&mut sent);
    patches(&mut sent);
    deletions(&mut sent);
    deprecated_watches(&mut sent);
    routes::routes(&mut sent);
    endpoint_slices::endpoint_slices(&mut sent);
    config_maps::config_maps(&mut sent);
    insta::assert_snapshot!("openshift", sent.complete("openshift.json"));
}

fn lists(sent: &mut Sent) {
    sent.required(&ListAllServices::new());
    let all = ListAllServices::new()
        .allow_watch_bookmarks(true)
        .continue_("token/+=")
        .field_selector("metadata.name!=web")
        .label_selector("app in (web,api),tier=front")
        .limit(500)
        .pretty("true")
        .resource_version("42")
        .resource_version_match("NotOlderThan")
        .timeout_seconds(30);
    sent.all(&all);
    sent.all(&all.watch());
    sent.required(&ListServices::new("shop"));
    let all = ListServices::new("shop")
        .pretty("true")
        .allow_watch_bookmarks(false)
        .continue_("token/+=")
        .field_selector("metadata.name!=web")
        .label_selector("app in (web,api),tier=front")
        .limit(500)
        .resource_version("42")
        .resource_version_match("Exact")
        .timeout_seconds(30);
    sent.all(&all);
    sent.required(&ListServices::new("shop").watch());
    sent.all(&all.watch());
}

fn one_service(sent: &mut Sent) {
    let (namespace, name) = PLACE;
    sent.required(&CreateService::new(namespace, service()));
    sent.all(
        &CreateService::new(namespace, service())
            .pretty("true")
            .dry_run("All")
            .field_manager("me")
            .field_validation("Strict"),
    );
    sent.required(&ReadService::new(namespace, name));
    sent.all(&ReadService::new(namespace, name).pretty("true"));
    sent.required(&ReplaceService::new(namespace, name, service()));
    sent.all(
        &ReplaceService::new(namespace, name, service())
            .pretty("true")
            .dry_run("All")
            .field_manager("me")
            .field_validation("Strict"),
    );
}

fn status(sent: &mut Sent) {
    let (namespace, name) = PLACE;
    sent.required(&ReadServiceStatus::new(namespace, name));
    sent.all(&ReadServiceStatus::new(namespace, name).pretty("true"));
    sent.required(&ReplaceServiceStatus::new(namespace, name, service()));
    sent.all(
        &ReplaceServiceStatus::new(namespace, name, service())
            .pretty("true")
            .dry_run("All")
            .field_manager("me")
            .field_validation("Strict"),
    );
}

fn patches(sent: &mut Sent) {
    let (namespace, name) = PLACE;
    let labels = serde_json::json!({"metadata": {"labels": {"app": "web", "old": null}}});
    let json = JsonPatch::new()
        .test("/metadata/labels/app", "web")
        .remove("/metadata/labels/old");
    sent.required(&PatchService::new(namespace, name, json));
    sent.required(&PatchService::new(namespace, name, MergePatch::new(&labels)));
    sent.required(&PatchService::new(namespace, name, StrategicMergePatch::new(&labels)));
    let apply = ApplyPatch::new(serde_json::json!({"apiVersion": "v1", "kind": "Service"}));
    sent.required(&PatchService::new(namespace, name, apply.clone()).field_manager("me"));
    sent.all(
        &PatchService::new(namespace, name, apply.clone())
            .pretty("true")
            .dry_run("All")
            .field_manager("me")
            .field_validation("Strict")
            .force(true),
    );
    sent.required(&PatchServiceStatus::new(
        namespace,
        name,
        Patch::from(MergePatch::new(&labels)),
    ));
    sent.all(
        &PatchServiceStatus::new(namespace, name, apply)
            .pretty("true")
            .dry_run("All")
            .field_manager("me")
            .field_validation("Strict")
            .force(false),
    );
}

#[expect(deprecated, reason = "what is deprecated is documented and sent all the same")]
fn deletions(sent: &mut Sent) {
    let (namespace, name) = PLACE;
    sent.required(&DeleteService::new(namespace, name));
    sent.all(
        &DeleteService::new(namespace, name)
            .body(delete_options())
            .pretty("true")
            .dry_run("All")
            .grace_period_seconds(0)
            .orphan_dependents(false)
            .propagation_policy("Foreground"),
    );
    sent.required(&DeleteServiceCollection::new(namespace));
    sent.all(
        &DeleteServiceCollection::new(namespace)
            .body(delete_options())
            .pretty("true")
            .continue_("token")
            .dry_run("All")
            .field_selector("metadata.name=web")
            .grace_period_seconds(30)
            .label_selector("app=web")
            .limit(10)
            .orphan_dependents(true)
            .propagation_policy("Orphan")
            .resource_version("42")
            .resource_version_match("Exact")
            .timeout_seconds(30),
    );
}

#[expect(deprecated, reason = "what is deprecated is documented and sent all the same")]
fn deprecated_watches(sent: &mut Sent) {
    let (namespace, name) = PLACE;
    macro_rules! all {
        ($watch:expr) => {
            $watch
                .allow_watch_bookmarks(true)
                .continue_("token")
                .field_selector("metadata.name=web")
                .label_selector("app=web")
                .limit(10)
                .pretty("true")
                .resource_version("42")
                .resource_version_match("Exact")
                .timeout_seconds(30)
                .watch(true)
        };
    }
    sent.required(&WatchServiceListForAllNamespaces::new());
    sent.all(&all!(WatchServiceListForAllNamespaces::new()));
    sent.required(&WatchServiceList::new(namespace));
    sent.all(&all!(WatchServiceList::new(namespace)));
    sent.required(&WatchService::new(namespace, name));
    sent.all(&all!(WatchService::new(namespace, name)));
}

#[test]
fn a_port_is_any_number_that_one_can_be() {
    let ports: [IntOrString; 2] = [8080.into(), 8080_u16.into()];
    assert_eq!(ports, [IntOrString::Integer(8080), IntOrString::Integer(8080)]);
}
