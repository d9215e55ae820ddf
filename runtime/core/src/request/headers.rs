//! The headers of a request.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, Entry, HeaderMap, HeaderName, HeaderValue};

use super::Problem;
use crate::auth::{Location, SecurityScheme};
use crate::parts::{Header, Parts};

/// Adds the headers of the caller, and those that the operation sends where the caller has set none of that name.
// Compiled where requests are built, with what it calls: apart from them, a request takes 2 % more.
#[inline]
pub(super) fn add(
    (value, accept): (Option<HeaderValue>, Cow<'static, str>),
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
    insert(ACCEPT, value, accept, headers, problems);
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
pub(super) const fn known(text: &'static str) -> Option<HeaderValue> {
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
#[inline]
fn common(media_type: &str) -> Option<HeaderValue> {
    macro_rules! values {
        ($($text:literal)*) => {
            match media_type {
                $($text => const { known($text) },)*
                _ => None,
            }
        };
    }
    values! {
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
#[inline]
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

#[inline]
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
