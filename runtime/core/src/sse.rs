//! Server-sent events (`text/event-stream`, WHATWG HTML, section 9.2), from bytes in pieces of any size.

mod event;
mod lines;
mod read;

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

pub use event::{Data, Event};
use lines::Lines;

use crate::excerpt::excerpt;
use crate::stream::{Decode, MAX_LINE, StreamError};

/// Takes bytes in pieces of any size and gives events.
///
/// It works as a [`stream::Decoder`](crate::stream::Decoder) does: comments, fields that the standard
/// doesn't have, and blocks without `data` give no event, and after an event that isn't what it
/// should be, the next one is read.
///
/// `T` is read from an object of the fields that the event has: `event`, `data` and `id`, which are
/// text, and `retry`, an integer of milliseconds. Where the `data` of `T` is something else than
/// text, the field is read as JSON. An [`Event`] takes them as they are, [`Data`] is for streams of
/// which only the JSON in `data` counts, and a `String` for those of which only its text does.
///
/// ```
/// use tablature_runtime::sse::{Decoder, Event};
///
/// let mut decoder = Decoder::<Event>::new();
/// decoder.push(b": hello\ndata: one\nda");
/// assert_eq!(decoder.next(), None);
/// decoder.push(b"ta: two\nid: 7\n\n");
/// assert_eq!(decoder.next().unwrap().unwrap().data, "one\ntwo");
/// assert_eq!(decoder.last_event_id(), "7");
/// assert_eq!(decoder.finish(), Ok(None));
/// ```
pub struct Decoder<T> {
    lines: Lines,
    block: Block,
    last_event_id: String,
    retry: Option<u64>,
    item: PhantomData<fn() -> T>,
}

/// The fields since the last blank line.
#[derive(Default)]
struct Block {
    event: Option<String>,
    /// With an end of line after each.
    data: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
    /// The number of the first line of a field.
    line: Option<u64>,
    /// The number of a line that isn't UTF-8.
    not_utf8: Option<u64>,
}

impl<T: DeserializeOwned> Decoder<T> {
    /// A decoder without bytes.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lines: Lines::new(MAX_LINE),
            block: Block::default(),
            last_event_id: String::new(),
            retry: None,
            item: PhantomData,
        }
    }

    /// Sets how long an event may be, in bytes; [`MAX_LINE`] unless set.
    #[must_use]
    pub fn max_event(mut self, bytes: usize) -> Self {
        self.lines.max = bytes;
        self
    }

    /// What to send as `Last-Event-ID` to go on from here; empty if the server gives events no `id`.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// How long the server asks to wait before a new connection, in milliseconds.
    #[must_use]
    pub fn retry(&self) -> Option<u64> {
        self.retry
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// Ends the stream, once all events have been taken. A last event without the blank line after
    /// it isn't one.
    ///
    /// # Errors
    /// If the bytes ended in the middle of an event, which the standard has a reader drop.
    pub fn finish(self) -> Result<Option<T>, StreamError> {
        let rest = self.lines.rest();
        let is_cut = self.block.data.is_some() || rest.starts_with(b"data");
        match self.block.line {
            _ if self.lines.broken || !is_cut => Ok(None),
            line => Err(StreamError::Cut {
                line: line.unwrap_or(self.lines.number),
            }),
        }
    }

    fn field(&mut self, line: u64, bytes: &[u8]) {
        let colon = bytes.iter().position(|byte| *byte == b':');
        let (name, value) = bytes.split_at(colon.unwrap_or(bytes.len()));
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        if !matches!(name, b"event" | b"data" | b"id" | b"retry") {
            return;
        }
        self.block.line.get_or_insert(line);
        let Ok(value) = std::str::from_utf8(value) else {
            self.block.not_utf8.get_or_insert(line);
            return;
        };
        match name {
            b"event" => self.block.event = Some(value.to_owned()),
            b"data" => self.block.data.get_or_insert_default().extend([value, "\n"]),
            b"id" if !value.contains('\0') => {
                value.clone_into(&mut self.last_event_id);
                self.block.id = Some(value.to_owned());
            }
            b"retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.block.retry = value.parse().ok();
                self.retry = self.block.retry.or(self.retry);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Result<T, StreamError>> {
        let block = std::mem::take(&mut self.block);
        if let Some(line) = block.not_utf8 {
            return Some(Err(StreamError::Utf8 { line }));
        }
        let mut data = block.data?;
        data.pop();
        let event = Event {
            event: block.event,
            data,
            id: block.id,
            retry: block.retry,
        };
        let line = block.line.unwrap_or(self.lines.number);
        Some(read::decode(&event).map_err(|error| StreamError::Value {
            line,
            error,
            text: excerpt(&event.data).to_string(),
        }))
    }
}

impl<T: DeserializeOwned> Default for Decoder<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeOwned> Iterator for Decoder<T> {
    type Item = Result<T, StreamError>;

    /// The next event; `None` until more bytes are pushed.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let taken = self.block.data.as_ref().map_or(0, String::len);
            let (number, line) = match self.lines.next(taken)? {
                Ok(found) => found,
                Err(error) => {
                    self.block = Block::default();
                    return Some(Err(error));
                }
            };
            if !line.is_empty() {
                self.field(number, &line);
            } else if let Some(event) = self.dispatch() {
                return Some(event);
            }
        }
    }
}

impl<T: DeserializeOwned> Decode for Decoder<T> {
    type Value = T;

    fn push(&mut self, bytes: &[u8]) {
        self.push(bytes);
    }

    fn finish(self) -> Result<Option<T>, StreamError> {
        self.finish()
    }
}

impl<T> fmt::Debug for Decoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("line", &self.lines.number)
            .field("buffered", &self.lines.rest().len())
            .finish_non_exhaustive()
    }
}
