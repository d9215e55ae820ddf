//! Enumerations of integers that keep values which are not documented.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// An integer that an enumeration does not document.
///
/// Only the enumeration makes one, and never of a documented value; see
/// [`OtherValue`](crate::OtherValue).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherInteger(i64);

impl OtherInteger {
    /// For [`open_int_enum!`](crate::open_int_enum!) only.
    #[doc(hidden)]
    #[must_use]
    pub fn __new(value: i64) -> Self {
        Self(value)
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_i64(&self) -> i64 {
        self.0
    }
}

impl fmt::Debug for OtherInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for OtherInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Reads an open enumeration; what [`open_int_enum!`](crate::open_int_enum!) implements
/// `Deserialize` with.
///
/// # Errors
/// If the value is not an integer of 64 bits.
pub fn deserialize<'de, T: From<i64>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_i64(EnumVisitor(PhantomData))
}

struct EnumVisitor<T>(PhantomData<T>);

impl<T: From<i64>> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of 64 bits")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        // Written as `2.0`; up to here a float holds each whole number.
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        #[allow(clippy::cast_possible_truncation, reason = "the value is whole, and small enough")]
        if value.fract() == 0.0 && value.abs() <= WHOLE {
            Ok(T::from(value as i64))
        } else {
            Err(E::invalid_type(Unexpected::Float(value), &self))
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        match i64::try_from(value) {
            Ok(value) => Ok(T::from(value)),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }
}

/// Makes an enum with a variant per documented integer and `Other(OtherInteger)` an open
/// enumeration: integers both ways, `as_i64()`, `values()`, `Serialize`, `Deserialize`, a
/// [`ParameterValue`](crate::ParameterValue).
#[macro_export]
macro_rules! open_int_enum {
    ($name:ident { $($variant:ident => $value:literal),* $(,)? }) => {
        impl $name {
            /// The documented values.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The documented values.
            #[must_use]
            pub fn values() -> &'static [Self] {
                Self::KNOWN
            }

            /// The value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value.as_i64(),
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Other($crate::OtherInteger::__new(value)),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                value.parse::<i64>().map(Self::from)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::core::cmp::PartialEq<i64> for $name {
            fn eq(&self, other: &i64) -> bool {
                self.as_i64() == *other
            }
        }

        impl $crate::model::Blank for $name {
            fn blank() -> Self {
                Self::from(0)
            }
        }

        impl $crate::ParameterValue for $name {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                $crate::ParameterValue::into_text(self.as_i64()).into()
            }
        }

        impl $crate::FromHeader for $name {
            fn from_header(value: &str) -> ::core::option::Option<Self> {
                value.parse().ok()
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::open_int_enum::deserialize(deserializer)
            }
        }
    };
}
