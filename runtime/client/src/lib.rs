//! The client of emitted API crates: what stands between an operation and a server.
//!
//! [`Client`] is async and [`BlockingClient`] is not; [`Execute`] sends operations with either, and [`Raw`] sends
//! what no operation is for. Nothing here knows any particular API.
//!
//! | Feature | What it adds |
//! | --- | --- |
//! | none | all of a client but what speaks HTTP: bring a [`transport`] and a [`time`] of your own |
//! | `reqwest` | the async adapter for HTTP/1.1 and HTTP/2, and the time of tokio |
//! | `ureq` | the blocking adapter for HTTP/1.1, without an async runtime |
//! | `tower` | the adapter for any service of tower |
//! | `tokio` | the time of tokio, for a transport of your own |
//! | `tracing` | a span for each attempt |

mod client;
pub mod credentials;
pub mod error;
pub mod pages;
pub mod retry;
pub mod time;
pub mod transport;

pub use client::{
    Attempt, BlockingBodyStream, BlockingClient, BlockingStreamItems, BodyStream, BuildError, CallOptions, Client,
    ClientBuilder, Execute, Hook, Prepared, Raw, Sending, StreamItems,
};
pub use error::Error;
