//! A watch that does not end: what it tells, and the stream of it.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::session::Session;
use super::{Event, Patience, WatchError};

/// What a watch tells.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Update<T> {
    /// The list is read, since the watch begins or its version is too old: what follows up to
    /// [`Synced`](Self::Synced) is all there is, and takes the place of all that was told before. If
    /// this comes twice without one, what was listed in between is void.
    Restarted {
        /// What made the watch begin anew: a version that is too old, or a list that failed; none at the begin.
        why: Option<WatchError>,
    },
    /// An object that is there.
    Listed(T),
    /// The list is complete. Events follow that came after it.
    Synced {
        /// The version of the list.
        resource_version: String,
    },
    /// An event, each once and in order. One of the type `ERROR` does not come here, but heals or ends
    /// the watch.
    Event(Event<T>),
}

/// A watch that goes on: as a stream, or ask for the [`next`](Self::next) update.
///
/// It begins with a list, unless the operation has a `resourceVersion` to watch from. It asks for
/// bookmarks and for no compression. When the connection ends, breaks or falls silent, it goes on from
/// the last version, and waits ever longer from one failure to the next, up to 30 seconds. When that
/// version is too old (410, as the answer or in the stream), it lists anew. It ends when it is dropped,
/// or with an error that cannot heal; to be refused (401, 403, 404) is one at the begin, and later if it
/// lasts longer than [`Patience`] says.
pub struct Watch<T>(State<T>);

enum State<T> {
    Idle(Box<Session<T>>),
    Busy(BoxFuture<Told<T>>),
    Ended,
}

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A session, and its next update.
type Told<T> = (Box<Session<T>>, Result<Update<T>, WatchError>);

impl<T: DeserializeOwned + Send + 'static> Watch<T> {
    pub(crate) fn new(session: Session<T>) -> Self {
        Self(State::Idle(Box::new(session)))
    }

    /// Sets what the watch bears, and for how long. It counts from the next failure; one that is under way is judged by
    /// what was set before.
    #[must_use]
    pub fn patience(mut self, patience: Patience) -> Self {
        if let State::Idle(session) = &mut self.0 {
            session.set_patience(patience);
        }
        self
    }

    /// The next update; `None` after an error. It loses nothing where it is dropped before it is
    /// ready.
    ///
    /// # Errors
    /// If the watch has come to its end; see [`WatchError`].
    pub async fn next(&mut self) -> Option<Result<Update<T>, WatchError>> {
        poll_fn(|context| self.poll_update(context)).await
    }

    fn poll_update(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Update<T>, WatchError>>> {
        loop {
            match mem::replace(&mut self.0, State::Ended) {
                State::Idle(mut session) => {
                    // What has come already needs no future.
                    if let Some(update) = session.ready() {
                        return self.tell(session, Ok(update));
                    }
                    self.0 = State::Busy(Box::pin(async move {
                        let update = session.update().await;
                        (session, update)
                    }));
                }
                State::Busy(mut future) => {
                    let Poll::Ready((session, update)) = future.as_mut().poll(context) else {
                        self.0 = State::Busy(future);
                        return Poll::Pending;
                    };
                    return self.tell(session, update);
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    fn tell(
        &mut self,
        session: Box<Session<T>>,
        update: Result<Update<T>, WatchError>,
    ) -> Poll<Option<Result<Update<T>, WatchError>>> {
        if update.is_ok() {
            self.0 = State::Idle(session);
        }
        Poll::Ready(Some(update))
    }
}

impl<T: DeserializeOwned + Send + 'static> Stream for Watch<T> {
    type Item = Result<Update<T>, WatchError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_update(context)
    }
}
