//! Server-sent events and JSON text sequences, in pieces of any size.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use tablature_runtime::sse::{Data, Event};
use tablature_runtime::stream::{Decode, StreamError};
use tablature_runtime::{Json, json_seq, sse};

/// All items and errors of `bytes`, pushed in pieces of `size`.
fn items<D: Decode>(mut decoder: D, bytes: &[u8], size: usize) -> Vec<Result<D::Value, StreamError>> {
    let mut items = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        items.extend(decoder.by_ref());
    }
    match decoder.finish() {
        Ok(last) => items.extend(last.map(Ok)),
        Err(error) => items.push(Err(error)),
    }
    items
}

/// The same for pieces of every size.
fn same_items<D: Decode>(decoder: impl Fn() -> D, bytes: &[u8]) -> Vec<Result<D::Value, StreamError>>
where
    D::Value: Debug + PartialEq,
{
    let whole = items(decoder(), bytes, bytes.len().max(1));
    for size in 1..bytes.len() {
        assert_eq!(items(decoder(), bytes, size), whole, "in pieces of {size}");
    }
    whole
}

fn events<T: DeserializeOwned + Debug + PartialEq>(text: impl AsRef<[u8]>) -> Vec<Result<T, StreamError>> {
    same_items(sse::Decoder::<T>::new, text.as_ref())
}

/// The data of events, errors as their text.
fn data(text: impl AsRef<[u8]>) -> Vec<String> {
    let text_of = |event: Result<Event, StreamError>| match event {
        Ok(event) => event.data,
        Err(error) => error.to_string(),
    };
    events(text).into_iter().map(text_of).collect()
}

#[test]
fn events_are_those_of_the_standard() {
    let cut = |line| format!("the stream ended in the middle of line {line}");
    for (text, expected) in [
        // The examples of the standard.
        ("data: YHOO\ndata: +2\ndata: 10\n\n", vec!["YHOO\n+2\n10".to_owned()]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec![
                "first event".to_owned(),
                "second event".to_owned(),
                " third event".to_owned(),
            ],
        ),
        (
            "data\n\ndata\ndata\n\ndata:",
            vec![String::new(), "\n".to_owned(), cut(6)],
        ),
        (
            "data:test\n\ndata: test\n\n",
            vec!["test".to_owned(), "test".to_owned()],
        ),
        // Ends of lines.
        ("data: a\r\ndata: b\r\n\r\n", vec!["a\nb".to_owned()]),
        ("data: a\rdata: b\r\r", vec!["a\nb".to_owned()]),
        (
            "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n",
            vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        ),
        ("\r\n\r\r\n\n\ndata: a\r\n\r\n", vec!["a".to_owned()]),
        ("data: a\u{85}b\u{2028}c\n\n", vec!["a\u{85}b\u{2028}c".to_owned()]),
        // A byte order mark, which counts at the very start alone.
        ("\u{feff}data: a\n\n", vec!["a".to_owned()]),
        ("\u{feff}\u{feff}data: a\n\n", vec![]),
        ("data: a\n\n\u{feff}data: b\n\n", vec!["a".to_owned()]),
        // Fields.
        ("DATA: a\nData: b\n data: c\ndata : d\ndataa: e\n\n", vec![]),
        ("data:\ta\n\n", vec!["\ta".to_owned()]),
        ("data: a:b: c\n\n", vec!["a:b: c".to_owned()]),
        ("event: only\n\nid: 1\n\nretry: 5\n\n: comment\n\n:\n\n", vec![]),
        (
            "data: a\n: comment\nfoo\nfoo: bar\ndata: b\n\n",
            vec!["a\nb".to_owned()],
        ),
        ("data: ü😀\n\n", vec!["ü😀".to_owned()]),
        // Ends of streams.
        ("", vec![]),
        ("data: a\n\n\n\n", vec!["a".to_owned()]),
        ("data: a\n", vec![cut(1)]),
        ("data: a", vec![cut(1)]),
        ("data: a\n\nevent: b\n", vec!["a".to_owned()]),
        ("data: a\n\n: comm", vec!["a".to_owned()]),
    ] {
        assert_eq!(data(text), expected, "{text:?}");
    }
    assert_eq!(
        data(b"data: a\n\ndata: \xff\ndata: b\n\ndata: c\n\n: \xff\nfoo: \xff\ndata: d\n\n"),
        ["a", "line 3 of the stream is not UTF-8", "c", "d"]
    );
}

#[test]
fn fields_are_those_of_their_event() {
    let event = |data: &str| Event {
        data: data.to_owned(),
        ..Event::default()
    };
    let text = "event: add\nid: 1\nretry: 3000\ndata: a\n\ndata: b\n\nevent\nid\ndata: c\n\n";
    let all: Vec<Event> = events(text).into_iter().map(Result::unwrap).collect();
    assert_eq!(
        all,
        [
            Event {
                event: Some("add".to_owned()),
                id: Some("1".to_owned()),
                retry: Some(3000),
                ..event("a")
            },
            event("b"),
            Event {
                event: Some(String::new()),
                id: Some(String::new()),
                ..event("c")
            },
        ]
    );
    assert_eq!(
        all.iter().map(Event::event_type).collect::<Vec<_>>(),
        ["add", "message", "message"]
    );
    assert_eq!(event("[1, 2]").decode::<Vec<u8>>(), Ok(vec![1, 2]));

    let mut decoder = sse::Decoder::<Event>::new();
    for (text, id, retry) in [
        ("data: a\n\n", "", None),
        ("id: 1\nretry: 10\n\n", "1", Some(10)),
        ("data: b\n\n", "1", Some(10)),
        ("id: 2\0\nretry: 1x\n\n", "1", Some(10)),
        ("retry: -1\n\nretry: 99999999999999999999\n\nretry:\n\n", "1", Some(10)),
        ("id\nretry: 0\ndata: c\n\n", "", Some(0)),
    ] {
        decoder.push(text.as_bytes());
        decoder.by_ref().for_each(drop);
        assert_eq!((decoder.last_event_id(), decoder.retry()), (id, retry), "{text:?}");
    }
}

/// A stream that is lost inside an event goes on after the last one that came whole.
#[test]
fn the_last_event_id_is_that_of_the_last_whole_event() {
    let mut decoder = sse::Decoder::<Event>::new();
    for (text, id) in [
        ("id: 6\ndata: a\n\n", "6"),
        // The fields of event 7 come one by one, and count once the event is whole.
        ("id: 7\n", "6"),
        ("data: b\n", "6"),
        ("\r", "7"),
        // The last of several counts, an identifier alone does too, and an empty one is one.
        ("\nid: 8\nid: 9\ndata: c\n", "7"),
        ("\n", "9"),
        ("id: 10\n", "9"),
        ("\n", "10"),
        ("id\ndata: d\n", "10"),
        ("\n", ""),
        // An event that cannot be read is over all the same.
        ("id: 11\n", ""),
    ] {
        decoder.push(text.as_bytes());
        decoder.by_ref().for_each(drop);
        assert_eq!(decoder.last_event_id(), id, "{text:?}");
    }
    decoder.push(b"data: \xff\n\n");
    assert_eq!(decoder.next(), Some(Err(StreamError::Utf8 { line: 17 })));
    assert_eq!(decoder.last_event_id(), "11");

    let mut decoder = sse::Decoder::<Event>::new();
    decoder.push(b"id: 6\ndata: a\n\nid: 7\nretry: 5\ndata: b");
    assert!(decoder.next().is_some_and(|event| event.is_ok()));
    assert_eq!(decoder.next(), None);
    // How long to wait counts at once, as the standard has it.
    assert_eq!((decoder.last_event_id(), decoder.retry()), ("6", Some(5)));
}

/// An event as `itemSchema` has it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tick {
    event: Option<String>,
    data: Option<Price>,
    retry: Option<i64>,
    unknown: Unknown,
}

impl Model for Tick {
    const NAME: &'static str = "Tick";
    const MEMBERS: &'static [Member] = &[
        Member::optional("event"),
        Member::required("data"),
        Member::optional("retry"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.event),
            1 => value.optional(&mut self.data),
            _ => value.optional(&mut self.retry),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("event", &self.event);
        to.optional("data", &self.data);
        to.optional("retry", &self.retry);
    }
}

tablature_runtime::model!(Tick);

#[derive(Clone, Debug, Default, PartialEq)]
struct Price {
    amount: f64,
    unknown: Unknown,
}

impl Model for Price {
    const NAME: &'static str = "Price";
    const MEMBERS: &'static [Member] = &[Member::required("amount")];

    fn read<'de, R: ReadMember<'de>>(&mut self, _: usize, value: R) -> Result<R::Done, R::Error> {
        value.required(&mut self.amount)
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.required("amount", &self.amount);
    }
}

tablature_runtime::model!(Price);

#[test]
fn data_that_is_not_text_is_json() {
    let text = "event: tick\nid: 7\nretry: 5\ndata: {\"amount\":\ndata: 1.5, \"x\": 100000000000000000001}\n\n";
    let ticks: Vec<Tick> = events(text).into_iter().map(Result::unwrap).collect();
    let [tick] = ticks.as_slice() else {
        unreachable!("one event")
    };
    assert_eq!((tick.event.as_deref(), tick.retry), (Some("tick"), Some(5)));
    let price = tick.data.as_ref().unwrap();
    assert_eq!(price.amount, 1.5);
    assert_eq!(
        price.unknown().get("x"),
        Some(&"100000000000000000001".parse().unwrap())
    );
    assert_eq!(tick.unknown().get("id"), Some(&Json::from("7")));

    let errors: Vec<String> = events::<Tick>("data: {\"amount\":\"a\"}\n\ndata: {\n\ndata: {\"amount\":1}\n\n")
        .into_iter()
        .filter_map(Result::err)
        .map(|error| error.to_string())
        .collect();
    let [first, second] = errors.as_slice() else {
        unreachable!("two errors: {errors:?}")
    };
    assert!(
        first.starts_with("line 1 of the stream: data.amount: invalid type: string \"a\", expected f64"),
        "{first}"
    );
    assert!(first.ends_with("(the line: {\"amount\":\"a\"})"), "{first}");
    assert!(second.starts_with("line 3 of the stream: data"), "{second}");
}

#[test]
fn data_of_any_kind_can_be_read() {
    fn read<T: DeserializeOwned + Debug + PartialEq>(data: &str) -> Option<T> {
        let mut items = events::<std::collections::BTreeMap<String, T>>(format!("data: {data}\n\n"));
        items.pop()?.ok()?.remove("data")
    }
    assert_eq!(read::<String>("1"), Some("1".to_owned()));
    assert_eq!(read::<String>("null"), Some("null".to_owned()));
    assert_eq!(read::<Option<String>>("null"), Some(Some("null".to_owned())));
    assert_eq!(read::<i64>("-5"), Some(-5));
    assert_eq!(read::<Option<u64>>("5"), Some(Some(5)));
    assert_eq!(read::<bool>("true"), Some(true));
    assert_eq!(read::<f64>("0.1"), Some(0.1));
    assert_eq!(read::<Vec<i64>>("[1,2]"), Some(vec![1, 2]));
    assert_eq!(read::<(i64, String)>("[1,\"a\"]"), Some((1, "a".to_owned())));
    assert_eq!(read::<Json>("{\"a\":1e400}"), Some("{\"a\":1e400}".parse().unwrap()));
    assert_eq!(read::<Json>("plain"), Some(Json::from("plain")));
    assert_eq!(read::<Json>("12"), Some(Json::from("12")));
    assert_eq!(read::<Json>("[DONE]"), Some(Json::from("[DONE]")));
    assert_eq!(read::<i64>("1 2"), None);
    assert_eq!(read::<i64>(""), None);
    // An event as a whole can be anything too.
    let all: Vec<Json> = events("event: a\ndata: [1]\nretry: 2\n\n")
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(all, [r#"{"event":"a","data":"[1]","retry":2}"#.parse().unwrap()]);
}

#[test]
fn events_can_be_their_data_alone() {
    let text = "event: x\ndata: {\"amount\":1}\n\ndata: [DONE]\n\ndata: {\"amount\":true}\n\n";
    let all = events::<Data<Price>>(text);
    let price = Price {
        amount: 1.0,
        ..Price::default()
    };
    assert_eq!(all.first(), Some(&Ok(Data::Value(price))));
    assert_eq!(all.get(1), Some(&Ok(Data::Other("[DONE]".to_owned()))));
    let error = all.get(2).unwrap().as_ref().unwrap_err().to_string();
    assert!(
        error.starts_with("line 6 of the stream: data.amount: invalid type: boolean `true`, expected f64"),
        "{error}"
    );
}

#[test]
fn an_event_is_bounded() {
    let text = b"data: 1\n\ndata: 2345678\ndata: 90123456\n\ndata: 3\n\n";
    for size in [1, 5, 100] {
        let all = items(sse::Decoder::<Event>::new().max_item(20), text, size);
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all.first().unwrap().as_ref().unwrap().data, "1");
        assert_eq!(all.get(1), Some(&Err(StreamError::TooLong { line: 4, max: 20 })));
    }
    let mut decoder = sse::Decoder::<Event>::new().max_item(4);
    decoder.push(b": an endless comment");
    assert_eq!(decoder.next(), Some(Err(StreamError::TooLong { line: 1, max: 4 })));
    assert_eq!(decoder.next(), None);
    decoder.push(b"\ndata: 1\n\n");
    assert_eq!(decoder.next(), None);
}

fn sequence(text: impl AsRef<[u8]>) -> Vec<String> {
    let all = same_items(json_seq::Decoder::<Json>::new, text.as_ref());
    let text_of = |item: Result<Json, StreamError>| match item {
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    };
    all.into_iter().map(text_of).collect()
}

#[test]
fn sequences_are_those_of_rfc_7464() {
    let cut = |line| format!("the stream ended in the middle of line {line}");
    for (text, expected) in [
        ("", vec![]),
        (
            "\x1e{\"a\":1}\n\x1e[2]\n\x1e\"3\"\n\x1e4\n",
            vec!["{\"a\":1}", "[2]", "\"3\"", "4"],
        ),
        ("\x1e\x1e\n\x1e 1 \n\x1e\x1e", vec!["1"]),
        (
            "\x1e{\n \"a\": \"}\\\"\\n\",\n\"b\": [\n1\n]\n}\n\x1e2\n",
            vec!["{\n \"a\": \"}\\\"\\n\",\n\"b\": [\n1\n]\n}", "2"],
        ),
        ("\x1e\n\n1\n", vec!["1"]),
        ("\n\n\x1e1\n\n\n\x1e2\n", vec!["1", "2"]),
        // Whole values without the end of their line.
        ("\x1e{}\x1e[1]", vec!["{}", "[1]"]),
    ] {
        assert_eq!(sequence(text), expected, "{text:?}");
    }
    assert_eq!(sequence("\x1e1\n\x1etrue"), ["1".to_owned(), cut(2)]);
    assert_eq!(sequence("\x1e1\n\x1e12"), ["1".to_owned(), cut(2)]);
    assert_eq!(sequence("\x1e{\"a\":"), [cut(1)]);
    let broken = sequence("\x1e{\"a\":\x1e2\n\x1e{]\n\x1e3\n4\n\x1e5\n");
    assert!(
        broken.first().unwrap().starts_with("line 1 of the stream: EOF"),
        "{broken:?}"
    );
    assert_eq!(broken.get(1).unwrap(), "2");
    assert!(
        broken.get(2).unwrap().starts_with("line 2 of the stream: "),
        "{broken:?}"
    );
    assert_eq!(
        broken.get(3..).unwrap(),
        [
            "3",
            "line 4 of the stream: expected a record separator (0x1E) before a value (the line: 4)",
            "5"
        ]
    );
    assert_eq!(
        sequence(b"\x1e\"\xff\"\n\x1e1\n"),
        ["line 1 of the stream is not UTF-8", "1"]
    );
}

#[test]
fn a_record_is_bounded() {
    let text = b"\x1e1\n\x1e\"too long for this\"\n\x1e2\n";
    for size in [1, 7, 100] {
        let all = items(json_seq::Decoder::<Json>::new().max_item(8), text, size);
        assert_eq!(all, [Ok(Json::from(1)), Err(StreamError::TooLong { line: 2, max: 8 })]);
    }
}
