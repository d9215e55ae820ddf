//! Floats as JSON numbers: a whole one without a fraction, and none that JSON has no number for.

use serde::Serializer;
use serde::ser::Error;

/// The whole numbers up to which a float of 64 bits holds each.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a float of 64 bits; a whole number without a fraction.
///
/// # Errors
/// If JSON has no number for it, or those of the serializer.
pub fn write_float<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(value) {
        Some(whole) => serializer.serialize_i64(whole),
        None if value.is_finite() => serializer.serialize_f64(value),
        None => Err(S::Error::custom(format_args!("JSON has no number for {value}"))),
    }
}

/// As [`write_float`], for a float of 32 bits.
///
/// # Errors
/// If JSON has no number for it, or those of the serializer.
pub fn write_single<S: Serializer>(value: f32, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(value.into()) {
        Some(whole) => serializer.serialize_i64(whole),
        None if value.is_finite() => serializer.serialize_f32(value),
        None => Err(S::Error::custom(format_args!("JSON has no number for {value}"))),
    }
}

/// Negative zero is none of them: an integer has no sign for it.
#[allow(clippy::cast_possible_truncation, reason = "the value is whole, and small enough")]
fn whole(value: f64) -> Option<i64> {
    let is_whole = value.fract() == 0.0 && value.abs() < WHOLE && !(value == 0.0 && value.is_sign_negative());
    is_whole.then_some(value as i64)
}
