//! Which server an operation is sent to.

use std::borrow::Cow;

use tablature_runtime::error::Facts;
use tablature_runtime::request::Problem;
use tablature_runtime::server::ServerTemplate;
use tablature_runtime::{RequestError, Server};

/// The server of the API, and those of operations that are served elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Servers {
    /// The server of the API.
    pub(crate) base: Server,
    named: Vec<(&'static [ServerTemplate], Server)>,
    /// Whether the first documented server is taken where none was named.
    pub(super) documented: bool,
}

impl Servers {
    pub(super) fn new(base: Server) -> Self {
        Self {
            base,
            named: Vec::new(),
            documented: false,
        }
    }

    /// Names the server of operations that are documented at these.
    pub(super) fn name(&mut self, documented: &'static [ServerTemplate], server: Server) {
        if documented.is_empty() {
            self.base = server;
        } else {
            self.named.retain(|(known, _)| *known != documented);
            self.named.push((documented, server));
        }
    }

    /// Whether any connection may be encrypted.
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(super) fn is_https(&self) -> bool {
        self.documented || self.base.is_https() || self.named.iter().any(|(_, server)| server.is_https())
    }

    /// The server that an operation is sent to: that of the API only where the
    /// operation is documented there.
    pub(crate) fn of(&self, facts: &Facts) -> Result<Cow<'_, Server>, RequestError> {
        let Some(first) = facts.servers.first() else {
            return Ok(Cow::Borrowed(&self.base));
        };
        if let Some((_, server)) = self.named.iter().find(|(documented, _)| *documented == facts.servers) {
            return Ok(Cow::Borrowed(server));
        }
        if facts.servers.iter().any(|it| it.server().as_ref() == Ok(&self.base)) {
            return Ok(Cow::Borrowed(&self.base));
        }
        let why = if self.documented {
            match first.server() {
                Ok(server) => return Ok(Cow::Owned(server)),
                Err(error) => Some(error),
            }
        } else {
            None
        };
        let problem = Problem::OwnServer {
            documented: facts.servers.iter().map(|it| it.url).collect(),
            why,
        };
        Err(RequestError::new(facts.clone(), vec![problem]))
    }
}
