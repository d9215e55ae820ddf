//! What a long run is doing, for who watches it.

use std::io::{IsTerminal as _, Write as _};

/// A line on the terminal that says what is being done; nothing where the standard error is no terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    on: bool,
}

impl Progress {
    /// Nothing to say yet.
    pub(crate) fn new() -> Self {
        Self {
            on: std::io::stderr().is_terminal(),
        }
    }

    /// Puts `what` in place of what was being done.
    pub(crate) fn say(&self, what: &str) {
        if self.on {
            // Who cannot be told of the progress will see the result.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.say("");
    }
}
