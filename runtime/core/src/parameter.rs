//! Values that go into a path, a query, a header or a cookie.

mod encode;
mod pairs;
mod style;
mod text;

use std::borrow::Cow;

pub use encode::UNRESERVED;
pub(crate) use encode::{RESERVED, RESERVED_IN_FORM, encode_reserved, encoded_length, is_unreserved};
pub(crate) use pairs::{Pair, pairs};
pub use style::{Place, Style};
pub(crate) use text::text;

/// A value of a parameter: text, a number, a boolean, or an open enumeration.
///
/// There is no implementation for `Option`: a parameter that is not to be sent is not set.
pub trait ParameterValue {
    /// The value as text, not encoded yet.
    fn text(&self) -> Cow<'_, str>;

    /// The value as text of its own.
    fn into_text(self) -> String
    where
        Self: Sized,
    {
        self.text().into_owned()
    }

    /// What `read` makes of the value as text, for which a number needs no memory of its own.
    fn with_text<R>(&self, read: impl FnOnce(&str) -> R) -> R
    where
        Self: Sized,
    {
        read(&self.text())
    }
}

impl ParameterValue for str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ParameterValue for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn into_text(self) -> String {
        self
    }
}

impl ParameterValue for Cow<'_, str> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ParameterValue for bool {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl<T: ParameterValue + ?Sized> ParameterValue for &T {
    fn text(&self) -> Cow<'_, str> {
        (**self).text()
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl ParameterValue for $integer {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn with_text<R>(&self, read: impl FnOnce(&str) -> R) -> R {
                read(itoa::Buffer::new().format(*self))
            }
        }
    )*};
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl ParameterValue for $float {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 u8 u16 u32 u64 usize }
floats! { f32 f64 }
