//! Counts the steps of queries, so that none takes longer than is allowed.

use std::cell::Cell;

/// How many steps are left.
#[derive(Debug)]
pub struct Budget(Cell<u64>);

/// No step is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl Budget {
    /// As many steps. A node that is looked at is one, and so are a few dozen bytes of a text.
    pub fn new(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    /// Takes steps.
    pub(crate) fn spend(&self, steps: usize) -> Result<(), Exhausted> {
        let left = self.0.get().checked_sub(steps as u64).ok_or(Exhausted);
        self.0.set(left.unwrap_or(0));
        left.map(drop)
    }
}
