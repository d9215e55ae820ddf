//! What stands between the parts.

use std::borrow::Cow;

use bytes::Bytes;

use super::Part;

/// A boundary that depends on nothing but the parts, and does not occur in them.
pub(super) fn choose(parts: &[Part]) -> String {
    let mut tries = 0_u64;
    loop {
        let boundary = format!("{:016x}{:016x}", hash(parts, tries), hash(parts, !tries));
        let needle = boundary.as_bytes();
        let occurs = |text: &[u8]| text.windows(needle.len()).any(|window| window == needle);
        let texts = |part: &Part| {
            let names = [Some(&part.name), part.file_name.as_ref(), part.media_type.as_ref()];
            names.into_iter().flatten().any(|text| occurs(text.as_bytes())) || occurs(&part.bytes)
        };
        if !parts.iter().any(texts) {
            return boundary;
        }
        tries += 1;
    }
}

/// FNV-1a, which is the same everywhere and always.
fn hash(parts: &[Part], seed: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for part in parts {
        for byte in part.name.bytes().chain(part.bytes.iter().copied()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// The media type with the boundary of `body`, which the body begins with.
pub(crate) fn content_type(media_type: &'static str, body: &Bytes) -> Cow<'static, str> {
    let is_multipart = media_type
        .get(..10)
        .is_some_and(|it| it.eq_ignore_ascii_case("multipart/"));
    if !is_multipart || media_type.contains("boundary=") {
        return Cow::Borrowed(media_type);
    }
    match boundary(body) {
        Some(boundary) => Cow::Owned(format!("{media_type}; boundary={boundary}")),
        None => Cow::Borrowed(media_type),
    }
}

fn boundary(body: &[u8]) -> Option<&str> {
    let start = body.get(2..2 + 72).or(body.get(2..))?;
    let end = start.iter().position(|byte| *byte == b'\r')?;
    let boundary = start.get(..end).filter(|_| body.starts_with(b"--"))?;
    let boundary = boundary.strip_suffix(b"--").unwrap_or(boundary);
    let is_plain = !boundary.is_empty()
        && boundary
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
    std::str::from_utf8(boundary).ok().filter(|_| is_plain)
}
