//! Models: nothing that a server sent is lost.

use std::collections::HashSet;

use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::{Deserialize, Serialize};
use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use tablature_runtime::{Json, json, model};

use crate::emitted::models::{
    IntOrString, ObjectMeta, Service, ServiceList, ServicePort, ServicePortProtocol, ServiceSpec,
};

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

/// Decodes and encodes, by way of JSON and of YAML; all must be the same JSON value.
fn keeps<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap();
    assert_eq!(Json::from_serialize(&value).unwrap(), json(text));
    let yaml = serde_yaml_ng::to_string(&value).unwrap();
    let again: T = serde_yaml_ng::from_str(&yaml).unwrap();
    assert_eq!(again, value);
    assert_eq!(Json::from_serialize(&again).unwrap(), json(text), "{yaml}");
    let from_value: T = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
    assert_eq!(from_value, value);
    value
}

#[test]
fn round_trips() {
    for text in [
        "{}",
        r#"{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","labels":{},"annotations":{"b":"2","a":"1"}}}"#,
        r#"{"spec":{"ports":[],"selector":{},"clusterIPs":null,"weight":1.5}}"#,
        r#"{"new":{"deep":[1,2.50,{"x":null}]},"metadata":null,"spec":{"new":1234567890123456789}}"#,
        r#"{"metadata":{"creationTimestamp":null,"generation":9223372036854775807}}"#,
        r#"{"spec":{"ports":[{"port":80,"protocol":"QUIC","targetPort":3000000000,"x":1},{"port":1,"targetPort":1.5}]}}"#,
        r#"{"status":{"b":1,"a":[{}]},"":0,"kind":""}"#,
    ] {
        keeps::<Service>(text);
    }
}

#[test]
fn writes_known_members_in_table_order_and_unknown_ones_after_them() {
    let text = r#"{"z":1,"spec":{},"b":2,"kind":"Service","a":3.0}"#;
    let service: Service = serde_json::from_str(text).unwrap();
    assert_eq!(
        serde_json::to_string(&service).unwrap(),
        r#"{"kind":"Service","spec":{},"z":1,"b":2,"a":3.0}"#
    );
    assert_eq!(
        service.unknown().iter().map(|(name, _)| name).collect::<Vec<_>>(),
        ["z", "b", "a"]
    );
    assert_eq!(
        serde_yaml_ng::to_string(&service).unwrap(),
        "kind: Service\nspec: {}\nz: 1\nb: 2\na: 3.0\n"
    );
}

#[test]
fn an_explicit_null_is_remembered_until_the_member_is_set() {
    let mut service: Service = keeps(r#"{"metadata":null,"x":null}"#);
    assert_eq!(service.metadata, None);
    assert_eq!(service.unknown().get("metadata"), Some(&Json::null()));
    service.metadata = Some(ObjectMeta::default().name("web"));
    assert_eq!(
        serde_json::to_string(&service).unwrap(),
        r#"{"metadata":{"name":"web"},"x":null}"#
    );
    assert_eq!(
        serde_yaml_ng::to_string(&service).unwrap(),
        "metadata:\n  name: web\nx: null\n"
    );
    service.metadata = None;
    assert_eq!(
        serde_json::to_string(&service).unwrap(),
        r#"{"metadata":null,"x":null}"#
    );
    service.unknown_mut().remove("metadata");
    assert_eq!(serde_json::to_string(&service).unwrap(), r#"{"x":null}"#);
}

#[test]
fn a_required_list_may_be_null_until_there_is_something_in_it() {
    let mut list: ServiceList = keeps(r#"{"items":null,"metadata":{"continue":""}}"#);
    assert!(list.items.is_empty());
    list.items.push(Service::default());
    assert_eq!(
        serde_json::to_string(&list).unwrap(),
        r#"{"items":[{}],"metadata":{"continue":""}}"#
    );
    list.items.clear();
    list.unknown_mut().remove("items");
    assert_eq!(
        serde_json::to_string(&list).unwrap(),
        r#"{"items":[],"metadata":{"continue":""}}"#
    );
    keeps::<ServiceList>(r#"{"items":[]}"#);
}

#[test]
fn what_is_wrong_is_named() {
    let cases = [
        ("{}", "missing field `port` of ServicePort at line 1 column 2"),
        (
            r#"{"port":null}"#,
            "invalid type: null, expected i32 at line 1 column 12",
        ),
        (
            r#"{"port":"80"}"#,
            "invalid type: string \"80\", expected i32 at line 1 column 12",
        ),
        (
            r#"{"port":80.5}"#,
            "invalid type: floating point `80.5`, expected i32 at line 1 column 12",
        ),
        (
            r#"{"port":3000000000}"#,
            "invalid value: integer `3000000000`, expected i32 at line 1 column 18",
        ),
        (
            r#"{"port":1,"name":"x","port":2}"#,
            "repeated field `port` of ServicePort at line 1 column 27",
        ),
        (
            r#"{"name":null,"name":null,"port":1}"#,
            "repeated field `name` of ServicePort at line 1 column 19",
        ),
        (
            "[]",
            "invalid type: sequence, expected an object (ServicePort) at line 1 column 0",
        ),
        (
            "null",
            "invalid type: null, expected an object (ServicePort) at line 1 column 4",
        ),
        (r#"{"port":1,"x":}"#, "expected value at line 1 column 15"),
        (
            r#"{"port":1,"protocol":1}"#,
            "invalid type: integer `1`, expected a string at line 1 column 22",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(
            serde_json::from_str::<ServicePort>(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
    let text = r#"{"spec":{"ports":[{"port":1},{"port":"x"}]}}"#;
    assert_eq!(
        json(text).decode::<Service>().unwrap_err().path(),
        Some("spec.ports[1].port")
    );
    let missing = json(r#"{"spec":{"ports":[{}]}}"#).decode::<Service>().unwrap_err();
    assert_eq!(missing.path(), Some("spec.ports[0]"));
    assert!(serde_json::from_str::<ServiceList>("{}").is_err());
}

#[test]
fn equality_counts_unknown_members_in_any_order() {
    let read = |text| serde_json::from_str::<Service>(text).unwrap();
    assert_eq!(
        read(r#"{"a":1,"b":{"c":1,"d":2}}"#),
        read(r#"{"b":{"d":2,"c":1.0},"a":1e0}"#)
    );
    assert_ne!(read(r#"{"a":1}"#), read(r#"{"a":2}"#));
    assert_ne!(read(r#"{"a":1}"#), read("{}"));
    assert_ne!(read(r#"{"metadata":null}"#), read("{}"));
    assert_ne!(read(r#"{"a":1,"a":2}"#), read(r#"{"a":2,"a":1}"#));
}

#[test]
fn unknown_members_can_be_changed() {
    let mut service = Service::default();
    assert!(service.unknown().is_empty());
    assert_eq!(size_of::<Unknown>(), 8);
    assert_eq!(service.unknown_mut().insert("x", 1), None);
    assert_eq!(service.unknown_mut().insert("y", "two"), None);
    assert_eq!(service.unknown_mut().insert("x", true), Some(Json::from(1)));
    assert_eq!(service.unknown().len(), 2);
    assert_eq!(format!("{:?}", service.unknown()), r#"{"y": "two", "x": true}"#);
    assert_eq!(serde_json::to_string(&service).unwrap(), r#"{"y":"two","x":true}"#);
    assert_eq!(service.unknown_mut().remove("y"), Some(Json::from("two")));
    assert_eq!(service.unknown_mut().remove("y"), None);
    assert_eq!(service.unknown_mut().remove("x"), Some(Json::from(true)));
    assert_eq!(service, Service::default());
    // A known name is written only as long as the member is not set.
    service.unknown_mut().insert("kind", "Other");
    assert_eq!(serde_json::to_string(&service).unwrap(), r#"{"kind":"Other"}"#);
    service.kind = Some("Service".into());
    assert_eq!(serde_json::to_string(&service).unwrap(), r#"{"kind":"Service"}"#);
    let repeated: Service = serde_json::from_str(r#"{"x":1,"x":2}"#).unwrap();
    assert_eq!(repeated.unknown().get("x"), Some(&Json::from(2)));
    assert_eq!(serde_json::to_string(&repeated).unwrap(), r#"{"x":1,"x":2}"#);
}

#[test]
fn escaped_and_owned_names_are_found() {
    let text = r#"{"p\u006frt":80,"unkn\u006fwn":1}"#;
    let port: ServicePort = serde_json::from_str(text).unwrap();
    assert_eq!(port.port, 80);
    assert_eq!(port.unknown().get("unknown"), Some(&Json::from(1)));
    assert_eq!(
        serde_json::from_reader::<_, ServicePort>(text.as_bytes()).unwrap(),
        port
    );
    let owned = [(String::from("port"), 80_u16), (String::from("x"), 1)];
    let from_map = ServicePort::deserialize(MapDeserializer::<_, ValueError>::new(owned.into_iter())).unwrap();
    assert_eq!(serde_json::to_string(&from_map).unwrap(), r#"{"port":80,"x":1}"#);
}

#[test]
fn open_enums() {
    assert_eq!(ServicePortProtocol::KNOWN.len(), 3);
    for (text, value) in [("TCP", ServicePortProtocol::Tcp), ("UDP", ServicePortProtocol::Udp)] {
        assert_eq!(ServicePortProtocol::from(text), value);
        assert_eq!(ServicePortProtocol::from(text.to_owned()), value);
        assert_eq!(text.parse(), Ok(value.clone()));
        assert_eq!(value, *text);
        assert_eq!(value, text);
        assert_eq!(value.as_ref(), text);
        assert_eq!(format!("{value:>5}"), format!("{text:>5}"));
        assert_eq!(serde_json::to_string(&value).unwrap(), format!("\"{text}\""));
        assert_eq!(
            serde_json::from_str::<ServicePortProtocol>(&format!("\"{text}\"")).unwrap(),
            value
        );
    }
    let other: ServicePortProtocol =
        serde_json::from_str(r#""\u0051"#.to_owned().as_str().trim()).unwrap_or("Q".into());
    assert_eq!(other.as_str(), "Q");
    assert_eq!(format!("{other:?}"), "Other(\"Q\")");
    assert_ne!(ServicePortProtocol::from("tcp"), ServicePortProtocol::Tcp);

    assert_eq!(format!("{:?} {other:?}", ServicePortProtocol::Tcp), "Tcp Other(\"Q\")");
    assert_eq!(format!("{other:#?}"), "Other(\n    \"Q\",\n)");
    let set: HashSet<_> = ["TCP", "TCP", "Q", "Q"].map(ServicePortProtocol::from).into();
    assert_eq!(set, HashSet::from([ServicePortProtocol::Tcp, other]));
}

#[test]
fn unions() {
    for (text, value) in [
        ("80", IntOrString::Integer(80)),
        ("\"80\"", IntOrString::String("80".into())),
        ("3000000000", IntOrString::Other(json("3000000000"))),
        ("80.0", IntOrString::Other(json("80.0"))),
        ("-0", IntOrString::Other(json("-0"))),
        ("{\"a\":[1]}", IntOrString::Other(json("{\"a\":[1]}"))),
        ("null", IntOrString::Other(json("null"))),
    ] {
        let read: IntOrString = serde_json::from_str(text).unwrap();
        assert_eq!(read, value);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let again: IntOrString = serde_yaml_ng::from_str(&serde_yaml_ng::to_string(&read).unwrap()).unwrap();
        assert_eq!(Json::from_serialize(&again).unwrap(), json(text));
    }
}

#[test]
fn manifests_in_yaml() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n  - port: 443\n    targetPort: 8443\n  type: ClusterIP\nextra:\n  list: [1, 2.5, x]\n";
    let service: Service = serde_yaml_ng::from_str(text).unwrap();
    let spec: &ServiceSpec = service.spec.as_ref().unwrap();
    let ports = spec.ports.as_deref().unwrap();
    assert_eq!(
        ports.first().unwrap().target_port,
        Some(IntOrString::String("http".into()))
    );
    assert_eq!(ports.last().unwrap().target_port, Some(IntOrString::Integer(8443)));
    let again: Service = serde_yaml_ng::from_str(&serde_yaml_ng::to_string(&service).unwrap()).unwrap();
    assert_eq!(again, service);
    assert_eq!(service.unknown().get("extra"), Some(&json(r#"{"list":[1,2.5,"x"]}"#)));
}

/// More members than bits in the widest integer.
#[derive(Clone, Debug, PartialEq)]
struct Wide {
    members: [Option<u8>; 130],
    unknown: Unknown,
}

/// `a00` to `a64` and `b00` to `b64`.
const BYTES: &[[u8; 3]; 130] = &{
    let mut names = [[0; 3]; 130];
    let mut index = 0;
    while index < names.len() {
        let (letter, number) = (index / 65, index % 65);
        names[index] = [
            b'a' + letter as u8,
            b'0' + (number / 10) as u8,
            b'0' + (number % 10) as u8,
        ];
        index += 1;
    }
    names
};

const NAMES: [&str; 130] = {
    let mut names = [""; 130];
    let mut index = 0;
    while index < names.len() {
        if let Ok(name) = std::str::from_utf8(&BYTES[index]) {
            names[index] = name;
        }
        index += 1;
    }
    names
};

const MEMBERS: [Member; 130] = {
    let mut members = [Member::optional(""); 130];
    let mut index = 0;
    while index < members.len() {
        members[index] = if index == 129 {
            Member::required(NAMES[index])
        } else {
            Member::optional(NAMES[index])
        };
        index += 1;
    }
    members
};

impl Default for Wide {
    fn default() -> Self {
        Self {
            members: [None; 130],
            unknown: Unknown::default(),
        }
    }
}

impl Model for Wide {
    const NAME: &'static str = "Wide";
    const MEMBERS: &'static [Member] = &MEMBERS;

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        value.optional(&mut self.members[member])
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        for (name, value) in NAMES.iter().zip(&self.members) {
            to.optional(name, value);
        }
    }
}

model!(Wide);

#[test]
fn wide_models() {
    let wide: Wide = keeps(r#"{"a00":1,"b62":2,"b63":3,"b64":4,"c":5}"#);
    assert_eq!(wide.members[129], Some(4));
    let error = |text| serde_json::from_str::<Wide>(text).unwrap_err().to_string();
    assert_eq!(error(r#"{"b62":2}"#), "missing field `b64` of Wide at line 1 column 9");
    assert_eq!(
        error(r#"{"b64":2,"b64":2}"#),
        "repeated field `b64` of Wide at line 1 column 14"
    );
    assert_eq!(
        error(r#"{"b63":2,"b64":1,"b63":2}"#),
        "repeated field `b63` of Wide at line 1 column 22"
    );
}

#[test]
fn a_model_of_someone_elses_derive_can_hold_ours() {
    let text = r#"{"port":1,"x":[1.0]}"#;
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let port = ServicePort::deserialize(&value).unwrap();
    assert_eq!(port.unknown().get("x"), Some(&json("[1]")));
    let error: json::Error = json("[1]").decode::<ServicePort>().unwrap_err();
    assert_eq!(error.path(), None);
}
