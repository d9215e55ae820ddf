//! The differences of a plan as text, short enough to be read.

use std::time::Duration;

use similar::TextDiff;

use tablature_build::{Entry, Plan, State};

/// How many lines of one file's difference are shown.
const LINES_OF_A_FILE: usize = 16;
/// How many lines of differences are shown in all; files beyond are only named.
const LINES: usize = 80;
/// How long one file may be compared before the comparison becomes coarse.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line for each file that is not as it should be, with the start of its difference.
pub(crate) fn differences(plan: &Plan<'_>) -> String {
    let mut text = String::new();
    let mut room = LINES;
    for Entry { name, state, .. } in &plan.entries {
        match state {
            State::Unchanged => {}
            State::Missing { .. } => text.push_str(&format!("missing    {name}\n")),
            State::LeftOver => text.push_str(&format!("left over  {name}\n")),
            State::Stale { old, text: new } => {
                text.push_str(&format!("stale      {name}\n"));
                let lines = difference(old, new, room.min(LINES_OF_A_FILE));
                room = room.saturating_sub(lines.len());
                for line in lines {
                    text.push_str(&format!("    {line}\n"));
                }
            }
        }
    }
    text
}

/// At most `room` lines of a unified difference, and how many more there are.
fn difference(old: &str, new: &str, room: usize) -> Vec<String> {
    if room == 0 {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let unified = diff.unified_diff().context_radius(1).to_string();
    let all: Vec<_> = unified.lines().collect();
    let mut lines: Vec<_> = all.iter().take(room).map(|line| shortened(line)).collect();
    if let Some(more @ 1..) = all.len().checked_sub(room) {
        lines.push(format!("... {more} more"));
    }
    lines
}

/// The line, cut where it is longer than a screen is wide.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_bounded() {
        let old: String = (0..100).map(|number| format!("{number}\n")).collect();
        let new = old.replace('7', &"x".repeat(200));
        let lines = difference(&old, &new, 5);
        assert_eq!(lines.len(), 6, "{lines:#?}");
        assert_eq!(lines[..3], ["@@ -7,3 +7,3 @@", " 6", "-7"]);
        assert_eq!(lines[3].len(), 123);
        assert!(lines[5].starts_with("... "), "{lines:#?}");
        assert!(difference(&old, &new, 0).is_empty());
    }
}
