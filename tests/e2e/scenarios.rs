//! What is done to a server, and what has to come of it.

pub mod applies;
pub mod blocking;
pub mod cci;
pub mod collections;
pub mod config_maps;
pub mod dry_runs;
pub mod endpoints;
pub mod life;
pub mod lists;
pub mod patches;
pub mod refusals;
pub mod statuses;
pub mod watches;

use std::collections::BTreeMap;

use tablature_apis::openshift::models::{ObjectMeta, Service, ServicePort, ServiceSpec};

/// A Service without an address of its own, since a cluster has only so many.
pub fn headless(name: &str, labels: &[(&str, &str)]) -> Service {
    let spec = ServiceSpec::default()
        .cluster_ip("None")
        .ports([ServicePort::new(80).name("http")]);
    Service::default().metadata(meta(name, labels)).spec(spec)
}

pub fn meta(name: &str, labels: &[(&str, &str)]) -> ObjectMeta {
    let labels: BTreeMap<_, _> = labels
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    ObjectMeta::default().name(name).labels(labels)
}

pub fn name(service: &Service) -> &str {
    service.metadata.as_ref().unwrap().name.as_deref().unwrap()
}

pub fn version(service: &Service) -> &str {
    service.metadata.as_ref().unwrap().resource_version.as_deref().unwrap()
}

pub fn label<'a>(service: &'a Service, key: &str) -> Option<&'a str> {
    let labels = service.metadata.as_ref()?.labels.as_ref()?;
    labels.get(key).map(String::as_str)
}

pub fn spec(service: &Service) -> &ServiceSpec {
    service.spec.as_ref().unwrap()
}

/// The numbers of the ports.
pub fn ports(service: &Service) -> Vec<i32> {
    let mut ports: Vec<_> = spec(service).ports.iter().flatten().map(|port| port.port).collect();
    ports.sort_unstable();
    ports
}
