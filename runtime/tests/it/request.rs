//! Requests: what is sent is read back unchanged, and what cannot be sent is not.

use percent_encoding::percent_decode_str;
use tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};
use tablature_runtime::auth::SecurityScheme;
use tablature_runtime::body::RequestBody;
use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::{Method, Request};
use tablature_runtime::patch::{JsonPatch, MergePatch};
use tablature_runtime::request::Problem;
use tablature_runtime::{Documented, Endpoint, Operation, Parts, RequestError, Server, answer};

use crate::emitted::models::{Patch, Service};
use crate::emitted::services::{DeleteService, ListServices, PatchService, ReplaceService};

fn server() -> Server {
    Server::new("https://example.com").unwrap()
}

fn send<E: Endpoint>(parts: &Parts) -> Result<Request<Bytes>, RequestError> {
    tablature_runtime::request::build::<E>(parts, &server())
}

fn problems(error: &RequestError) -> Vec<String> {
    error.problems().iter().map(ToString::to_string).collect()
}

macro_rules! endpoint {
    ($name:ident, $path:literal) => {
        enum $name {}

        impl Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const METHOD: &'static str = "POST";
            const PATH: &'static str = $path;
            const DOCUMENTED: &'static [Documented] = &[];
            const SECURITY: &'static [&'static [SecurityScheme]] = &[];
            type Answer = answer::Empty;
        }
    };
}

endpoint!(Item, "/items/{id}");
endpoint!(Pair, "/items/{a}-{b}");
endpoint!(Joined, "/{a}{b}/x");
endpoint!(Run, "/items/{id}:run");
endpoint!(Root, "/");

#[test]
fn path_values_stay_in_their_segment() {
    for (value, encoded) in [
        ("web", "web"),
        ("a/b", "a%2Fb"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        ("ü", "%C3%BC"),
        ("a b", "a%20b"),
        (" ", "%20"),
        ("a?b#c", "a%3Fb%23c"),
        ("a;b=c,d&e+f", "a%3Bb%3Dc%2Cd%26e%2Bf"),
        ("...", "..."),
        (".a", ".a"),
        ("..\\..", "..%5C.."),
        ("\u{0}\n\r", "%00%0A%0D"),
        ("system:node", "system%3Anode"),
        ("-._~", "-._~"),
        ("{id}", "%7Bid%7D"),
        ("😀", "%F0%9F%98%80"),
    ] {
        let mut parts = Parts::new();
        parts.path("id", value);
        let request = send::<Item>(&parts).unwrap();
        assert_eq!(request.uri().path(), format!("/items/{encoded}"));
        let segment = request.uri().path().strip_prefix("/items/").unwrap();
        assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), value);
        let run = send::<Run>(&parts).unwrap();
        assert_eq!(run.uri().path(), format!("/items/{encoded}:run"));
    }
}

#[test]
fn path_values_that_make_another_path_are_refused() {
    let refused = |parts: &Parts| problems(&send::<Item>(parts).unwrap_err());
    let mut parts = Parts::new();
    assert_eq!(refused(&parts), ["path parameter `id` has no value"]);
    for (value, problem) in [
        ("", "path parameter `id` is empty"),
        (".", "path parameter `id` makes the segment `.`, which is another path"),
        (
            "..",
            "path parameter `id` makes the segment `..`, which is another path",
        ),
    ] {
        parts.path("id", value);
        assert_eq!(refused(&parts), [problem]);
    }
    parts.path("id", "x");
    parts.path("other", "y");
    assert_eq!(refused(&parts), ["path parameter `other` is not in the route"]);

    let segments = |a: &str, b: &str| {
        let mut parts = Parts::new();
        parts.path("a", a);
        parts.path("b", b);
        (
            send::<Pair>(&parts).map(|request| request.uri().path().to_owned()).ok(),
            send::<Joined>(&parts).is_ok(),
        )
    };
    assert_eq!(segments(".", "."), (Some("/items/.-.".into()), false));
    assert_eq!(segments("..", "x"), (Some("/items/..-x".into()), true));
    assert_eq!(segments("", "x"), (None, false));

    let mut run = Parts::new();
    run.path("id", "..");
    assert_eq!(send::<Run>(&run).unwrap().uri().path(), "/items/..:run");
}

#[test]
fn query_values_are_read_back_unchanged() {
    let values = [
        "",
        "a",
        "a&b=c",
        "a+b",
        "#",
        "%",
        "%26",
        "ü😀",
        " ",
        "\n\0",
        "a=b,c in (d,e),!f",
        "/?:@-._~!$'()*;",
        "\"\\<>^`{|}[]",
    ];
    for name in ["labelSelector", "a b", "ü&"] {
        for value in values {
            let request = ListServices::new("shop")
                .query(name, value)
                .limit(3)
                .request(&server())
                .unwrap();
            let query = request.uri().query().unwrap();
            let pairs: Vec<(String, String)> = query
                .split('&')
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap();
                    let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
                    (decode(name), decode(value))
                })
                .collect();
            assert_eq!(
                pairs,
                [
                    (name.to_owned(), value.to_owned()),
                    ("limit".to_owned(), "3".to_owned())
                ]
            );
            assert!(!query.contains(['+', '#', ' ']) && query.is_ascii());
        }
    }
}

#[test]
fn query_parameters_are_set_or_added() {
    let query = |call: ListServices| call.request(&server()).unwrap().uri().query().map(str::to_owned);
    assert_eq!(query(ListServices::new("shop")), None);
    assert_eq!(
        query(ListServices::new("shop").limit(1).label_selector("a=b").limit(2)).unwrap(),
        "limit=2&labelSelector=a%3Db"
    );
    assert_eq!(
        query(ListServices::new("shop").query("x", 1).query("x", true).query("y", 1.5)).unwrap(),
        "x=1&x=true&y=1.5"
    );
    let mut parts = Parts::new();
    parts.query_list("x", ["a", "b"]);
    parts.query("y", String::from("c"));
    parts.query_list("x", [1_u64, 2, 3]);
    assert_eq!(send::<Root>(&parts).unwrap().uri().query(), Some("x=1&x=2&x=3&y=c"));
    parts.query_list("x", [""; 0]);
    assert_eq!(send::<Root>(&parts).unwrap().uri(), "https://example.com/?y=c");
}

#[test]
fn header_values_that_cant_be_sent_are_refused_without_telling_them() {
    for value in [
        "secret\r\nX-Other: 1",
        "secret\n",
        "secret\r",
        "secret\0",
        "secret\u{7f}",
    ] {
        let error = ListServices::new("shop")
            .header("X-Thing", value)
            .request(&server())
            .unwrap_err();
        assert_eq!(
            problems(&error),
            ["header `X-Thing` has a value with characters that cannot be sent"]
        );
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
    let error = ListServices::new("shop")
        .header("X Thing\n", "1")
        .request(&server())
        .unwrap_err();
    assert_eq!(problems(&error), ["`X Thing\\n` is not the name of a header"]);
    let request = ListServices::new("shop")
        .header("X-Thing", "")
        .header("x-thing", "a\tb ~")
        .request(&server())
        .unwrap();
    assert_eq!(
        request.headers().get_all("X-Thing").iter().collect::<Vec<_>>(),
        ["", "a\tb ~"]
    );
    let mut parts = Parts::new();
    parts.header("X-Thing", "\n");
    parts.header("x-thing", 5);
    assert_eq!(send::<Root>(&parts).unwrap().headers()["x-thing"], "5");
}

#[test]
fn all_problems_come_at_once() {
    let call = PatchService::new("", "..", ApplyPatch::new(1))
        .header("A", "\n")
        .query("x", 1);
    let error = call.request(&server()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "patchCoreV1NamespacedService: PATCH /api/v1/namespaces/{namespace}/services/{name} cannot be sent: \
         path parameter `namespace` is empty; \
         path parameter `name` makes the segment `..`, which is another path; \
         parameter `fieldManager` is required with a body of application/apply-patch+yaml; \
         header `A` has a value with characters that cannot be sent; \
         the body cannot be written: a patch must be an object"
    );
    assert_eq!(error.facts().operation, "patchCoreV1NamespacedService");
    assert_eq!(error.facts().method, Method::PATCH);
    assert_eq!(error.facts().route, "/api/v1/namespaces/{namespace}/services/{name}");
    assert!(
        matches!(error.problems().first(), Some(Problem::EmptyPathValue { parameter }) if parameter == "namespace")
    );
}

#[test]
fn a_url_that_is_too_long_is_refused() {
    let error = ListServices::new("x".repeat(70_000)).request(&server()).unwrap_err();
    assert!(matches!(error.problems(), [Problem::Url(_)]), "{error}");
    assert!(error.to_string().len() < 200);
}

#[test]
fn bodies_set_the_content_type() {
    let merge = MergePatch::new(serde_json::json!({"metadata": {"labels": {"a": null}}}));
    let patches: [(Patch, &str, &str); 4] = [
        (
            JsonPatch::new().remove("/a").into(),
            "application/json-patch+json",
            r#"[{"op":"remove","path":"/a"}]"#,
        ),
        (
            merge.into(),
            "application/merge-patch+json",
            r#"{"metadata":{"labels":{"a":null}}}"#,
        ),
        (
            StrategicMergePatch::new(Service::default()).into(),
            "application/strategic-merge-patch+json",
            "{}",
        ),
        (
            ApplyPatch::new(Service::default()).into(),
            "application/apply-patch+yaml",
            r#"{"apiVersion":"v1","kind":"Service"}"#,
        ),
    ];
    for (patch, media_type, body) in patches {
        assert_eq!(patch.media_type(), media_type);
        let request = PatchService::new("a", "b", patch)
            .field_manager("x")
            .request(&server())
            .unwrap();
        assert_eq!(request.headers()["content-type"], media_type);
        assert_eq!(request.headers()["accept"], "application/json");
        assert_eq!(request.headers().len(), 2);
        assert_eq!(request.body(), body);
    }
}

#[test]
fn rules_of_bodies_hold_however_a_parameter_came() {
    let apply = || PatchService::new("a", "b", ApplyPatch::new(Service::default()));
    let missing = "parameter `fieldManager` is required with a body of application/apply-patch+yaml";
    assert_eq!(problems(&apply().request(&server()).unwrap_err()), [missing]);
    assert_eq!(
        problems(&apply().query("fieldmanager", "x").request(&server()).unwrap_err()),
        [missing]
    );
    assert!(apply().field_manager("x").force(true).request(&server()).is_ok());
    assert!(apply().query("fieldManager", "x").request(&server()).is_ok());

    let json = || PatchService::new("a", "b", JsonPatch::new());
    let forbidden = "parameter `force` is not allowed with a body of application/json-patch+json";
    assert_eq!(
        problems(&json().force(true).request(&server()).unwrap_err()),
        [forbidden]
    );
    assert_eq!(
        problems(&json().query("force", true).request(&server()).unwrap_err()),
        [forbidden]
    );
    assert!(json().request(&server()).is_ok());
    // What counts is what will be on the wire.
    let retyped = json()
        .header("content-type", "application/apply-patch+yaml; charset=utf-8")
        .request(&server());
    assert_eq!(problems(&retyped.unwrap_err()), [missing]);
}

#[test]
fn a_header_of_the_callers_own_wins() {
    let call = ReplaceService::new("a", "b", Service::default());
    let request = call
        .header("Accept", "application/yaml")
        .header("content-type", "text/x")
        .request(&server())
        .unwrap();
    assert_eq!(
        request.headers().get_all("accept").iter().collect::<Vec<_>>(),
        ["application/yaml"]
    );
    assert_eq!(
        request.headers().get_all("content-type").iter().collect::<Vec<_>>(),
        ["text/x"]
    );
    let delete = DeleteService::new("a", "b").request(&server()).unwrap();
    assert!(delete.body().is_empty());
    assert!(!delete.headers().contains_key("content-type"));
}

#[test]
fn bodies_of_bytes() {
    let mut parts = Parts::new();
    parts.json("application/json", &1);
    parts.bytes("application/octet-stream", vec![0, 255]);
    let request = send::<Root>(&parts).unwrap();
    assert_eq!(request.body(), &[0, 255][..]);
    assert_eq!(request.headers()["content-type"], "application/octet-stream");
    assert_eq!(request.headers()["accept"], "*/*");
    // A body that cannot be written is replaced by one that can.
    let unwritable = std::collections::BTreeMap::from([(vec![1], 1)]);
    parts.json("application/json", &unwritable);
    assert_eq!(
        problems(&send::<Root>(&parts).unwrap_err()),
        ["the body cannot be written: key must be a string"]
    );
    parts.json("application/json", &1);
    assert_eq!(send::<Root>(&parts).unwrap().body(), "1");
}

#[test]
fn debug_tells_no_header_values() {
    let call = ReplaceService::new("shop", "web", Service::default())
        .header("Authorization", "Bearer secret")
        .header("X-Auth-Token", "secret")
        .header("x", "\nsecret");
    let text = format!("{call:?}");
    assert!(!text.contains("secret"), "{text}");
    assert!(text.contains("authorization") && text.contains("\"web\""), "{text}");
    let call = ListServices::new("shop")
        .header("Authorization", "Bearer secret")
        .header("X-Auth-Token", "secret");
    let request = call.request(&server()).unwrap();
    assert!(!format!("{request:?}").contains("secret"), "{request:?}");
}

#[test]
fn servers_have_a_prefix() {
    for (url, expected) in [
        ("http://localhost", "http://localhost/api/v1/namespaces/a/services"),
        ("https://h/", "https://h/api/v1/namespaces/a/services"),
        (
            "https://h:6443/k8s/clusters/c-1//",
            "https://h:6443/k8s/clusters/c-1/api/v1/namespaces/a/services",
        ),
        (
            "https://[2001:db8::1]:6443/x%20y",
            "https://[2001:db8::1]:6443/x%20y/api/v1/namespaces/a/services",
        ),
    ] {
        let server = Server::new(url).unwrap();
        assert_eq!(ListServices::new("a").request(&server).unwrap().uri(), expected);
        assert_eq!(server.to_string().parse(), Ok(server));
    }
}
