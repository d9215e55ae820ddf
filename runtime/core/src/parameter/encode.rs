//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but RFC 3986's unreserved characters, so that no reader takes one for a delimiter.
pub const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but RFC 3986's unreserved and reserved characters, and all the same `#`, which ends a query.
pub(crate) const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// As `RESERVED`, and all the same `&`, which ends a value, and `+`, which is a space.
pub(crate) const RESERVED_IN_FORM: &AsciiSet = &RESERVED.add(b'&').add(b'+');

/// How long `text` is once it is encoded.
pub(crate) fn encoded_length(text: &str) -> usize {
    text.len() + 2 * text.bytes().filter(|byte| !is_unreserved(*byte)).count()
}

/// Whether `UNRESERVED` leaves a byte as it is.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    IS_UNRESERVED.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Looking a byte up is quicker than comparing it.
static IS_UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// Encodes what is not encoded yet: `%` with two hexadecimal digits stays as it is (RFC 6570, section
/// 3.2.3).
pub(crate) fn encode_reserved(text: &str, set: &'static AsciiSet, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        out.extend(utf8_percent_encode(before, set));
        let is_encoded = from
            .as_bytes()
            .get(1..3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_encoded { "%" } else { "%25" });
        rest = from.get(1..).unwrap_or_default();
    }
    out.extend(utf8_percent_encode(rest, set));
}
