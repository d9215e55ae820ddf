//! Compares two versions of an operation.

use super::holds;
use super::types::headers;
use super::{Changes, Kind, sent, shown};
use crate::ir::{Api, Argument, Body, Constructor, Operation, Setter, Switch, Tag, Webhook, WebhookContent};
use crate::names::Ident;

/// An operation and the API whose sets of parameters it refers to.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// The tag.
    pub(crate) tag: &'a Tag,
    /// The operation.
    pub(crate) operation: &'a Operation,
}

/// Compares two operations of the same name, or of the same method and route.
pub(crate) fn compare(out: &mut Changes, before: Side<'_>, after: Side<'_>) {
    let (old, new) = (before.operation, after.operation);
    if old.name != new.name {
        out.breaking(Kind::Changed, "", &format!("the operation is `{}` now", new.name));
    }
    let (old_arguments, new_arguments) = (signature(old), signature(new));
    if old_arguments != new_arguments {
        out.breaking(
            Kind::Changed,
            "new",
            &format!("takes ({new_arguments}), took ({old_arguments})"),
        );
    }
    match (&old.optional_body, &new.optional_body) {
        (Some(_), None) => out.breaking(Kind::Removed, "body", "the body is no longer optional, or gone"),
        (None, Some(_)) => out.compatible(Kind::Added, "body", "a body may be sent"),
        (Some(old), Some(new)) => out.inside("body", |out| {
            holds(out, &body(&old.body), &body(&new.body));
            sent::body(out, &old.body, &new.body);
        }),
        (None, None) => {}
    }
    let name = |it: &Setter| it.name.to_string();
    out.pairs(setters(before), setters(after), name, "parameter", setter);
    out.inside("new", |out| required(out, old, new));
    out.inside("Output", |out| sent::answer(out, &old.answer, &new.answer));
    out.inside("Failure", |out| failure(out, old, new));
    sent::accept(out, old, new);
    sent::route(out, old, new);
    let (served, were) = (served(after), served(before));
    if served != were {
        out.breaking(Kind::Changed, "SERVERS", &format!("served at {served}, was at {were}"));
    }
    if old.deprecated.is_none() && new.deprecated.is_some() {
        out.compatible(Kind::Changed, "", "deprecated: its use is a warning");
    }
    switches(out, old, new);
    pages(out, old, new);
    headers(out, &old.headers, &new.headers);
}

/// Compares the types of failures.
fn failure(out: &mut Changes, old: &Operation, new: &Operation) {
    match (&old.failure, &new.failure) {
        (Some(old), Some(new)) => holds(out, &shown(old), &shown(new)),
        (Some(_), None) => out.breaking(Kind::Removed, "", "what failures hold is no longer documented"),
        (None, Some(_)) => out.compatible(Kind::Added, "", "what failures hold is documented"),
        (None, None) => {}
    }
}

/// Where an operation is served: a client that was not told of another server does not send it.
fn served(side: Side<'_>) -> String {
    let name = side.operation.servers.as_ref();
    let own = side.api.own_servers.iter().find(|it| Some(&it.name) == name);
    own.map_or_else(
        || "the servers of the API".to_owned(),
        |it| {
            let urls: Vec<String> = it.servers.iter().map(|it| format!("`{}`", it.url)).collect();
            urls.join(", ")
        },
    )
}

/// Compares two webhooks of the same name.
pub(crate) fn compare_webhooks(out: &mut Changes, old: &Webhook, new: &Webhook) {
    out.inside("Content", |out| holds(out, &content(old), &content(new)));
    if (&old.method, &old.url) != (&new.method, &new.url) {
        let place = |it: &Webhook| format!("`{} {}`", it.method, it.url.as_deref().unwrap_or(&it.id));
        let why = format!("comes as {}, came as {}", place(new), place(old));
        out.compatible(Kind::Changed, "", &why);
    }
    if old.deprecated.is_none() && new.deprecated.is_some() {
        out.compatible(Kind::Changed, "", "deprecated: its use is a warning");
    }
    headers(out, &old.headers, &new.headers);
}

fn content(webhook: &Webhook) -> String {
    match &webhook.content {
        WebhookContent::Empty => "()".to_owned(),
        WebhookContent::Json(ty) => shown(ty),
        WebhookContent::Text => "String".to_owned(),
        WebhookContent::Binary => "Bytes".to_owned(),
    }
}

/// Compares how the arguments of `new` are sent that have the same name.
fn required(out: &mut Changes, old: &Operation, new: &Operation) {
    for before in old.arguments() {
        if let Some(after) = new.arguments().iter().find(|it| it.name == before.name) {
            out.inside(before.name.as_str(), |out| {
                sent::parameter(out, &before.parameter, &after.parameter);
            });
        }
    }
    let body = |it: &Operation| match &it.constructor {
        Constructor::New { body, .. } => body.clone(),
        Constructor::Switch { .. } => None,
    };
    if let (Some(before), Some(after)) = (body(old), body(new)) {
        out.inside("body", |out| sent::body(out, &before, &after));
    }
}

fn switches(out: &mut Changes, old: &Operation, new: &Operation) {
    let of = |all: &[Switch], method: &Ident| all.iter().find(|it| it.method == *method).map(|it| it.target.clone());
    for before in &old.switches {
        let method = before.method.as_str();
        match of(&new.switches, &before.method) {
            None => out.breaking(Kind::Removed, method, "the answer cannot be asked for so any more"),
            Some(target) if target != before.target => {
                out.breaking(Kind::Changed, method, &format!("it gives `{target}` in its place"));
            }
            Some(_) => {}
        }
    }
    for added in new.switches.iter().filter(|it| of(&old.switches, &it.method).is_none()) {
        out.compatible(Kind::Added, added.method.as_str(), "the answer can be asked for so");
    }
}

fn pages(out: &mut Changes, old: &Operation, new: &Operation) {
    match (&old.pagination, &new.pagination) {
        (Some(_), None) => out.breaking(
            Kind::Removed,
            "items",
            "the list is not documented to have pages any more",
        ),
        (None, Some(_)) => out.compatible(Kind::Added, "items", "the list is documented to have pages"),
        (Some(old), Some(new)) => out.inside("items", |out| {
            holds(out, &shown(&old.item), &shown(&new.item));
            if old.item == new.item && old != new {
                out.compatible(Kind::Changed, "", "the next page is asked for in another way");
            }
        }),
        (None, None) => {}
    }
    match (&old.watch, &new.watch) {
        (Some(_), None) => out.breaking(
            Kind::Removed,
            "events",
            "the stream is not documented to go on after its connection any more",
        ),
        (None, Some(_)) => out.compatible(
            Kind::Added,
            "events",
            "the stream is documented to go on after its connection",
        ),
        (Some(old), Some(new)) if old != new => {
            out.compatible(Kind::Changed, "events", "the stream goes on in another way");
        }
        _ => {}
    }
}

/// The arguments of `new`, as a person reads them.
fn signature(operation: &Operation) -> String {
    let argument = |it: &Argument| format!("{}: {}", it.name, shown(&it.parameter.ty));
    let mut arguments: Vec<String> = operation.arguments().iter().map(argument).collect();
    if let Constructor::New { body: Some(it), .. } = &operation.constructor {
        arguments.push(format!("body: {}", body(it)));
    }
    arguments.join(", ")
}

fn body(body: &Body) -> String {
    shown(body.ty())
}

fn setters<'a>(side: Side<'a>) -> &'a [Setter] {
    let set = side.api.parameter_set(side.tag, side.operation);
    set.map_or(&[], |it| &it.setters)
}

fn setter(out: &mut Changes, before: &Setter, after: &Setter) {
    holds(out, &shown(&before.parameter.ty), &shown(&after.parameter.ty));
    sent::parameter(out, &before.parameter, &after.parameter);
    if before.deprecated.is_none() && after.deprecated.is_some() {
        out.compatible(Kind::Changed, "", "deprecated: its use is a warning");
    }
}
