//! Answers that the status tells how to read, their headers, and documented errors.

use tablature_runtime::answer;
use tablature_runtime::answer::Statuses;
use tablature_runtime::auth::SecurityScheme;
use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::{HeaderValue, Response, StatusCode};
use tablature_runtime::json;
use tablature_runtime::{
    Builder, Documented, Endpoint, Error, FromHeader, Json, Number, Operation, Parts, Server, StreamOperation, sse,
};

use crate::emitted::models::{Service, ServicePort, ServicePortProtocol};

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum CreateAnswer {
    Ok(ServicePort),
    Created(String),
    Accepted,
    Partial(Bytes),
}

impl Statuses for CreateAnswer {
    const ACCEPT: &'static str = "application/json";

    fn read(status: u16, body: &Bytes) -> Option<Result<Self, json::Error>> {
        Some(match status {
            200 => answer::json(body).map(Self::Ok),
            201 => answer::text(body).map(Self::Created),
            202 => Ok(Self::Accepted),
            206..=209 => answer::bytes(body).map(Self::Partial),
            _ => return None,
        })
    }
}

macro_rules! operation {
    ($name:ident, $endpoint:ident, $answer:ty) => {
        enum $endpoint {}

        impl Endpoint for $endpoint {
            const NAME: &'static str = stringify!($name);
            const METHOD: &'static str = "POST";
            const PATH: &'static str = "/ports";
            const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
            const SECURITY: &'static [&'static [SecurityScheme]] = &[];
            type Answer = $answer;
        }

        struct $name(Parts);

        impl Builder for $name {
            type Endpoint = $endpoint;

            fn parts(&self) -> &Parts {
                &self.0
            }
        }
    };
}

operation!(Create, CreateEndpoint, answer::ByStatus<CreateAnswer>);
operation!(Listen, ListenEndpoint, answer::EventStream<sse::Data<Json>>);
operation!(Sequence, SequenceEndpoint, answer::JsonSeq<Json>);
operation!(Lines, LinesEndpoint, answer::Stream<Json>);

fn answered(status: u16, body: &'static str) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from_static(body.as_bytes()));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    answer
}

#[test]
fn the_status_says_how_to_read() {
    let read = |status, body| Create::decode(answered(status, body)).map(tablature_runtime::Response::into_body);
    assert_eq!(
        read(200, r#"{"port":80}"#).unwrap(),
        CreateAnswer::Ok(ServicePort::new(80))
    );
    assert_eq!(read(201, "made").unwrap(), CreateAnswer::Created("made".to_owned()));
    assert_eq!(read(202, "ignored").unwrap(), CreateAnswer::Accepted);
    assert_eq!(
        read(207, "\u{1}").unwrap(),
        CreateAnswer::Partial(Bytes::from_static(b"\x01"))
    );
    let error = read(200, r#"{"port":"x"}"#).unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if error.path() == Some("port")),
        "{error}"
    );
    let error = read(204, "").unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)), "{error}");
    let error = read(404, "").unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert_eq!(
        answer::json::<i64>(&Bytes::new()).unwrap_err().message(),
        "expected JSON, found an empty body"
    );
    assert!(answer::text(&Bytes::from_static(b"\xff")).is_err());
    let request = Create(Parts::new())
        .request(&Server::new("https://example.com").unwrap())
        .unwrap();
    assert_eq!(request.headers()["accept"], "application/json");
}

#[test]
fn a_documented_error_is_read_as_its_model() {
    let error = Create::decode(answered(422, r#"{"port":80,"protocol":"TCP"}"#)).unwrap_err();
    let port = ServicePort::new(80).protocol("TCP");
    assert_eq!(error.decode::<ServicePort>().unwrap(), port);
    assert_eq!(error.as_api().unwrap().decode::<ServicePort>().unwrap(), port);
    assert_eq!(error.decode::<Service>().unwrap().unknown().len(), 2);
    let problem = error.decode::<Vec<u8>>().unwrap_err();
    assert!(problem.message().starts_with("invalid type: map"), "{problem}");
    let error = Create::decode(answered(500, "<html>")).unwrap_err();
    assert_eq!(
        error.decode::<ServicePort>().unwrap_err().message(),
        "expected JSON, found something else"
    );
    let mut parts = Parts::new();
    parts.cookie("a b", "1");
    let error = Error::from(
        Create(parts)
            .request(&Server::new("https://example.com").unwrap())
            .unwrap_err(),
    );
    assert_eq!(
        error.decode::<ServicePort>().unwrap_err().message(),
        "there is no answer to read"
    );
}

#[test]
fn headers_are_read_as_what_they_stand_for() {
    fn read<T: FromHeader>(lines: &[&'static str]) -> Result<Option<T>, String> {
        let mut answer = answered(202, "");
        for line in lines {
            let value = HeaderValue::from_bytes(line.as_bytes()).unwrap();
            answer.headers_mut().append("x-rate-limit", value);
        }
        let answer = Create::decode(answer).unwrap();
        answer.header("X-Rate-Limit").map_err(|error| error.to_string())
    }
    fn wrong<T>(expected: &str) -> Result<Option<T>, String> {
        Err(format!(
            "header `X-Rate-Limit` is not what is documented: expected {expected}"
        ))
    }
    assert_eq!(read::<String>(&[]), Ok(None));
    assert_eq!(read::<String>(&[" a, b "]), Ok(Some("a, b".to_owned())));
    assert_eq!(read::<String>(&["a", "b"]), Ok(Some("a, b".to_owned())));
    assert_eq!(read::<String>(&["ü"]), Ok(Some("ü".to_owned())));
    assert_eq!(read::<i32>(&["-5"]), Ok(Some(-5)));
    assert_eq!(read::<i32>(&["5000000000"]), wrong("i32"));
    assert_eq!(read::<u64>(&["secret"]), wrong("u64"));
    assert_eq!(read::<u64>(&["1", "2"]), wrong("u64"));
    assert_eq!(read::<bool>(&["true"]), Ok(Some(true)));
    assert_eq!(read::<bool>(&["1"]), wrong("bool"));
    assert_eq!(read::<f64>(&["1e3"]), Ok(Some(1000.0)));
    assert_eq!(read::<Number>(&["1e400"]), Ok(Some("1e400".parse().unwrap())));
    assert_eq!(read::<Number>(&["x"]), wrong("Number"));
    assert_eq!(
        read::<ServicePortProtocol>(&["TCP"]),
        Ok(Some(ServicePortProtocol::Tcp))
    );
    assert_eq!(read::<ServicePortProtocol>(&["QUIC"]), Ok(Some("QUIC".into())));
    assert_eq!(read::<Json>(&[r#"{"a":1}"#]), Ok(Some(r#"{"a":1}"#.parse().unwrap())));
    assert_eq!(read::<Vec<i32>>(&["1,2 , 3", "", ",4,"]), Ok(Some(vec![1, 2, 3, 4])));
    assert_eq!(read::<Vec<i32>>(&[""]), Ok(Some(vec![])));
    assert_eq!(
        read::<Vec<String>>(&[r#"a, "b, \"c", d"#]),
        Ok(Some(vec!["a".to_owned(), r#""b, \"c""#.to_owned(), "d".to_owned()]))
    );
    assert_eq!(read::<Vec<i32>>(&["1, x"]), wrong("Vec<i32>"));

    let mut answer = answered(404, "");
    answer.headers_mut().insert("x-count", HeaderValue::from_static("3"));
    let error = Create::decode(answer).unwrap_err();
    assert_eq!(error.exchange().unwrap().header("X-Count"), Ok(Some(3_u8)));
    let mut answer = answered(202, "");
    answer
        .headers_mut()
        .insert("x", HeaderValue::from_bytes(b"\xff").unwrap());
    let answer = Create::decode(answer).unwrap();
    assert_eq!(answer.header::<String>("x").unwrap_err().expected(), "text");
}

#[test]
fn operations_hand_out_the_decoder_of_their_stream() {
    let mut events = Listen::decoder();
    events.push(b"data: [1]\n\n");
    assert_eq!(events.next(), Some(Ok(sse::Data::Value("[1]".parse().unwrap()))));
    let mut records = Sequence::decoder();
    records.push(b"\x1e1\n");
    assert_eq!(records.next(), Some(Ok(Json::from(1))));
    let mut lines = Lines::decoder();
    lines.push(b"2\n");
    assert_eq!(lines.next(), Some(Ok(Json::from(2))));

    let events = Listen::decode(answered(200, "data: 1\n\n: bye\n")).unwrap();
    assert_eq!(events.into_body(), [sse::Data::Value(Json::from(1))]);
    let error = Listen::decode(answered(200, "data: 1\n\ndata: 2\n")).unwrap_err();
    assert!(error.to_string().contains("ended in the middle of line 3"), "{error}");
    let records = Sequence::decode(answered(200, "\u{1e}1\n\u{1e}[2]")).unwrap();
    assert_eq!(records.body().len(), 2);
    let request = Listen(Parts::new())
        .request(&Server::new("https://example.com").unwrap())
        .unwrap();
    assert_eq!(request.headers()["accept"], "text/event-stream");
}
