//! The requests of the page of ConfigMap.

use tablature_apis::kubernetes::models::DeleteOptions;
use tablature_apis::openshift::configmaps::*;
use tablature_apis::openshift::models::*;
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

use super::calls::{delete, delete_many, list, patch, read, write};
use crate::wire::sent::Sent;

pub fn config_maps(sent: &mut Sent) {
    reads(sent);
    writes(sent);
    patches(sent);
    deletions(sent);
}

fn reads(sent: &mut Sent) {
    sent.required(&ListAllConfigMaps::new());
    sent.all(&list(ListAllConfigMaps::new()));
    sent.all(&list(ListAllConfigMaps::new()).watch());
    sent.required(&ListConfigMaps::new("shop"));
    sent.all(&list(ListConfigMaps::new("shop")));
    sent.all(&list(ListConfigMaps::new("shop")).watch());
    sent.required(&ReadConfigMap::new("shop", "settings"));
    sent.all(&read(ReadConfigMap::new("shop", "settings")));
}

fn writes(sent: &mut Sent) {
    let settings = ConfigMap::default()
        .metadata(ObjectMeta::default().name("settings"))
        .data([("colour", "blue")])
        .binary_data([("logo", "iVBORw0KGgo=")])
        .immutable(true);
    sent.required(&CreateConfigMap::new("shop", &settings));
    sent.all(&write(CreateConfigMap::new("shop", &settings)));
    sent.required(&ReplaceConfigMap::new("shop", "settings", &settings));
    sent.all(&write(ReplaceConfigMap::new("shop", "settings", &settings)));
}

fn patches(sent: &mut Sent) {
    let merge = MergePatch::new(serde_json::json!({"data": {"colour": null}}));
    let apply = ApplyPatch::new(serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap"}));
    sent.required(&PatchConfigMap::new("shop", "settings", merge));
    sent.all(&patch(PatchConfigMap::new("shop", "settings", apply), true));
}

fn deletions(sent: &mut Sent) {
    let options = || DeleteOptions::default().propagation_policy("Background");
    sent.required(&DeleteConfigMap::new("shop", "settings"));
    sent.all(&delete(DeleteConfigMap::new("shop", "settings")).body(options()));
    sent.required(&DeleteConfigMapCollection::new("shop"));
    sent.all(&delete_many(DeleteConfigMapCollection::new("shop")).body(options()));
}
