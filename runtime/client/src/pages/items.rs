//! The items of a list, one after the other.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::{DeserializeOwned, IgnoredAny};
use tablature_runtime::error::{DecodeError, Exchange, Facts};
use tablature_runtime::{answer, json};

use super::{Expired, RawPage, RawPages};
use crate::Error;

/// The items of a list, as a stream; or ask for the [`next`](Self::next) one. After an error there is
/// none. Only one page of them is held.
pub struct Items<T> {
    fetcher: RawPages,
    facts: Facts,
    place: &'static str,
    page: vec::IntoIter<T>,
    consistent: bool,
    failed: bool,
}

impl<T: DeserializeOwned> Items<T> {
    pub(crate) fn new(fetcher: RawPages, facts: Facts, place: &'static str) -> Self {
        Self {
            fetcher,
            facts,
            place,
            page: Vec::new().into_iter(),
            consistent: true,
            failed: false,
        }
    }

    /// Sets what happens when the token for the next page has expired; an error unless set.
    #[must_use]
    pub fn on_expired(mut self, expired: Expired) -> Self {
        self.fetcher.on_expired(expired);
        self
    }

    /// Whether all items up to here are of one snapshot; see [`Expired::Continue`].
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.consistent
    }

    /// The next item; `None` after the last one. It loses nothing where it is dropped before it is
    /// ready.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    pub(super) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.failed {
                return Poll::Ready(None);
            }
            let Some(fetched) = ready!(self.fetcher.poll_next(context)) else {
                return Poll::Ready(None);
            };
            let page = fetched.and_then(|fetched| {
                self.consistent = fetched.consistent;
                items(&self.facts, fetched, self.place)
            });
            match page {
                Ok(page) => self.page = page.into_iter(),
                Err(error) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// The items at `place` in a page. A `null` is an empty list, as servers written in Go have it.
///
/// # Errors
/// If there is no list, or an item is not a `T`.
pub fn items<T: DeserializeOwned>(facts: &Facts, page: RawPage, place: &str) -> Result<Vec<T>, Error> {
    let RawPage { answer, url, .. } = page;
    match read(answer.body(), place) {
        Ok(items) => Ok(items),
        Err(problem) => {
            let (head, body) = answer.into_parts();
            let exchange = Exchange::new(facts.clone(), head.status, head.headers, body);
            Err(Error::answered(DecodeError::new(exchange, problem).into(), &url))
        }
    }
}

fn read<T: DeserializeOwned>(body: &Bytes, place: &str) -> Result<Vec<T>, json::Error> {
    let name = place.trim_start_matches('/').replace('/', ".");
    let items = std::str::from_utf8(body).ok().and_then(|text| json::at(text, place));
    let Some(items) = items else {
        answer::json::<IgnoredAny>(body)?;
        return Err(json::Error::new(&format_args!("there is no list `{name}`")));
    };
    if items == "null" {
        return Ok(Vec::new());
    }
    json::decode_text(items).map_err(|error| error.inside(&name))
}

impl<T: DeserializeOwned + Unpin> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}
