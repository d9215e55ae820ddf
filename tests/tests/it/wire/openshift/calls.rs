//! Operations with all of their optional parameters.

use tablature_apis::openshift::parameters::{Delete, DeleteCollection, List, Patch, Read, Write};

pub fn list<E>(call: List<E>) -> List<E> {
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

pub fn read<E>(call: Read<E>) -> Read<E> {
    call.pretty("true")
}

pub fn write<E>(call: Write<E>) -> Write<E> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Strict")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
pub fn delete<E>(call: Delete<E>) -> Delete<E> {
    call.dry_run("All")
        .grace_period_seconds(0)
        .orphan_dependents(false)
        .propagation_policy("Foreground")
        .pretty("true")
}

#[expect(deprecated, reason = "every documented parameter is sent")]
pub fn delete_many<E>(call: DeleteCollection<E>) -> DeleteCollection<E> {
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

pub fn patch<E>(call: Patch<E>, force: bool) -> Patch<E> {
    call.dry_run("All")
        .field_manager("me")
        .field_validation("Warn")
        .force(force)
        .pretty("true")
}
