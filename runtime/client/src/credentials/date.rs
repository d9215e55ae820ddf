//! When a credential ends, as servers and plugins write it.

use std::time::{Duration, SystemTime};

/// Reads a date of RFC 3339, such as `2024-01-04T09:05:22.701000Z` or `2024-01-04T17:05:22+08:00`. Parts of a second are
/// left out; `None` if it is another text, or before 1970.
#[must_use]
pub fn parse_date(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once(['T', 't'])?;
    let (time, west, offset) = split_offset(time)?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time.split('.').next()?, ':')?;
    let [offset_hour, offset_minute] = numbers(offset, ':')?;
    let valid = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61
        && offset_hour < 24
        && offset_minute < 60;
    if !valid {
        return None;
    }
    // Years that begin with March have their leap day at the end.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let seconds = days.checked_sub(719_468)? * 86_400 + hour * 3_600 + minute * 60 + second;
    let offset = offset_hour * 3_600 + offset_minute * 60;
    let seconds = if west {
        seconds + offset
    } else {
        seconds.checked_sub(offset)?
    };
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// A time, whether it is west of Greenwich, and how far.
fn split_offset(time: &str) -> Option<(&str, bool, &str)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, false, "00:00"));
    }
    let sign = time.find(['+', '-'])?;
    let (time, offset) = time.split_at(sign);
    Some((time, offset.starts_with('-'), offset.get(1..)?))
}

fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u64; N]> {
    let mut numbers = [0; N];
    let mut fields = text.split(separator);
    for number in &mut numbers {
        *number = fields
            .next()
            .filter(|field| field.bytes().all(|byte| byte.is_ascii_digit()))?
            .parse()
            .ok()?;
    }
    fields.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, parse_date};

    #[test]
    fn dates() {
        let seconds = |text| parse_date(text)?.duration_since(SystemTime::UNIX_EPOCH).ok();
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T23:59:59.9Z", 1_709_251_199),
            ("2020-01-04T09:05:22.701000Z", 1_578_128_722),
            ("2020-01-04T17:05:22+08:00", 1_578_128_722),
            ("2020-01-04T02:35:22.5-06:30", 1_578_128_722),
        ] {
            assert_eq!(seconds(text), Some(Duration::from_secs(expected)), "{text}");
        }
        for text in [
            "",
            "2020-01-04",
            "2020-13-04T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+01:00",
            "2020-01-04T09:05Z",
            "2020-01-04T09:05:22",
            "2020-01-04T09:05:22+99:00",
            "x-y-zTa:b:cZ",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
