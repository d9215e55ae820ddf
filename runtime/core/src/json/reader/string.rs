//! Strings, most of which have no escapes and are borrowed from the text.

use std::borrow::Cow;
use std::ops::Deref;

use super::{Reader, Refused};

/// A string of a text: as it stands there, or without its escapes.
pub(super) enum Str<'de, 'a> {
    Borrowed(&'de str),
    Unescaped(&'a str),
}

impl<'de> Str<'de, '_> {
    pub(super) fn into_cow(self) -> Cow<'de, str> {
        match self {
            Self::Borrowed(string) => Cow::Borrowed(string),
            Self::Unescaped(string) => Cow::Owned(string.to_owned()),
        }
    }
}

impl Deref for Str<'_, '_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(string) => string,
            Self::Unescaped(string) => string,
        }
    }
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);

/// A set high bit for the first byte of a word that is [`special`]; what is behind it says nothing.
#[inline]
fn special_in(word: u64) -> u64 {
    // A high bit tells a byte below 0x80 that was less than what is taken from it; a borrow only reaches bytes behind the
    // first of these. With 2 in exclusive or, a quote comes behind the control characters, and before all else.
    let control_or_quote = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & (ONES << 7)
}

/// Whether a JSON string cannot hold a byte as it is: a quote, a backslash or a control character.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// How many bytes come before the first special one.
#[inline]
pub(crate) fn special(bytes: &[u8]) -> usize {
    let eights = bytes.chunks_exact(8);
    let last = eights.remainder();
    let mut start = 0;
    for eight in eights.filter_map(|eight| eight.first_chunk::<8>()) {
        let found = special_in(u64::from_le_bytes(*eight));
        if found != 0 {
            return start + found.trailing_zeros() as usize / 8;
        }
        start += 8;
    }
    let found = last.iter().position(|byte| is_special(*byte));
    start + found.unwrap_or(last.len())
}

/// Whether none of the bytes is special.
#[inline]
pub(crate) fn is_clean(bytes: &[u8]) -> bool {
    // The last bytes of a string are looked at twice, which is faster than one by one.
    if let Some(last) = bytes.last_chunk::<8>() {
        let mut eights = bytes.chunks_exact(8).filter_map(|eight| eight.first_chunk::<8>());
        return special_in(u64::from_le_bytes(*last)) == 0
            && eights.all(|eight| special_in(u64::from_le_bytes(*eight)) == 0);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return special_in(u64::from(last) << 32 | u64::from(first)) == 0;
    }
    !bytes.iter().any(|byte| is_special(*byte))
}

impl<'de> Reader<'de> {
    /// Goes to the next special byte of the string that the place is in, and gives it.
    #[inline]
    fn special(&mut self) -> Result<u8, Refused> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(Refused)?;
        self.at += special(rest);
        self.peek().ok_or(Refused)
    }

    /// Reads the string whose opening quote is here.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Str<'de, '_>, Refused> {
        self.at += 1;
        let start = self.at;
        if self.special()? == b'"' {
            let string = self.since(start)?;
            self.at += 1;
            return Ok(Str::Borrowed(string));
        }
        self.unescape(start)
    }

    /// Reads the rest of a string that began at `start`, from its first escape on.
    fn unescape(&mut self, mut start: usize) -> Result<Str<'de, '_>, Refused> {
        self.unescaped.clear();
        loop {
            let found = self.special()?;
            let piece = self.since(start)?;
            self.unescaped.push_str(piece);
            self.at += 1;
            match found {
                b'"' => return Ok(Str::Unescaped(&self.unescaped)),
                b'\\' => {
                    let escaped = self.escape()?;
                    self.unescaped.push(escaped);
                }
                _ => return Err(Refused),
            }
            start = self.at;
        }
    }

    /// What an escape stands for; its backslash has been passed.
    fn escape(&mut self) -> Result<char, Refused> {
        let kind = self.peek().ok_or(Refused)?;
        self.at += 1;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(Refused),
        })
    }

    /// What the digits behind `\u` stand for, with those of a second escape where the first is half of a pair.
    fn unicode(&mut self) -> Result<char, Refused> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(Refused);
        }
        self.word("\\u")?;
        let second = self.hexadecimal()?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(Refused);
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(Refused)
    }

    fn hexadecimal(&mut self) -> Result<u32, Refused> {
        let start = self.at;
        self.at += 4;
        let digits = self.text.as_bytes().get(start..self.at).ok_or(Refused)?;
        digits.iter().try_fold(0, |value, digit| {
            let digit = char::from(*digit).to_digit(16).ok_or(Refused)?;
            Ok(value * 16 + digit)
        })
    }

    /// Passes over the string whose opening quote is here. Half of a pair of surrogates stays as it is written.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<(), Refused> {
        self.at += 1;
        loop {
            let found = self.special()?;
            self.at += 1;
            match found {
                b'"' => return Ok(()),
                b'\\' => self.skip_escape()?,
                _ => return Err(Refused),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), Refused> {
        if self.peek() == Some(b'u') {
            self.at += 1;
            return self.hexadecimal().map(drop);
        }
        self.escape().map(drop)
    }
}
