//! Connections beyond the first: a connection of HTTP/2 takes a limited number of requests at once.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// How many requests one pool has under way. Servers take 100 or more over a connection of HTTP/2, and those that
/// have just ended may still count.
const MOST: usize = 90;

type Make = dyn Fn() -> Result<reqwest::Client, reqwest::Error> + Send + Sync;

/// Pools of connections: a further one where those there are have much to do.
#[derive(Clone)]
pub(super) struct Pools {
    first: Arc<Pool>,
    further: Arc<Mutex<Vec<Pool>>>,
    make: Option<Arc<Make>>,
}

/// A pool of connections, and how many requests it has under way.
struct Pool {
    client: reqwest::Client,
    count: Arc<AtomicUsize>,
}

/// A pool in use by one request.
pub(super) struct Used {
    pub(super) client: reqwest::Client,
    count: Arc<AtomicUsize>,
}

impl Pools {
    /// One pool, that of a client of the caller.
    pub(super) fn one(client: reqwest::Client) -> Self {
        Self {
            first: Arc::new(Pool::new(client)),
            further: Arc::default(),
            make: None,
        }
    }

    /// A pool, and further ones as they are needed.
    pub(super) fn new<F>(first: reqwest::Client, make: F) -> Self
    where
        F: Fn() -> Result<reqwest::Client, reqwest::Error> + Send + Sync + 'static,
    {
        Self {
            make: Some(Arc::new(make)),
            ..Self::one(first)
        }
    }

    /// The first pool that has little to do.
    pub(super) fn pool(&self) -> Used {
        let Some(make) = self.make.as_ref().filter(|_| !self.first.is_free()) else {
            return self.first.used();
        };
        let mut further = self.further.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(free) = further.iter().find(|pool| pool.is_free()) {
            return free.used();
        }
        match make() {
            Ok(client) => {
                let pool = Pool::new(client);
                let used = pool.used();
                further.push(pool);
                used
            }
            // The request waits for its turn.
            Err(_) => self.first.used(),
        }
    }
}

impl Pool {
    fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            count: Arc::default(),
        }
    }

    fn is_free(&self) -> bool {
        self.count.load(Ordering::Relaxed) < MOST
    }

    fn used(&self) -> Used {
        self.count.fetch_add(1, Ordering::Relaxed);
        Used {
            client: self.client.clone(),
            count: Arc::clone(&self.count),
        }
    }
}

impl Drop for Used {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of an answer, which keeps its place in a pool as long as it is read.
pub struct Counted {
    body: reqwest::Body,
    _used: Used,
}

impl Counted {
    pub(super) fn new(body: reqwest::Body, used: Used) -> Self {
        Self { body, _used: used }
    }
}

impl Body for Counted {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counted")
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pools")
    }
}
