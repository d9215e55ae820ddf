//! The body of a success that is a stream, read under the client's idle timeout.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use tablature_runtime::error::Facts;

use super::Core;
use crate::Error;
use crate::error::{Failed, TimeoutError, TimeoutKind};
use crate::time::race;
use crate::transport::{Incoming, TransportError};

/// The body of a success that is a stream: see [`Client::open`](crate::Client::open).
pub struct BodyStream {
    core: Arc<Core>,
    facts: Facts,
    url: Uri,
    body: Incoming,
}

impl BodyStream {
    pub(super) fn new(core: Arc<Core>, facts: Facts, url: Uri, body: Incoming) -> Self {
        Self { core, facts, url, body }
    }

    /// The URL that the request went to.
    #[must_use]
    pub fn url(&self) -> &Uri {
        &self.url
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// [`Error::Timeout`] if nothing comes within the idle timeout, [`Error::Transport`] if the body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let mut deadline = self.core.time.timeout(self.core.settings.idle_timeout);
        match race(&mut deadline, self.body.chunk()).await {
            None => Err(self.silent()),
            Some(Ok(chunk)) => Ok(chunk),
            Some(Err(error)) if error.is_timeout() => Err(self.silent()),
            Some(Err(error)) => Err(self.lost(error)),
        }
    }

    fn silent(&self) -> Error {
        let error = TimeoutError::new(TimeoutKind::Idle, self.core.settings.idle_timeout);
        Error::Timeout(Failed::new(&self.facts, &self.url, 1, error))
    }

    fn lost(&self, error: TransportError) -> Error {
        Error::Transport(Failed::new(&self.facts, &self.url, 1, error))
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}
