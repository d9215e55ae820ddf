//! What a caller sees of each fault of a server.

use tablature_client::ClientBuilder;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::retry::RetryPolicy;
use tablature_client::transport::TransportErrorKind;
use tablature_huawei::ErrorCode;
use tablature_kubernetes::StatusOf;
use tablature_runtime::Error as CallError;

use crate::emitted::services::ListServices;
use crate::send::{by_each, errors, run, time};
use crate::server::{Act, Server, answer, chunk, chunked, end, head, json};

fn list() -> ListServices {
    ListServices::new("shop")
}

fn once(builder: ClientBuilder) -> ClientBuilder {
    builder.retry(RetryPolicy::none())
}

fn kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Transport(error) => error.cause().kind(),
        other => unreachable!("not of the transport: {other:?}"),
    }
}

#[test]
fn a_server_that_is_not_there_is_a_failed_connection() {
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = tablature_runtime::Server::new(&format!("http://{free}")).unwrap();
    let builder = || once(tablature_client::Client::builder(server.clone()));
    let client = builder().reqwest_with(time()).unwrap();
    let by_reqwest = run(list().send(&client)).unwrap_err();
    let by_ureq = list().send_blocking(&builder().ureq_with(time()).unwrap()).unwrap_err();
    for error in [by_reqwest, by_ureq] {
        assert_eq!(kind(&error), TransportErrorKind::Connect);
        let text = error.to_string();
        let begin = format!(
            "listCoreV1NamespacedService: GET http://{free}/api/v1/namespaces/shop/services: there is no connection to the server: "
        );
        assert!(text.starts_with(&begin) && text.contains("refused"), "{text}");
        assert_eq!(error.operation(), "listCoreV1NamespacedService");
        assert_eq!(
            error.url(),
            Some(format!("http://{free}/api/v1/namespaces/shop/services").as_str())
        );
    }
}

#[test]
fn a_server_that_closes_before_it_answers_is_a_closed_connection() {
    for (error, server) in errors(&list(), || Server::new(|_| vec![Act::Close]), once) {
        assert_eq!(kind(&error), TransportErrorKind::Closed, "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn a_server_that_closes_within_the_head_is_a_closed_connection() {
    let server = || Server::new(|_| vec![Act::Send(b"HTTP/1.1 200 OK\r\nContent-".to_vec()), Act::Close]);
    for (error, _) in errors(&list(), server, once) {
        assert_eq!(kind(&error), TransportErrorKind::Closed, "{error}");
    }
}

#[test]
fn a_body_that_is_cut_is_told() {
    let cut_by_length = || {
        let mut bytes = head(200, &[("Content-Length", "100")]);
        bytes.extend(b"\r\n{\"items\":[");
        Server::new(move |_| vec![Act::Send(bytes.clone()), Act::Close])
    };
    let cut_in_chunks = || Server::new(|_| vec![chunked(), chunk("{\"items\":["), Act::Close]);
    for (error, server) in errors(&list(), cut_by_length, once)
        .into_iter()
        .chain(errors(&list(), cut_in_chunks, once))
    {
        assert_eq!(kind(&error), TransportErrorKind::Body, "{error}");
        assert!(
            error.to_string().contains("the body of the answer broke off"),
            "{error}"
        );
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn one_byte_at_a_time_is_as_good_as_all_at_once() {
    let body = r#"{"items":[{"metadata":{"name":"naïve"}}]}"#;
    let server = || {
        Server::new(move |_| {
            let mut acts = vec![chunked()];
            acts.extend(body.bytes().map(|byte| chunk([byte])));
            acts.push(end());
            acts
        })
    };
    for (outcome, _) in by_each(&list(), server, once) {
        let answer = outcome.unwrap();
        let name = answer.body().items[0].metadata.clone().unwrap().name;
        assert_eq!(name.as_deref(), Some("naïve"));
    }
}

#[test]
fn a_gigantic_header_is_refused() {
    let server = || {
        Server::new(|_| {
            let mut bytes = head(200, &[]);
            bytes.extend(b"X-Long: ");
            vec![Act::Send(bytes), Act::SendForEver(vec![b'x'; 65_536])]
        })
    };
    for (error, server) in errors(&list(), server, |it| it) {
        assert_eq!(kind(&error), TransportErrorKind::Protocol, "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn an_answer_that_is_not_http_is_refused() {
    for (error, server) in errors(
        &list(),
        || Server::new(|_| vec![Act::Send(b"SSH-2.0-x\r\n\r\n".to_vec()), Act::Close]),
        |it| it,
    ) {
        assert_eq!(kind(&error), TransportErrorKind::Protocol, "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn a_body_without_end_is_cut_off() {
    let server = || {
        Server::new(|_| {
            vec![
                chunked(),
                Act::SendForEver(b"400\r\n".iter().copied().chain([b'x'; 1024]).chain(*b"\r\n").collect()),
            ]
        })
    };
    for (error, _) in errors(&list(), server, |it| it.max_body(1 << 20)) {
        assert_eq!(kind(&error), TransportErrorKind::TooLong, "{error}");
        assert!(error.to_string().contains("1048576 bytes"), "{error}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_an_error_that_keeps_them() {
    let body = b"{\"items\":[\"\xff\"]}";
    for (error, _) in errors(&list(), || Server::new(move |_| answer(200, &[], body)), once) {
        let Error::Call(CallError::Decode(decode)) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(decode.message(), "expected UTF-8, found another byte at offset 11");
        assert_eq!(error.body().unwrap().as_ref(), body);
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.url().is_some());
    }
}

#[test]
fn html_with_status_200_is_an_error_that_shows_it() {
    let html = "<!DOCTYPE html>\n<title>Sign in</title>";
    for (error, _) in errors(
        &list(),
        || Server::new(move |_| answer(200, &[("Content-Type", "text/html")], html)),
        once,
    ) {
        assert!(matches!(error, Error::Call(CallError::Decode(_))));
        let text = error.to_string();
        assert!(text.contains("expected JSON, found something else"), "{text}");
        assert!(text.contains(r"<!DOCTYPE html>\n<title>Sign in</title>"), "{text}");
    }
}

#[test]
fn a_body_of_another_shape_names_the_place() {
    let body = r#"{"items":[{"spec":{"ports":[{"port":80},{"port":"x"}]}}]}"#;
    for (error, _) in errors(&list(), || Server::new(move |_| json(200, body)), once) {
        let Error::Call(CallError::Decode(decode)) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(decode.path(), Some("items[0].spec.ports[1].port"));
    }
}

#[test]
fn errors_of_each_shape_are_told_apart() {
    let status =
        r#"{"kind":"Status","status":"Failure","reason":"NotFound","message":"services \"web\" not found","code":404}"#;
    for (error, _) in errors(&list(), || Server::new(move |_| json(404, status)), |it| it) {
        assert!(error.is_not_found() && !error.is_conflict());
        assert_eq!(error.reason().unwrap(), "NotFound");
        assert!(
            error
                .to_string()
                .ends_with(r#"404 Not Found: services "web" not found"#),
            "{error}"
        );
    }
    let gateway = r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information"}"#;
    for (error, _) in errors(&list(), || Server::new(move |_| json(401, gateway)), |it| it) {
        let api = error.as_api().unwrap();
        assert_eq!(api.error_code().as_deref(), Some("APIG.0301"));
        assert!(api.is_unauthorized());
    }
    for (error, _) in errors(
        &list(),
        || Server::new(|_| answer(502, &[], "<html>Bad Gateway")),
        |it| it,
    ) {
        assert_eq!(error.as_api().unwrap().message().as_deref(), Some("<html>Bad Gateway"));
        assert_eq!(error.body().unwrap().as_ref(), b"<html>Bad Gateway");
    }
}
