//! What makes a Service one: its defaults, and what is refused.

use serde_json::{Map, Value, json};

use super::answer::Failure;
use super::store::State;

/// The members of a spec that this server knows.
const SPEC: [&str; 20] = [
    "allocateLoadBalancerNodePorts",
    "clusterIP",
    "clusterIPs",
    "externalIPs",
    "externalName",
    "externalTrafficPolicy",
    "healthCheckNodePort",
    "internalTrafficPolicy",
    "ipFamilies",
    "ipFamilyPolicy",
    "loadBalancerClass",
    "loadBalancerIP",
    "loadBalancerSourceRanges",
    "ports",
    "publishNotReadyAddresses",
    "selector",
    "sessionAffinity",
    "sessionAffinityConfig",
    "trafficDistribution",
    "type",
];

/// Takes away the members that are not known, and names them.
pub fn unknown(service: &mut Value) -> Vec<String> {
    let Some(spec) = service["spec"].as_object_mut() else {
        return Vec::new();
    };
    let unknown: Vec<String> = spec
        .keys()
        .filter(|key| !SPEC.contains(&key.as_str()))
        .cloned()
        .collect();
    unknown.iter().for_each(|key| drop(spec.remove(key)));
    unknown.into_iter().map(|key| format!("spec.{key}")).collect()
}

/// Fills in what is left out.
pub fn complete(service: &mut Value, before: Option<&Value>, state: &mut State) {
    let spec = service
        .as_object_mut()
        .unwrap()
        .entry("spec")
        .or_insert_with(|| json!({}));
    if let Some(before) = before {
        for key in ["clusterIP", "clusterIPs"] {
            default(spec, key, || before["spec"][key].clone());
        }
    }
    let address = match spec["clusterIP"].as_str() {
        Some(address) if !address.is_empty() => address.to_owned(),
        _ => state.address(),
    };
    spec["clusterIP"] = address.clone().into();
    default(spec, "clusterIPs", || json!([address]));
    default(spec, "type", || "ClusterIP".into());
    default(spec, "sessionAffinity", || "None".into());
    default(spec, "ipFamilies", || json!(["IPv4"]));
    default(spec, "ipFamilyPolicy", || "SingleStack".into());
    default(spec, "internalTrafficPolicy", || "Cluster".into());
    for port in spec["ports"].as_array_mut().into_iter().flatten() {
        default(port, "protocol", || "TCP".into());
        let number = port["port"].clone();
        default(port, "targetPort", || number);
    }
    default(service, "status", || json!({"loadBalancer": {}}));
    for ingress in service["status"]["loadBalancer"]["ingress"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        default(ingress, "ipMode", || "VIP".into());
    }
}

fn default(object: &mut Value, key: &str, value: impl FnOnce() -> Value) {
    if let Value::Object(members) = object
        && members.get(key).is_none_or(Value::is_null)
    {
        members.insert(key.to_owned(), value());
    }
}

/// What is wrong with a Service that is complete.
pub fn check(service: &Value) -> Result<(), Failure> {
    let name = service["metadata"]["name"].as_str().unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::invalid(
            "metadata.name",
            "FieldValueInvalid",
            "Invalid value: a lowercase RFC 1123 label",
        ));
    }
    let spec = &service["spec"];
    for port in spec["ports"].as_array().into_iter().flatten() {
        if !port["port"].as_u64().is_some_and(|port| (1..=65_535).contains(&port)) {
            return Err(Failure::invalid(
                "spec.ports[0].port",
                "FieldValueInvalid",
                "must be between 1 and 65535, inclusive",
            ));
        }
    }
    if spec["ports"].as_array().is_none_or(Vec::is_empty) && spec["clusterIP"] != "None" {
        return Err(Failure::invalid("spec.ports", "FieldValueRequired", "Required value"));
    }
    let ingress = &service["status"]["loadBalancer"]["ingress"];
    if !ingress.is_null() && spec["type"] != "LoadBalancer" {
        let message = "Forbidden: may only be used when `spec.type` is 'LoadBalancer'";
        return Err(Failure::invalid(
            "status.loadBalancer.ingress",
            "FieldValueForbidden",
            message,
        ));
    }
    Ok(())
}

/// The object after a change of it or of its status only.
pub fn keep_the_other_half(before: &Value, after: &mut Value, is_status: bool) {
    let kept: &[&str] = if is_status { &["spec"] } else { &["status"] };
    let members: &mut Map<String, Value> = after.as_object_mut().unwrap();
    for key in kept {
        match before.get(key) {
            Some(value) => drop(members.insert((*key).to_owned(), value.clone())),
            None => drop(members.remove(*key)),
        }
    }
}
