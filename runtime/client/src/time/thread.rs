//! Driving a future on the thread that asks for its output.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant, SystemTime};

use super::{BlockingTime, Sleep, Time};

/// The time of the standard library.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThreadTime;

impl BlockingTime for ThreadTime {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn system_now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn park(&self, until: Option<Instant>) {
        match until {
            Some(until) => thread::park_timeout(until.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
    }
}

thread_local! {
    /// The first moment for which a future on this thread waits.
    static NEXT: Cell<Option<Instant>> = const { Cell::new(None) };
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs `future` on this thread, which stands still while there is nothing to do.
pub(crate) fn block_on<F: Future>(time: &dyn BlockingTime, future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        NEXT.set(None);
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        time.park(NEXT.take());
    }
}

/// The time of a thread for futures that [`block_on`] runs.
pub(crate) struct Parked(pub(crate) Arc<dyn BlockingTime>);

impl Time for Parked {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn system_now(&self) -> SystemTime {
        self.0.system_now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(Until {
            time: Arc::clone(&self.0),
            // What is too far away to be a moment never comes.
            moment: self.0.now().checked_add(duration),
        })
    }
}

struct Until {
    time: Arc<dyn BlockingTime>,
    moment: Option<Instant>,
}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Some(moment) = self.moment else {
            return Poll::Pending;
        };
        if self.time.now() >= moment {
            return Poll::Ready(());
        }
        NEXT.set(Some(NEXT.get().map_or(moment, |next| next.min(moment))));
        Poll::Pending
    }
}
