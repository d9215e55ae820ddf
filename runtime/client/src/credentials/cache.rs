//! The credential at hand: fetched once for all who wait, kept while it is good.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use tablature_runtime::auth::Authenticate;

use super::{CredentialError, CredentialSource, Lease};

/// How long before its end a credential is fetched again, at most.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// How long to wait after a credential could not be fetched while the old one is still good.
const PAUSE: Duration = Duration::from_secs(10);

/// The credential at hand: a state machine that says whose turn it is to do what.
pub(crate) struct Cache {
    pub(crate) source: Arc<dyn CredentialSource>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    lease: Option<Kept>,
    /// How many times it was fetched, or was tried to be.
    flights: u64,
    flying: bool,
    failed: Option<CredentialError>,
    waiting: Vec<Waker>,
}

struct Kept {
    held: Held,
    expires: Option<SystemTime>,
    renew: Option<SystemTime>,
}

/// A credential, and which of those at hand it was.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) credential: Arc<dyn Authenticate>,
    flight: u64,
}

/// What is to be done.
pub(crate) enum Turn<'a> {
    /// Use this one.
    Use(Held),
    /// Fetch one, and tell how it went.
    Fetch(Flight<'a>),
    /// Wait until the one that is being fetched is there.
    Wait(u64),
    /// Those who fetched it for all failed.
    Failed(CredentialError),
}

impl Cache {
    pub(crate) fn new(source: Arc<dyn CredentialSource>) -> Self {
        Self {
            source,
            state: Mutex::default(),
        }
    }

    /// What is to be done; `waited` is the flight that was waited for, if one was.
    pub(crate) fn turn(&self, now: SystemTime, waited: Option<u64>) -> Turn<'_> {
        let mut state = self.state();
        if let Some(kept) = &state.lease {
            let good = kept.expires.is_none_or(|end| now < end);
            if good && (state.flying || kept.renew.is_none_or(|renew| now < renew)) {
                return Turn::Use(kept.held.clone());
            }
        }
        if state.flying {
            return Turn::Wait(state.flights);
        }
        if let (Some(error), true) = (&state.failed, waited == Some(state.flights)) {
            return Turn::Failed(error.clone());
        }
        state.flying = true;
        state.flights += 1;
        state.failed = None;
        Turn::Fetch(Flight { cache: self, now })
    }

    /// Whether the flight that is waited for is over; if it is not, its end will wake.
    pub(crate) fn poll(&self, flight: u64, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if !state.flying || state.flights != flight {
            return Poll::Ready(());
        }
        if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            state.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }

    /// Forgets a credential that the server refused. Whether another one may be had.
    pub(crate) fn refuse(&self, held: &Held) -> bool {
        if !self.source.is_renewable() {
            return false;
        }
        let mut state = self.state();
        if state.lease.as_ref().is_some_and(|kept| kept.held.flight == held.flight) {
            state.lease = None;
        }
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn land(&self, result: Option<Result<Lease, CredentialError>>, now: SystemTime) -> Result<Held, CredentialError> {
        let mut state = self.state();
        state.flying = false;
        let flight = state.flights;
        let outcome = match result {
            Some(Ok(lease)) => {
                let kept = Kept::new(lease, flight, now);
                let held = kept.held.clone();
                state.lease = Some(kept);
                Ok(held)
            }
            Some(Err(error)) => {
                // The old one may be good for a while.
                match state
                    .lease
                    .as_mut()
                    .filter(|kept| kept.expires.is_none_or(|end| now < end))
                {
                    Some(kept) => {
                        kept.renew = now.checked_add(PAUSE);
                        Ok(kept.held.clone())
                    }
                    None => {
                        state.failed = Some(error.clone());
                        Err(error)
                    }
                }
            }
            None => Err(CredentialError::new("the credential was given up")),
        };
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
        outcome
    }
}

impl Kept {
    fn new(lease: Lease, flight: u64, now: SystemTime) -> Self {
        let renew = lease.expires.map(|end| {
            let ahead = (end.duration_since(now).unwrap_or_default() / 10).min(AHEAD);
            end.checked_sub(ahead).unwrap_or(end)
        });
        Self {
            held: Held {
                credential: lease.credential,
                flight,
            },
            expires: lease.expires,
            renew,
        }
    }
}

/// The duty to fetch a credential for all who wait. Dropped, it passes to the next.
pub(crate) struct Flight<'a> {
    cache: &'a Cache,
    now: SystemTime,
}

impl Flight<'_> {
    pub(crate) fn land(self, result: Result<Lease, CredentialError>, now: SystemTime) -> Result<Held, CredentialError> {
        let cache = self.cache;
        std::mem::forget(self);
        cache.land(Some(result), now)
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let _given_up = self.cache.land(None, self.now);
    }
}
