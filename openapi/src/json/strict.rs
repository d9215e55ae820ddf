//! Refuses what the JSON parser accepts although it is not JSON, and endless nesting.

use jsonc_parser::common::Range;

use super::{Fault, MAXIMUM_DEPTH};

/// The first control character in a string, character outside of strings that is neither space
/// nor token of JSON, or bracket that opens too deep.
///
/// The scan ends at what the parser refuses in any case, since what follows cannot be told apart.
pub(super) fn first_fault(text: &str) -> Option<Fault> {
    let mut bytes = text.bytes().enumerate();
    let mut depth = 0_usize;
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let fault = string_fault(&mut bytes);
                if fault.is_some() {
                    return fault;
                }
            }
            b'/' | b'\'' => return None,
            b'{' | b'[' => {
                depth += 1;
                if depth > MAXIMUM_DEPTH {
                    return Some(too_deep(index));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {}
            _ => return Some(stray_character(text, index)),
        }
    }
    None
}

/// The first fault in the string that has begun, up to its end.
fn string_fault(bytes: &mut impl Iterator<Item = (usize, u8)>) -> Option<Fault> {
    loop {
        match bytes.find(|(_, byte)| matches!(byte, b'"' | b'\\' | 0..=0x1f))? {
            (_, b'"') => return None,
            (_, b'\\') => _ = bytes.next(),
            (index, byte) => return Some(control_character(index, byte)),
        }
    }
}

fn control_character(index: usize, byte: u8) -> Fault {
    let (found, help) = match byte {
        b'\n' | b'\r' => ("a line break".to_owned(), "write a line break in a string as `\\n`"),
        b'\t' => ("a tabulator".to_owned(), "write a tabulator in a string as `\\t`"),
        _ => (
            format!("the control character U+{byte:04X}"),
            "write a control character in a string as `\\u` and four hexadecimal digits",
        ),
    };
    Fault {
        range: Range::new(index, index + 1),
        message: format!("expected the end of the string, found {found}"),
        help: Some(help),
    }
}

fn too_deep(index: usize) -> Fault {
    Fault {
        range: Range::new(index, index + 1),
        message: format!("expected at most {MAXIMUM_DEPTH} arrays and objects within each other"),
        help: None,
    }
}

fn stray_character(text: &str, index: usize) -> Fault {
    let found = text
        .get(index..)
        .and_then(|rest| rest.chars().next())
        .unwrap_or_default();
    let range = Range::new(index, index + found.len_utf8());
    if found == '\u{feff}' {
        return Fault {
            range,
            message: "expected a JSON value, found a byte order mark".to_owned(),
            help: Some("save the file as UTF-8 without a byte order mark"),
        };
    }
    Fault {
        range,
        message: format!("expected JSON, found the character U+{:04X}", u32::from(found)),
        help: Some("outside of strings only spaces, tabulators and line breaks are blank"),
    }
}
