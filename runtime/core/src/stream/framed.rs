//! Takes bytes in pieces of any size, and gives the items that a framing finds in them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::{Decode, MAX_ITEM, StreamError};

/// How the items of a stream are told apart.
///
/// A framing cuts bytes into frames. An item may take several of them, as an event takes several
/// lines, so that a framing may keep what it has read.
pub trait Framing: Default {
    /// Looks for the end of the first frame in `bytes`.
    ///
    /// Until there is one, it is asked again with the same bytes and more of them behind, and goes on
    /// where it stopped.
    fn scan(&mut self, bytes: &[u8]) -> Scan;

    /// Reads a frame that is whole and begins in line `line`. `None` if it does not end an item.
    ///
    /// # Errors
    /// If the item is not a `T`.
    fn read<T: DeserializeOwned>(&mut self, line: u64, frame: &[u8]) -> Option<Result<T, StreamError>>;

    /// Reads the bytes without the end of a frame that the stream ended with, in line `line`.
    ///
    /// # Errors
    /// If they are not an item, and not nothing either.
    fn finish<T: DeserializeOwned>(self, line: u64, rest: &[u8]) -> Result<Option<T>, StreamError>;
}

/// What a framing finds when it looks for the end of a frame.
#[derive(Clone, Copy, Debug)]
pub struct Scan {
    /// How many bytes the item has so far, which are bounded.
    pub length: usize,
    /// Where the frame ends, and how many lines it has, if it is whole.
    pub end: Option<(usize, u64)>,
}

/// A decoder of items of type `T`, told apart by `F`.
///
/// It does no IO: [`push`](Self::push) what has been read, take items until there is none, push on;
/// when the bytes end, [`finish`](Self::finish) says whether they ended with an item. What has been
/// taken is not kept, so that memory stays as flat as the items and the pieces are.
///
/// After an item that cannot be read, the next one is read as if nothing had happened. After one that
/// is too long nothing more comes.
pub struct Framed<F, T> {
    pub(crate) framing: F,
    buffer: Vec<u8>,
    /// Where the next frame begins.
    start: usize,
    /// The number of the line that `start` is in, from 1.
    line: u64,
    max: usize,
    broken: bool,
    item: PhantomData<fn() -> T>,
}

impl<F: Framing, T> Framed<F, T> {
    /// A decoder without bytes.
    #[must_use]
    pub fn new() -> Self {
        Self {
            framing: F::default(),
            buffer: Vec::new(),
            start: 0,
            line: 1,
            max: MAX_ITEM,
            broken: false,
            item: PhantomData,
        }
    }

    /// Sets how long an item may be, in bytes; [`MAX_ITEM`] unless set.
    #[must_use]
    pub fn max_item(mut self, bytes: usize) -> Self {
        self.max = bytes;
        self
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.broken {
            return;
        }
        // Moving less than has been taken keeps the cost per byte constant.
        if self.start >= self.buffer.len() - self.start {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Ends the stream, once all items have been taken. A last item without the mark of its end is
    /// given if it is whole: a line of JSON, or a record of JSON that is not a number, which could have
    /// gone on. An event never is.
    ///
    /// # Errors
    /// If the bytes ended in the middle of an item.
    pub fn finish(self) -> Result<Option<T>, StreamError>
    where
        T: DeserializeOwned,
    {
        if self.broken {
            return Ok(None);
        }
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        self.framing.finish(self.line, rest)
    }

    /// The next item, as `read` reads it from the number of a line and the frame that begins there.
    pub(super) fn next_by<U>(
        &mut self,
        read: impl Fn(&mut F, u64, &[u8]) -> Option<Result<U, StreamError>>,
    ) -> Option<Result<U, StreamError>> {
        loop {
            let (line, frame) = match self.frame()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let frame = self.buffer.get(frame).unwrap_or_default();
            if let Some(item) = read(&mut self.framing, line, frame) {
                return Some(item);
            }
        }
    }

    /// Takes the next frame: the number of its first line, and where it is.
    fn frame(&mut self) -> Option<Result<(u64, Range<usize>), StreamError>> {
        if self.broken {
            return None;
        }
        let scan = self.framing.scan(self.buffer.get(self.start..)?);
        let (line, start) = (self.line, self.start);
        if scan.length > self.max {
            (self.buffer, self.start, self.broken) = (Vec::new(), 0, true);
            return Some(Err(StreamError::TooLong { line, max: self.max }));
        }
        let (length, lines) = scan.end?;
        self.start += length;
        self.line += lines;
        Some(Ok((line, start..self.start)))
    }
}

impl<F: Framing, T> Default for Framed<F, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Framing, T: DeserializeOwned> Iterator for Framed<F, T> {
    type Item = Result<T, StreamError>;

    /// The next item; `None` until more bytes are pushed.
    fn next(&mut self) -> Option<Self::Item> {
        self.next_by(F::read)
    }
}

impl<F: Framing, T: DeserializeOwned> Decode for Framed<F, T> {
    type Value = T;

    fn push(&mut self, bytes: &[u8]) {
        self.push(bytes);
    }

    fn finish(self) -> Result<Option<T>, StreamError> {
        self.finish()
    }
}

impl<F, T> fmt::Debug for Framed<F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("line", &self.line)
            .field("buffered", &(self.buffer.len() - self.start))
            .finish_non_exhaustive()
    }
}
