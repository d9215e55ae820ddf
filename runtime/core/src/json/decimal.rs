//! Numbers as exact decimals.

use std::cmp::Ordering;

/// A number without what does not change it: `digits` begin and end with a digit other than 0 and
/// stand for 0.digits, times ten to the `exponent`.
#[derive(Debug, PartialEq, Eq, Hash)]
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
    /// The digits of a whole number of 64 bits or little more.
    pub(super) fn integer(&self) -> Option<String> {
        match self {
            Self::Zero => Some("0".to_owned()),
            Self::Number {
                negative,
                digits,
                exponent,
            } => {
                let length = usize::try_from(*exponent)
                    .ok()
                    .filter(|it| (digits.len()..=20).contains(it))?;
                let sign = if *negative { "-" } else { "" };
                Some(format!("{sign}{digits:0<length$}"))
            }
            Self::Absurd(_) => None,
        }
    }

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

/// A text that two numbers in JSON share if they are the same decimal.
pub(crate) fn canonical_number(text: &str) -> String {
    format!("{:?}", Decimal::new(text))
}

/// Whether a number in JSON is a multiple of another; `None` if that one is zero or has more digits
/// than can be reckoned with.
pub(crate) fn is_multiple(text: &str, of: &str) -> Option<bool> {
    let Decimal::Number { digits, exponent, .. } = Decimal::new(of) else {
        return None;
    };
    let of = u128::from(digits.parse::<u64>().ok()?);
    let unit = exponent.checked_sub(i128::try_from(digits.len()).ok()?)?;
    let (digits, exponent) = match Decimal::new(text) {
        Decimal::Zero => return Some(true),
        Decimal::Absurd(_) => return None,
        Decimal::Number { digits, exponent, .. } => (digits, exponent),
    };
    let shift = exponent
        .checked_sub(i128::try_from(digits.len()).ok()?)?
        .checked_sub(unit)?;
    // The digits end with another one than 0, so that they are not a multiple of ten.
    let Ok(shift) = u128::try_from(shift) else {
        return Some(false);
    };
    let rest = digits
        .bytes()
        .fold(0, |rest, digit| (rest * 10 + u128::from(digit - b'0')) % of);
    Some(rest * power_of_ten(shift, of) % of == 0)
}

/// 10 to the `exponent`, modulo `of`, which is at most 64 bits long.
fn power_of_ten(mut exponent: u128, of: u128) -> u128 {
    let (mut power, mut square) = (1 % of, 10 % of);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % of;
        }
        square = square * square % of;
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::{compare_numbers, is_multiple};

    #[test]
    fn orders_as_decimals() {
        let sorted = [
            "-1e999999999999999999999999999999999999999999",
            "-1e400",
            "-10",
            "-9.5",
            "-1e-999999999999999999999999999999999999999999",
            "0",
            "1e-999999999999999999999999999999999999999999",
            "0.5",
            "0.55",
            "5",
            "9007199254740993",
            "9007199254740993.1",
            "1e400",
            "1e999999999999999999999999999999999999999999",
        ];
        for (index, one) in sorted.iter().enumerate() {
            for (other_index, other) in sorted.iter().enumerate() {
                assert_eq!(compare_numbers(one, other), index.cmp(&other_index), "{one} {other}");
            }
        }
        for (one, other) in [("1", "1.0"), ("100", "1e2"), ("-0", "0"), ("0.10", "1e-1")] {
            assert!(compare_numbers(one, other).is_eq(), "{one} {other}");
        }
    }

    #[test]
    fn knows_multiples() {
        for (text, of, expected) in [
            ("0", "7", Some(true)),
            ("21", "7", Some(true)),
            ("-21", "7", Some(true)),
            ("22", "7", Some(false)),
            ("0.3", "0.1", Some(true)),
            ("19.99", "0.01", Some(true)),
            ("19.995", "0.01", Some(false)),
            ("1e300", "3", Some(false)),
            ("3e300", "3", Some(true)),
            ("100", "1e1", Some(true)),
            ("5", "1e1", Some(false)),
            ("7.5", "2.5", Some(true)),
            ("123456789012345678901234567890", "10", Some(true)),
            ("1", "0", None),
            ("1", "123456789012345678901234567891", None),
        ] {
            assert_eq!(is_multiple(text, of), expected, "{text} {of}");
        }
    }
}
