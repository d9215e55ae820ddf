//! Clients: what stands between an operation and a server.

mod attempt;
mod body_stream;
mod builder;
mod call;
mod core;
mod execute;
mod hook;
mod modify;
mod options;
mod raw;
mod redirect;
mod servers;
mod settings;
mod stream_items;
mod trace;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use tablature_runtime::error::Facts;
use tablature_runtime::{RequestError, Server};

pub use body_stream::{BlockingBodyStream, BodyStream};
pub use builder::{BuildError, ClientBuilder};
pub use execute::{Execute, Sending};
pub use hook::{Attempt, Hook};
pub use options::CallOptions;
pub use raw::Raw;
pub use stream_items::{BlockingStreamItems, StreamItems};

pub(crate) use self::core::Core;
pub use call::Prepared;

use crate::Error;
use crate::time::{BlockingTime, Time, block_on};

/// An async client of one server. It is cheap to clone; clones share connections and credential.
///
/// [`Execute`] sends operations with it, [`Raw`] whatever no operation is for.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

impl Client {
    /// Begins a client of `server`.
    #[must_use]
    pub fn builder(server: Server) -> ClientBuilder {
        ClientBuilder::new(server)
    }

    /// The server of the API. Operations with servers of their own are not sent there: see
    /// [`ClientBuilder::server_for`].
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.core.settings.servers.base
    }

    /// The server that the operation of these facts is sent to.
    ///
    /// # Errors
    /// If the operation has servers of its own, and the client was not told which to take.
    pub fn server_of(&self, facts: &Facts) -> Result<Cow<'_, Server>, RequestError> {
        self.core.settings.servers.of(facts)
    }

    /// The time by which the client waits.
    #[must_use]
    pub fn time(&self) -> &dyn Time {
        &*self.core.time
    }

    /// Sends a request and gives the body of its answer as it comes: for packages that build on the client. Operations
    /// are [opened](Execute::open).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn open(&self, prepared: Prepared) -> Result<http::Response<BodyStream>, Error> {
        let (facts, url) = (prepared.facts.clone(), prepared.request.uri().clone());
        let answer = self.core.open(prepared).await?;
        Ok(answer.map(|body| BodyStream::new(Arc::clone(&self.core), facts, url, body)))
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.core.settings).finish()
    }
}

/// A blocking client of one server. It is cheap to clone; clones share connections and credential.
///
/// [`Execute`] sends operations with it, [`Raw`] whatever no operation is for.
#[derive(Clone)]
pub struct BlockingClient {
    client: Client,
    time: Arc<dyn BlockingTime>,
}

impl BlockingClient {
    /// Begins a client of `server`.
    #[must_use]
    pub fn builder(server: Server) -> ClientBuilder {
        ClientBuilder::new(server)
    }

    /// The server of the API; see [`Client::server`].
    #[must_use]
    pub fn server(&self) -> &Server {
        self.client.server()
    }

    /// The client whose futures stand still on the thread that runs them: for [`block_on`](Self::block_on).
    #[must_use]
    pub fn inner(&self) -> &Client {
        &self.client
    }

    /// Runs a future of [`inner`](Self::inner) on this thread.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        block_on(&*self.time, future)
    }
}

impl fmt::Debug for BlockingClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingClient")
            .field("settings", &self.client.core.settings)
            .finish()
    }
}
