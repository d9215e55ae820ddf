//! Sending operations.

use std::pin::Pin;
use std::sync::Arc;

use http::HeaderValue;
use http::header::ACCEPT_ENCODING;
use tablature_runtime::answer::StreamAnswer;
use tablature_runtime::error::Facts;
use tablature_runtime::operation::{Builder, Endpoint, Paginated};
use tablature_runtime::{Operation, Response};

use super::modify::modify;
use super::{BlockingBodyStream, BlockingClient, BlockingStreamItems, BodyStream, Client, Prepared, StreamItems};
use crate::Error;
use crate::pages::{BlockingItems, BlockingPages, Items, Pages, RawPages};

/// A call under way. It borrows nothing from the operation and the client; to drop it is to give up.
pub type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send + 'a>>;

/// An item of the list that `B` asks for.
type Item<B> = <<B as Builder>::Endpoint as Paginated>::Item;

/// What reads the stream that `B` is answered by.
type Decoder<B> = <<<B as Builder>::Endpoint as Endpoint>::Answer as StreamAnswer>::Decoder;

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
        let prepared = Prepared::of(self, &client.core().settings.servers);
        let core = Arc::clone(client.core());
        Box::pin(async move {
            let prepared = prepared?;
            let url = prepared.request.uri().clone();
            let answer = core.answer(prepared).await?;
            Self::decode(answer).map_err(|error| Error::answered(error, &url))
        })
    }

    /// Sends the operation and reads the answer, on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    fn send_blocking(&self, client: &BlockingClient) -> Result<Response<Self::Output>, Error> {
        client.block_on(self.send(client.inner()))
    }

    /// Sends the operation, and gives the answer as soon as its headers are there: the body comes in pieces of bytes.
    /// It is for what is too large to hold, and for what has no end; it may be as long as it is, if only its pieces
    /// come within the [idle timeout](crate::ClientBuilder::idle_timeout).
    ///
    /// # Errors
    /// See [`Error`].
    fn open<'a>(&self, client: &Client) -> Sending<'a, BodyStream>
    where
        Self: 'a,
    {
        let (prepared, client) = (Prepared::of(self, &client.core().settings.servers), client.clone());
        Box::pin(async move {
            let (head, body) = client.open(prepared?).await?.into_parts();
            Ok(Response::new(head.status, head.headers, body))
        })
    }

    /// [`open`](Self::open), on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    fn open_blocking(&self, client: &BlockingClient) -> Result<Response<BlockingBodyStream>, Error> {
        let answer = client.block_on(self.open(client.inner()))?;
        Ok(answer.map(|body| BlockingBodyStream::new(client.clone(), body)))
    }

    /// [Opens](Self::open) an answer that is a stream, and gives its items as they come.
    ///
    /// # Errors
    /// See [`Error`].
    fn open_stream<'a>(&self, client: &Client) -> Sending<'a, StreamItems<Decoder<Self>>>
    where
        Self: Builder<Endpoint: Endpoint<Answer: StreamAnswer>> + 'a,
    {
        let (prepared, client) = (Prepared::of(self, &client.core().settings.servers), client.clone());
        Box::pin(async move {
            let mut prepared = prepared?;
            // An item that waits for others to be compressed with comes too late.
            let headers = prepared.request.headers_mut();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            let (head, body) = client.open(prepared).await?.into_parts();
            let decoder = <<Self::Endpoint as Endpoint>::Answer as StreamAnswer>::decoder();
            let items = StreamItems::new(body, head.status, head.headers.clone(), decoder);
            Ok(Response::new(head.status, head.headers, items))
        })
    }

    /// [`open_stream`](Self::open_stream), on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    fn open_stream_blocking(
        &self,
        client: &BlockingClient,
    ) -> Result<Response<BlockingStreamItems<Decoder<Self>>>, Error>
    where
        Self: Builder<Endpoint: Endpoint<Answer: StreamAnswer>>,
    {
        let answer = client.block_on(self.open_stream(client.inner()))?;
        Ok(answer.map(|items| BlockingStreamItems::new(client.clone(), items)))
    }

    /// The list as a stream of pages. Only an operation whose pagination is documented has any.
    fn pages(&self, client: &Client) -> Pages<Self::Endpoint>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        Pages::new(raw_pages(self, client))
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
        Items::new(raw_pages(self, client), Facts::of_operation::<Self>(), place)
    }

    /// The list as an iterator of items; see [`items`](Self::items).
    fn items_blocking(&self, client: &BlockingClient) -> BlockingItems<Item<Self>>
    where
        Self: Builder<Endpoint: Paginated>,
    {
        BlockingItems::new(client.clone(), self.items(client.inner()))
    }

    /// Reads an object with this operation, lets `change` make an operation that replaces it, and
    /// sends that. If the server answers that somebody else has changed the object in the meantime
    /// (409), all of it is done again, as often as
    /// [`RetryPolicy::max_conflicts`](crate::retry::RetryPolicy::max_conflicts) says. What the schema does not know of
    /// the object is written back.
    ///
    /// Where the answer to the replacement is lost, the object is read again and compared with what was sent, so that
    /// a change is not made twice. Where all that was to change is as it was sent, the object that was read is the
    /// answer; where it is as it was before, the change is made anew; else the error says that it
    /// [may be done](Error::may_be_done).
    ///
    /// ```ignore
    /// let read = ReadService::new("shop", "web");
    /// let replaced = read.modify(&client, |service| ReplaceService::new("shop", "web", changed(service))).await?;
    /// ```
    ///
    /// # Errors
    /// See [`Error`]; the last conflict, which says how often the change was [tried](Error::attempts).
    fn modify<'a, W, F>(&self, client: &Client, change: F) -> Sending<'a, W::Output>
    where
        Self: 'a,
        W: Operation + 'a,
        F: FnMut(Self::Output) -> W + Send + 'a,
    {
        let read = Prepared::of(self, &client.core().settings.servers);
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
        client.block_on(self.modify(client.inner(), change))
    }
}

fn raw_pages<B: Builder<Endpoint: Paginated>>(operation: &B, client: &Client) -> RawPages {
    let pagination = <B::Endpoint as Paginated>::PAGINATION;
    RawPages::new::<B::Endpoint>(client, operation.parts().clone(), pagination)
}

impl<O: Operation> Execute for O {}
