//! Sending operations whose answers are watches.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_client::{BlockingClient, Client};
use tablature_runtime::answer;
use tablature_runtime::operation::{Builder, Endpoint, Watched};

use super::session::Session;
use super::{BlockingWatch, Event, Reflector, WaitError, Watch, reflect};

/// Watches that go on, of the operations whose answers are streams of [`Event`]s and whose documents say how such a
/// stream goes on (`x-watch`).
pub trait ExecuteWatch<T>: Builder<Endpoint: Watched + Endpoint<Answer = answer::Stream<Event<T>>>> + Sized
where
    T: DeserializeOwned + Send + 'static,
{
    /// The watch as a stream that goes on whatever happens to its connection.
    fn events(&self, client: &Client) -> Watch<T> {
        Watch::new(Session::new::<Self::Endpoint>(client, self.parts().clone()))
    }

    /// The objects of the watch as they are now, kept up to date.
    fn reflect(&self, client: &Client) -> Reflector<T>
    where
        T: Serialize,
    {
        Reflector::new(self.events(client), client)
    }

    /// Waits for the first object of the watch that is as `condition` says, but no longer than `deadline`: until a
    /// load balancer has an address, say.
    ///
    /// # Errors
    /// If the deadline passes, or the watch comes to its end.
    fn wait_for<F>(
        &self,
        client: &Client,
        deadline: Duration,
        condition: F,
    ) -> impl Future<Output = Result<T, WaitError>> + Send
    where
        F: FnMut(&T) -> bool + Send,
    {
        reflect::wait_for(self.events(client), client.clone(), deadline, condition)
    }

    /// [`wait_for`](Self::wait_for), on this thread.
    ///
    /// # Errors
    /// See [`wait_for`](Self::wait_for).
    fn wait_for_blocking<F>(&self, client: &BlockingClient, deadline: Duration, condition: F) -> Result<T, WaitError>
    where
        F: FnMut(&T) -> bool + Send,
    {
        client.block_on(self.wait_for(client.inner(), deadline, condition))
    }

    /// The watch as an iterator; see [`events`](Self::events).
    fn events_blocking(&self, client: &BlockingClient) -> BlockingWatch<T> {
        BlockingWatch::new(client.clone(), self.events(client.inner()))
    }
}

impl<T, B> ExecuteWatch<T> for B
where
    B: Builder<Endpoint: Watched + Endpoint<Answer = answer::Stream<Event<T>>>>,
    T: DeserializeOwned + Send + 'static,
{
}
