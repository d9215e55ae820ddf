//! A watch for a thread that waits for it.

use serde::de::DeserializeOwned;
use tablature_client::BlockingClient;

use super::{Update, Watch, WatchError};

/// A watch that goes on, as an iterator; see [`Watch`].
pub struct BlockingWatch<T> {
    client: BlockingClient,
    watch: Watch<T>,
}

impl<T: DeserializeOwned + Send + 'static> BlockingWatch<T> {
    pub(crate) fn new(client: BlockingClient, watch: Watch<T>) -> Self {
        Self { client, watch }
    }
}

impl<T: DeserializeOwned + Send + 'static> Iterator for BlockingWatch<T> {
    type Item = Result<Update<T>, WatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.watch.next())
    }
}
