//! What the runtime does, seen from the outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answer;
mod auth;
mod date_time;
mod emitted;
mod event;
mod form;
mod huawei;
mod json;
mod kubernetes;
mod model;
mod nullable;
mod number;
mod parameter;
mod patch;
mod request;
mod server;
mod shape;
mod status;
mod stream;
mod style;
mod target;
mod validate;
mod webhook;
