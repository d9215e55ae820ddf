//! The operation that made each recorded request, with the values that it was given.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_apis::huawei_cci::endpoints::PatchEndpoints;
use tablature_apis::kubernetes::models::DeleteOptions;
use tablature_apis::openshift::models::Service;
use tablature_apis::openshift::services::*;
use tablature_apis::runtime::bytes::Bytes;
use tablature_apis::runtime::http::{Request, Response};
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::runtime::{Error, Json, Operation, RequestError, Server};
use tablature_apis::tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};

use super::Exchange;

/// An operation whatever its type.
pub(super) trait Recorded {
    fn request(&self) -> Result<Request<Bytes>, RequestError>;
    /// Decodes an answer and encodes what it holds.
    fn round_trip(&self, answer: Response<Bytes>) -> Result<String, Error>;
}

impl<O: Operation<Output: Serialize>> Recorded for O {
    fn request(&self) -> Result<Request<Bytes>, RequestError> {
        Operation::request(self, &Server::new("https://localhost:6443").unwrap())
    }

    fn round_trip(&self, answer: Response<Bytes>) -> Result<String, Error> {
        let answer = O::decode(answer)?;
        Ok(serde_json::to_string(answer.body()).unwrap())
    }
}

fn body<T: DeserializeOwned>(exchange: &Exchange) -> T {
    serde_json::from_str(exchange.request_body()).unwrap()
}

const PLACE: (&str, &str) = ("shop", "web");
/// The tokens of a list that has more.
const CONTINUE: &str = "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MjQxLCJzdGFydCI6Ii9pdGVtLTJcdTAwMDAifQ";
const EXPIRED: &str = "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MjMxLCJzdGFydCI6Ii9pdGVtLTFcdTAwMDAifQ";
const INCONSISTENT: &str = "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiaXRlbS0xXHUwMDAwIn0";

/// The operation of an exchange. Some exchanges no operation can make: theirs is the nearest, which
/// reads their answer.
pub(super) fn of(exchange: &Exchange) -> Box<dyn Recorded> {
    match exchange.number {
        1..=7 => create(exchange),
        11..=16 | 48 | 49 => list(exchange),
        17 | 18 | 31 => replace(exchange),
        19..=27 | 29 | 30 | 41 => patch(exchange),
        32..=35 | 50 => watch(exchange),
        36..=39 | 42 => delete(exchange),
        _ => read(exchange),
    }
}

fn create(exchange: &Exchange) -> Box<dyn Recorded> {
    if exchange.number == 7 {
        return Box::new(CreateService::new("shop", Service::default()));
    }
    let create = CreateService::new("shop", body::<Service>(exchange));
    Box::new(match exchange.number {
        1 => create.field_manager("recorder").field_validation("Strict"),
        2 => create.dry_run("All"),
        4 => create.field_validation("Strict"),
        5 => create.field_validation("Warn").dry_run("All"),
        _ => create,
    })
}

fn read(exchange: &Exchange) -> Box<dyn Recorded> {
    let (namespace, name) = PLACE;
    match exchange.number {
        9 => Box::new(ReadService::new(namespace, name).pretty("true")),
        10 => Box::new(ReadService::new(namespace, "nope")),
        28 => Box::new(ReadServiceStatus::new(namespace, "balanced")),
        40 => Box::new(PatchEndpoints::new(namespace, name, JsonPatch::new())),
        _ => Box::new(ReadService::new(namespace, name)),
    }
}

fn list(exchange: &Exchange) -> Box<dyn Recorded> {
    let list = ListServices::new("shop");
    Box::new(match exchange.number {
        11 => list.limit(3),
        12 => list.limit(3).continue_(CONTINUE),
        13 => list
            .label_selector("app in (web,item-1),tier=web")
            .field_selector("metadata.name!=web"),
        14 => return Box::new(ListAllServices::new().limit(2)),
        15 => list.limit(3).continue_("garbage"),
        16 => list.label_selector("a b c"),
        48 => list.limit(2).continue_(EXPIRED),
        _ => list.limit(2).continue_(INCONSISTENT),
    })
}

fn replace(exchange: &Exchange) -> Box<dyn Recorded> {
    let (namespace, name) = PLACE;
    let service: Service = body(exchange);
    match exchange.number {
        17 => Box::new(ReplaceService::new(namespace, name, service).field_manager("recorder")),
        18 => Box::new(ReplaceService::new(namespace, name, service)),
        _ => Box::new(ReplaceServiceStatus::new(namespace, "balanced", service)),
    }
}

fn patch(exchange: &Exchange) -> Box<dyn Recorded> {
    let (namespace, name) = PLACE;
    let json = || body::<JsonPatch>(exchange);
    let object = || body::<Json>(exchange);
    let apply = || PatchService::new(namespace, "applied", ApplyPatch::new(object()));
    match exchange.number {
        19 | 20 => Box::new(PatchService::new(namespace, name, json())),
        21 => Box::new(PatchService::new(namespace, name, MergePatch::new(object()))),
        22 => Box::new(PatchService::new(namespace, name, StrategicMergePatch::new(object()))),
        23 => Box::new(PatchService::new(namespace, name, MergePatch::new(object()))),
        24 => Box::new(apply().field_manager("first")),
        25 => Box::new(apply().field_manager("second")),
        26 => Box::new(apply().field_manager("second").force(true)),
        27 => Box::new(apply()),
        29 => Box::new(PatchServiceStatus::new(namespace, name, MergePatch::new(object()))),
        30 => Box::new(PatchServiceStatus::new(
            namespace,
            "balanced",
            MergePatch::new(object()),
        )),
        _ => Box::new(PatchEndpoints::new(namespace, name, json())),
    }
}

#[expect(deprecated, reason = "the recorder asked on the deprecated path too")]
fn watch(exchange: &Exchange) -> Box<dyn Recorded> {
    let list = ListServices::new("shop");
    Box::new(match exchange.number {
        32 => list
            .resource_version("256")
            .allow_watch_bookmarks(true)
            .timeout_seconds(4)
            .watch(),
        33 => list
            .query("sendInitialEvents", true)
            .resource_version_match("NotOlderThan")
            .resource_version("0")
            .allow_watch_bookmarks(true)
            .timeout_seconds(2)
            .label_selector("app in (web,item-0)")
            .watch(),
        34 => return Box::new(WatchService::new("shop", "web").timeout_seconds(1)),
        35 => list.resource_version("1").timeout_seconds(2).watch(),
        _ => list.resource_version("231").timeout_seconds(3).watch(),
    })
}

fn delete(exchange: &Exchange) -> Box<dyn Recorded> {
    let delete = DeleteService::new("shop", "item-5");
    match exchange.number {
        36 => Box::new(delete.dry_run("All")),
        37 => Box::new(delete.body(body::<DeleteOptions>(exchange))),
        38 => Box::new(DeleteService::new("shop", "item-4").body(body::<DeleteOptions>(exchange))),
        39 => Box::new(DeleteServiceCollection::new("shop").label_selector("app in (item-3,item-4)")),
        _ => Box::new(delete),
    }
}
