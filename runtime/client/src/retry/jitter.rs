//! Waits of a random length, so that clients that failed together do not return together.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// How a wait is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Jitter {
    /// Any length from nothing to the whole wait.
    Full,
    /// The whole wait.
    None,
}

impl Jitter {
    /// A wait of up to `longest`.
    pub(crate) fn of(self, longest: Duration) -> Duration {
        match self {
            Self::None => longest,
            Self::Full => longest.mul_f64(random()),
        }
    }
}

/// A number from 0 to 1. The keys of the standard library's hash maps are random, which is enough
/// here.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(std::thread::current().id());
    f64::from((bits >> 32) as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Duration, Jitter};

    #[test]
    fn full_jitter_is_spread_over_the_whole_wait() {
        let second = Duration::from_secs(1);
        let waits: Vec<Duration> = (0..1_000).map(|_| Jitter::Full.of(second)).collect();
        assert!(waits.iter().all(|wait| *wait <= second));
        let tenth = |index: u32| second * index / 10;
        for index in 0..10 {
            let count = waits
                .iter()
                .filter(|wait| (tenth(index)..tenth(index + 1)).contains(wait))
                .count();
            assert!((40..200).contains(&count), "{index}: {count}");
        }
        assert_eq!(Jitter::None.of(second), second);
    }
}
