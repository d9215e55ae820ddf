//! The requests of the page of Route.

use tablature_apis::kubernetes::models::DeleteOptions;
use tablature_apis::openshift::models::*;
use tablature_apis::openshift::routes::*;
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

use super::calls::{delete, delete_many, list, patch, read, write};
use crate::wire::sent::Sent;

pub fn routes(sent: &mut Sent) {
    reads(sent);
    writes(sent);
    patches(sent);
    deletions(sent);
}

fn reads(sent: &mut Sent) {
    sent.required(&ListAllRoutes::new());
    sent.all(&list(ListAllRoutes::new()));
    sent.all(&list(ListAllRoutes::new()).watch());
    sent.required(&ListRoutes::new("shop"));
    sent.all(&list(ListRoutes::new("shop")));
    sent.all(&list(ListRoutes::new("shop")).watch());
    sent.required(&ReadRoute::new("shop", "web"));
    sent.all(&read(ReadRoute::new("shop", "web")));
    sent.required(&ReadRouteStatus::new("shop", "web"));
    sent.all(&read(ReadRouteStatus::new("shop", "web")));
}

fn writes(sent: &mut Sent) {
    let tls = TLSConfig::new("edge").insecure_edge_termination_policy("Redirect");
    let spec = RouteSpec::new(RouteTargetReference::new("Service", "web").weight(100))
        .host("web.example.com")
        .port(RoutePort::new("http"))
        .tls(tls);
    let route = Route::new(spec).metadata(ObjectMeta::default().name("web"));
    sent.required(&CreateRoute::new("shop", &route));
    sent.all(&write(CreateRoute::new("shop", &route)));
    sent.required(&ReplaceRoute::new("shop", "web", &route));
    sent.all(&write(ReplaceRoute::new("shop", "web", &route)));
    sent.required(&ReplaceRouteStatus::new("shop", "web", &route));
    sent.all(&write(ReplaceRouteStatus::new("shop", "web", &route)));
}

fn patches(sent: &mut Sent) {
    let merge = || MergePatch::new(serde_json::json!({"spec": {"path": "/shop", "tls": null}}));
    let apply = || {
        ApplyPatch::new(serde_json::json!({
            "apiVersion": "route.openshift.io/v1",
            "kind": "Route",
            "spec": {"path": "/"},
        }))
    };
    sent.required(&PatchRoute::new("shop", "web", merge()));
    sent.all(&patch(PatchRoute::new("shop", "web", apply()), true));
    sent.required(&PatchRouteStatus::new("shop", "web", merge()));
    sent.all(&patch(PatchRouteStatus::new("shop", "web", apply()), false));
}

fn deletions(sent: &mut Sent) {
    let options = || DeleteOptions::default().propagation_policy("Background");
    sent.required(&DeleteRoute::new("shop", "web"));
    sent.all(&delete(DeleteRoute::new("shop", "web")).body(options()));
    sent.required(&DeleteRouteCollection::new("shop"));
    sent.all(&delete_many(DeleteRouteCollection::new("shop")).body(options()));
}
