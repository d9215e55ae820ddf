//! What the runtime does, seen from the outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answer;
mod auth;
mod emitted;
mod json;
mod model;
mod patch;
mod request;
mod server;
mod shape;
mod stream;
