//! Signatures of requests by `SDK-HMAC-SHA256`, as the gateways of Huawei Cloud check them.

use std::fmt::Write;
use std::time::SystemTime;

use bytes::Bytes;
use hmac_sha256::{HMAC, Hash};
use http::header::{HOST, HeaderMap};
use http::uri::Uri;
use http::{HeaderValue, Request};
use percent_encoding::{percent_decode_str, percent_encode};
use tablature_runtime::parameter::UNRESERVED;

/// The algorithm, as `Authorization` names it.
pub(crate) const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// The header with the hash of the body, or with what stands in its place.
pub(crate) const BODY_HASH: &str = "x-sdk-content-sha256";
/// The header with the time of the signature.
pub(crate) const DATE: &str = "x-sdk-date";

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The signature of a request in hexadecimal digits. It covers the method, the URI, the body and the headers `signed`,
/// which are lower-case names in their order; `date` is the value of `X-Sdk-Date`.
pub(crate) fn signature(request: &Request<Bytes>, signed: &[&str], date: &str, secret: &str) -> String {
    let canonical = canonical_request(request, signed);
    let text = format!("{ALGORITHM}\n{date}\n{}", hex(&Hash::hash(canonical.as_bytes())));
    hex(&HMAC::mac(text.as_bytes(), secret.as_bytes()))
}

/// The headers that are signed: `host` and `x-*`. Those with an underscore may be lost on the way.
pub(crate) fn signed_headers(headers: &HeaderMap) -> Vec<&str> {
    let own = headers.keys().map(http::HeaderName::as_str);
    let mut names: Vec<&str> = own
        .filter(|name| name.starts_with("x-") && !name.contains('_'))
        .chain([HOST.as_str()])
        .collect();
    names.sort_unstable();
    names
}

/// A time as `X-Sdk-Date` has it: `20191115T033655Z`.
pub(crate) fn date(time: SystemTime) -> String {
    let text = httpdate::fmt_http_date(time);
    let mut fields = text.split(' ').skip(1);
    let mut next = || fields.next().unwrap_or_default();
    let (day, month, year, clock) = (next(), next(), next(), next());
    let month = MONTHS.iter().position(|name| *name == month).unwrap_or_default() + 1;
    format!("{year}{month:02}{day}T{}Z", clock.replace(':', ""))
}

fn canonical_request(request: &Request<Bytes>, signed: &[&str]) -> String {
    let uri = request.uri();
    let mut text = format!("{}\n{}\n{}\n", request.method(), path(uri), query(uri));
    for name in signed {
        _ = writeln!(text, "{name}:{}", header(request, name));
    }
    _ = write!(text, "\n{}\n{}", signed.join(";"), body_hash(request));
    text
}

/// The values of a header, trimmed. Where there is no `Host`, the URI says what it will be.
fn header(request: &Request<Bytes>, name: &str) -> String {
    if name == HOST.as_str() && !request.headers().contains_key(HOST) {
        return host(request.uri());
    }
    let values = request.headers().get_all(name).iter().map(HeaderValue::as_bytes);
    let values: Vec<_> = values
        .map(|value| String::from_utf8_lossy(value.trim_ascii()))
        .collect();
    values.join(",")
}

/// The header `Host` as HTTP clients send it: without the usual port of the scheme.
fn host(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    match (uri.port_u16(), uri.scheme_str()) {
        (None, _) | (Some(443), Some("https")) | (Some(80), Some("http")) => host.to_owned(),
        (Some(port), _) => format!("{host}:{port}"),
    }
}

/// The hash of the body, or what the request says in its place.
fn body_hash(request: &Request<Bytes>) -> String {
    match request.headers().get(BODY_HASH) {
        Some(said) => String::from_utf8_lossy(said.as_bytes()).into_owned(),
        None => hex(&Hash::hash(request.body())),
    }
}

/// The path with each segment encoded anew, and with a slash at its end.
fn path(uri: &Uri) -> String {
    let segments = uri.path().split('/').map(|segment| encoded(&decoded(segment)));
    let mut path = segments.collect::<Vec<_>>().join("/");
    if !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// The query, sorted by names and values that are encoded anew.
fn query(uri: &Uri) -> String {
    let pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (form_decoded(name), form_decoded(value)))
        .collect();
    pairs.sort_unstable();
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn form_decoded(text: &str) -> Vec<u8> {
    decoded(&text.replace('+', " "))
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

fn encoded(bytes: &[u8]) -> String {
    percent_encode(bytes, UNRESERVED).to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        Bytes, Hash, Request, SystemTime, canonical_request, date, hex, path, query, signature, signed_headers,
    };

    const AT: &str = "20060102T150405Z";

    fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &'static str) -> Request<Bytes> {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Bytes::from_static(body.as_bytes())).unwrap_or_default()
    }

    fn assert_ends(text: &str, begin: &str, end: &str) {
        assert!(
            text.len() == 64 && text.starts_with(begin) && text.ends_with(end),
            "{text}"
        );
    }

    #[test]
    fn a_request_with_a_query_and_signed_headers() {
        let at = "20191115T033655Z";
        let uri = "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/?limit=2&\
                   marker=13551d6b-755d-4757-b956-536f674975c0";
        let request = request(
            "GET",
            uri,
            &[("content-type", "application/json"), ("x-sdk-date", at)],
            "",
        );
        let signed = ["content-type", "host", "x-sdk-date"];
        assert_ends(
            &hex(&Hash::hash(canonical_request(&request, &signed).as_bytes())),
            "b25362e6",
            "9bcd7a",
        );
        let secret = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
        assert_ends(&signature(&request, &signed, at, secret), "7be66680", "4f6ebe");
    }

    #[test]
    fn requests_with_and_without_a_body() {
        let headers = [("x-sdk-date", AT)];
        let get = request("GET", "https://example.com/path?limit=1", &headers, "");
        assert_ends(&signature(&get, &["x-sdk-date"], AT, "SecretKey"), "5a2ce64c", "c79624");
        let body = "{\"Name\":\"test\",\"Id\":1}\n";
        let post = request("POST", "https://example.com/path?key=value", &headers, body);
        assert_ends(
            &signature(&post, &["x-sdk-date"], AT, "SecretKey"),
            "cecc2af1",
            "db4f59",
        );
    }

    #[test]
    fn paths_and_queries_are_encoded_anew() {
        for (uri, expected_path, expected_query) in [
            ("https://h", "/", ""),
            ("https://h/a/b", "/a/b/", ""),
            ("https://h/a%2fb/%7e/c:d?", "/a%2Fb/~/c%3Ad/", ""),
            ("https://h/?b=2&a=2&a=1&c", "/", "a=1&a=2&b=2&c="),
            (
                "https://h/?x=a+b&y=%2B&%C3%A4=%c3%a4",
                "/",
                "x=a%20b&y=%2B&%C3%A4=%C3%A4",
            ),
        ] {
            let uri = uri.parse().unwrap_or_default();
            assert_eq!(
                (path(&uri).as_str(), query(&uri).as_str()),
                (expected_path, expected_query),
                "{uri}"
            );
        }
    }

    #[test]
    fn the_host_is_signed_as_it_is_sent_and_so_are_the_headers_of_the_gateway() {
        let headers = [
            ("content-type", "text/plain"),
            ("x-b", " 1 "),
            ("x-a_b", "2"),
            ("x-a", "3"),
            ("accept", "*/*"),
        ];
        for (uri, host) in [
            ("https://h:443/", "h"),
            ("https://h:8443/", "h:8443"),
            ("http://h:80/", "h"),
            ("http://[::1]:8080/", "[::1]:8080"),
        ] {
            let request = request("GET", uri, &headers, "");
            let signed = signed_headers(request.headers());
            assert_eq!(signed, ["host", "x-a", "x-b"]);
            let canonical = canonical_request(&request, &signed);
            assert!(
                canonical.contains(&format!("\nhost:{host}\nx-a:3\nx-b:1\n\nhost;x-a;x-b\n")),
                "{canonical}"
            );
        }
    }

    #[test]
    fn dates() {
        for (seconds, expected) in [
            (0, "19700101T000000Z"),
            (1_573_789_015, "20191115T033655Z"),
            (1_709_251_199, "20240229T235959Z"),
        ] {
            assert_eq!(date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }
}
