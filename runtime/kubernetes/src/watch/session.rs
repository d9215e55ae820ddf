//! Driving a watch: listing, connecting, reading, waiting.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use http::{Request, Uri};
use serde::de::DeserializeOwned;
use tablature_client::Error;
use tablature_client::error::Failed;
use tablature_client::pages::{RawPages, items};
use tablature_client::{BodyStream, Client, Prepared};
use tablature_runtime::error::Facts;
use tablature_runtime::operation::{Pagination, Watch, Watched};
use tablature_runtime::request::Problem;
use tablature_runtime::stream::StreamError;
use tablature_runtime::{Parts, RequestError, Server, json};

use super::follow::{Follow, Step, Verdict, cause};
use super::{Decoder, Ending, Event, Patience, Update, WatchError};
use crate::Status;

type Build = fn(&Parts, &Server) -> Result<Request<Bytes>, RequestError>;
type List = fn(&Client, Parts, Pagination) -> RawPages;

/// A watch with all it needs to go on.
pub(crate) struct Session<T> {
    client: Client,
    how: Watch,
    facts: Facts,
    parts: Parts,
    build: Build,
    list: List,
    follow: Follow,
    phase: Phase<T>,
    trouble: Option<Trouble>,
    /// What made the watch begin anew.
    why: Option<WatchError>,
}

enum Phase<T> {
    /// Nothing is under way.
    Between,
    /// A list is being read, page by page.
    Listing {
        /// Where a page has its items.
        items: &'static str,
        pages: RawPages,
        page: VecDeque<T>,
        version: Option<String>,
        /// The URL of the page.
        url: Uri,
    },
    /// Events are coming.
    Watching {
        body: BodyStream,
        decoder: Decoder<Event<T>>,
    },
}

impl<T: DeserializeOwned> Session<T> {
    pub(crate) fn new<E: Watched>(client: &Client, parts: Parts) -> Self {
        let version = parts
            .query_value(E::WATCH.version)
            .filter(|version| !version.is_empty() && version != "0");
        Self {
            client: client.clone(),
            how: E::WATCH,
            facts: Facts::of::<E>(),
            follow: Follow::new(version, E::WATCH.list),
            parts,
            build: tablature_runtime::request::build::<E>,
            list: RawPages::new::<E>,
            phase: Phase::Between,
            trouble: None,
            why: None,
        }
    }

    pub(crate) fn set_patience(&mut self, patience: Patience) {
        self.follow.set_patience(patience);
    }

    /// What has come already.
    pub(crate) fn ready(&mut self) -> Option<Update<T>> {
        match &mut self.phase {
            Phase::Listing { page, .. } => page.pop_front().map(Update::Listed),
            Phase::Watching { decoder, .. } => {
                let current = self.how.current;
                let next = decoder.next_with(|line| json::string_at(json::at(line, "object")?, current))?;
                match next {
                    Ok((Event::Error(status), _)) => self.trouble = Some(Trouble::Status(status)),
                    Err(error) => self.trouble = Some(Trouble::Stream(error)),
                    Ok((event, version)) => {
                        self.follow.event(&event, version);
                        return Some(Update::Event(event));
                    }
                }
                None
            }
            Phase::Between => None,
        }
    }

    /// The next update, however long it takes.
    pub(crate) async fn update(&mut self) -> Result<Update<T>, WatchError> {
        loop {
            if let Some(update) = self.ready() {
                return Ok(update);
            }
            if let Some(trouble) = self.trouble.take() {
                self.overcome(trouble).await?;
                continue;
            }
            match &self.phase {
                Phase::Between => match self.follow.step() {
                    Step::List(pagination) => {
                        self.check()?;
                        self.begin_list(pagination);
                        return Ok(Update::Restarted { why: self.why.take() });
                    }
                    Step::Watch(version) => self.connect(version).await?,
                },
                Phase::Listing { .. } => {
                    if let Some(update) = self.list().await? {
                        return Ok(update);
                    }
                }
                Phase::Watching { .. } => self.read().await?,
            }
        }
    }

    /// What is set and would be sent neither with the list nor with the watch.
    fn check(&self) -> Result<(), Error> {
        let Watch {
            watch_omits,
            list_omits,
            ..
        } = self.how;
        let is_lost = |name: &&&'static str| list_omits.contains(name) && self.parts.query_value(name).is_some();
        let lost = watch_omits.iter().filter(is_lost);
        let problems: Vec<_> = lost.map(|parameter| Problem::NotWatched { parameter }).collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(RequestError::new(self.facts.clone(), problems).into())
    }

    fn begin_list(&mut self, pagination: Pagination) {
        let Watch {
            switch,
            version,
            bookmarks,
            list_omits,
            ..
        } = self.how;
        let mut parts = self.parts.clone();
        let own = [switch, Some(version), bookmarks].into_iter().flatten();
        own.chain(list_omits.iter().copied())
            .for_each(|name| parts.remove_query(name));
        self.phase = Phase::Listing {
            items: pagination.items,
            pages: (self.list)(&self.client, parts, pagination),
            page: VecDeque::new(),
            version: None,
            url: Uri::default(),
        };
    }

    /// Reads a page of the list; what comes after the last one is told.
    async fn list(&mut self) -> Result<Option<Update<T>>, WatchError> {
        let Phase::Listing {
            items: place,
            pages,
            page,
            version,
            url,
        } = &mut self.phase
        else {
            return Ok(None);
        };
        match poll_fn(|context| pages.poll_next(context)).await {
            Some(Ok(fetched)) => {
                let text = std::str::from_utf8(fetched.answer.body()).unwrap_or_default();
                *version = json::string_at(text, self.how.current);
                url.clone_from(&fetched.url);
                *page = items(&self.facts, fetched, place)?.into();
                Ok(None)
            }
            Some(Err(error)) => self.fail(error).await.map(|()| None),
            None => {
                let version = version.take().filter(|version| !version.is_empty());
                let Some(resource_version) = version else {
                    return Err(self.end(Ending::NoVersion));
                };
                self.follow.listed(resource_version.clone());
                self.phase = Phase::Between;
                Ok(Some(Update::Synced { resource_version }))
            }
        }
    }

    async fn connect(&mut self, version: Option<String>) -> Result<(), WatchError> {
        let prepared = self.prepare(version)?;
        match self.client.open(prepared).await {
            Ok(answer) => {
                self.follow.connected(self.client.time().now());
                self.why = None;
                self.phase = Phase::Watching {
                    body: answer.into_body(),
                    decoder: Decoder::new(),
                };
                Ok(())
            }
            Err(error) => self.fail(error).await,
        }
    }

    fn prepare(&self, version: Option<String>) -> Result<Prepared, Error> {
        let mut parts = self.parts.clone();
        self.how.watch_omits.iter().for_each(|name| parts.remove_query(name));
        if let Some(version) = version {
            parts.query(self.how.version, version);
        }
        let unset = self.how.bookmarks.filter(|name| parts.query_value(name).is_none());
        if let Some(bookmarks) = unset {
            parts.query(bookmarks, true);
        }
        let server = self.client.server_of(&self.facts)?;
        let mut request = (self.build)(&parts, &server)?;
        // An event that waits for others to be compressed with comes too late.
        request
            .headers_mut()
            .insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        Ok(Prepared::new(self.facts.clone(), request).once())
    }

    async fn read(&mut self) -> Result<(), WatchError> {
        let Phase::Watching { body, decoder } = &mut self.phase else {
            return Ok(());
        };
        match body.chunk().await {
            Ok(Some(bytes)) => {
                decoder.push(&bytes);
                Ok(())
            }
            // A line that was cut is sent again from the version before it.
            Ok(None) => {
                let wait = self.follow.ended(self.client.time().now());
                self.pause(wait).await;
                Ok(())
            }
            Err(error) => self.fail(error).await,
        }
    }

    async fn fail(&mut self, error: Error) -> Result<(), WatchError> {
        match self
            .follow
            .failed(&error, self.client.time().now(), self.client.time().system_now())
        {
            Verdict::Wait(wait) => {
                self.why = Some(error.into());
                self.pause(wait).await;
                Ok(())
            }
            Verdict::End => Err(error.into()),
        }
    }

    async fn overcome(&mut self, trouble: Trouble) -> Result<(), WatchError> {
        match trouble {
            Trouble::Stream(error) => Err(self.end(Ending::Stream(error))),
            Trouble::Status(status) => match self.follow.refused(&status, self.client.time().now()) {
                Verdict::Wait(wait) => {
                    self.why = Some(self.end(cause(status)));
                    self.pause(wait).await;
                    Ok(())
                }
                Verdict::End => Err(self.end(cause(status))),
            },
        }
    }

    async fn pause(&mut self, wait: Duration) {
        self.phase = Phase::Between;
        if !wait.is_zero() {
            self.client.time().sleep(wait).await;
        }
    }

    fn end(&self, cause: Ending) -> WatchError {
        let url = match &self.phase {
            Phase::Watching { body, .. } => body.url().clone(),
            Phase::Listing { url, .. } => url.clone(),
            Phase::Between => Uri::default(),
        };
        WatchError::Ended(Failed::new(&self.facts, &url, 1, cause))
    }
}

/// What came in the place of an event.
enum Trouble {
    Status(Box<Status>),
    Stream(StreamError),
}
