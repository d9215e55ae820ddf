//! The time of tokio.

use std::time::{Duration, Instant, SystemTime};

use super::{Sleep, Time};

/// The time of tokio. It needs a runtime with its time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTime;

impl Time for TokioTime {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn system_now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }
}
