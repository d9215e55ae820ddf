//! Pages and items for a thread that waits for them.

use std::future::poll_fn;

use serde::de::DeserializeOwned;
use tablature_runtime::operation::Endpoint;

use super::{Expired, Items, Output, Page, Pages};
use crate::{BlockingClient, Error};

/// The pages of a list, as an iterator; see [`Pages`].
pub struct BlockingPages<E> {
    client: BlockingClient,
    pages: Pages<E>,
}

impl<E: Endpoint> BlockingPages<E> {
    pub(crate) fn new(client: BlockingClient, pages: Pages<E>) -> Self {
        Self { client, pages }
    }

    /// Sets what happens when the token for the next page has expired; an error unless set.
    #[must_use]
    pub fn on_expired(mut self, expired: Expired) -> Self {
        self.pages = self.pages.on_expired(expired);
        self
    }
}

impl<E: Endpoint> Iterator for BlockingPages<E> {
    type Item = Result<Page<Output<E>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.pages.next())
    }
}

/// The items of a list, as an iterator; see [`Items`].
pub struct BlockingItems<T> {
    client: BlockingClient,
    items: Items<T>,
}

impl<T: DeserializeOwned> BlockingItems<T> {
    pub(crate) fn new(client: BlockingClient, items: Items<T>) -> Self {
        Self { client, items }
    }

    /// Sets what happens when the token for the next page has expired; an error unless set.
    #[must_use]
    pub fn on_expired(mut self, expired: Expired) -> Self {
        self.items = self.items.on_expired(expired);
        self
    }

    /// Whether all items up to here are of one snapshot; see [`Expired::Continue`].
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.items.is_consistent()
    }
}

impl<T: DeserializeOwned> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let items = &mut self.items;
        self.client.block_on(poll_fn(|context| items.poll_item(context)))
    }
}
