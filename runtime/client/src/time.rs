//! Time as the client sees it: a clock and ways to wait, so that tests need not.

mod manual;
mod race;
mod thread;
#[cfg(feature = "tokio")]
mod tokio;

use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

pub use manual::ManualTime;
pub use race::race;
pub use thread::ThreadTime;
pub(crate) use thread::{Parked, block_on};
#[cfg(feature = "tokio")]
pub use tokio::TokioTime;

/// A future that is ready once a time has come.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The time of an async runtime.
pub trait Time: Send + Sync + 'static {
    /// The time since some moment, which never goes back.
    fn now(&self) -> Instant;

    /// The time of the calendar, by which dates of servers are read.
    fn system_now(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Ends what takes too long. It is the same as [`sleep`](Self::sleep), except for a time of
    /// tests, which lets waits pass at once but ends nothing until told to.
    fn timeout(&self, duration: Duration) -> Sleep {
        self.sleep(duration)
    }
}

/// The time of a thread that waits by standing still.
pub trait BlockingTime: Send + Sync + 'static {
    /// The time since some moment, which never goes back.
    fn now(&self) -> Instant;

    /// The time of the calendar, by which dates of servers are read.
    fn system_now(&self) -> SystemTime;

    /// Stands still until the thread is [unparked](std::thread::Thread::unpark) or `until` has come;
    /// it may go on sooner.
    fn park(&self, until: Option<Instant>);
}
