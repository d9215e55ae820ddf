//! What every decoder of a stream has in common.

use super::StreamError;

/// A decoder without IO: takes bytes in pieces of any size, and gives items as an iterator that can
/// go on after `None`, once more bytes have been pushed.
pub trait Decode: Iterator<Item = Result<Self::Value, StreamError>> {
    /// The items.
    type Value;

    /// Adds bytes.
    fn push(&mut self, bytes: &[u8]);

    /// Ends the stream, once all items have been taken; gives a last one that has come whole, but
    /// without the mark of its end.
    ///
    /// # Errors
    /// If the bytes ended in the middle of an item.
    fn finish(self) -> Result<Option<Self::Value>, StreamError>
    where
        Self: Sized;
}
