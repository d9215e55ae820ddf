//! Numbers: integers of 64 bits, and floats rounded to the nearest.

use std::str::FromStr;

use serde::de::Visitor;
use serde::de::value::MapDeserializer;

use super::{Reader, Refused};
use crate::json::NUMBER_TOKEN;

/// A number, in the first of these types that holds it.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    #[inline]
    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self {
            Self::Unsigned(value) => visitor.visit_u64(value),
            Self::Signed(value) => visitor.visit_i64(value),
            Self::Float(value) => visitor.visit_f64(value),
        }
    }
}

/// The most digits that any number of them is a `u64`.
const DIGITS: usize = 19;

impl<'de> Reader<'de> {
    /// Passes over a number and gives its text.
    pub(super) fn skip_number(&mut self) -> Result<&'de str, Refused> {
        self.skip_space();
        let start = self.at;
        self.integer()?;
        self.fraction()?;
        self.since(start)
    }

    pub(super) fn number(&mut self) -> Result<Number, Refused> {
        let start = self.at;
        let (negative, value, digits) = self.integer()?;
        if self.fraction()? {
            return self.since(start).and_then(float).map(Number::Float);
        }
        match i64::try_from(value) {
            _ if digits > DIGITS => self.since(start).and_then(wide),
            _ if !negative => Ok(Number::Unsigned(value)),
            // There is no integer `-0`.
            Ok(value @ 1..) => Ok(Number::Signed(-value)),
            _ => self.since(start).and_then(wide),
        }
    }

    /// Reads a number of which a float of 32 bits is made: rounded to one at once, not by way of 64 bits.
    pub(super) fn single(&mut self) -> Result<Number, Refused> {
        let start = self.at;
        match self.number()? {
            Number::Float(_) => float(self.since(start)?).map(|value: f32| Number::Float(value.into())),
            integer => Ok(integer),
        }
    }

    /// Passes over the sign and the digits of a number up to a fraction: whether it is negative, and up to [`DIGITS`] of
    /// them as an integer.
    #[inline]
    fn integer(&mut self) -> Result<(bool, u64, usize), Refused> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let start = self.at;
        let leading_zero = self.peek() == Some(b'0');
        let mut value = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        match self.at - start {
            0 => Err(Refused),
            2.. if leading_zero => Err(Refused),
            digits => Ok((negative, value, digits)),
        }
    }

    /// Passes over a fraction and an exponent; whether there was one of them.
    #[inline]
    fn fraction(&mut self) -> Result<bool, Refused> {
        let start = self.at;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.at > start)
    }

    fn digits(&mut self) -> Result<(), Refused> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Refused) }
    }

    /// Reads a number of whatever size; one that is no integer of 64 bits goes to the visitor as text where `serde_json`
    /// keeps all digits of numbers in this build.
    pub(super) fn any_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        let start = self.at;
        match self.number()? {
            Number::Float(_) if keeps_digits() => {
                let text = [(NUMBER_TOKEN, self.since(start)?)];
                visitor.visit_map(MapDeserializer::new(text.into_iter()))
            }
            number => number.visit(visitor),
        }
    }
}

/// Reads an integer of many digits, or `-0`.
fn wide(text: &str) -> Result<Number, Refused> {
    match (text.parse(), text.parse()) {
        (Ok(value), _) => Ok(Number::Unsigned(value)),
        (_, Ok(value @ ..=-1)) => Ok(Number::Signed(value)),
        _ => float(text).map(Number::Float),
    }
}

/// The float that is nearest to a number.
fn float<F: FromStr + Copy + Into<f64>>(text: &str) -> Result<F, Refused> {
    match text.parse::<F>() {
        Ok(value) if value.into().is_finite() => Ok(value),
        _ => Err(Refused),
    }
}

/// Whether `serde_json` has its feature `arbitrary_precision`, which another crate may have asked for.
fn keeps_digits() -> bool {
    let number: Result<serde_json::Number, _> = "1.00".parse();
    number.is_ok_and(|number| number.to_string() == "1.00")
}
