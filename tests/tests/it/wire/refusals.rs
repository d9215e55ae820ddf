//! Values that would change what is asked are encoded or refused, never sent as something else.

use tablature_apis::openshift::services::{ListServices, PatchService, ReadService};
use tablature_apis::runtime::Server;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::ApplyPatch;

use super::sent::query;

fn server() -> Server {
    Server::new("https://example.com:6443/prefix").unwrap()
}

#[test]
fn path_values_stay_one_segment() {
    for (name, segment) in [
        ("web", "web"),
        ("a/b", "a%2Fb"),
        ("a%2Fb", "a%252Fb"),
        ("ü", "%C3%BC"),
        ("a b", "a%20b"),
        ("a?b#c", "a%3Fb%23c"),
        ("a\\b", "a%5Cb"),
        ("..a", "..a"),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
        ("a\r\nb", "a%0D%0Ab"),
    ] {
        let request = ReadService::new("shop", name).request(&server()).unwrap();
        let path = format!("/prefix/api/v1/namespaces/shop/services/{segment}");
        assert_eq!(request.uri().path(), path, "{name:?}");
        assert_eq!(request.uri().query(), None, "{name:?}");
    }
}

#[test]
fn path_values_that_are_no_segment_are_refused() {
    for value in ["", ".", ".."] {
        for operation in [ReadService::new("shop", value), ReadService::new(value, "web")] {
            let error = operation.request(&server()).unwrap_err().to_string();
            let parameter = if operation_names_it(&operation) {
                "name"
            } else {
                "namespace"
            };
            assert!(error.contains(&format!("`{parameter}`")), "{value:?}: {error}");
        }
    }
    let both = ReadService::new("", "..").request(&server()).unwrap_err().to_string();
    assert!(both.contains("`namespace`") && both.contains("`name`"), "{both}");
}

/// Whether it is the name that is wrong: the namespace is well.
fn operation_names_it(operation: &ReadService) -> bool {
    format!("{operation:?}").contains("shop")
}

#[test]
fn query_values_are_read_back_unchanged() {
    for value in [
        "a&b",
        "a=b",
        "a+b",
        "a#b",
        "100%",
        "a%26b",
        "ü漢",
        "a b",
        "",
        "a\"'<>`{}|^\\",
        "\r\n\0",
    ] {
        let operation = ListServices::new("shop").label_selector(value).query("own", value);
        let request = operation.request(&server()).unwrap();
        let pair = |name: &str| (name.to_owned(), value.to_owned());
        assert_eq!(query(&request), [pair("labelSelector"), pair("own")], "{value:?}");
        // A form decoder would read `+` as a space.
        assert!(!request.uri().query().unwrap().contains('+'), "{value:?}");
    }
}

#[test]
fn a_parameter_set_again_replaces_and_one_added_again_stays() {
    let operation = ListServices::new("shop")
        .limit(1)
        .limit(2)
        .query("own", "a")
        .query("own", "b");
    let pairs = query(&operation.request(&server()).unwrap());
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(pairs, [("limit", "2"), ("own", "a"), ("own", "b")]);
}

#[test]
fn header_values_that_would_end_the_line_are_refused() {
    for value in ["secret\r\nx: y", "secret\ny", "secret\ry", "secret\0y"] {
        let error = ReadService::new("shop", "web")
            .header("x-own", value)
            .request(&server())
            .unwrap_err();
        let error = error.to_string();
        assert!(error.contains("x-own"), "{value:?}: {error}");
        assert!(!error.contains("secret"), "the value may be a secret: {error}");
    }
    let request = ReadService::new("shop", "web")
        .header("x-own", "a b")
        .request(&server())
        .unwrap();
    assert_eq!(request.headers()["x-own"], "a b");
}

#[test]
fn an_apply_patch_needs_a_manager_and_no_other_patch_may_be_forced() {
    let apply = || PatchService::new("shop", "web", ApplyPatch::new(serde_json::json!({})));
    let error = apply().request(&server()).unwrap_err().to_string();
    assert!(error.contains("fieldManager"), "{error}");
    assert!(apply().field_manager("me").request(&server()).is_ok());
    assert!(apply().query("fieldManager", "me").request(&server()).is_ok());

    let merge = || PatchService::new("shop", "web", MergePatch::new(serde_json::json!({})));
    let json = || PatchService::new("shop", "web", JsonPatch::new());
    for operation in [merge().force(true), merge().query("force", "true"), json().force(false)] {
        let error = operation.request(&server()).unwrap_err().to_string();
        assert!(error.contains("force"), "{error}");
    }
    assert!(merge().request(&server()).is_ok() && json().request(&server()).is_ok());
}

#[test]
fn a_merge_patch_that_is_no_object_is_refused() {
    let operation = PatchService::new("shop", "web", MergePatch::new([1]));
    let error = operation.request(&server()).unwrap_err().to_string();
    assert!(error.contains("object"), "{error}");
}
