//! Values of several shapes.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::{Json, json};

/// A value of one of several shapes, told apart by what it is or by a tag.
///
/// Implementations are emitted together with [`union!`](crate::union!).
pub trait Union: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// If the value has the tag of a shape, but not the shape.
    fn read(value: Json) -> Result<Self, json::Error>;

    /// Writes the value.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Reads a union; what [`union!`](crate::union!) implements `Deserialize` with.
///
/// # Errors
/// Those of [`Union::read`].
pub fn deserialize<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(Json::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Makes an enum with a variant `Other(Json)` and a [`Union`](crate::union::Union) readable and
/// writable.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl $crate::model::Blank for $name {
            fn blank() -> Self {
                Self::Other($crate::Json::null())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::union::Union::write(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::union::deserialize(deserializer)
            }
        }
    };
}
