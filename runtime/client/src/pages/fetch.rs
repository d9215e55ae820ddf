//! Fetching one page after the other.

use std::task::{Context, Poll};
use std::{fmt, mem};

use bytes::Bytes;
use http::{Request, Uri};
use tablature_runtime::error::Facts;
use tablature_runtime::operation::{Endpoint, Pagination};
use tablature_runtime::{Parts, RequestError, Server, request};

use super::cursor::{Cursor, Expired};
use crate::Error;
use crate::client::{Client, Prepared};
use crate::transport::BoxFuture;

/// How many items a page has where nobody says.
const LIMIT: u32 = 500;

/// The pages of a list as they come, of whatever operation it is: for packages that build on the client.
pub struct RawPages(State);

enum State {
    Idle(Box<List>),
    Busy(BoxFuture<'static, Loaded>),
    Gone,
}

/// A list, and its next page.
type Loaded = (Box<List>, Option<Result<RawPage, Error>>);

/// A list, and how far it has come.
struct List {
    client: Client,
    facts: Facts,
    parts: Parts,
    build: Build,
    cursor: Cursor,
}

type Build = fn(&Parts, &Server) -> Result<Request<Bytes>, RequestError>;

/// A page as it came.
#[non_exhaustive]
pub struct RawPage {
    /// The answer.
    pub answer: http::Response<Bytes>,
    /// The URL that it came from.
    pub url: Uri,
    /// Whether all pages up to this one are of one snapshot; see [`Expired::Continue`].
    pub consistent: bool,
}

impl fmt::Debug for RawPage {
    /// Neither headers nor body, since both may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPage")
            .field("status", &self.answer.status())
            .field("consistent", &self.consistent)
            .finish_non_exhaustive()
    }
}

impl RawPages {
    /// The pages that a request of these parts gets.
    #[must_use]
    pub fn new<E: Endpoint>(client: &Client, mut parts: Parts, pagination: Pagination) -> Self {
        if parts.query_value(pagination.limit).is_none() {
            parts.query(pagination.limit, LIMIT);
        }
        Self(State::Idle(Box::new(List {
            client: client.clone(),
            facts: Facts::of::<E>(),
            parts,
            build: request::build::<E>,
            cursor: Cursor::new(pagination),
        })))
    }

    pub(crate) fn on_expired(&mut self, expired: Expired) {
        if let State::Idle(list) = &mut self.0 {
            list.cursor.expired = expired;
        }
    }

    /// The next page; none after the last one or an error.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawPage, Error>>> {
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
    async fn next(&mut self) -> Option<Result<RawPage, Error>> {
        while !self.cursor.is_ended() {
            let mut parts = self.parts.clone();
            if let Some(token) = self.cursor.token() {
                let Pagination {
                    token: name, replaces, ..
                } = self.cursor.pagination;
                replaces.iter().for_each(|it| parts.remove_query(it));
                parts.query(name, token);
            }
            match self.page(&parts).await {
                Ok(fetched) => return Some(Ok(fetched)),
                Err(error) if self.cursor.failed(&error) => {}
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }

    async fn page(&mut self, parts: &Parts) -> Result<RawPage, Error> {
        let server = self.client.server_of(&self.facts)?;
        let request = (self.build)(parts, &server)?;
        let url = request.uri().clone();
        let prepared = Prepared::new(self.facts.clone(), request);
        let answer = self.client.core().answer(prepared).await?;
        // A body that is not JSON is found out where it is read, and ends the list.
        let text = std::str::from_utf8(answer.body()).ok();
        self.cursor.page(text);
        Ok(RawPage {
            answer,
            url,
            consistent: self.cursor.is_consistent(),
        })
    }
}
