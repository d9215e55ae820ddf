//! What a watch bears, and for how long.

use std::time::Duration;

/// How long a watch bears what may heal, before it ends with the error.
///
/// Waits between one try and the next grow up to 30 seconds.
///
/// ```
/// use std::time::Duration;
/// use tablature_kubernetes::watch::Patience;
///
/// // A controller that would rather end than work with what is an hour old:
/// let patience = Patience::default().failing(Duration::from_secs(3600));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    pub(super) refused: Duration,
    pub(super) failing: Option<Duration>,
    pub(super) at_begin: bool,
}

impl Default for Patience {
    /// Refusals for 5 minutes once the watch has worked, and a server that fails or is out of reach for ever.
    fn default() -> Self {
        Self {
            refused: Duration::from_secs(5 * 60),
            failing: None,
            at_begin: false,
        }
    }
}

impl Patience {
    /// Sets how long refusals in a row (401, 403, 404, or no credential) are borne; 5 minutes unless set. One that comes
    /// before the watch has worked ends it at once.
    #[must_use]
    pub fn refused(mut self, longest: Duration) -> Self {
        self.refused = longest;
        self
    }

    /// Bears refusals from the begin, too: of a watch that waits for its kind or its rights to be there.
    #[must_use]
    pub fn refused_at_begin(mut self) -> Self {
        self.at_begin = true;
        self
    }

    /// Sets how long a server that fails (429, 5xx) or is out of reach is borne; for ever unless set.
    #[must_use]
    pub fn failing(mut self, longest: Duration) -> Self {
        self.failing = Some(longest);
        self
    }
}
