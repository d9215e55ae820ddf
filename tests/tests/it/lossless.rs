//! What a server sends is what it gets back, also where it is newer than the schema.

use tablature_apis::kubernetes::models::{IntOrString, ServicePortProtocol, Status};
use tablature_apis::openshift::models::{ObjectMeta, Service, ServiceList, ServiceSpecType};
use tablature_apis::openshift::services::ReadService;
use tablature_apis::runtime::bytes::Bytes;
use tablature_apis::runtime::http::Response;
use tablature_tests::json::assert_same;

/// Decodes a Service and encodes it again.
fn again(text: &str) -> String {
    let service: Service = serde_json::from_str(text).unwrap();
    serde_json::to_string(&service).unwrap()
}

#[test]
fn nothing_is_lost() {
    for (case, text) in [
        (
            "unknown members",
            r#"{"kind":"Service","new":{"a":[1,{"b":null}]},"spec":{"newer":"x","ports":[{"port":1,"odd":[]}]}}"#,
        ),
        (
            "unknown values",
            r#"{"spec":{"type":"Teleport","ports":[{"port":1,"protocol":"QUIC"}],"sessionAffinity":""}}"#,
        ),
        (
            "nulls",
            r#"{"metadata":null,"spec":{"selector":null,"clusterIP":null,"ports":null},"status":{"loadBalancer":{"ingress":null}},"x":null}"#,
        ),
        (
            "empty lists and maps",
            r#"{"metadata":{"labels":{},"annotations":{},"finalizers":[],"managedFields":[]},"spec":{"ports":[],"selector":{}}}"#,
        ),
        (
            "empty objects",
            r#"{"metadata":{},"spec":{},"status":{"loadBalancer":{}}}"#,
        ),
        (
            "large numbers",
            r#"{"metadata":{"generation":9223372036854775807},"a":123456789012345678901234567890,"b":1e400,"c":0.10000000000000000000001,"d":-0}"#,
        ),
        (
            "numbers or names",
            r#"{"spec":{"ports":[{"port":1,"targetPort":"http"},{"port":2,"targetPort":8080},{"port":3,"targetPort":99999999999},{"port":4,"targetPort":{"odd":true}}]}}"#,
        ),
        (
            "free form",
            r#"{"metadata":{"managedFields":[{"fieldsV1":{"f:a":{"k:{\"port\":80}":{".":{}}},"n":1.50}}]}}"#,
        ),
        (
            "strings",
            r#"{"metadata":{"annotations":{"a\u0000b":"\ud83d\ude00 \"q\" \\ \n","":""}}}"#,
        ),
        ("nothing", "{}"),
    ] {
        assert_same(&again(text), text, case);
    }
}

#[test]
fn order_of_known_members_is_that_of_the_schema_and_unknown_ones_follow() {
    assert_eq!(
        again(r#"{"z":1,"kind":"Service","a":2,"apiVersion":"v1"}"#),
        r#"{"apiVersion":"v1","kind":"Service","z":1,"a":2}"#
    );
}

#[test]
fn absent_and_empty_differ() {
    let read = |text| serde_json::from_str::<ObjectMeta>(text).unwrap();
    assert_eq!(read("{}").labels, None);
    assert_eq!(read(r#"{"labels":{}}"#).labels, Some([].into()));
    assert_eq!(read(r#"{"labels":null}"#).labels, None);
    assert_ne!(read("{}"), read(r#"{"labels":{}}"#));
    assert_ne!(read("{}"), read(r#"{"labels":null}"#));
}

#[test]
fn a_null_is_written_back_until_the_field_is_set() {
    let mut service: Service = serde_json::from_str(r#"{"spec":null}"#).unwrap();
    assert_same(
        &serde_json::to_string(&service).unwrap(),
        r#"{"spec":null}"#,
        "untouched",
    );
    service.spec = Some(Default::default());
    assert_same(&serde_json::to_string(&service).unwrap(), r#"{"spec":{}}"#, "set");
}

#[test]
fn a_required_list_reads_null_as_empty() {
    let list: ServiceList = serde_json::from_str(r#"{"items":null}"#).unwrap();
    assert!(list.items.is_empty());
    assert_same(&serde_json::to_string(&list).unwrap(), r#"{"items":null}"#, "null list");
}

#[test]
fn a_member_that_cannot_be_read_is_named_by_its_path() {
    let errors: Vec<_> = [
        r#"{"port":null}"#,
        "{}",
        r#"{"port":"80"}"#,
        r#"{"port":3000000000}"#,
        r#"{"port":80.5}"#,
        r#"{"port":1,"port":2}"#,
        r#"{"port":1,"name":["a"]}"#,
        "[]",
    ]
    .into_iter()
    .map(|port| {
        let body = format!(r#"{{"spec":{{"ports":[{{"port":1}},{port}]}}}}"#);
        let error = ReadService::decode(Response::new(Bytes::from(body))).unwrap_err();
        format!("{port}\n    {error}\n")
    })
    .collect();
    insta::assert_snapshot!(errors.concat());
}

#[test]
fn read_modify_replace_keeps_what_is_unknown() {
    let mut service: Service =
        serde_json::from_str(r#"{"spec":{"newer":[1],"ports":[{"port":80,"odd":true}]},"newest":{}}"#).unwrap();
    let spec = service.spec.as_mut().unwrap();
    spec.ports.as_mut().unwrap()[0].port = 81;
    spec.type_ = Some(ServiceSpecType::NodePort);
    assert_same(
        &serde_json::to_string(&service).unwrap(),
        r#"{"spec":{"newer":[1],"type":"NodePort","ports":[{"port":81,"odd":true}]},"newest":{}}"#,
        "modified",
    );
    let names: Vec<_> = service.unknown().iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names, ["newest"]);
}

#[test]
fn enumerations_are_open() {
    let known = ServicePortProtocol::from("UDP");
    assert!(matches!(known, ServicePortProtocol::Udp));
    let unknown = ServicePortProtocol::from("QUIC");
    assert!(matches!(unknown, ServicePortProtocol::Other(_)));
    assert_eq!((unknown.as_str(), unknown.to_string()), ("QUIC", "QUIC".to_owned()));
    assert_eq!(unknown, *"QUIC");
    assert_ne!(unknown, ServicePortProtocol::from("quic"));
}

#[test]
fn a_number_or_a_name_is_told_apart_by_its_type() {
    let read = |text: &str| serde_json::from_str::<IntOrString>(text).unwrap();
    assert!(matches!(read("80"), IntOrString::Integer(80)));
    assert!(matches!(read("\"80\""), IntOrString::String(text) if text == "80"));
    assert!(matches!(read("4294967296"), IntOrString::Other(_)));
    assert!(matches!(read("null"), IntOrString::Other(_)));
}

#[test]
fn unknown_members_count_in_comparison_but_their_order_does_not() {
    let read = |text: &str| serde_json::from_str::<Status>(text).unwrap();
    assert_eq!(
        read(r#"{"a":1,"b":{"c":1,"d":2}}"#),
        read(r#"{"b":{"d":2,"c":1.0},"a":1}"#)
    );
    assert_ne!(read(r#"{"a":1}"#), read(r#"{"a":2}"#));
    assert_ne!(read(r#"{"a":1}"#), read("{}"));
}
