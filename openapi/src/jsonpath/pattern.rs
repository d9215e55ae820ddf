//! The patterns of `match` and `search` (I-Regexp, RFC 9485), matched in linear time.

use regex_lite::{Regex, RegexBuilder};

use super::budget::{Budget, Exhausted};

/// How many bytes a pattern may have.
const LONGEST_PATTERN: usize = 512;

/// How many bytes it may take when compiled, from the least that is tried to the most.
const PROGRAMS: [usize; 4] = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

/// About how many bytes of it a byte of a text is held against in one step.
const BYTES_A_STEP: usize = 32;

/// What compiling a pattern counts as.
const STEPS_TO_COMPILE: usize = 10_000;

/// A pattern that can be matched.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    regex: Regex,
    /// What a byte of a text counts as.
    steps_per_byte: usize,
}

impl Compiled {
    /// Compiles a pattern, for all of a text or for any part of it.
    pub(super) fn new(pattern: &str, whole: bool) -> Result<Self, String> {
        if pattern.len() > LONGEST_PATTERN {
            return Err(format!(
                "expected a pattern of at most {LONGEST_PATTERN} bytes, found {}",
                pattern.len()
            ));
        }
        let translated = translated(pattern);
        let translated = match whole {
            true => format!("^(?:{translated})$"),
            false => translated,
        };
        let mut problem = String::new();
        for size in PROGRAMS {
            match RegexBuilder::new(&translated).size_limit(size).build() {
                Ok(regex) => {
                    // A short pattern with counts can be a large program.
                    let steps_per_byte = size / BYTES_A_STEP;
                    return Ok(Self { regex, steps_per_byte });
                }
                Err(why) => problem = format!("the pattern cannot be used: {why}"),
            }
        }
        Err(problem)
    }

    /// Compiles a pattern of the document. It matches nothing where it is no pattern.
    pub(super) fn read(pattern: &str, whole: bool, budget: &Budget) -> Result<Option<Self>, Exhausted> {
        budget.spend(STEPS_TO_COMPILE)?;
        Ok(Self::new(pattern, whole).ok())
    }

    pub(super) fn is_match(&self, text: &str, budget: &Budget) -> Result<bool, Exhausted> {
        budget.spend(text.len().saturating_mul(self.steps_per_byte))?;
        Ok(self.regex.is_match(text))
    }
}

/// A pattern as `regex-lite` has it: there a dot stands for a carriage return too.
fn translated(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len());
    let (mut is_escaped, mut in_class) = (false, false);
    for c in pattern.chars() {
        match c {
            _ if is_escaped => {}
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                translated.push_str("[^\\n\\r]");
                continue;
            }
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        translated.push(c);
    }
    translated
}
