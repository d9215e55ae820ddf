//! Servers: only what is a server's URL.

use tablature_runtime::Server;
use tablature_runtime::server::{ServerTemplate, ServerVariable};

use crate::emitted::services::SERVERS;

#[test]
fn urls() {
    for (url, host, port, prefix) in [
        ("https://example.com", "example.com", 443, ""),
        ("http://example.com", "example.com", 80, ""),
        ("HTTPS://example.com:8443/", "example.com", 8443, ""),
        ("https://a-b.c_d:1/x/y/", "a-b.c_d", 1, "/x/y"),
        ("http://127.0.0.1:65535", "127.0.0.1", 65535, ""),
        ("https://[::1]:6443/p", "[::1]", 6443, "/p"),
        ("https://[::1]", "[::1]", 443, ""),
    ] {
        let server = Server::new(url).unwrap();
        assert_eq!(
            (server.host(), server.port(), server.prefix()),
            (host, port, prefix),
            "{url}"
        );
        assert_eq!(server.is_https(), url.to_lowercase().starts_with("https"));
    }
}

#[test]
fn what_is_no_url_of_a_server() {
    for url in [
        "",
        "example.com",
        "/x",
        "//example.com",
        "ftp://example.com",
        "unix:/x",
        "https://",
        "https:///x",
        "https://:443",
        "https://user:secret@example.com",
        "https://secret@example.com",
        "https://@example.com",
        "https://example.com?secret=1",
        "https://example.com/?",
        "https://example.com/#secret",
        "https://example.com#",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:x",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://example.com/../x",
        "https://example.com/./x",
        "https://example.com/x/..",
        "https://example.com\\@evil.com",
        "https://ex%41mple.com",
        "https://exämple.com",
        "https://example.com/ü",
        "https://[::1",
        "https://[]",
        "https://example.com\n",
        " https://example.com",
    ] {
        let error = Server::new(url).expect_err(url);
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[test]
fn templates() {
    let template = SERVERS.first().unwrap();
    assert_eq!(
        template.server().unwrap().to_string(),
        "https://cci.cn-north-4.myhuaweicloud.com"
    );
    let east = template.with(&[("region", "cn-east-3")]).unwrap();
    assert_eq!(east.host(), "cci.cn-east-3.myhuaweicloud.com");
    assert_eq!(
        template.with(&[("zone", "x")]).unwrap_err().to_string(),
        "the URL cannot be a server's: there is no variable `zone`"
    );
    for value in [
        "",
        "evil.com/",
        "a@b",
        "a#",
        "a?",
        "a:1",
        "a b",
        "ü",
        "a\\",
        "[",
        "a\n",
        "%2f",
        "{region}",
    ] {
        assert!(template.with(&[("region", value)]).is_err(), "{value}");
    }
}

#[test]
fn templates_with_allowed_values() {
    let variables = &[
        ServerVariable {
            name: "port",
            default: "6443",
            values: &["6443", "443"],
            description: "",
        },
        ServerVariable {
            name: "base",
            default: "api/v2",
            values: &[],
            description: "",
        },
    ];
    let template = ServerTemplate {
        url: "https://example.com:{port}/{base}",
        description: "",
        variables,
    };
    assert_eq!(
        template.server().unwrap().to_string(),
        "https://example.com:6443/api/v2"
    );
    let other = template.with(&[("port", "443"), ("base", "v3")]).unwrap();
    assert_eq!(other.to_string(), "https://example.com:443/v3");
    assert_eq!(
        template.with(&[("port", "80")]).unwrap_err().to_string(),
        "the URL cannot be a server's: variable `port` must be one of 6443, 443"
    );
    assert!(template.with(&[("base", "..")]).is_err());
    let relative = ServerTemplate {
        url: "/v1",
        description: "",
        variables: &[],
    };
    assert!(relative.server().is_err());
    let base = Server::new("http://example.com:8080/docs/openapi.json").unwrap();
    for (url, expected) in [
        ("/v1", "http://example.com:8080/v1"),
        ("/", "http://example.com:8080"),
        ("//cdn.example.com/x", "http://cdn.example.com/x"),
        ("https://other.example.com", "https://other.example.com"),
        ("v2/", "http://example.com:8080/docs/v2"),
        ("./v2", "http://example.com:8080/docs/v2"),
    ] {
        let template = ServerTemplate { url, ..relative };
        assert_eq!(template.at(&base, &[]).unwrap().to_string(), expected, "{url}");
    }
    for url in ["../v2", "//user@cdn.example.com", "v2?x=1"] {
        assert!(ServerTemplate { url, ..relative }.at(&base, &[]).is_err(), "{url}");
    }
    let unknown = ServerTemplate {
        url: "https://{host}",
        description: "",
        variables: &[],
    };
    assert_eq!(
        unknown.server().unwrap_err().to_string(),
        "the URL cannot be a server's: variable `host` has no value"
    );
}
