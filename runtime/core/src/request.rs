//! From the values of a request to a request on the wire.

mod headers;
mod path;
mod route;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use http::{Request, Uri};

pub use crate::problem::{Problem, RequestError};

use crate::Server;
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
    let accept = const { (headers::known(E::ACCEPT), Cow::Borrowed(E::ACCEPT)) };
    headers::add(accept, E::SECURITY, parts, request.headers_mut(), &mut problems);
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
