//! The requests of the CCI 2.0 pages.

use std::collections::BTreeMap;

use tablature_apis::huawei_cci2::configmaps::*;
use tablature_apis::huawei_cci2::models::*;
use tablature_apis::huawei_cci2::namespaces::*;
use tablature_apis::huawei_cci2::networks::*;
use tablature_apis::huawei_cci2::parameters::{Delete, List, Patch, Read, Write, WriteNetwork};
use tablature_apis::huawei_cci2::pods::*;
use tablature_apis::huawei_cci2::secrets::*;
use tablature_apis::huawei_cci2::{SERVERS, models};
use tablature_apis::kubernetes::models::{DeleteOptions, Preconditions};
use tablature_apis::runtime::Operation;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};

use super::sent::Sent;

#[test]
fn every_documented_request() {
    let mut sent = Sent::to(SERVERS[0].server().unwrap());
    namespaces(&mut sent);
    networks(&mut sent);
    configuration(&mut sent);
    pods(&mut sent);
    insta::assert_snapshot!("huawei_cci2", sent.complete("huawei-cci2.json"));
}

#[test]
fn the_host_is_a_variable_of_the_server() {
    let server = SERVERS[0].with(&[("host", "cci.example.org")]).unwrap();
    assert_eq!(server.host(), "cci.example.org");
}

fn list<E>(call: List<E>) -> List<E> {
    call.allow_watch_bookmarks(true)
        .continue_("token/+=")
        .field_selector("metadata.name!=web")
        .label_selector("app in (web,api),tier=front")
        .limit(500)
        .pretty("true")
        .resource_version("42")
        .resource_version_match("NotOlderThan")
        .send_initial_events(true)
        .timeout_seconds(30)
}

fn write<E>(call: Write<E>) -> Write<E> {
    call.dry_run("All").field_manager("me").pretty("true")
}

fn write_network<E>(call: WriteNetwork<E>) -> WriteNetwork<E> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Strict")
        .pretty("true")
}

fn read<E>(call: Read<E>) -> Read<E> {
    call.pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
fn delete<E>(call: Delete<E>) -> Delete<E> {
    call.dry_run("All")
        .grace_period_seconds(0)
        .orphan_dependents(false)
        .propagation_policy("Foreground")
        .pretty("true")
}

fn map<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

/// The options of a deletion, as a body.
fn options() -> DeleteOptions {
    DeleteOptions::default().preconditions(Preconditions::default().uid("0-1"))
}

fn pair<O: Operation>(sent: &mut Sent, required: &O, all: &O) {
    sent.required(required);
    sent.all(all);
}

fn namespaces(sent: &mut Sent) {
    let namespace = Namespace::default().metadata(ObjectMeta::default().name("shop"));
    pair(sent, &ListNamespaces::new(), &list(ListNamespaces::new()));
    sent.all(&list(ListNamespaces::new()).watch());
    let create = || CreateNamespace::new(&namespace);
    pair(sent, &create(), &write(create()));
    let call = || DeleteNamespace::new("shop");
    pair(sent, &call(), &delete(call()).body(options()));
    let call = || ReadNamespace::new("shop");
    pair(sent, &call(), &read(call()));
}

fn networks(sent: &mut Sent) {
    let spec = NetworkSpec::default()
        .network_type("underlay_neutron")
        .security_groups(["0-2".to_owned()])
        .subnets([SubnetConf::default().subnet_id("0-3")]);
    let network = Network::default()
        .metadata(ObjectMeta::default().name("net"))
        .spec(spec);
    let call = || ListNetworks::new("shop");
    pair(sent, &call(), &list(call()));
    sent.all(&list(call()).watch());
    let call = || CreateNetwork::new("shop", &network);
    pair(sent, &call(), &write_network(call()));
    let call = || DeleteNetwork::new("shop", "net");
    pair(sent, &call(), &delete(call()).body(options()));
    let call = || ReadNetwork::new("shop", "net");
    pair(sent, &call(), &read(call()));
    let call = || ReplaceNetwork::new("shop", "net", &network);
    pair(sent, &call(), &write_network(call()));
}

fn configuration(sent: &mut Sent) {
    let config = ConfigMap::default()
        .metadata(ObjectMeta::default().name("conf"))
        .data(map([("key", "value")]));
    let call = || ListConfigMaps::new("shop");
    pair(sent, &call(), &list(call()));
    sent.all(&list(call()).watch());
    let call = || CreateConfigMap::new("shop", &config);
    pair(sent, &call(), &write(call()));
    let call = || DeleteConfigMap::new("shop", "conf");
    pair(sent, &call(), &delete(call()).body(options()));
    let call = || ReadConfigMap::new("shop", "conf");
    pair(sent, &call(), &read(call()));
    let call = || ReplaceConfigMap::new("shop", "conf", &config);
    pair(sent, &call(), &write(call()));

    let secret = Secret::default().string_data(map([("key", "value")])).type_("Opaque");
    let call = || ListSecrets::new("shop");
    pair(sent, &call(), &list(call()));
    sent.all(&list(call()).watch());
    let call = || CreateSecret::new("shop", &secret);
    pair(sent, &call(), &write(call()));
    let call = || DeleteSecret::new("shop", "login");
    pair(sent, &call(), &delete(call()).body(options()));
    let call = || ReadSecret::new("shop", "login");
    pair(sent, &call(), &read(call()));
    let call = || ReplaceSecret::new("shop", "login", &secret);
    pair(sent, &call(), &write(call()));
}

fn pods(sent: &mut Sent) {
    let size = || map([("cpu", "500m"), ("memory", "1Gi")]);
    let container = Container::new("web")
        .image("nginx:latest")
        .resources(ResourceRequirements::default().limits(size()).requests(size()))
        .readiness_probe(Probe::default().http_get(HTTPGetAction::new("http").path("/ready")))
        .liveness_probe(Probe::default().tcp_socket(TCPSocketAction::new(80)));
    let pod = Pod::default()
        .metadata(ObjectMeta::default().name("web"))
        .spec(PodSpec::new([container]).restart_policy("OnFailure"));
    let call = || ListPods::new("shop");
    pair(sent, &call(), &list(call()));
    sent.all(&list(call()).watch());
    let call = || CreatePod::new("shop", &pod);
    pair(sent, &call(), &write(call()));
    let call = || DeletePod::new("shop", "web");
    pair(sent, &call(), &delete(call()).body(options()));
    let call = || ReadPod::new("shop", "web");
    pair(sent, &call(), &read(call()));
    let call = || ReplacePod::new("shop", "web", &pod);
    pair(sent, &call(), &write(call()));
    patches(sent);
    sent.required(&ReadPodLog::new("shop", "web"));
    let log = ReadPodLog::new("shop", "web")
        .container("web")
        .insecure_skip_tls_verify_backend(false)
        .limit_bytes(1024)
        .pretty("true")
        .previous(false)
        .since_seconds(60)
        .tail_lines(10)
        .timestamps(true);
    sent.all(&log);
    sent.all(&log.follow());
}

fn patches(sent: &mut Sent) {
    let patch: fn(_) -> Patch<_> = |body| PatchPod::new("shop", "web", body);
    sent.required(&patch(models::PatchPodBody::from(
        JsonPatch::new().add("/metadata/labels/a~1b", "c"),
    )));
    let labels = serde_json::json!({"metadata": {"labels": {"app": "web", "old": null}}});
    let all = patch(models::PatchPodBody::from(MergePatch::new(&labels)));
    sent.all(&all.dry_run("All").field_manager("me").force(false).pretty("true"));
}
