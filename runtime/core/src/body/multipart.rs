//! Bodies in parts: `multipart/form-data` (RFC 7578).

mod boundary;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use super::{BodyError, Encoding, media_type};
use crate::body::is_json;
use crate::node::Node;
use crate::parameter::pairs;

pub use crate::node::File;
pub(crate) use boundary::content_type;

/// A part before it is written.
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    bytes: Bytes,
}

/// Encodes the object `value` as parts, in the order of its members.
///
/// A list gives a part for each item, an object a part of JSON, a [`File`] a part with its name and
/// its media type, anything else a part of text. Members that are `null` are left out. What is said
/// of a member in `encodings` goes before that.
///
/// # Errors
/// If `value` is not an object, or if a media type cannot stand in a header.
pub(super) fn encode<T: Serialize + ?Sized>(value: &T, encodings: &[Encoding]) -> Result<Bytes, BodyError> {
    let mut parts = Vec::new();
    for (name, value) in super::members(value)? {
        let encoding = encodings.iter().find(|encoding| encoding.property == name);
        add(&name, &value, encoding, &mut parts).map_err(|reason| BodyError::of_member(&name, &reason))?;
    }
    Ok(write(&parts))
}

fn add(name: &str, value: &Node, encoding: Option<&Encoding>, parts: &mut Vec<Part>) -> Result<(), String> {
    if let Some((style, explode)) = encoding.and_then(Encoding::style) {
        for pair in pairs(name, value, style, explode)? {
            let text = pair.values.join(pair.separator.encode_utf8(&mut [0; 4]));
            parts.push(Part {
                name: pair.name,
                file_name: None,
                media_type: None,
                bytes: text.into(),
            });
        }
        return Ok(());
    }
    let content_type = encoding.and_then(|encoding| encoding.content_type);
    match value {
        Node::List(items) => {
            for item in items.iter().filter(|item| **item != Node::Null) {
                parts.push(part(name, item, content_type)?);
            }
        }
        Node::Null => {}
        _ => parts.push(part(name, value, content_type)?),
    }
    Ok(())
}

fn part(name: &str, value: &Node, content_type: Option<&str>) -> Result<Part, String> {
    if let Node::File(file) = value {
        return Ok(Part {
            name: name.to_owned(),
            file_name: file.name.clone(),
            media_type: Some(media_type::of_file(file, content_type)?.to_owned()),
            bytes: file.bytes.clone(),
        });
    }
    // Only a file can choose: of several media types anything else is sent as the first that is one, not a range.
    let media_type = content_type.and_then(|it| media_type::documented(it).find(|it| !it.contains('*')));
    let (media_type, bytes) = match value {
        Node::List(_) | Node::Object(_) => {
            let json = Some(media_type.unwrap_or("application/json"));
            (json, Bytes::from(value.to_json()))
        }
        _ if media_type.is_some_and(is_json) => (media_type, value.to_json().into()),
        _ => (media_type, value.text().unwrap_or_default().into_owned().into()),
    };
    if media_type.is_some_and(|it| HeaderValue::from_str(it).is_err()) {
        return Err("the media type has characters that cannot be sent".to_owned());
    }
    Ok(Part {
        name: name.to_owned(),
        file_name: None,
        media_type: media_type.map(str::to_owned),
        bytes,
    })
}

fn write(parts: &[Part]) -> Bytes {
    let boundary = boundary::choose(parts);
    let length: usize = parts.iter().map(|part| part.bytes.len() + 200).sum();
    let mut body = Vec::with_capacity(length + 64);
    for part in parts {
        body.extend_from_slice(head(part, &boundary).as_bytes());
        body.extend_from_slice(&part.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Bytes::from(body)
}

fn head(part: &Part, boundary: &str) -> String {
    let mut head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        escape(&part.name)
    );
    if let Some(name) = &part.file_name {
        head.extend(["; filename=\"", &escape(name), "\""]);
    }
    if let Some(media_type) = &part.media_type {
        head.extend(["\r\nContent-Type: ", media_type]);
    }
    head.push_str("\r\n\r\n");
    head
}

/// As browsers escape names: what would end the name or the line. A backslash before the closing quotation mark, which
/// some readers take for a part of the name, is escaped too.
fn escape(name: &str) -> String {
    let plain = name.trim_end_matches('\\');
    let end = "%5C".repeat(name.len() - plain.len());
    plain.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + &end
}
