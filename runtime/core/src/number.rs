//! Numbers of any size, with every digit.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{self, Kind, compare_numbers};
use crate::{Json, ParameterValue};

/// A number of any size, with every digit as it was written.
///
/// Two are equal if they are the same decimal number (`1.0`, `1` and `1e0` are), and are ordered as
/// decimal numbers.
#[derive(Clone)]
pub struct Number(Json);

impl Number {
    /// The number as JSON has it.
    #[must_use]
    pub fn as_text(&self) -> std::borrow::Cow<'_, str> {
        self.0.as_text()
    }

    /// Whether it was written without fraction and exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.kind() == Kind::Integer
    }

    /// The number as an integer, if it is written as one and is in range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_text().parse().ok()
    }

    /// The number as an integer, if it is written as one and is in range.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_text().parse().ok()
    }

    /// The nearest number of 64 bits; infinite beyond their range.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.as_text().parse().unwrap_or(f64::NAN)
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::from(0)
    }
}

impl TryFrom<Json> for Number {
    type Error = json::Error;

    fn try_from(json: Json) -> Result<Self, json::Error> {
        match json.kind() {
            Kind::Integer | Kind::Number => Ok(Self(json)),
            _ => Err(json::Error::new("expected a number")),
        }
    }
}

impl From<Number> for Json {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl TryFrom<f64> for Number {
    type Error = json::Error;

    /// The number in the fewest digits that make it.
    fn try_from(number: f64) -> Result<Self, json::Error> {
        if number.is_finite() {
            Ok(Self(Json::from_text(&format!("{number:?}"))))
        } else {
            Err(json::Error::new("expected a number that JSON can write"))
        }
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(number: $integer) -> Self {
                Self(Json::from(number))
            }
        }
    )*};
}

from_integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

impl FromStr for Number {
    type Err = json::Error;

    fn from_str(text: &str) -> Result<Self, json::Error> {
        text.parse::<Json>().and_then(Self::try_from)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_numbers(&self.as_text(), &other.as_text())
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_text())
    }
}

impl ParameterValue for Number {
    fn text(&self) -> std::borrow::Cow<'_, str> {
        self.as_text()
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Json::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
