//! Sending operations.

use super::{BlockingClient, Client, Prepared};
use crate::{Error, Operation, Response};

/// Sends operations: the one name to import.
pub trait Execute: Operation + Sized {
    /// Sends the operation and reads the answer.
    ///
    /// # Errors
    /// See [`Error`].
    fn send(&self, client: &Client) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send {
        let prepared = Prepared::new(self, client.server());
        let core = client.core().clone();
        async move {
            let prepared = prepared?;
            let url = prepared.request.uri().clone();
            let answer = core.answer(prepared).await?;
            Self::decode(answer).map_err(|error| error.with_url(&url))
        }
    }

    /// Sends the operation and reads the answer, on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    fn send_blocking(&self, client: &BlockingClient) -> Result<Response<Self::Output>, Error> {
        client.run(self.send(client.inner()))
    }
}

impl<O: Operation> Execute for O {}
