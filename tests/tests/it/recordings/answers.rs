//! What the server answered is read by the operation that asked, and nothing of it is lost.

use tablature_apis::huawei_cci::models::Endpoints;
use tablature_apis::openshift::models::Service;
use tablature_apis::runtime::stream::Decoder;
use tablature_apis::tablature_kubernetes::StatusOf;
use tablature_apis::tablature_kubernetes::watch::Event;
use tablature_tests::json::{assert_same, assert_same_lines};

use super::{Exchange, exchanges, operations};

fn exchange(number: u8) -> Exchange {
    exchanges()
        .into_iter()
        .find(|exchange| exchange.number == number)
        .unwrap()
}

#[test]
fn answers_are_the_same_json_after_decoding_and_encoding() {
    let (mut successes, mut errors) = (0, 0);
    for exchange in exchanges() {
        let number = exchange.number;
        let operation = operations::of(&exchange);
        let recorded = exchange.chunks().concat();
        match operation.round_trip(exchange.answer()) {
            Ok(encoded) if exchange.response["chunks"].is_array() => {
                successes += 1;
                let lines: Vec<_> = recorded.lines().collect();
                assert_same(&encoded, &format!("[{}]", lines.join(",")), number);
            }
            Ok(encoded) => {
                successes += 1;
                assert_same(&encoded, &recorded, number);
            }
            Err(error) => {
                errors += 1;
                assert!(exchange.answer().status().as_u16() >= 400, "{number}: {error}");
                assert_eq!(error.status(), Some(exchange.answer().status()), "{number}");
                assert_eq!(error.body().unwrap(), recorded.as_bytes(), "{number}");
                let status = error.kubernetes_status().unwrap();
                assert_same(&serde_json::to_string(&status).unwrap(), &recorded, number);
            }
        }
    }
    assert_eq!((successes, errors), (30, 20));
}

#[test]
fn errors_are_told_by_what_they_mean() {
    let errors: Vec<_> = exchanges()
        .iter()
        .filter_map(|exchange| {
            let error = operations::of(exchange).round_trip(exchange.answer()).err()?;
            Some(format!("{:02} {error}", exchange.number))
        })
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn a_conflict_names_the_fields_and_an_expired_token_brings_a_fresh_one() {
    let error = |number| {
        let exchange = exchange(number);
        operations::of(&exchange).round_trip(exchange.answer()).unwrap_err()
    };
    let conflict = error(25);
    assert!(conflict.is_conflict());
    assert_eq!(conflict.causes().len(), 1);
    let expired = error(48);
    assert!(expired.is_gone());
    let metadata = expired.kubernetes_status().unwrap().metadata.unwrap();
    assert!(metadata.continue_.is_some());
    assert!(error(10).is_not_found());
    assert!(error(43).as_api().unwrap().is_unauthorized());
}

#[test]
fn watches_are_the_same_in_whatever_pieces_they_arrive() {
    let mut watches = 0;
    for exchange in exchanges().into_iter().filter(|it| it.response["chunks"].is_array()) {
        watches += 1;
        let chunks: Vec<_> = exchange.chunks().into_iter().map(str::as_bytes).collect();
        let bytes = chunks.concat();
        let recorded = String::from_utf8(bytes.clone()).unwrap();
        let by_chunk = events(chunks.into_iter());
        let by_byte = events(bytes.chunks(1));
        let at_once = events(std::iter::once(bytes.as_slice()));
        assert_eq!(by_chunk, by_byte, "{}", exchange.number);
        assert_eq!(by_chunk, at_once, "{}", exchange.number);
        let encoded: Vec<_> = by_chunk
            .iter()
            .map(|event| serde_json::to_string(event).unwrap())
            .collect();
        assert_same_lines(&encoded.join("\n"), &recorded, exchange.number);
    }
    assert_eq!(watches, 5);
}

fn events<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Event<Service>> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        events.extend(decoder.by_ref().map(Result::unwrap));
    }
    events.extend(decoder.finish().unwrap());
    events
}

#[test]
fn bookmarks_and_expired_watches_are_events() {
    let initial = exchange(33);
    let initial = events(initial.chunks().into_iter().map(str::as_bytes));
    let ends = |event: &Event<Service>| matches!(event, Event::Bookmark(at) if at.is_initial_events_end());
    assert_eq!(initial.iter().filter(|event| ends(event)).count(), 1);
    let too_old = exchange(50);
    let too_old = events(too_old.chunks().into_iter().map(str::as_bytes));
    assert!(too_old.last().unwrap().is_expired());
}

#[test]
fn endpoints_survive_without_an_operation_that_creates_them() {
    let exchange = exchange(40);
    for text in [exchange.request_body(), &exchange.chunks().concat()] {
        let endpoints: Endpoints = serde_json::from_str(text).unwrap();
        assert_same(&serde_json::to_string(&endpoints).unwrap(), text, 40);
    }
}
