//! Putting a credential on a request.

use std::fmt;
use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use http::uri::{PathAndQuery, Scheme};
use http::{Request, Uri};
use percent_encoding::utf8_percent_encode;
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::credential::Kind;
use super::scheme::{self, Target};
use super::{Credential, SecurityScheme};
use crate::parameter::{UNRESERVED, encoded_length};

/// Puts a credential on a request, in a header that is marked sensitive.
///
/// `security` is the operation's [`SECURITY`](crate::Operation::SECURITY). It says where a
/// [`Credential::token`] goes, and which of [`Credential::for_schemes`] are needed; any other credential is
/// applied as it is, documented or not.
///
/// # Errors
/// If the request would go over plain HTTP to a host other than loopback without
/// [`Credential::allow_plain_http`], if the credential has characters that cannot be sent, or if the operation
/// documents schemes that do not take it, or that need another one beside it.
pub fn apply<B>(
    request: &mut Request<B>,
    credential: &Credential,
    security: &[&[SecurityScheme]],
) -> Result<(), AuthError> {
    if !credential.plain_http {
        check_encrypted(request.uri())?;
    }
    match &credential.kind {
        Kind::Schemes(named) => {
            let mut has_authorization = false;
            for (credential, target) in scheme::of_schemes(named, security)? {
                if target.is_authorization(&credential.kind) && std::mem::replace(&mut has_authorization, true) {
                    return Err(AuthError::Twice);
                }
                put(request, &credential.kind, target)?;
            }
            Ok(())
        }
        kind @ Kind::Token(_) => put(request, kind, scheme::of_token(kind, security)?),
        kind => put(request, kind, Target::Own),
    }
}

/// Whether nobody on the way to `uri` can read along.
///
/// # Errors
/// If the request would go over plain HTTP to a host other than loopback.
pub fn check_encrypted(uri: &Uri) -> Result<(), AuthError> {
    if uri.scheme() == Some(&Scheme::HTTPS) || is_loopback(uri.host()) {
        return Ok(());
    }
    Err(AuthError::PlainHttp {
        host: uri.host().unwrap_or_default().to_owned(),
    })
}

fn put<B>(request: &mut Request<B>, kind: &Kind, target: Target) -> Result<(), AuthError> {
    match (kind, target) {
        (Kind::Bearer(token), _) | (Kind::Token(token), Target::Bearer | Target::Own) => {
            set_header(request, AUTHORIZATION, "Bearer ", token.expose_secret())
        }
        (Kind::Token(token), Target::Header(name)) => {
            set_header(request, header_name(name)?, "", token.expose_secret())
        }
        (Kind::Token(token), Target::Query(name)) => set_query(request, name, token.expose_secret()),
        (Kind::Token(token), Target::Cookie(name)) => add_cookie(request, name, token.expose_secret()),
        (Kind::Basic { user, password }, _) => {
            if user.contains(':') {
                return Err(AuthError::User);
            }
            // With room for the whole, so that no part is left behind where it grew.
            let mut pair = Zeroizing::new(String::with_capacity(user.len() + password.expose_secret().len() + 1));
            pair.extend([user, ":", password.expose_secret()]);
            let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
            set_header(request, AUTHORIZATION, "Basic ", &encoded)
        }
        (Kind::Header { name, value }, _) => set_header(request, header_name(name)?, "", value.expose_secret()),
        (Kind::Schemes(_), _) => Ok(()),
    }
}

fn header_name(name: &str) -> Result<HeaderName, AuthError> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| AuthError::Header { name: name.to_owned() })
}

fn set_header<B>(request: &mut Request<B>, name: HeaderName, prefix: &str, secret: &str) -> Result<(), AuthError> {
    let refused = || AuthError::Header { name: name.to_string() };
    // Checked before the text is given away, so that a refused one is still overwritten.
    if secret.is_empty()
        || !secret
            .bytes()
            .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
    {
        return Err(refused());
    }
    let mut text = Zeroizing::new(Vec::with_capacity(prefix.len() + secret.len()));
    text.extend_from_slice(prefix.as_bytes());
    text.extend_from_slice(secret.as_bytes());
    // Overwritten when the last copy of the header is dropped.
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text)).map_err(|_| refused())?;
    value.set_sensitive(true);
    request
        .headers_mut()
        .try_insert(&name, value)
        .map(|_| ())
        .map_err(|_| refused())
}

fn add_cookie<B>(request: &mut Request<B>, name: &str, secret: &str) -> Result<(), AuthError> {
    let refused = || AuthError::Header {
        name: COOKIE.to_string(),
    };
    if secret.contains([';', ',', '"', '\\', ' ']) {
        return Err(refused());
    }
    let earlier = match request.headers().get(COOKIE) {
        Some(value) => format!("{}; {name}=", value.to_str().map_err(|_| refused())?),
        None => format!("{name}="),
    };
    set_header(request, COOKIE, &earlier, secret)
}

fn set_query<B>(request: &mut Request<B>, name: &str, secret: &str) -> Result<(), AuthError> {
    let refused = || AuthError::Query { name: name.to_owned() };
    let target = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    let separator = if target.contains('?') { '&' } else { '?' };
    let mut text = String::with_capacity(target.len() + name.len() + encoded_length(secret) + 2);
    text.push_str(target);
    text.push(separator);
    text.extend(utf8_percent_encode(name, UNRESERVED));
    text.push('=');
    text.extend(utf8_percent_encode(secret, UNRESERVED));
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(text).map_err(|_| refused())?);
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| refused())?;
    Ok(())
}

fn is_loopback(host: Option<&str>) -> bool {
    let host = host.unwrap_or_default();
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    match address.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// Why a credential is not put on a request. The secret is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthError {
    /// The request would show the credential to everyone on the way.
    PlainHttp {
        /// The host that it would go to.
        host: String,
    },
    /// The credential is empty or has characters that a header cannot have.
    Header {
        /// The name of the header.
        name: String,
    },
    /// The URL with the credential is not one.
    Query {
        /// The name of the parameter.
        name: String,
    },
    /// The operation documents a scheme that does not take such a credential.
    Scheme {
        /// The name of the scheme.
        name: &'static str,
    },
    /// The operation documents schemes that are needed together, and one credential was given.
    Together {
        /// The names of the schemes.
        names: Vec<&'static str>,
    },
    /// Schemes that the operation needs have no credential.
    Missing {
        /// The names of the schemes.
        names: Vec<&'static str>,
    },
    /// Two schemes that are needed together both have the header `Authorization`, which there is one of.
    Twice,
    /// The user has a colon, which is where the password begins.
    User,
    /// The request cannot be signed.
    Signature {
        /// Why not.
        why: String,
    },
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlainHttp { host } => {
                write!(
                    f,
                    "the credential is not sent to `{host}` over plain HTTP; use https or allow it"
                )
            }
            Self::Header { name } => {
                write!(
                    f,
                    "the credential is empty or has characters that header `{name}` cannot have"
                )
            }
            Self::Query { name } => write!(f, "the credential does not fit into query parameter `{name}`"),
            Self::Scheme { name } => {
                write!(
                    f,
                    "scheme `{name}` does not take this credential; `Credential::header` sends any header"
                )
            }
            Self::Together { names } => {
                let names = names.join("`, `");
                write!(
                    f,
                    "schemes `{names}` are needed together: give each its credential with `Credential::for_schemes`"
                )
            }
            Self::Missing { names } => write!(f, "no credential was given for scheme `{}`", names.join("`, `")),
            Self::Twice => f.write_str("two schemes that are needed together both have the header `Authorization`"),
            Self::User => f.write_str("the user of the credential has a colon"),
            Self::Signature { why } => write!(f, "the request cannot be signed: {why}"),
        }
    }
}

impl std::error::Error for AuthError {}
