//! The requests of the page of EndpointSlice.

use tablature_apis::kubernetes::models::DeleteOptions;
use tablature_apis::openshift::endpointslices::*;
use tablature_apis::openshift::models::*;
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

use super::calls::{delete, delete_many, list, patch, read, write};
use crate::wire::sent::Sent;

pub fn endpoint_slices(sent: &mut Sent) {
    reads(sent);
    writes(sent);
    patches(sent);
    deletions(sent);
}

fn reads(sent: &mut Sent) {
    sent.required(&ListAllEndpointSlices::new());
    sent.all(&list(ListAllEndpointSlices::new()));
    sent.all(&list(ListAllEndpointSlices::new()).watch());
    sent.required(&ListEndpointSlices::new("shop"));
    sent.all(&list(ListEndpointSlices::new("shop")));
    sent.all(&list(ListEndpointSlices::new("shop")).watch());
    sent.required(&ReadEndpointSlice::new("shop", "web-1"));
    sent.all(&read(ReadEndpointSlice::new("shop", "web-1")));
}

fn writes(sent: &mut Sent) {
    let endpoint = Endpoint::new(["192.0.2.10".to_owned()]).conditions(EndpointConditions::default().ready(true));
    let slice = EndpointSlice::new("IPv4", [endpoint])
        .metadata(ObjectMeta::default().name("web-1"))
        .ports([EndpointPort::default().name("http").port(8080)]);
    sent.required(&CreateEndpointSlice::new("shop", &slice));
    sent.all(&write(CreateEndpointSlice::new("shop", &slice)));
    sent.required(&ReplaceEndpointSlice::new("shop", "web-1", &slice));
    sent.all(&write(ReplaceEndpointSlice::new("shop", "web-1", &slice)));
}

fn patches(sent: &mut Sent) {
    let merge = MergePatch::new(serde_json::json!({"metadata": {"labels": {"app": null}}}));
    let apply = ApplyPatch::new(serde_json::json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice"}));
    sent.required(&PatchEndpointSlice::new("shop", "web-1", merge));
    sent.all(&patch(PatchEndpointSlice::new("shop", "web-1", apply), true));
}

fn deletions(sent: &mut Sent) {
    let options = || DeleteOptions::default().propagation_policy("Background");
    sent.required(&DeleteEndpointSlice::new("shop", "web-1"));
    sent.all(&delete(DeleteEndpointSlice::new("shop", "web-1")).body(options()));
    sent.required(&DeleteEndpointSliceCollection::new("shop"));
    sent.all(&delete_many(DeleteEndpointSliceCollection::new("shop")).body(options()));
}
