//! What emitted code looks like, and that it does what callers write.

use tablature_runtime::{Operation, Server};

use crate::emitted::models::{IntOrString, Service, ServiceOrStatus, ServicePort, ServicePortProtocol};
use crate::emitted::services::{ListServices, ReplaceService};

#[test]
fn replaces() {
    let server = Server::new("https://example.com:6443/base/").unwrap();
    let call = ReplaceService::new("shop", "web", Service::default())
        .dry_run("All")
        .field_manager("a b");
    let request = call.request(&server).unwrap();
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        request.uri(),
        "https://example.com:6443/base/api/v1/namespaces/shop/services/web?dryRun=All&fieldManager=a%20b"
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.body(), r#"{"apiVersion":"v1","kind":"Service"}"#);
    assert_eq!(call.clone().request(&server).unwrap().uri(), request.uri());

    let list = ListServices::new("shop")
        .limit(5)
        .limit(7)
        .watch()
        .request(&server)
        .unwrap();
    assert_eq!(list.uri().query(), Some("limit=7&watch=true"));
}

#[test]
fn reads_unions_and_enums() {
    let port: ServicePort = serde_json::from_str(r#"{"port":80,"protocol":"QUIC","targetPort":"http"}"#).unwrap();
    assert_eq!(port.protocol, Some("QUIC".into()));
    assert_eq!(port.target_port, Some(IntOrString::String("http".into())));
    assert_eq!(ServicePortProtocol::from("TCP"), ServicePortProtocol::Tcp);
    assert!(ServicePortProtocol::Udp == "UDP");
    let one: ServiceOrStatus = serde_json::from_str(r#"{"code":200,"kind":"Status"}"#).unwrap();
    assert!(matches!(one, ServiceOrStatus::Status(status) if status.code == Some(200)));
}
