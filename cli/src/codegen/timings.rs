//! How long the phases of a run take.

use std::time::{Duration, Instant};

use tablature_build::Phase;

/// The names of the phases, in the order of a run.
const NAMES: [&str; 4] = ["parse", "lower", "emit", "write"];

/// A clock that one phase at a time runs on.
#[derive(Debug)]
pub(super) struct Timings {
    phase: usize,
    since: Instant,
    spent: [Duration; NAMES.len()],
}

impl Timings {
    /// Starts the clock with the first phase: reading and parsing.
    pub(super) fn start() -> Self {
        Self {
            phase: 0,
            since: Instant::now(),
            spent: [Duration::ZERO; NAMES.len()],
        }
    }

    /// A phase of the generator begins, and another ends.
    pub(super) fn enter(&mut self, phase: Phase) {
        self.switch(match phase {
            Phase::Lower => 1,
            Phase::Emit => 2,
        });
    }

    /// The last phase begins: looking at the output folder, and writing or comparing.
    pub(super) fn enter_write(&mut self) {
        self.switch(3);
    }

    fn switch(&mut self, phase: usize) {
        let now = Instant::now();
        if let Some(spent) = self.spent.get_mut(self.phase) {
            *spent += now - self.since;
        }
        (self.phase, self.since) = (phase, now);
    }

    /// The phases up to now, a line each.
    pub(super) fn lines(mut self) -> Vec<String> {
        self.switch(self.phase);
        let line = |name: &str, spent: Duration| format!("{name:<9}  {:>9.1} ms", spent.as_secs_f64() * 1e3);
        let phases = NAMES.iter().zip(self.spent);
        let mut lines: Vec<_> = phases.map(|(name, spent)| line(name, spent)).collect();
        lines.push(line("total", self.spent.iter().sum()));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_that_take_turns_add_up() {
        let mut timings = Timings::start();
        for _ in 0..2 {
            timings.enter(Phase::Emit);
            std::thread::sleep(Duration::from_millis(2));
            timings.enter(Phase::Lower);
        }
        timings.enter_write();
        assert!(timings.spent[2] >= Duration::from_millis(4), "{timings:?}");
        let lines = timings.lines();
        let names: Vec<_> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(names, ["parse", "lower", "emit", "write", "total"]);
    }
}
