//! What the runtime does, seen from the outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod emitted;
mod shape;
