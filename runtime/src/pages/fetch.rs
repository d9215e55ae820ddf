//! Fetching one page after the other.

use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Uri};

use super::cursor::{Cursor, Expired};
use crate::client::{Core, Prepared};
use crate::error::Facts;
use crate::operation::{Endpoint, Pagination};
use crate::transport::BoxFuture;
use crate::{Error, Parts, RequestError, Server};

/// How many items a page has where nobody says.
const LIMIT: u32 = 500;

/// Fetches one page after the other, of whatever operation it is.
pub(crate) struct Fetcher(State);

enum State {
    Idle(Box<List>),
    Busy(BoxFuture<'static, Loaded>),
    Gone,
}

/// A list, and its next page.
type Loaded = (Box<List>, Option<Result<Fetched, Error>>);

/// A list, and how far it has come.
struct List {
    core: Arc<Core>,
    facts: Facts,
    parts: Parts,
    build: Build,
    cursor: Cursor,
}

type Build = fn(&Parts, &Server) -> Result<Request<Bytes>, RequestError>;

/// A page as it came.
pub(crate) struct Fetched {
    pub(crate) answer: http::Response<Bytes>,
    pub(crate) url: Uri,
    pub(crate) consistent: bool,
}

impl Fetcher {
    pub(crate) fn new<E: Endpoint>(core: Arc<Core>, mut parts: Parts, pagination: Pagination) -> Self {
        if !parts.query.contains(pagination.limit) {
            parts.query(pagination.limit, LIMIT);
        }
        Self(State::Idle(Box::new(List {
            core,
            facts: Facts::of::<E>(),
            parts,
            build: Parts::request::<E>,
            cursor: Cursor::new(pagination),
        })))
    }

    pub(crate) fn on_expired(&mut self, expired: Expired) {
        if let State::Idle(list) = &mut self.0 {
            list.cursor.expired = expired;
        }
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Fetched, Error>>> {
        loop {
            match mem::replace(&mut self.0, State::Gone) {
                State::Idle(mut list) => {
                    self.0 = State::Busy(Box::pin(async move {
                        let fetched = list.next().await;
                        (list, fetched)
                    }));
                }
                State::Busy(mut future) => {
                    let Poll::Ready((list, fetched)) = future.as_mut().poll(context) else {
                        self.0 = State::Busy(future);
                        return Poll::Pending;
                    };
                    if fetched.is_some() {
                        self.0 = State::Idle(list);
                    }
                    return Poll::Ready(fetched);
                }
                State::Gone => return Poll::Ready(None),
            }
        }
    }
}

impl List {
    async fn next(&mut self) -> Option<Result<Fetched, Error>> {
        while !self.cursor.is_ended() {
            let mut parts = self.parts.clone();
            if let Some(token) = self.cursor.token() {
                parts.query(self.cursor.pagination.token, token);
            }
            match self.page(&parts).await {
                Ok(fetched) => return Some(Ok(fetched)),
                Err(error) if self.cursor.failed(&error) => {}
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }

    async fn page(&mut self, parts: &Parts) -> Result<Fetched, Error> {
        let server = self.core.settings.servers.of(&self.facts)?;
        let request = (self.build)(parts, &server)?;
        let url = request.uri().clone();
        let prepared = Prepared {
            facts: self.facts.clone(),
            request,
            stream: false,
            once: false,
        };
        let answer = self.core.answer(prepared).await?;
        // A body that isn't JSON is found out where it is read, and ends the list.
        let text = std::str::from_utf8(answer.body()).ok();
        self.cursor.page(text);
        Ok(Fetched {
            answer,
            url,
            consistent: self.cursor.is_consistent(),
        })
    }
}
