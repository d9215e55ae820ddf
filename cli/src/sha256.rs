//! SHA-256 in hexadecimal digits, as tools print it.

use std::fmt::Write as _;

/// The hash of some bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in hmac_sha256::Hash::hash(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
