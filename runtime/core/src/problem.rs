//! Why a request cannot be sent.

use std::fmt;

use crate::body::BodyError;
use crate::excerpt::excerpt;
use crate::facts::Facts;
use crate::server::ServerError;

/// A request that is not sent, with all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    facts: Facts,
    problems: Vec<Problem>,
}

impl RequestError {
    /// The error of a request that has these problems.
    #[must_use]
    pub fn new(facts: Facts, problems: Vec<Problem>) -> Self {
        Self(Box::new(Inner { facts, problems }))
    }

    /// What is known of the call.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.0.facts
    }

    /// All that is wrong.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} {} cannot be sent: ",
            self.0.facts.operation, self.0.facts.method, self.0.facts.route
        )?;
        for (index, problem) in self.0.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RequestError {}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A path value is empty, which would make it another path.
    EmptyPathValue {
        /// The name of the parameter.
        parameter: String,
    },
    /// A path value makes a segment `.` or `..`, which would make it another path.
    DotPathValue {
        /// The name of the parameter.
        parameter: String,
        /// The segment.
        segment: String,
    },
    /// The route has a parameter without a value.
    MissingPathValue {
        /// The name of the parameter.
        parameter: String,
    },
    /// A path value has no place in the route.
    UnknownPathValue {
        /// The name of the parameter.
        parameter: String,
    },
    /// The value of a parameter has a shape that cannot be written, or characters that cannot be sent.
    Parameter {
        /// The name of the parameter.
        parameter: String,
        /// What is wrong.
        reason: String,
    },
    /// The name of a cookie cannot be one.
    CookieName {
        /// The name.
        name: String,
    },
    /// The name of a header cannot be one.
    HeaderName {
        /// The name.
        name: String,
    },
    /// The value of a header cannot be sent; it is not told, since it may be a credential.
    HeaderValue {
        /// The name of the header.
        name: String,
    },
    /// There are more headers than a request takes.
    TooManyHeaders,
    /// A parameter that the body's media type requires is not there.
    MissingParameter {
        /// The name of the parameter.
        parameter: &'static str,
        /// The media type of the body.
        media_type: &'static str,
    },
    /// A parameter that the body's media type does not allow is there.
    ForbiddenParameter {
        /// The name of the parameter.
        parameter: &'static str,
        /// The media type of the body.
        media_type: &'static str,
    },
    /// A parameter is set that neither the list nor the stream of a watch is asked for with.
    NotWatched {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// The operation is served elsewhere than its API, and the client was not told where: see
    /// `ClientBuilder::server_for`.
    OwnServer {
        /// The URLs where it is documented.
        documented: Vec<&'static str>,
        /// Why the first of them cannot be taken, where the client may take it.
        why: Option<ServerError>,
    },
    /// The body cannot be written.
    Body(BodyError),
    /// The whole is not a URL, and why; most likely it is too long.
    Url(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyPathValue { parameter } => write!(f, "path parameter `{parameter}` is empty"),
            Self::DotPathValue { parameter, segment } => {
                write!(
                    f,
                    "path parameter `{parameter}` makes the segment `{segment}`, which is another path"
                )
            }
            Self::MissingPathValue { parameter } => write!(f, "path parameter `{parameter}` has no value"),
            Self::UnknownPathValue { parameter } => write!(f, "path parameter `{parameter}` is not in the route"),
            Self::Parameter { parameter, reason } => {
                write!(f, "parameter `{parameter}` cannot be written: {}", excerpt(reason))
            }
            Self::CookieName { name } => write!(f, "`{}` is not the name of a cookie", excerpt(name)),
            Self::HeaderName { name } => write!(f, "`{}` is not the name of a header", excerpt(name)),
            Self::HeaderValue { name } => {
                write!(f, "header `{name}` has a value with characters that cannot be sent")
            }
            Self::TooManyHeaders => f.write_str("there are too many headers"),
            Self::MissingParameter { parameter, media_type } => {
                write!(f, "parameter `{parameter}` is required with a body of {media_type}")
            }
            Self::ForbiddenParameter { parameter, media_type } => {
                write!(f, "parameter `{parameter}` is not allowed with a body of {media_type}")
            }
            Self::NotWatched { parameter } => {
                write!(
                    f,
                    "parameter `{parameter}` has no effect on a watch that lists first and goes on after its connection"
                )
            }
            Self::OwnServer { documented, why } => own_server(f, documented, why.as_ref()),
            Self::Body(error) => write!(f, "{error}"),
            Self::Url(reason) => write!(f, "the URL cannot be used: {reason}"),
        }
    }
}

fn own_server(f: &mut fmt::Formatter<'_>, documented: &[&str], why: Option<&ServerError>) -> fmt::Result {
    let urls = documented.join("`, `");
    write!(f, "it is not served where its API is, but at `{urls}`: ")?;
    match why {
        Some(why) => write!(f, "{why}; name the server with `ClientBuilder::server_for`"),
        None => f.write_str(
            "name the server with `ClientBuilder::server_for`, or take what is documented with \
             `ClientBuilder::documented_servers`",
        ),
    }
}
