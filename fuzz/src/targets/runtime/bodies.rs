//! JSON bodies: what is read is written as it came.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_apis::huawei_cci;
use tablature_apis::kubernetes::models::{Condition, DeleteOptions, IntOrString, ServicePort, Status};
use tablature_apis::openshift::models::{ObjectMeta, Service, ServiceList, ServiceSpecType};
use tablature_apis::openshift::services::ReadService;
use tablature_openapi::{Report, json};
use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::{Request, Response};
use tablature_runtime::json::decode_text;
use tablature_runtime::patch::{JsonPatch, MergePatch};
use tablature_runtime::{Documented, Json, Webhook, webhook};

use super::super::{Target, outcome};
use super::bodies as seeds;

/// Any value.
pub(in super::super) const VALUE: Target = Target {
    name: "value",
    seeds,
    is_json: true,
    run: |input| {
        let said = again::<Json>("Json", input)?;
        let Ok(value) = serde_json::from_slice::<Json>(input) else {
            return Ok(outcome(&said));
        };
        let found = value.get("/metadata/0").or(value.get("/a~1b")).is_some();
        let tag = value.tag("kind").is_some() || value.has("kind");
        Ok(outcome(&(
            said,
            found,
            tag,
            value.to_value().is_ok(),
            format!("{:?}", value.kind()),
        )))
    },
};

/// Emitted models.
pub(in super::super) const MODELS: Target = Target {
    name: "models",
    seeds,
    is_json: true,
    run: |input| {
        let read = [
            again::<Service>("Service", input)?,
            again::<ServiceList>("ServiceList", input)?,
            again::<ObjectMeta>("ObjectMeta", input)?,
            again::<huawei_cci::models::Endpoints>("Endpoints", input)?,
            again::<ServiceSpecType>("ServiceSpecType", input)?,
            again::<ServicePort>("ServicePort", input)?,
            again::<IntOrString>("IntOrString", input)?,
            again::<Condition>("Condition", input)?,
            again::<DeleteOptions>("DeleteOptions", input)?,
            again::<Status>("Status", input)?,
            again::<huawei_cci::models::Service>("Service of Huawei", input)?,
        ];
        let rules = serde_json::from_slice::<Service>(input).map(|it| it.validate().is_ok());
        Ok(outcome(&(read, rules.ok())))
    },
};

/// The answer to an operation: the first two bytes choose the status.
pub(in super::super) const ANSWER: Target = Target {
    name: "answer",
    seeds: || {
        seeds()
            .into_iter()
            .map(|it| [b"\0\xC8", it.as_slice()].concat())
            .collect()
    },
    is_json: false,
    run: |input| {
        let Some((status, body)) = input.split_first_chunk::<2>() else {
            return Ok(0);
        };
        let mut answer = Response::new(Bytes::copy_from_slice(body));
        *answer.status_mut() = match u16::from_be_bytes(*status).try_into() {
            Ok(status) => status,
            Err(_) => return Ok(0),
        };
        let said = match ReadService::decode(answer) {
            Ok(_) => "read".to_owned(),
            Err(error) => {
                let text = error.to_string();
                text.chars().take_while(|it| !it.is_ascii_digit()).take(40).collect()
            }
        };
        Ok(outcome(&said))
    },
};

/// A webhook whose body is a Service.
enum Sent {}

impl Webhook for Sent {
    const NAME: &'static str = "sent";
    const METHOD: &'static str = "POST";
    const MEDIA_TYPES: &'static [&'static str] = &["application/json", "text/*"];
    const DOCUMENTED: &'static [Documented] = &[];
    type Content = webhook::Json<Service>;
}

/// The request of a webhook: the first line is its media type.
pub(in super::super) const WEBHOOK: Target = Target {
    name: "webhook",
    seeds: || {
        let seeds = seeds().into_iter();
        seeds
            .map(|it| [b"application/json; charset=utf-8\n", it.as_slice()].concat())
            .collect()
    },
    is_json: false,
    run: |input| {
        let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let (media_type, body) = input.split_at(end);
        let body = Bytes::copy_from_slice(body.get(1..).unwrap_or_default());
        let request = Request::post("/").header("Content-Type", media_type).body(body);
        let Ok(request) = request else { return Ok(0) };
        let said = Sent::read(request)
            .map(|_| ())
            .map_err(|error| std::mem::discriminant(error.problem()));
        Ok(outcome(&said))
    },
};

/// Patches, and values that they are made of.
pub(in super::super) const PATCHES: Target = Target {
    name: "patches",
    seeds,
    is_json: true,
    run: |input| {
        let said = [
            again::<JsonPatch>("JsonPatch", input)?,
            again::<MergePatch>("MergePatch", input)?,
        ];
        let value = serde_json::from_slice::<Json>(input);
        let before = serde_json::from_str::<Json>(r#"{"kind":"Service","a":{"b":[1]}}"#);
        let (Ok(value), Ok(before)) = (value, before) else {
            return Ok(outcome(&said));
        };
        let patch = MergePatch::diff(&before, &value).and_then(|it| it.apply(&before));
        Ok(outcome(&(said, patch.is_ok())))
    },
};

/// Reads the input as the type, and says whether it could be; what could be is to be written as it came.
fn again<T: DeserializeOwned + Serialize>(name: &str, input: &[u8]) -> Result<bool, String> {
    let Ok(value) = serde_json::from_slice::<T>(input) else {
        return Ok(false);
    };
    let text = serde_json::to_string(&value).map_err(|error| format!("{name} is read and not written: {error}"))?;
    same_by_our_own::<T>(name, input, &text)?;
    let node = |text: &str| json::parse(0, text, &mut Report::new());
    // Members that stand twice are read once.
    let Some(before) = std::str::from_utf8(input).ok().and_then(node) else {
        return Ok(true);
    };
    match node(&text) {
        Some(after) if after.same_value(&before) => Ok(true),
        _ => Err(format!("{name} is written otherwise than it was read\n{text}")),
    }
}

/// Whether the reader and the writer of the runtime make the same of the input as `serde_json`.
fn same_by_our_own<T: DeserializeOwned + Serialize>(name: &str, input: &[u8], text: &str) -> Result<(), String> {
    let input = std::str::from_utf8(input).map_err(|error| format!("{name} is read of other bytes: {error}"))?;
    let value: T = decode_text(input).map_err(|error| format!("{name} is refused by our own reader: {error}"))?;
    // A body has what says what it is, so that a list is written around it.
    let own = Json::from_serialize(&[value]).map_err(|error| format!("{name} is not written: {error}"))?;
    if own.to_string() == format!("[{text}]") {
        return Ok(());
    }
    Err(format!(
        "{name} is another value by our own reader and writer\n{own}\n{text}"
    ))
}
