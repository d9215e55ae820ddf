//! Floats as JSON numbers: a whole one without a fraction, and none that JSON has no number for.

use serde::ser::Error;
use serde::{Serialize, Serializer};

use super::check_finite;

/// The whole numbers up to which a float of 64 bits holds each.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a float of 64 bits; a whole number without a fraction.
///
/// # Errors
/// If JSON has no number for it, or those of the serializer.
pub fn write_float<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(value) {
        Some(whole) => serializer.serialize_i64(whole),
        None => write_floats(&value, serializer),
    }
}

/// Writes what is made of floats.
///
/// # Errors
/// If JSON has no number for one of them, or those of the serializer.
pub fn write_floats<T: Serialize + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    check_finite(value).map_err(S::Error::custom)?;
    value.serialize(serializer)
}

/// Negative zero is none of them: an integer has no sign for it.
#[allow(clippy::cast_possible_truncation, reason = "the value is whole, and small enough")]
fn whole(value: f64) -> Option<i64> {
    let is_whole = value.fract() == 0.0 && value.abs() < WHOLE && !(value == 0.0 && value.is_sign_negative());
    is_whole.then_some(value as i64)
}
