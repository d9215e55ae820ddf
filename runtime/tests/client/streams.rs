//! Answers that are read as they come: items of a stream, and bytes.

use tablature_client::transport::{MockReply, MockTransport, TransportErrorKind};
use tablature_client::{BlockingClient, Client, Error, Execute};
use tablature_kubernetes::watch::Event;
use tablature_runtime::Server;

use crate::emitted::models::Service;
use crate::emitted::services::ListServices;
use crate::send::{run, time};

fn client(reply: MockReply) -> (Client, MockTransport) {
    let mock = MockTransport::in_order([reply]);
    let server = Server::new("https://api.example.com").unwrap();
    let builder = Client::builder(server);
    (builder.transport(mock.clone(), time()).unwrap(), mock)
}

fn blocking(reply: MockReply) -> BlockingClient {
    let mock = MockTransport::in_order([reply]);
    let server = Server::new("https://api.example.com").unwrap();
    BlockingClient::builder(server)
        .blocking_transport(mock, time())
        .unwrap()
}

/// The line of a change, which ends in another piece than it begins in.
fn pieces(reply: MockReply, name: &str) -> MockReply {
    let line = format!("{{\"type\":\"ADDED\",\"object\":{{\"metadata\":{{\"name\":\"{name}\"}}}}}}\n");
    let (one, other) = line.split_at(line.len() / 2);
    reply.piece(one.to_owned()).piece(other.to_owned())
}

fn name(event: Event<Service>) -> String {
    match event {
        Event::Added(it) => it.metadata.and_then(|it| it.name).unwrap_or_default(),
        other => format!("{other:?}"),
    }
}

/// The names and errors of a stream, to its end.
fn told(reply: MockReply) -> Vec<String> {
    let (client, mock) = client(reply);
    let told = run(async {
        let watch = ListServices::new("shop").watch();
        let mut items = watch.open_stream(&client).await.unwrap().into_body();
        let mut told = Vec::new();
        while let Some(item) = items.next().await {
            told.push(item.map_or_else(|error| error.to_string(), name));
        }
        assert!(items.next().await.is_none());
        told
    });
    assert_eq!(mock.requests().len(), 1);
    assert_eq!(mock.requests()[0].headers()["accept-encoding"], "identity");
    told
}

#[test]
fn items_come_as_they_are_sent() {
    let reply = || pieces(pieces(MockReply::status(200), "web"), "db");
    assert_eq!(told(reply()), ["web", "db"]);
    let client = blocking(reply());
    let answer = ListServices::new("shop").watch().open_stream_blocking(&client).unwrap();
    assert_eq!(answer.status(), 200);
    let names: Vec<_> = answer.into_body().map(|it| name(it.unwrap())).collect();
    assert_eq!(names, ["web", "db"]);
}

#[test]
fn an_item_that_cannot_be_read_is_told_and_the_next_one_follows() {
    let told = told(pieces(MockReply::status(200).piece("{\"type\":7}\n"), "web"));
    assert!(
        told[0].contains("line 1 of the stream") && told[0].contains("{\"type\":7}"),
        "{told:?}"
    );
    assert_eq!(told[1..], ["web"]);
}

#[test]
fn a_stream_that_breaks_off_or_falls_silent_ends_with_an_error() {
    let broken = pieces(MockReply::status(200), "web").then_fault(TransportErrorKind::Body);
    let told_of = |reply| {
        let told = told(reply);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0], "web");
        told[1].clone()
    };
    assert!(told_of(broken).contains("services"));
    let cut = pieces(MockReply::status(200), "web").piece("{\"type\"");
    assert!(told_of(cut).contains("ended in the middle of line 2"));
    let silent = pieces(MockReply::status(200), "web").then_never();
    let client = blocking(silent);
    let items = ListServices::new("shop").watch().open_stream_blocking(&client).unwrap();
    let mut items = items.into_body();
    assert_eq!(name(items.next().unwrap().unwrap()), "web");
    assert!(matches!(items.next(), Some(Err(Error::Timeout(_)))));
    assert!(items.next().is_none());
}

#[test]
fn a_failure_is_an_error_before_there_is_a_stream() {
    let (client, _) = client(MockReply::json(404, "{}"));
    let error = run(ListServices::new("shop").watch().open_stream(&client)).unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
}

#[test]
fn any_answer_can_be_had_in_pieces() {
    let reply = || MockReply::status(200).piece("ab").piece("c");
    let (client, _) = client(reply());
    let pieces = run(async {
        let mut body = ListServices::new("shop").open(&client).await?.into_body();
        let mut pieces = Vec::new();
        while let Some(piece) = body.chunk().await? {
            pieces.push(piece);
        }
        Ok::<_, Error>(pieces)
    });
    assert_eq!(pieces.unwrap(), ["ab", "c"]);
    let body = ListServices::new("shop")
        .open_blocking(&blocking(reply()))
        .unwrap()
        .into_body();
    let pieces: Result<Vec<_>, _> = body.collect();
    assert_eq!(pieces.unwrap(), ["ab", "c"]);
}
