//! Dates with times: the text is kept, and the instant is there for those who ask.

use chrono::{FixedOffset, TimeZone, Utc};
use tablature_runtime::{DateTime, Json};

#[test]
fn the_text_survives_whatever_it_is() {
    for text in ["2024-02-29T08:00:00.10+01:00", "2016-12-31T23:59:60Z", "soon", ""] {
        let json = Json::from(text);
        let read: DateTime = json.decode().unwrap();
        assert_eq!(read, text);
        assert_eq!(Json::from_serialize(&read).unwrap(), json);
        assert_eq!(format!("{read} {read:?}"), format!("{text} {text:?}"));
    }
    assert!(Json::from(1).decode::<DateTime>().is_err());
}

#[test]
fn instants_go_there_and_back() {
    for (text, nanoseconds) in [
        ("2024-02-29T07:00:00Z", 1_709_190_000_000_000_000),
        ("2024-02-29T07:00:00.000000001Z", 1_709_190_000_000_000_001),
        ("1969-12-31T23:59:59.5Z", -500_000_000),
    ] {
        let read = DateTime::from(text);
        let (by_jiff, by_chrono) = (read.to_jiff().unwrap(), read.to_chrono().unwrap());
        assert_eq!(by_jiff.as_nanosecond(), nanoseconds);
        assert_eq!(by_chrono.timestamp_nanos_opt().map(i128::from), Some(nanoseconds));
        assert_eq!(DateTime::from(by_jiff).to_jiff().unwrap(), by_jiff);
        assert_eq!(DateTime::from(by_chrono).to_chrono().unwrap(), by_chrono);
    }
    assert_eq!(DateTime::from(Utc.timestamp_opt(0, 0).unwrap()), "1970-01-01T00:00:00Z");
    assert_eq!(DateTime::from(jiff::Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00Z");
}

#[test]
fn an_offset_stays_with_chrono_and_in_the_text() {
    let text = "2024-02-29T08:00:00+01:00";
    let read = DateTime::from(text);
    let by_chrono = read.to_chrono().unwrap();
    assert_eq!(by_chrono.offset(), &FixedOffset::east_opt(3600).unwrap());
    assert_eq!(DateTime::from(by_chrono), text);
    assert_eq!(read.to_jiff().unwrap().to_string(), "2024-02-29T07:00:00Z");
}

#[test]
fn what_is_no_instant_is_an_error_when_it_is_asked_for() {
    for text in ["", "soon", "2024-02-29", "2024-02-30T07:00:00Z", "2024-02-29T07:00:00"] {
        let read = DateTime::from(text);
        assert!(read.to_jiff().is_err() && read.to_chrono().is_err(), "{text}");
    }
}
