//! A time that goes on when it is told to.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use super::{BlockingTime, Sleep, Time};

/// A time for tests. Whoever waits waits for nothing: the clock goes on by what was asked for, and
/// [`slept`](Self::slept) tells it. Time-outs end nothing until [`advance`](Self::advance) has passed
/// them.
///
/// Clones are the same time.
#[derive(Clone, Debug)]
pub struct ManualTime(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: Instant,
    system: SystemTime,
    slept: Vec<Duration>,
    waiting: Vec<Waker>,
}

impl ManualTime {
    /// A time that begins at `system`.
    #[must_use]
    pub fn new(system: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(State {
            now: Instant::now(),
            system,
            slept: Vec::new(),
            waiting: Vec::new(),
        })))
    }

    /// Lets time pass, which ends what has waited too long.
    pub fn advance(&self, duration: Duration) {
        let waiting = {
            let mut state = self.state();
            state.go_on(duration);
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// The waits so far, in order.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.state().slept.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn go_on(&mut self, duration: Duration) {
        self.now = self.now.checked_add(duration).unwrap_or(self.now);
        self.system = self.system.checked_add(duration).unwrap_or(self.system);
    }
}

impl Time for ManualTime {
    fn now(&self) -> Instant {
        self.state().now
    }

    fn system_now(&self) -> SystemTime {
        self.state().system
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let time = self.clone();
        Box::pin(async move {
            let mut state = time.state();
            state.slept.push(duration);
            state.go_on(duration);
        })
    }

    fn timeout(&self, duration: Duration) -> Sleep {
        Box::pin(Timeout {
            time: self.clone(),
            moment: Time::now(self).checked_add(duration),
        })
    }
}

impl BlockingTime for ManualTime {
    fn now(&self) -> Instant {
        Time::now(self)
    }

    fn system_now(&self) -> SystemTime {
        Time::system_now(self)
    }

    fn park(&self, until: Option<Instant>) {
        let Some(until) = until else {
            return std::thread::park();
        };
        let mut state = self.state();
        let duration = until.saturating_duration_since(state.now);
        state.slept.push(duration);
        state.go_on(duration);
    }
}

struct Timeout {
    time: ManualTime,
    moment: Option<Instant>,
}

impl Future for Timeout {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.time.state();
        if self.moment.is_some_and(|moment| state.now >= moment) {
            return Poll::Ready(());
        }
        if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            state.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }
}
