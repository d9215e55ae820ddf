//! From the values of a request to a request on the wire.

mod path;
mod route;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, Entry, HeaderMap, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{Request, Uri};

pub use crate::problem::{Problem, RequestError};

use crate::Server;
use crate::auth::{Location, SecurityScheme};
use crate::body::essence;
use crate::endpoint::{BodyRule, Endpoint};
use crate::facts::Facts;
use crate::method::{known, method};
use crate::parts::{Header, Parts};

use route::Route;

/// Builds the request of `E`, collecting every problem on the way.
///
/// # Errors
/// All that keeps the request from being sent as it was meant, together.
pub fn build<E: Endpoint>(parts: &Parts, server: &Server) -> Result<Request<Bytes>, RequestError> {
    let mut problems = parts.problems.clone();
    let target = path::target(
        const { &Route::new(E::ENCODED_PATH) },
        server.prefix(),
        parts,
        &mut problems,
    );
    if !E::BODIES.is_empty() {
        check_rules(E::BODIES, parts, &mut problems);
    }
    let mut request = Request::<Bytes>::default();
    let accept = const { (known_value(E::ACCEPT), Cow::Borrowed(E::ACCEPT)) };
    add_headers(accept, E::SECURITY, parts, request.headers_mut(), &mut problems);
    match parts.body.as_ref().map(|body| &body.bytes) {
        Some(Ok(bytes)) => request.body_mut().clone_from(bytes),
        Some(Err(error)) => problems.push(Problem::Body(error.clone())),
        None => {}
    }
    let uri = match PathAndQuery::try_from(target).map(|target| server.uri(target)) {
        Ok(Ok(uri)) => uri,
        // A path value that was refused can make a URL that is not one.
        Err(error) if problems.is_empty() => return Err(refuse::<E>(vec![Problem::Url(error.to_string())])),
        Ok(Err(error)) => return Err(refuse::<E>(vec![Problem::Url(error.to_string())])),
        Err(_) => Uri::default(),
    };
    if !problems.is_empty() {
        return Err(refuse::<E>(problems));
    }
    *request.method_mut() = method(const { known(E::METHOD) }, E::METHOD);
    *request.uri_mut() = uri;
    Ok(request)
}

fn refuse<E: Endpoint>(problems: Vec<Problem>) -> RequestError {
    RequestError::new(Facts::of::<E>(), problems)
}

fn check_rules(rules: &[BodyRule], parts: &Parts, problems: &mut Vec<Problem>) {
    let Some(sent) = media_type(parts) else {
        return;
    };
    let has = |name: &str| {
        parts.query.contains(name)
            || parts.headers.iter().any(|header| header.is_named(name))
            || parts.cookies.contains(name)
    };
    for rule in rules {
        let media_type = rule.media_type;
        if media_type != sent && !media_type.eq_ignore_ascii_case(sent) {
            continue;
        }
        for parameter in rule.required {
            if !has(parameter) {
                problems.push(Problem::MissingParameter { parameter, media_type });
            }
        }
        for parameter in rule.forbidden {
            if has(parameter) {
                problems.push(Problem::ForbiddenParameter { parameter, media_type });
            }
        }
    }
}

/// The media type that will be on the wire: a header of the caller's own goes before the body's.
fn media_type(parts: &Parts) -> Option<&str> {
    let own = parts.headers.iter().find_map(|header| match header {
        Header::Valid(name, value) if name == CONTENT_TYPE => value.to_str().ok(),
        _ => None,
    });
    own.or(parts.body.as_ref().map(|body| body.media_type)).map(essence)
}

fn add_headers(
    (known, accept): (Option<HeaderValue>, Cow<'static, str>),
    security: &[&[SecurityScheme]],
    parts: &Parts,
    headers: &mut HeaderMap,
    problems: &mut Vec<Problem>,
) {
    for header in &parts.headers {
        match header {
            Header::Valid(name, value) => {
                let mut value = value.clone();
                value.set_sensitive(value.is_sensitive() || is_credential(security, name.as_str()));
                if headers.try_append(name, value).is_err() {
                    problems.push(Problem::TooManyHeaders);
                    break;
                }
            }
            Header::Invalid(problem) => problems.push(problem.clone()),
        }
    }
    add_cookies(parts, headers, problems);
    insert(ACCEPT, known, accept, headers, problems);
    if let Some(body) = &parts.body {
        insert(
            CONTENT_TYPE,
            common(&body.content_type),
            body.content_type.clone(),
            headers,
            problems,
        );
    }
}

/// The value of a header that is visible ASCII. To be asked at compile time.
const fn known_value(text: &'static str) -> Option<HeaderValue> {
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        if !matches!(first, b' '..=b'~') {
            return None;
        }
        rest = behind;
    }
    Some(HeaderValue::from_static(text))
}

/// The value of a `Content-Type` that many requests have.
fn common(media_type: &str) -> Option<HeaderValue> {
    macro_rules! known {
        ($($text:literal)*) => {
            match media_type {
                $($text => const { known_value($text) },)*
                _ => None,
            }
        };
    }
    known! {
        "application/json"
        "application/json-patch+json"
        "application/merge-patch+json"
        "application/strategic-merge-patch+json"
        "application/apply-patch+yaml"
        "application/x-www-form-urlencoded"
        "application/octet-stream"
        "text/plain"
    }
}

/// Adds a header, unless the caller has set one of that name.
fn insert(
    name: HeaderName,
    known: Option<HeaderValue>,
    text: Cow<'static, str>,
    headers: &mut HeaderMap,
    problems: &mut Vec<Problem>,
) {
    if text.is_empty() {
        return;
    }
    let entry = match headers.try_entry(name) {
        Ok(Entry::Vacant(entry)) => entry,
        Ok(Entry::Occupied(_)) => return,
        Err(_) => return problems.push(Problem::TooManyHeaders),
    };
    let Some(value) = known.or_else(|| value(text)) else {
        let name = entry.key().to_string();
        return problems.push(Problem::HeaderValue { name });
    };
    if entry.try_insert(value).is_err() {
        problems.push(Problem::TooManyHeaders);
    }
}

fn value(text: Cow<'static, str>) -> Option<HeaderValue> {
    let bytes = match text {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    HeaderValue::from_maybe_shared(bytes).ok()
}

/// All cookies are in one header (RFC 6265, section 5.4).
fn add_cookies(parts: &Parts, headers: &mut HeaderMap, problems: &mut Vec<Problem>) {
    if parts.cookies.is_empty() {
        return;
    }
    if let Some(name) = parts.cookies.bad_name() {
        problems.push(Problem::CookieName { name: name.to_owned() });
    }
    let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let Some(cookies) = parts.cookies.header(before) else {
        return;
    };
    match HeaderValue::try_from(cookies) {
        Ok(mut value) => {
            value.set_sensitive(true);
            if headers.try_insert(COOKIE, value).is_err() {
                problems.push(Problem::TooManyHeaders);
            }
        }
        Err(_) => problems.push(Problem::HeaderValue {
            name: COOKIE.to_string(),
        }),
    }
}

fn is_credential(security: &[&[SecurityScheme]], header: &str) -> bool {
    security.iter().copied().flatten().any(|scheme| {
        matches!(scheme, SecurityScheme::ApiKey { location: Location::Header, parameter, .. }
            if parameter.eq_ignore_ascii_case(header))
    })
}
