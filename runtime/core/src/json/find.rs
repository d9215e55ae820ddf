//! Finding a part of a JSON value in its text, without reading the rest.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Tree;

/// The content of a JSON string.
pub(super) fn string(text: &str) -> Option<Cow<'_, str>> {
    let content = text.strip_prefix('"')?.strip_suffix('"')?;
    if content.contains('\\') {
        serde_json::from_str(text).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(content))
    }
}

/// The text of the member `name` of an object.
pub(super) fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer
        .deserialize_map(Member(name))
        .ok()
        .flatten()
        .map(RawValue::get)
}

fn item(text: &str, index: usize) -> Option<&str> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer
        .deserialize_seq(Item(index))
        .ok()
        .flatten()
        .map(RawValue::get)
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

struct Member<'n>(&'n str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(same) = map.next_key_seed(SameName(self.0))? {
            if same {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

struct Item(usize);

impl<'de> Visitor<'de> for Item {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        for _ in 0..self.0 {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(None);
            }
        }
        let found = seq.next_element()?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }
}

struct SameName<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for SameName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SameName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}
