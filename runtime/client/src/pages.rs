//! Lists in pages: as a stream of pages or of their items.

mod blocking;
mod cursor;
mod fetch;
mod items;

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tablature_runtime::operation::Endpoint;
use tablature_runtime::{Answer, Response, operation};

pub use blocking::{BlockingItems, BlockingPages};
pub use cursor::Expired;
pub use fetch::{RawPage, RawPages};
pub use items::Items;
pub use items::items;

use crate::Error;

/// What a successful answer of `E` holds.
type Output<E> = <<E as Endpoint>::Answer as Answer>::Output;

/// The pages of a list, as a stream; or ask for the [`next`](Self::next) one. After an error there is
/// none.
///
/// Where neither the operation nor the caller sets how many items a page has, it is 500.
pub struct Pages<E> {
    fetcher: RawPages,
    endpoint: PhantomData<fn() -> E>,
}

/// A page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The answer.
    pub response: Response<T>,
    /// Whether all pages up to this one are of one snapshot; see [`Expired::Continue`].
    pub consistent: bool,
}

impl<E: Endpoint> Pages<E> {
    pub(crate) fn new(fetcher: RawPages) -> Self {
        Self {
            fetcher,
            endpoint: PhantomData,
        }
    }

    /// Sets what happens when the token for the next page has expired; an error unless set.
    #[must_use]
    pub fn on_expired(mut self, expired: Expired) -> Self {
        self.fetcher.on_expired(expired);
        self
    }

    /// The next page; `None` after the last one. It loses nothing where it is dropped before it is
    /// ready.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn next(&mut self) -> Option<Result<Page<Output<E>>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<E: Endpoint> Stream for Pages<E> {
    type Item = Result<Page<Output<E>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.fetcher.poll_next(context).map(|fetched| {
            Some(fetched?.and_then(
                |RawPage {
                     answer,
                     url,
                     consistent,
                 }| {
                    let response = operation::decode::<E>(answer).map_err(|error| Error::answered(error, &url));
                    Ok(Page {
                        response: response?,
                        consistent,
                    })
                },
            ))
        })
    }
}
