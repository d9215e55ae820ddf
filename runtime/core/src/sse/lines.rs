//! Lines that end with a line feed, a carriage return, or both.

use crate::stream::StreamError;

/// Bytes that are cut into lines.
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to where there is no end of a line.
    searched: usize,
    /// Whether a line feed now would belong to the carriage return before it.
    after_return: bool,
    /// The number of the next line, from 1.
    pub(super) number: u64,
    pub(super) max: usize,
    pub(super) broken: bool,
}

impl Lines {
    pub(super) fn new(max: usize) -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            after_return: false,
            number: 1,
            max,
            broken: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.broken {
            return;
        }
        // Moving less than has been taken keeps the cost per byte constant.
        if self.start >= self.buffer.len() - self.start {
            self.buffer.drain(..self.start);
            self.searched -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// What is there of the next line.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// The next whole line and its number; `taken` bytes of its event have come before it.
    pub(super) fn next(&mut self, taken: usize) -> Option<Result<(u64, Vec<u8>), StreamError>> {
        if self.after_return && self.start < self.buffer.len() {
            self.after_return = false;
            if self.buffer.get(self.start) == Some(&b'\n') {
                self.start += 1;
                self.searched = self.searched.max(self.start);
            }
        }
        let rest = self.buffer.get(self.searched..)?;
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        self.searched += end.unwrap_or(rest.len());
        if self.searched - self.start + taken > self.max {
            return Some(Err(self.too_long()));
        }
        end?;
        let mut line = self.buffer.get(self.start..self.searched).unwrap_or_default();
        if self.number == 1 {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        let line = line.to_vec();
        self.after_return = self.buffer.get(self.searched) == Some(&b'\r');
        self.searched += 1;
        self.start = self.searched;
        self.number += 1;
        Some(Ok((self.number - 1, line)))
    }

    fn too_long(&mut self) -> StreamError {
        let (line, max) = (self.number, self.max);
        *self = Self {
            number: line,
            broken: true,
            ..Self::new(max)
        };
        StreamError::TooLong { line, max }
    }
}
