//! Streams and watches: the same values, however the bytes are cut.

use serde_json::json as value;
use tablature_kubernetes::watch::Event;
use tablature_runtime::Json;
use tablature_runtime::stream::{Decoder, Framed, StreamError, TextLines};

use crate::emitted::models::Service;

const WATCH: &str = concat!(
    r#"{"type":"ADDED","object":{"kind":"Service","metadata":{"name":"naïve","resourceVersion":"1"}}}"#,
    "\n",
    r#"{"object":{"kind":"Service","spec":{"x":"a\nb"}},"type":"MODIFIED"}"#,
    "\r\n\n",
    r#"{"type":"DELETED","object":{"x":1.0}}"#,
    "\n \t\n",
    r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12746","annotations":{"k8s.io/initial-events-end":"true"}}}}"#,
    "\n",
    r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12747"}}}"#,
    "\n",
    r#"{"type":"ERROR","object":{"kind":"Status","message":"too old resource version: 231 (308)","reason":"Expired","code":410}}"#,
    "\n",
    r#"{"type":"ERROR","object":{"code":"x"}}"#,
    "\n",
    r#"{"type":"NEW","object":[1],"more":{}}"#,
    "\n",
);

fn decode(bytes: &[u8], size: usize) -> Vec<Result<Event<Service>, StreamError>> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        events.extend(decoder.by_ref());
    }
    events.extend(decoder.finish().transpose());
    events
}

#[test]
fn any_chunking_gives_the_same_events() {
    let whole = decode(WATCH.as_bytes(), usize::MAX);
    let events: Vec<&Event<Service>> = whole.iter().map(|event| event.as_ref().unwrap()).collect();
    assert_eq!(
        events.iter().map(|event| event.event_type()).collect::<Vec<_>>(),
        [
            "ADDED", "MODIFIED", "DELETED", "BOOKMARK", "BOOKMARK", "ERROR", "ERROR", "NEW"
        ]
    );
    let name = events
        .first()
        .and_then(|event| event.object())
        .and_then(|service| service.metadata.clone())
        .unwrap()
        .name;
    assert_eq!(name.as_deref(), Some("naïve"));
    for size in 1..WATCH.len() {
        assert_eq!(decode(WATCH.as_bytes(), size), whole, "{size}");
    }
    // All pieces first, and values afterwards.
    let mut decoder = Decoder::<Event<Service>>::new();
    WATCH.as_bytes().chunks(7).for_each(|piece| decoder.push(piece));
    assert_eq!(decoder.collect::<Vec<_>>(), whole);
}

#[test]
fn events() {
    let event = |text: &str| serde_json::from_str::<Event<Service>>(text);
    let bookmark = event(
        r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"5","annotations":{"k8s.io/initial-events-end":"true"}}}}"#,
    );
    let Event::Bookmark(bookmark) = bookmark.unwrap() else {
        unreachable!()
    };
    assert_eq!(bookmark.resource_version().as_deref(), Some("5"));
    assert!(bookmark.is_initial_events_end());
    let Event::Bookmark(bare) = event(r#"{"type":"BOOKMARK","object":{}}"#).unwrap() else {
        unreachable!()
    };
    assert_eq!(bare.resource_version(), None);
    assert!(!bare.is_initial_events_end());
    assert!(
        event(r#"{"type":"ERROR","object":{"kind":"Status","code":410}}"#)
            .unwrap()
            .is_expired()
    );
    assert!(
        event(r#"{"type":"ERROR","object":{"kind":"Status","reason":"Expired"}}"#)
            .unwrap()
            .is_expired()
    );
    assert!(
        !event(r#"{"type":"ERROR","object":{"kind":"Status","code":500}}"#)
            .unwrap()
            .is_expired()
    );
    assert!(!event(r#"{"type":"ADDED","object":{}}"#).unwrap().is_expired());
}

#[test]
fn events_that_cant_be_read() {
    let event = |text: &str| serde_json::from_str::<Event<Service>>(text);
    for (text, message) in [
        ("{}", "missing field `type` at line 1 column 2"),
        (r#"{"object":{}}"#, "missing field `type` at line 1 column 13"),
        (r#"{"type":"ADDED"}"#, "missing field `object` at line 1 column 16"),
        (
            r#"{"type":"ADDED","type":"ADDED"}"#,
            "duplicate field `type` at line 1 column 22",
        ),
        (
            r#"{"object":{},"object":{}}"#,
            "duplicate field `object` at line 1 column 21",
        ),
        (
            r#"{"type":"ADDED","object":{},"object":{}}"#,
            "duplicate field `object` at line 1 column 36",
        ),
        (
            r#"{"type":5,"object":{}}"#,
            "invalid type: integer `5`, expected the type of an event, a string at line 1 column 9",
        ),
        (
            r#"{"type":"ADDED","object":null}"#,
            "invalid type: null, expected an object (Service) at line 1 column 29",
        ),
    ] {
        assert_eq!(event(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn events_are_written_as_they_were_read() {
    for text in [
        r#"{"type":"ADDED","object":{"x":1.0}}"#,
        r#"{"type":"BOOKMARK","object":{"x":1.0}}"#,
        r#"{"type":"ERROR","object":{"code":1,"x":2.0}}"#,
        r#"{"type":"NEW","object":"x"}"#,
    ] {
        let event: Event<Service> = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
    }
}

#[test]
fn a_bad_line_is_one_error() {
    let bytes = b"1\n{\n\xff\n\n\"x\ty\"\n2\n3".as_slice();
    for size in 1..=bytes.len() {
        let mut decoder = Decoder::<u8>::new();
        let mut values = Vec::new();
        for piece in bytes.chunks(size) {
            decoder.push(piece);
            values.extend(decoder.by_ref());
        }
        assert_eq!(values.first(), Some(&Ok(1)));
        let lines: Vec<u64> = values
            .iter()
            .filter_map(|value| value.as_ref().err())
            .map(StreamError::line)
            .collect();
        assert_eq!(lines, [2, 3, 5]);
        assert_eq!(values.last(), Some(&Ok(2)));
        assert!(matches!(values.get(2), Some(Err(StreamError::Utf8 { line: 3 }))));
        let text = values.get(3).unwrap().as_ref().unwrap_err().to_string();
        assert!(
            text.starts_with("line 5 of the stream: ") && text.ends_with("(the line: \"x\\ty\")"),
            "{text}"
        );
        assert_eq!(decoder.finish(), Ok(Some(3)));
    }
}

#[test]
fn a_cut_line_is_told_at_the_end() {
    for (bytes, line) in [(&b"{}\n{\"a\":"[..], 2), (b"{", 1), (b"\"\xc3", 1), (b"{}\n\n  [1", 3)] {
        let mut decoder = Decoder::<Json>::new();
        decoder.push(bytes);
        assert!(decoder.by_ref().all(|value| value.is_ok()));
        let error = decoder.finish().unwrap_err();
        assert_eq!(error, StreamError::Cut { line });
        assert_eq!(
            error.to_string(),
            format!("the stream ended in the middle of line {line}")
        );
    }
    for bytes in [&b""[..], b"\n", b" \r\n\t"] {
        let mut decoder = Decoder::<Json>::new();
        decoder.push(bytes);
        assert_eq!(decoder.next(), None);
        assert_eq!(decoder.finish(), Ok(None));
    }
}

#[test]
fn lines_are_bounded() {
    for size in [1, 3, 100] {
        let mut decoder = Decoder::<String>::new().max_item(6);
        let bytes = b"\"1234\"\n\"12345\"\n\"1\"\n";
        let mut values = Vec::new();
        for piece in bytes.chunks(size) {
            decoder.push(piece);
            values.extend(decoder.by_ref());
        }
        assert_eq!(
            values,
            [Ok("1234".to_owned()), Err(StreamError::TooLong { line: 2, max: 6 })]
        );
        assert_eq!(decoder.next(), None);
        assert_eq!(decoder.finish(), Ok(None));
    }
    // An endless line ends, and its bytes are given back.
    let mut decoder = Decoder::<Json>::new();
    let mut pushed = 0;
    let error = loop {
        decoder.push(&[b'x'; 65_536]);
        pushed += 65_536;
        if let Some(Err(error)) = decoder.next() {
            break error;
        }
    };
    assert_eq!(error, StreamError::TooLong { line: 1, max: 16 << 20 });
    assert_eq!(pushed, (16 << 20) + 65_536);
    assert_eq!(format!("{decoder:?}"), "Decoder { line: 1, buffered: 0, .. }");
}

#[test]
fn taken_bytes_are_not_kept() {
    let line = format!("{}\n", value!({"type": "ADDED", "object": {"x": "y".repeat(1_000)}}));
    let mut decoder = Decoder::<Event<Service>>::new();
    let bytes = line.repeat(4);
    let mut events = 0;
    for _ in 0..5_000 {
        for piece in bytes.as_bytes().chunks(1_500) {
            decoder.push(piece);
            events += decoder.by_ref().map(Result::unwrap).count();
        }
    }
    assert_eq!(events, 20_000);
    assert_eq!(format!("{decoder:?}"), "Decoder { line: 20001, buffered: 0, .. }");
}

#[test]
fn a_line_of_text_that_cannot_be_read_is_told() {
    let text = b"one\n\xff\nthree\nfour and more\n";
    for size in [1, 4, 100] {
        let mut decoder = Framed::<TextLines, String>::new().max_item(8);
        let mut items = Vec::new();
        for piece in text.chunks(size) {
            decoder.push(piece);
            items.extend(decoder.by_ref());
        }
        let expected = [
            Ok("one".to_owned()),
            Err(StreamError::Utf8 { line: 2 }),
            Ok("three".to_owned()),
            Err(StreamError::TooLong { line: 4, max: 8 }),
        ];
        assert_eq!(items, expected);
        assert_eq!(decoder.finish(), Ok(None));
    }
}
