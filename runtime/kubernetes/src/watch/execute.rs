//! Sending operations whose answers are watches.

use serde::de::DeserializeOwned;
use tablature_client::{BlockingClient, Client};
use tablature_runtime::answer;
use tablature_runtime::operation::{Builder, Endpoint, Watched};

use super::session::Session;
use super::{BlockingWatch, Event, Watch};

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
