//! Where a redirect leads to.

use http::header::LOCATION;
use http::uri::PathAndQuery;
use http::{HeaderMap, Method, StatusCode, Uri};

/// How many redirects are followed in one call.
pub(crate) const MOST: u32 = 5;

/// Whether an answer with this status says to ask elsewhere.
pub(crate) fn is_redirect(status: StatusCode, headers: &HeaderMap) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) && headers.contains_key(LOCATION)
}

/// Where a request goes on, if that is the same origin and nothing is changed by asking twice.
pub(crate) fn target(method: &Method, from: &Uri, headers: &HeaderMap) -> Option<Uri> {
    if ![Method::GET, Method::HEAD].contains(method) {
        return None;
    }
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let location = location.split('#').next().unwrap_or_default();
    let to = if location.starts_with("//") {
        format!("{}:{location}", from.scheme_str()?).parse::<Uri>().ok()?
    } else if location.starts_with('/') {
        at(from, location)?
    } else if location.contains("://") {
        location.parse::<Uri>().ok()?
    } else {
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        at(from, &format!("{folder}/{location}"))?
    };
    same_origin(from, &to).then_some(to)
}

fn at(from: &Uri, target: &str) -> Option<Uri> {
    let mut parts = from.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
    Uri::from_parts(parts).ok()
}

/// Whether two URLs are of one origin: scheme, host and port.
pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    let user = |uri: &Uri| {
        uri.authority()
            .is_some_and(|authority| authority.as_str().contains('@'))
    };
    one.scheme() == other.scheme() && host(one) == host(other) && port(one) == port(other) && !user(other)
}

fn port(uri: &Uri) -> Option<u16> {
    let usual = match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    uri.port_u16().or(usual)
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderValue, LOCATION};
    use http::{HeaderMap, Method, Uri};

    use super::target;

    #[test]
    fn only_the_same_origin_is_followed() {
        let from = Uri::from_static("https://a.example:6443/api/v1?x=1");
        for (location, to) in [
            ("/b?c=d#e", Some("https://a.example:6443/b?c=d")),
            ("v2", Some("https://a.example:6443/api/v2")),
            ("https://A.example:6443/b", Some("https://A.example:6443/b")),
            ("//a.example:6443/b", Some("https://a.example:6443/b")),
            ("//b.example:6443/b", None),
            ("http://a.example:6443/b", None),
            ("https://a.example/b", None),
            ("https://b.example:6443/b", None),
            ("https://user@a.example:6443/b", None),
            ("https://a.example:6443@b.example/b", None),
            ("ftp://a.example:6443/b", None),
            ("", Some("https://a.example:6443/api/")),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_static(location));
            let found = target(&Method::GET, &from, &headers);
            assert_eq!(found.map(|uri| uri.to_string()).as_deref(), to, "{location}");
            assert_eq!(target(&Method::PUT, &from, &headers), None);
        }
    }
}
