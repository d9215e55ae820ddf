//! Headers of an answer as what they stand for.

mod object;

use std::fmt;

use http::HeaderMap;

use crate::{Json, Number};

pub use object::HeaderObject;

/// A value that a header can hold.
pub trait FromHeader: Sized {
    /// Reads the value of a header, without white space around it; `None` if it is not such a value.
    ///
    /// A header of several lines comes as one, with `, ` between them.
    fn from_header(value: &str) -> Option<Self>;

    /// Reads a header of these lines; where they `are_items`, a list has one for each line.
    fn from_lines(lines: &[&str], _are_items: bool) -> Option<Self> {
        Self::from_header(&lines.join(", "))
    }
}

impl FromHeader for String {
    fn from_header(value: &str) -> Option<Self> {
        Some(value.to_owned())
    }
}

impl FromHeader for Json {
    fn from_header(value: &str) -> Option<Self> {
        value.parse().ok()
    }
}

/// A list with commas between its items; a comma within quotation marks is part of an item. Of `Set-Cookie` each line is
/// an item.
impl<T: FromHeader> FromHeader for Vec<T> {
    fn from_header(value: &str) -> Option<Self> {
        items(value).map(T::from_header).collect()
    }

    fn from_lines(lines: &[&str], are_items: bool) -> Option<Self> {
        if are_items {
            return lines.iter().map(|line| T::from_header(line)).collect();
        }
        Self::from_header(&lines.join(", "))
    }
}

macro_rules! from_text {
    ($($type:ty)*) => {$(
        impl FromHeader for $type {
            fn from_header(value: &str) -> Option<Self> {
                value.parse().ok()
            }
        }
    )*};
}

from_text! { bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 Number }

/// The items of a list; empty ones do not count (RFC 9110, section 5.6.1).
fn items(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    let items = std::iter::from_fn(move || {
        let list = rest?;
        let (item, after) = match end_of_item(list) {
            Some(end) => (list.get(..end)?, list.get(end + 1..)),
            None => (list, None),
        };
        rest = after;
        Some(item.trim_matches([' ', '\t']))
    });
    items.filter(|item| !item.is_empty())
}

fn end_of_item(list: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    list.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ => return byte == b',' && !quoted,
        }
        false
    })
}

/// Reads a header, `None` if it is not there.
pub(crate) fn read<T: FromHeader>(headers: &HeaderMap, name: &str) -> Result<Option<T>, HeaderError> {
    let mut lines = Vec::new();
    for value in headers.get_all(name) {
        match std::str::from_utf8(value.as_bytes()) {
            Ok(line) => lines.push(line.trim_matches([' ', '\t'])),
            Err(_) => return Err(HeaderError::new(name, "text")),
        }
    }
    if lines.is_empty() {
        return Ok(None);
    }
    // The dates in its lines have commas (RFC 6265, section 3).
    let are_items = name.eq_ignore_ascii_case("set-cookie");
    match T::from_lines(&lines, are_items) {
        Some(value) => Ok(Some(value)),
        None => Err(HeaderError::new(name, short_name(std::any::type_name::<T>()))),
    }
}

/// The name of a type less the modules in it.
fn short_name(name: &'static str) -> &'static str {
    let start = name.find('<').unwrap_or(name.len());
    let modules = name.get(..start).and_then(|path| path.rfind("::"));
    modules.and_then(|end| name.get(end + 2..)).unwrap_or(name)
}

/// A header that is not what is documented. It does not tell the value, which may be a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: String,
    expected: &'static str,
}

impl HeaderError {
    fn new(name: &str, expected: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            expected,
        }
    }

    /// The name of the header.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What was expected: the name of a type.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.expected
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "header `{}` is not what is documented: expected {}",
            self.name, self.expected
        )
    }
}

impl std::error::Error for HeaderError {}
