//! Finding a part of a JSON value in its text, without reading the rest.

use std::borrow::Cow;

use super::Tree;
use super::reader::{self, Reader};

/// The content of a JSON string.
pub(super) fn string(text: &str) -> Option<Cow<'_, str>> {
    let content = text.strip_prefix('"')?.strip_suffix('"')?;
    if content.contains('\\') {
        reader::from_str(text).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(content))
    }
}

/// The text of the member `name` of an object; the last one counts where it is repeated.
pub(super) fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut reader = Reader::new(text);
    let found = reader.member(name).ok()?;
    reader.end().ok()?;
    found
}

fn item(text: &str, index: usize) -> Option<&str> {
    let mut reader = Reader::new(text);
    let found = reader.item(index).ok()?;
    reader.end().ok()?;
    found
}

pub(super) fn at<'a>(text: &'a str, place: &str) -> Option<&'a str> {
    let Some(pointer) = place.strip_prefix('/') else {
        return member(text, place);
    };
    pointer
        .split('/')
        .try_fold(text, |text, segment| match text.as_bytes().first() {
            Some(b'[') => item(text, index(segment)?),
            _ => member(text, &unescape(segment)),
        })
}

pub(crate) fn in_tree<'a, 'b>(tree: &'a Tree<'b>, place: &str) -> Option<&'a Tree<'b>> {
    let Some(pointer) = place.strip_prefix('/') else {
        return tree.member(place);
    };
    pointer.split('/').try_fold(tree, |tree, segment| match tree {
        Tree::Array(items) => items.get(index(segment)?),
        _ => tree.member(&unescape(segment)),
    })
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// RFC 6901 has no leading zeros and no signs.
fn index(segment: &str) -> Option<usize> {
    let digits = segment.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (segment == "0" || !segment.starts_with('0'))).then(|| segment.parse().ok())?
}
