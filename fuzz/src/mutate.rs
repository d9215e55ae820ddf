//! Inputs made of others, byte by byte.

use crate::random::Random;

/// Pieces that mean something to a reader of documents, of pages, of streams or of headers.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "`",
    "```\n",
    "~~~\n",
    "\\",
    "\\u0000",
    "\\ud800",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\0",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "- ",
    ": ",
    "|\n",
    ">-\n",
    "---\n",
    "...\n",
    "{",
    "}",
    "[",
    "]",
    "{}",
    "[]",
    "<<: ",
    ",",
    "null",
    "true",
    "1e999",
    "-0",
    "0.1e-400",
    "18446744073709551616",
    "9007199254740993",
    "~",
    "$ref",
    "#/components/schemas/A",
    "../",
    "%2e%2e",
    "%",
    "%00",
    "?",
    "&",
    "=",
    ";",
    "<script>",
    "</pre>",
    "<!--",
    "*/",
    "| a | b |\n|---|---|\n",
    "data:",
    "id: 1\n",
    "event: x\n",
    "retry: 9\n",
    "\u{1e}",
    "Ä",
    "é",
    "日本",
    "🦀",
];

/// Longer inputs are cut: what is slow for its length alone is a matter of stated limits.
const LONGEST: usize = 64 * 1024;

/// An input with a few changes, some of them taken from another.
pub(crate) fn bytes(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(4) {
        change(&mut bytes, other, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + length(random)).min(bytes.len());
    match random.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => drop(bytes.drain(at..end)),
        2 => {
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            let to = random.below(bytes.len() + 1);
            insert(bytes, to, &piece);
        }
        3 => {
            let piece = bytes.get(at..end).unwrap_or_default().repeat(1 + random.below(300));
            insert(bytes, at, &piece);
        }
        4 => {
            let from = random.below(other.len() + 1);
            let to = (from + length(random)).min(other.len());
            insert(bytes, at, other.get(from..to).unwrap_or_default());
        }
        5 => bytes.truncate(at),
        _ => {
            let piece = random.of(PIECES).copied().unwrap_or_default();
            let times = if random.below(20) == 0 {
                1 + random.below(2000)
            } else {
                1
            };
            insert(bytes, at, piece.repeat(times).as_bytes());
        }
    }
}

/// Short pieces more often than long ones.
fn length(random: &mut Random) -> usize {
    let most = 1 << random.below(10);
    1 + random.below(most)
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}
