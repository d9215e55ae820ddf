//! Names a place: a source, and a range of its bytes.

/// A range of bytes in one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source, as an index into [`Sources`](crate::Sources).
    pub source: u32,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A value and the place it was read from.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl Span {
    /// The bytes from `start` to before `end` of a source.
    pub fn new(source: u32, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }

    /// Whether another range lies within this one.
    pub fn contains(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// The first byte alone: where a whole object would be too much to point at.
    pub fn first_byte(self) -> Self {
        Self {
            end: self.end.min(self.start.saturating_add(1)),
            ..self
        }
    }
}

impl<T> Spanned<T> {
    /// A value read at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
