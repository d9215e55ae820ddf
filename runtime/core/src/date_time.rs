//! Dates with times, whose text is kept.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{FromHeader, ParameterValue, open_enum};

/// A date with a time and an offset, the `date-time` of OpenAPI: a text of RFC 3339, which is kept as it is. Whether it
/// is one is found out when its instant is asked for.
///
/// The features `jiff` and `chrono` add conversions from and to the types of these packages. Two values are equal if
/// their texts are: `08:00:00Z` and `09:00:00+01:00` are one instant in two texts.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The instant, to the nanosecond.
    ///
    /// # Errors
    /// If the text is not a date with a time and an offset, or has more than nine digits of a second.
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }

    /// The instant, to the nanosecond, with the offset.
    ///
    /// # Errors
    /// If the text is not one of RFC 3339.
    #[cfg(feature = "chrono")]
    pub fn to_chrono(&self) -> Result<chrono::DateTime<chrono::FixedOffset>, chrono::ParseError> {
        chrono::DateTime::parse_from_rfc3339(&self.0)
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for DateTime {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.to_string())
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for DateTime {
    /// In UTC with `Z`, else with the offset. RFC 3339 has no text for a year before 0 or after 9999.
    fn from(instant: chrono::DateTime<Z>) -> Self {
        Self(instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for DateTime {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<DateTime> for String {
    fn from(it: DateTime) -> Self {
        it.0
    }
}

impl FromStr for DateTime {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for DateTime {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for DateTime {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl ParameterValue for DateTime {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl FromHeader for DateTime {
    fn from_header(value: &str) -> Option<Self> {
        Some(Self::from(value))
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        open_enum::deserialize(deserializer)
    }
}
