//! The requests of the page of Route.

use tablature_apis::Call;
use tablature_apis::kubernetes::models::DeleteOptions;
use tablature_apis::openshift::models::*;
use tablature_apis::openshift::parameters::{Delete, DeleteCollection, List, Read, Write};
use tablature_apis::openshift::routes::*;
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

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
    let patch = || MergePatch::new(&serde_json::json!({"spec": {"path": "/shop", "tls": null}}));
    sent.required(&PatchRoute::new("shop", "web", patch()));
    let apply = || {
        ApplyPatch::new(
            serde_json::json!({"apiVersion": "route.openshift.io/v1", "kind": "Route", "spec": {"path": "/"}}),
        )
    };
    let all = PatchRoute::new("shop", "web", apply())
        .dry_run("All")
        .field_manager("me")
        .field_validation("Warn")
        .force(true)
        .pretty("true");
    sent.all(&all);
    sent.required(&PatchRouteStatus::new("shop", "web", patch()));
    let all = PatchRouteStatus::new("shop", "web", apply())
        .dry_run("All")
        .field_manager("me")
        .field_validation("Ignore")
        .force(false)
        .pretty("true");
    sent.all(&all);
}

fn deletions(sent: &mut Sent) {
    let options = || DeleteOptions::default().propagation_policy("Background");
    sent.required(&DeleteRoute::new("shop", "web"));
    sent.all(&delete(DeleteRoute::new("shop", "web")).body(options()));
    sent.required(&DeleteRouteCollection::new("shop"));
    sent.all(&delete_many(DeleteRouteCollection::new("shop")).body(options()));
}

fn list<E>(call: Call<E, List>) -> Call<E, List> {
    call.allow_watch_bookmarks(true)
        .continue_("token/+=")
        .field_selector("metadata.name!=web")
        .label_selector("app in (web,api),tier=front")
        .limit(500)
        .pretty("true")
        .resource_version("42")
        .resource_version_match("NotOlderThan")
        .timeout_seconds(30)
}

fn read<E>(call: Call<E, Read>) -> Call<E, Read> {
    call.pretty("true")
}

fn write<E>(call: Call<E, Write>) -> Call<E, Write> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Strict")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
fn delete<E>(call: Call<E, Delete>) -> Call<E, Delete> {
    call.dry_run("All")
        .grace_period_seconds(0)
        .orphan_dependents(false)
        .propagation_policy("Foreground")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
fn delete_many<E>(call: Call<E, DeleteCollection>) -> Call<E, DeleteCollection> {
    call.continue_("token/+=")
        .dry_run("All")
        .field_selector("metadata.name!=web")
        .grace_period_seconds(0)
        .label_selector("app=web")
        .limit(500)
        .orphan_dependents(false)
        .pretty("true")
        .propagation_policy("Foreground")
        .resource_version("42")
        .resource_version_match("Exact")
        .timeout_seconds(30)
}
