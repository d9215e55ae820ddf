//! Server-sent events (`text/event-stream`, WHATWG HTML, section 9.2), from bytes in pieces of any size.

mod event;
mod read;

use serde::de::DeserializeOwned;

pub use event::{Data, Event};

use crate::stream::{Framed, Framing, Scan, StreamError};

/// Takes bytes in pieces of any size and gives events.
///
/// Comments, fields that the standard does not have, and blocks without `data` give no event. Lines end
/// with a line feed, a carriage return, or both.
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
pub type Decoder<T> = Framed<Events, T>;

/// Server-sent events, each ended by a blank line.
#[derive(Debug, Default)]
pub struct Events {
    block: Block,
    last_event_id: String,
    retry: Option<u64>,
    line: Line,
}

/// How far a line has been looked through.
#[derive(Debug, Default)]
struct Line {
    /// Up to where there is no end of it.
    searched: usize,
    /// Whether a line feed now would belong to the carriage return before it.
    after_return: bool,
    /// Whether it begins with such a line feed.
    has_feed: bool,
}

/// The fields since the last blank line.
#[derive(Debug, Default)]
struct Block {
    event: Option<String>,
    /// With an end of line after each.
    data: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
    /// The number of the first line of a field.
    line: Option<u64>,
    /// The number of a line that is not UTF-8.
    not_utf8: Option<u64>,
}

impl<T> Framed<Events, T> {
    /// What to send as `Last-Event-ID` to go on after the last event that came whole; empty if the
    /// server gives events no `id`.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.framing.last_event_id
    }

    /// How long the server asks to wait before a new connection, in milliseconds.
    #[must_use]
    pub fn retry(&self) -> Option<u64> {
        self.framing.retry
    }
}

impl Framing for Events {
    fn scan(&mut self, bytes: &[u8]) -> Scan {
        let Line {
            searched,
            after_return,
            has_feed,
        } = &mut self.line;
        if *after_return && !bytes.is_empty() {
            *has_feed = bytes.starts_with(b"\n");
            *searched = usize::from(*has_feed);
            *after_return = false;
        }
        let rest = bytes.get(*searched..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest);
        *searched += end.unwrap_or(rest.len());
        let at = *searched;
        let taken = self.block.data.as_ref().map_or(0, String::len);
        let length = at - usize::from(*has_feed) + taken;
        if end.is_some() {
            *after_return = bytes.get(at) == Some(&b'\r');
            *searched = 0;
        }
        Scan {
            length,
            end: end.map(|_| (at + 1, 1)),
        }
    }

    fn read<T: DeserializeOwned>(&mut self, line: u64, frame: &[u8]) -> Option<Result<T, StreamError>> {
        let mut text = frame.get(..frame.len().saturating_sub(1)).unwrap_or_default();
        if std::mem::take(&mut self.line.has_feed) {
            text = text.get(1..).unwrap_or_default();
        }
        if line == 1 {
            text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        }
        if text.is_empty() {
            return self.dispatch(line);
        }
        self.field(line, text);
        None
    }

    /// The standard has a reader drop an event without the blank line after it.
    fn finish<T: DeserializeOwned>(self, line: u64, rest: &[u8]) -> Result<Option<T>, StreamError> {
        let rest = rest.get(usize::from(self.line.has_feed)..).unwrap_or_default();
        if self.block.data.is_none() && !rest.starts_with(b"data") {
            return Ok(None);
        }
        Err(StreamError::Cut {
            line: self.block.line.unwrap_or(line),
        })
    }
}

impl Events {
    fn field(&mut self, line: u64, bytes: &[u8]) {
        let colon = bytes.iter().position(|byte| *byte == b':');
        let (name, value) = bytes.split_at(colon.unwrap_or(bytes.len()));
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        if !matches!(name, b"event" | b"data" | b"id" | b"retry") {
            return;
        }
        self.block.line.get_or_insert(line);
        let Ok(value) = simdutf8::compat::from_utf8(value) else {
            self.block.not_utf8.get_or_insert(line);
            return;
        };
        match name {
            b"event" => self.block.event = Some(value.to_owned()),
            b"data" => self.block.data.get_or_insert_default().extend([value, "\n"]),
            b"id" if !value.contains('\0') => self.block.id = Some(value.to_owned()),
            b"retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.block.retry = value.parse().ok();
                self.retry = self.block.retry.or(self.retry);
            }
            _ => {}
        }
    }

    fn dispatch<T: DeserializeOwned>(&mut self, line: u64) -> Option<Result<T, StreamError>> {
        let block = std::mem::take(&mut self.block);
        // Not before: a connection that is lost inside an event goes on after the one before it.
        if let Some(id) = &block.id {
            id.clone_into(&mut self.last_event_id);
        }
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
        let line = block.line.unwrap_or(line);
        Some(read::decode(&event).map_err(|error| StreamError::value(line, error, &event.data)))
    }
}
