//! Clients: what stands between an operation and a server.

mod attempt;
mod builder;
mod call;
mod core;
mod execute;
mod hook;
mod modify;
mod race;
mod raw;
mod redirect;
mod servers;
mod settings;
mod trace;

use std::fmt;
use std::sync::Arc;

pub use builder::{BuildError, ClientBuilder};
pub use execute::{Execute, Sending};
pub use hook::{Attempt, Hook};
pub use raw::Raw;

pub(crate) use self::core::Core;
pub(crate) use call::Prepared;

use crate::Server;
use crate::time::{BlockingTime, block_on};

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

    /// The server of the API. Operations with servers of their own aren't sent there: see
    /// [`ClientBuilder::server_for`].
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.core.settings.servers.base
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

    /// The client whose futures stand still on the thread that runs them.
    pub(crate) fn inner(&self) -> &Client {
        &self.client
    }

    pub(crate) fn run<F: Future>(&self, future: F) -> F::Output {
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
