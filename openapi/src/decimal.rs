//! Numbers compared by their digits, since no float holds them all.

use std::cmp::Ordering;

/// The number 0.`digits` × 10^`point`; zero has no digits.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    negative: bool,
    /// Without zeros at either end.
    digits: String,
    point: i128,
}

impl Decimal {
    /// Reads a number as JSON writes it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if whole.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let significant = all.trim_start_matches('0');
        let leading = all.len() - significant.len();
        let point = whole.len() as i128 - leading as i128;
        let digits = significant.trim_end_matches('0').to_owned();
        let zero = digits.is_empty();
        Some(Self {
            negative: negative && !zero,
            digits,
            point: if zero { 0 } else { point.saturating_add(exponent) },
        })
    }

    /// Whether there is nothing after the decimal point.
    pub(crate) fn is_integer(&self) -> bool {
        self.digits.len() as i128 <= self.point || self.digits.is_empty()
    }

    /// The whole number, if it is one and fits.
    pub(crate) fn as_i128(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        // i128 has 39 digits.
        let zeros = usize::try_from(self.point - self.digits.len() as i128).ok()?;
        if zeros > 39 {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}{}", self.digits, "0".repeat(zeros)).parse().ok()
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude = |it: &Self| (!it.digits.is_empty(), it.point);
        let larger = magnitude(self)
            .cmp(&magnitude(other))
            .then_with(|| self.digits.cmp(&other.digits));
        match (self.negative, other.negative) {
            (false, false) => larger,
            (true, true) => larger.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

/// An exponent; beyond what fits, the largest or smallest that does.
fn read_exponent(text: &str) -> Option<i128> {
    let digits = text.trim_start_matches(['+', '-']);
    if digits.is_empty() || text.len() - digits.len() > 1 {
        return None;
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i128::MAX);
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers() {
        for (a, b) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("-0", "0.00e9"),
            ("0.001", "1E-3"),
            ("12345678901234567890.10", "1234567890123456789010e-2"),
        ] {
            assert!(Decimal::parse(a).is_some());
            assert_eq!(Decimal::parse(a), Decimal::parse(b), "{a} {b}");
        }
    }

    #[test]
    fn sorted_numbers() {
        let numbers = [
            "-1e9", "-2", "-1.5", "-1", "0", "0.09", "0.1", "1", "1.01", "9", "10", "1e30",
        ];
        for pair in numbers.windows(2) {
            let sides: Vec<_> = pair.iter().map(|it| Decimal::parse(it)).collect();
            assert!(sides.is_sorted() && sides.first() != sides.last(), "{pair:?}");
        }
    }

    #[test]
    fn whole_numbers() {
        for (text, whole) in [
            ("1e2", Some(100)),
            ("-3.0", Some(-3)),
            ("0.0", Some(0)),
            ("1.5", None),
            ("1e400000000000000000000000000000000000000000", None),
        ] {
            assert_eq!(Decimal::parse(text).and_then(|it| it.as_i128()), whole, "{text}");
        }
        assert_eq!(Decimal::parse("1e"), None);
        assert_eq!(Decimal::parse("x"), None);
    }
}
