//! A watch for a thread that waits for it.

use serde::de::DeserializeOwned;
use tablature_client::BlockingClient;

use super::{Patience, Update, Watch, WatchError};

/// A watch that goes on, as an iterator; see [`Watch`].
pub struct BlockingWatch<T> {
    client: BlockingClient,
    watch: Watch<T>,
}

impl<T: DeserializeOwned + Send + 'static> BlockingWatch<T> {
    pub(crate) fn new(client: BlockingClient, watch: Watch<T>) -> Self {
        Self { client, watch }
    }

    /// Sets what the watch bears, and for how long; see [`Watch::patience`].
    #[must_use]
    pub fn patience(mut self, patience: Patience) -> Self {
        self.watch = self.watch.patience(patience);
        self
    }
}

impl<T: DeserializeOwned + Send + 'static> Iterator for BlockingWatch<T> {
    type Item = Result<Update<T>, WatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.watch.next())
    }
}
