//! One call as a state machine without IO: what to do after each attempt.

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::{Request, Uri};
use tablature_runtime::Operation;
use tablature_runtime::error::{ApiError, Exchange, Facts};

use super::redirect;
use super::servers::Servers;
use super::settings::Settings;
use crate::Error;
use crate::credentials::{CredentialError, Held};
use crate::error::{Failed, RedirectError, TimeoutError, TimeoutKind};
use crate::retry::{Retry, RetryPolicy};
use crate::transport::{Incoming, TransportError, TransportErrorKind};

/// A request, and how its answer is taken: for packages that build on the client. Operations need none of it.
#[derive(Clone)]
pub struct Prepared {
    pub(crate) facts: Facts,
    pub(crate) request: Request<Bytes>,
    /// Whether failures are left to the caller.
    pub(crate) once: bool,
}

impl Prepared {
    /// A request that has everything but the credential.
    #[must_use]
    pub fn new(facts: Facts, request: Request<Bytes>) -> Self {
        Self {
            facts,
            request,
            once: false,
        }
    }

    /// Leaves failures to the caller: nothing is tried again.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }

    pub(crate) fn of<O: Operation>(operation: &O, servers: &Servers) -> Result<Self, Error> {
        let facts = Facts::of_operation::<O>();
        let request = operation.request(&*servers.of(&facts)?)?;
        Ok(Self::new(facts, request))
    }
}

impl fmt::Debug for Prepared {
    /// Neither headers nor body, since both may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("facts", &self.facts)
            .field("once", &self.once)
            .finish_non_exhaustive()
    }
}

/// An answer.
pub(crate) struct Answer {
    /// The answer with its body, which is empty where it is a stream.
    pub(crate) head: http::Response<Bytes>,
    /// The body that is still to come.
    pub(crate) stream: Option<Incoming>,
}

impl Answer {
    fn whole(head: http::Response<Bytes>) -> Self {
        Self { head, stream: None }
    }
}

/// What comes after an attempt.
pub(crate) enum Next {
    Done(Result<Answer, Error>),
    Again(Duration),
}

/// One call.
pub(crate) struct Call<'a> {
    settings: &'a Settings,
    facts: Facts,
    pub(crate) request: Request<Bytes>,
    retry: Retry,
    attempts: u32,
    redirects: u32,
    end: Option<Instant>,
    renewed: bool,
    /// Whether an attempt may have been done, though its answer was lost.
    may_be_done: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(settings: &'a Settings, prepared: Prepared, now: Instant) -> Self {
        let policy = if prepared.once {
            &RetryPolicy::none()
        } else {
            &settings.retry
        };
        Self {
            settings,
            retry: Retry::new(policy, &prepared.facts.method, now),
            facts: prepared.facts,
            request: prepared.request,
            attempts: 0,
            redirects: 0,
            end: now.checked_add(settings.timeout),
            renewed: false,
            may_be_done: false,
        }
    }

    pub(crate) fn url(&self) -> &Uri {
        self.request.uri()
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Begins an attempt, and gives its number.
    pub(crate) fn attempt(&mut self) -> u32 {
        self.attempts += 1;
        self.attempts
    }

    /// What comes after an attempt with the credential `held`.
    pub(crate) fn after(
        &mut self,
        outcome: Result<Answer, Error>,
        held: Option<&Held>,
        now: Instant,
        date: SystemTime,
    ) -> Next {
        let answer = match outcome {
            Ok(Answer { head, stream: None }) => head,
            other => return self.retry(other, now, date),
        };
        if self.facts.redirects.contains(&answer.status().as_u16()) {
            return Next::Done(Ok(Answer::whole(answer)));
        }
        if redirect::is_redirect(answer.status(), answer.headers()) {
            return self.redirect(answer);
        }
        if answer.status().as_u16() == 401 && self.refused(held) {
            return Next::Again(Duration::ZERO);
        }
        if answer.status().is_success() {
            return Next::Done(Ok(Answer::whole(answer)));
        }
        let (head, body) = answer.into_parts();
        let exchange = Exchange::new(self.facts.clone(), head.status, head.headers, body)
            .with_attempts(self.attempts, self.may_be_done);
        let error = Error::answered(ApiError::new(exchange).into(), self.url());
        self.retry(Err(error), now, date)
    }

    /// Whether the server refused a credential in whose place another may be had.
    fn refused(&mut self, held: Option<&Held>) -> bool {
        let (Some(cache), Some(held)) = (&self.settings.credential, held) else {
            return false;
        };
        // Once per call, but what is refused is never kept.
        let another = cache.refuse(held);
        another && !std::mem::replace(&mut self.renewed, true)
    }

    fn redirect(&mut self, answer: http::Response<Bytes>) -> Next {
        let target = redirect::target(&self.facts.method, self.url(), answer.headers());
        if let Some(target) = target.filter(|_| self.redirects < redirect::MOST) {
            self.redirects += 1;
            *self.request.uri_mut() = target;
            return Next::Again(Duration::ZERO);
        }
        let (head, body) = answer.into_parts();
        let exchange = Exchange::new(self.facts.clone(), head.status, head.headers, body);
        let error = RedirectError::new(exchange.with_url(self.url()));
        Next::Done(Err(Error::Redirect(error)))
    }

    fn retry(&mut self, outcome: Result<Answer, Error>, now: Instant, date: SystemTime) -> Next {
        let Err(error) = &outcome else {
            return Next::Done(outcome);
        };
        let wait = self.retry.after(error, now, date);
        let in_time = |wait: &Duration| {
            now.checked_add(*wait)
                .is_some_and(|then| self.end.is_none_or(|end| then < end))
        };
        match wait.filter(in_time) {
            Some(wait) => {
                self.may_be_done |= error.is_unknown();
                Next::Again(wait)
            }
            None => Next::Done(outcome),
        }
    }

    /// How much time is left.
    pub(crate) fn left(&self, now: Instant) -> Duration {
        self.end.map_or(Duration::MAX, |end| end.saturating_duration_since(now))
    }

    pub(crate) fn timed_out(&self, kind: TimeoutKind) -> Error {
        let after = match kind {
            TimeoutKind::Connect => self.settings.connect.timeout,
            TimeoutKind::Whole => self.settings.timeout,
            TimeoutKind::Idle => self.settings.idle_timeout,
        };
        Error::Timeout(self.failed(TimeoutError::new(kind, after)))
    }

    pub(crate) fn no_credential(&self, error: CredentialError) -> Error {
        Error::Credential(self.failed(error))
    }

    pub(crate) fn lost(&self, error: TransportError) -> Error {
        match error.kind() {
            TransportErrorKind::Timeout => self.timed_out(TimeoutKind::Whole),
            TransportErrorKind::ConnectTimeout => self.timed_out(TimeoutKind::Connect),
            _ => Error::Transport(self.failed(error)),
        }
    }

    fn failed<C>(&self, cause: C) -> Failed<C> {
        Failed::new(&self.facts, self.url(), self.attempts, cause).after_one_that_may_be_done(self.may_be_done)
    }
}
