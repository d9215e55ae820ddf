//! Operations with all of their optional parameters.

use tablature_apis::Call;
use tablature_apis::openshift::parameters::{Delete, DeleteCollection, List, Patch, Read, Write};

pub fn list<E>(call: Call<E, List>) -> Call<E, List> {
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

pub fn read<E>(call: Call<E, Read>) -> Call<E, Read> {
    call.pretty("true")
}

pub fn write<E>(call: Call<E, Write>) -> Call<E, Write> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Strict")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
pub fn delete<E>(call: Call<E, Delete>) -> Call<E, Delete> {
    call.dry_run("All")
        .grace_period_seconds(0)
        .orphan_dependents(false)
        .propagation_policy("Foreground")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
pub fn delete_many<E>(call: Call<E, DeleteCollection>) -> Call<E, DeleteCollection> {
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

pub fn patch<E>(call: Call<E, Patch>, force: bool) -> Call<E, Patch> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Warn")
        .force(force)
        .pretty("true")
}
