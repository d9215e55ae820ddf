//! Small routes, and what becomes of values in them.

use tablature_runtime::auth::SecurityScheme;
use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::Request;
use tablature_runtime::{Documented, Endpoint, Json, Parts, RequestError, Server, answer};

macro_rules! endpoint {
    ($name:ident, $path:literal) => {
        pub enum $name {}

        impl Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const METHOD: &'static str = "GET";
            const PATH: &'static str = $path;
            const DOCUMENTED: &'static [Documented] = &[];
            const SECURITY: &'static [&'static [SecurityScheme]] = &[];
            type Answer = answer::Empty;
        }
    };
}

endpoint!(Root, "/");
endpoint!(Segment, "/{color}");
endpoint!(Action, "/{color}:run");
endpoint!(Pair, "/{a}-{color}");
endpoint!(Suffixed, "/{id}{color}");

pub fn build<E: Endpoint>(parts: &Parts) -> Result<Request<Bytes>, RequestError> {
    tablature_runtime::request::build::<E>(parts, &Server::new("https://example.com").unwrap())
}

/// The problems of a request, as text.
pub fn problems<E: Endpoint>(parts: &Parts) -> Vec<String> {
    let error = build::<E>(parts).unwrap_err();
    error.problems().iter().map(ToString::to_string).collect()
}

pub fn json(text: &str) -> Json {
    text.parse().unwrap()
}
