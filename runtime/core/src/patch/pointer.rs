//! JSON Pointers, RFC 6901.

use std::fmt;
use std::str::FromStr;

/// A place in a JSON value: RFC 6901.
///
/// ```
/// use tablature_runtime::patch::Pointer;
///
/// let pointer = Pointer::root().push("metadata").push("labels").push("example.com/name");
/// assert_eq!(pointer.as_str(), "/metadata/labels/example.com~1name");
/// assert_eq!("/metadata/labels/example.com~1name".parse(), Ok(pointer));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The place of the whole value.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer of these segments, which are escaped.
    pub fn new(segments: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        segments
            .into_iter()
            .fold(Self::root(), |pointer, segment| pointer.push(segment.as_ref()))
    }

    /// Goes on to the member `segment` of an object, which is escaped, or to an item of an array:
    /// its index from 0, or `-` for the end.
    #[must_use]
    pub fn push(mut self, segment: &str) -> Self {
        self.0.push('/');
        for c in segment.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn check(text: &str) -> Result<(), PointerError> {
        let reason = if !text.is_empty() && !text.starts_with('/') {
            Some("it does not begin with `/`")
        } else if text.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
            Some("it has a `~` that is not `~0` or `~1`")
        } else {
            None
        };
        reason.map_or(Ok(()), |reason| {
            Err(PointerError {
                pointer: text.to_owned(),
                reason,
            })
        })
    }
}

impl AsRef<str> for Pointer {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<Self, PointerError> {
        Self::check(text)?;
        Ok(Self(text.to_owned()))
    }
}

/// Text that is not a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerError {
    pointer: String,
    reason: &'static str,
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a JSON Pointer: {}",
            crate::error::excerpt(&self.pointer),
            self.reason
        )
    }
}

impl std::error::Error for PointerError {}
