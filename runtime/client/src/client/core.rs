//! Driving a call: the machine says what to do, and here it is done.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Uri;

use super::call::{Answer, Call, Next, Prepared};
use super::hook::Attempt;
use super::settings::Settings;
use super::trace;
use crate::Error;
use crate::credentials::{Cache, CredentialError, Exchange, Fetch, Held, Lease, Step, Turn};
use crate::error::TimeoutKind;
use crate::time::{Sleep, Time, race};
use crate::transport::{AnyTransport, Incoming, Limits};

/// What clients share.
pub(crate) struct Core {
    pub(crate) settings: Settings,
    pub(crate) transport: Arc<dyn AnyTransport>,
    pub(crate) time: Arc<dyn Time>,
}

impl Core {
    /// The whole answer of a success.
    pub(crate) async fn answer(&self, prepared: Prepared) -> Result<http::Response<Bytes>, Error> {
        Ok(self.run(prepared, None).await?.head)
    }

    /// The answer of a success, whose body comes as it comes.
    pub(crate) async fn open(&self, prepared: Prepared) -> Result<http::Response<Incoming>, Error> {
        let Answer { head, stream } = self.run(prepared, Some(self.settings.idle_timeout)).await?;
        Ok(head.map(|body| stream.unwrap_or_else(|| Incoming::whole(body))))
    }

    /// Sends until there is an answer or no further attempt. With `idle`, the body of a success is left to the caller.
    async fn run(&self, prepared: Prepared, idle: Option<Duration>) -> Result<Answer, Error> {
        let mut call = Call::new(&self.settings, prepared, self.time.now());
        let mut deadline = self.time.timeout(self.settings.timeout);
        loop {
            let held = self.credential(&mut call, &mut deadline).await?;
            let (attempt, request) = self.dress(&mut call, held.as_ref())?;
            let limits = self.limits(&call, idle);
            let span = trace::attempt(&attempt, call.url());
            let exchange = span.wrap(self.exchange(&attempt, &span, request, limits));
            let outcome = match race(&mut deadline, exchange).await {
                Some(outcome) => outcome.map_err(|error| call.lost(error)),
                None => Err(call.timed_out(TimeoutKind::Whole)),
            };
            self.tell(&attempt, &outcome);
            span.end(&outcome);
            let next = call.after(outcome, held.as_ref(), self.time.now(), self.time.system_now());
            match next {
                Next::Done(outcome) => return outcome,
                Next::Again(Duration::ZERO) => {}
                Next::Again(wait) => {
                    if race(&mut deadline, self.time.sleep(wait)).await.is_none() {
                        return Err(call.timed_out(TimeoutKind::Whole));
                    }
                }
            }
        }
    }

    fn tell(&self, attempt: &Attempt, outcome: &Result<Answer, Error>) {
        if let Err(error) = outcome {
            for hook in &self.settings.hooks {
                hook.failed(attempt, error);
            }
        }
    }

    fn limits(&self, call: &Call<'_>, idle: Option<Duration>) -> Limits {
        Limits {
            whole: call.left(self.time.now()),
            idle,
        }
    }

    /// The credential for the next attempt.
    async fn credential(&self, call: &mut Call<'_>, deadline: &mut Sleep) -> Result<Option<Held>, Error> {
        let Some(cache) = &self.settings.credential else {
            return Ok(None);
        };
        let limits = self.limits(call, None);
        match race(deadline, self.obtain(cache, limits)).await {
            Some(Ok(held)) => Ok(Some(held)),
            Some(Err(error)) => Err(call.no_credential(error)),
            None => Err(call.timed_out(TimeoutKind::Whole)),
        }
    }

    async fn obtain(&self, cache: &Cache, limits: Limits) -> Result<Held, CredentialError> {
        let mut waited = None;
        loop {
            match cache.turn(self.time.system_now(), waited) {
                Turn::Use(held) => return Ok(held),
                Turn::Failed(error) => return Err(error),
                Turn::Wait(flight) => {
                    waited = Some(flight);
                    poll_fn(|context| cache.poll(flight, context)).await;
                }
                Turn::Fetch(flight) => {
                    let fetched = match cache.source.fetch(self.time.system_now()) {
                        Fetch::Ready(result) => result,
                        Fetch::Later(future) => future.await,
                        Fetch::Request(exchange) => self.fetch(exchange, limits).await,
                    };
                    return flight.land(fetched, self.time.system_now());
                }
            }
        }
    }

    /// Sends the requests for a credential.
    async fn fetch(&self, mut exchange: Exchange, limits: Limits) -> Result<Lease, CredentialError> {
        loop {
            let host = host(exchange.request.uri());
            let lost = |error| CredentialError::passing(format_args!("no credential from {host}: {error}"));
            let answer = self.transport.send(*exchange.request, limits).await.map_err(lost)?;
            let (head, body) = answer.into_parts();
            let body = body.collect(self.settings.max_body).await.map_err(lost)?;
            match (exchange.read)(http::Response::from_parts(head, body), self.time.system_now())? {
                Step::Done(lease) => return Ok(lease),
                Step::Next(next) => exchange = next,
            }
        }
    }
}

fn host(uri: &Uri) -> String {
    uri.host().unwrap_or_default().to_owned()
}
