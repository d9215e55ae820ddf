//! Equality of JSON values.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Json, Repr, Tree};

pub(super) fn equal(one: &Json, other: &Json) -> bool {
    if let (Repr::Text(one), Repr::Text(other)) = (&one.0, &other.0) {
        if one.as_str() == other.as_str() {
            return true;
        }
    }
    match (one.tree(), other.tree()) {
        (Ok(one), Ok(other)) => same(&one, &other),
        // Only a lone surrogate gets here; such values are equal as text or not at all.
        _ => false,
    }
}

pub(crate) fn same(one: &Tree<'_>, other: &Tree<'_>) -> bool {
    match (one, other) {
        (Tree::Null, Tree::Null) => true,
        (Tree::Bool(one), Tree::Bool(other)) => one == other,
        (Tree::Number(one), Tree::Number(other)) => one == other || Decimal::new(one) == Decimal::new(other),
        (Tree::String(one), Tree::String(other)) => one == other,
        (Tree::Array(one), Tree::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Tree::Object(one), Tree::Object(other)) => {
            let pairs = || sorted(one).into_iter().zip(sorted(other));
            one.len() == other.len() && pairs().all(|(one, other)| one.0 == other.0 && same(&one.1, &other.1))
        }
        _ => false,
    }
}

/// By name; the sort is stable, so members of the same name stay in their order.
fn sorted<'m, 'a>(members: &'m [(Cow<'a, str>, Tree<'a>)]) -> Vec<&'m (Cow<'a, str>, Tree<'a>)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted
}

/// A number without what doesn't change it: `digits` begin and end with a digit other than 0 and
/// stand for 0.digits, times ten to the `exponent`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decimal<'a> {
    Zero,
    Number {
        negative: bool,
        digits: String,
        exponent: i128,
    },
    /// The exponent has more digits than any number has a use for; compared as text.
    Absurd(&'a str),
}

impl<'a> Decimal<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let negative = mantissa.starts_with('-');
        let mantissa = mantissa.trim_start_matches('-');
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        if digits.is_empty() {
            return Self::Zero;
        }
        let zeros = all.len() - digits.len();
        let point = whole.len().checked_sub(zeros);
        let shift = point.map_or_else(
            || -i128::try_from(zeros - whole.len()).unwrap_or(0),
            |point| i128::try_from(point).unwrap_or(0),
        );
        match exponent
            .parse::<i128>()
            .ok()
            .and_then(|exponent| exponent.checked_add(shift))
        {
            Some(exponent) => Self::Number {
                negative,
                digits: digits.trim_end_matches('0').to_owned(),
                exponent,
            },
            None => Self::Absurd(text),
        }
    }
}

impl Decimal<'_> {
    /// Negative, zero or positive, and for either sign: nearer to zero than any exponent tells, as
    /// the exponent tells, or farther from it.
    fn rank(&self) -> i8 {
        match self {
            Self::Zero => 0,
            Self::Number { negative, .. } => sign(*negative) * 2,
            Self::Absurd(text) => {
                let tiny = text.contains("e-") || text.contains("E-");
                sign(text.starts_with('-')) * if tiny { 1 } else { 3 }
            }
        }
    }
}

fn sign(negative: bool) -> i8 {
    if negative { -1 } else { 1 }
}

/// Compares two numbers in JSON as decimals.
pub(crate) fn compare_numbers(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::new(one), Decimal::new(other));
    one.rank().cmp(&other.rank()).then_with(|| match (&one, &other) {
        (
            Decimal::Number {
                negative,
                digits,
                exponent,
            },
            Decimal::Number {
                digits: other_digits,
                exponent: other_exponent,
                ..
            },
        ) => {
            let size = exponent.cmp(other_exponent).then_with(|| digits.cmp(other_digits));
            if *negative { size.reverse() } else { size }
        }
        (Decimal::Absurd(one), Decimal::Absurd(other)) => one.cmp(other),
        _ => Ordering::Equal,
    })
}
