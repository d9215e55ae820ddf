//! Sending operations.

use std::pin::Pin;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::modify::modify;
use super::{BlockingClient, Client, Prepared};
use crate::error::Facts;
use crate::operation::{Builder, Endpoint, Paginated};
use crate::pages::{BlockingItems, BlockingPages, Fetcher, Items, Pages};
use crate::watch::{BlockingWatch, Event, Session, Watch};
use crate::{Error, Operation, Response, answer};

/// A call under way. It borrows nothing from the operation and the client; to drop it is to give up.
pub type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send + 'a>>;

/// An item of the list that `B` asks for.
type Item<B> = <<B as Builder>::Endpoint as Paginated>::Item;

/// Sends operations: the one name to import.
pub trait Execute: Operation + Sized {
    /// Sends the operation and reads the answer.
    ///
    /// # Errors
    /// See [`Error`].
    fn send<'a>(&self, client: &Client) -> Sending<'a, Self::Output>
    where
        Self: 'a,
    {
        let prepared = Prepared::new(self, &client.core().settings.servers);
        let core = Arc::clone(client.core());
        Box::pin(async move {
            let prepared = prepared?;
            let url = prepared.request.uri().clone();
            let answer = core.answer(prepared).await?;
            Self::decode(answer).map_err(|error| error.with_url(&url))
        })
    }

    /// Sends the operation and reads the answer, on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    fn send_blocking(&self, client: &BlockingClient) -> Result<Response<Self::Output>, Error> {
        client.run(self.send(client.inner()))
    }

    /// The list as a stream of pages. Only an operation whose pagination is documented has any.
    fn pages(&self, client: &Client) -> Pages<Self::Endpoint>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        Pages::new(fetcher(self, client))
    }

    /// The list as an iterator of pages; see [`pages`](Self::pages).
    fn pages_blocking(&self, client: &BlockingClient) -> BlockingPages<Self::Endpoint>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        BlockingPages::new(client.clone(), self.pages(client.inner()))
    }

    /// The list as a stream of items, page by page. Only an operation whose pagination is documented
    /// has any.
    fn items(&self, client: &Client) -> Items<Item<Self>>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        let place = <Self::Endpoint as Paginated>::PAGINATION.items;
        Items::new(fetcher(self, client), Facts::of_operation::<Self>(), place)
    }

    /// The list as an iterator of items; see [`items`](Self::items).
    fn items_blocking(&self, client: &BlockingClient) -> BlockingItems<Item<Self>>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        BlockingItems::new(client.clone(), self.items(client.inner()))
    }

    /// The watch as a stream that goes on whatever happens to its connection.
    fn events<T>(&self, client: &Client) -> Watch<T>
    where
        Self: Builder<Endpoint: Endpoint<Answer = answer::Stream<Event<T>>>>,
        T: DeserializeOwned + Send + 'static,
    {
        Watch::new(Session::new::<Self::Endpoint>(
            Arc::clone(client.core()),
            self.parts().clone(),
        ))
    }

    /// The watch as an iterator; see [`events`](Self::events).
    fn events_blocking<T>(&self, client: &BlockingClient) -> BlockingWatch<T>
    where
        Self: Builder<Endpoint: Endpoint<Answer = answer::Stream<Event<T>>>>,
        T: DeserializeOwned + Send + 'static,
    {
        BlockingWatch::new(client.clone(), self.events(client.inner()))
    }

    /// Reads an object with this operation, lets `change` make an operation that replaces it, and
    /// sends that. If the server answers that somebody else has changed the object in the meantime
    /// (409), all of it is done again, up to five times. What the schema doesn't know of the object is
    /// written back.
    ///
    /// ```ignore
    /// let read = ReadService::new("shop", "web");
    /// let replaced = read.modify(&client, |service| ReplaceService::new("shop", "web", changed(service))).await?;
    /// ```
    ///
    /// # Errors
    /// See [`Error`]; the conflict, if it happens a sixth time.
    fn modify<'a, W, F>(&self, client: &Client, change: F) -> Sending<'a, W::Output>
    where
        Self: 'a,
        W: Operation + 'a,
        F: FnMut(Self::Output) -> W + Send + 'a,
    {
        let read = Prepared::new(self, &client.core().settings.servers);
        let core = Arc::clone(client.core());
        Box::pin(async move { modify::<Self, W, F>(core, read?, change).await })
    }

    /// [`modify`](Self::modify), on this thread.
    ///
    /// # Errors
    /// See [`modify`](Self::modify).
    fn modify_blocking<W, F>(&self, client: &BlockingClient, change: F) -> Result<Response<W::Output>, Error>
    where
        W: Operation,
        F: FnMut(Self::Output) -> W + Send,
    {
        client.run(self.modify(client.inner(), change))
    }
}

fn fetcher<B: Builder<Endpoint: Paginated>>(operation: &B, client: &Client) -> Fetcher {
    let pagination = <B::Endpoint as Paginated>::PAGINATION;
    Fetcher::new::<B::Endpoint>(Arc::clone(client.core()), operation.parts().clone(), pagination)
}

impl<O: Operation> Execute for O {}
