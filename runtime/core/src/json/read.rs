//! Reading a JSON value from any deserializer.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};

use super::text::Text;
use super::token::raw_token;
use super::{Json, Repr, Tree, is_own, is_serde_json};

/// How deep arrays and objects may nest: as deep as `serde_json` reads.
pub const MAX_DEPTH: usize = 127;

/// What serde_json calls a number with its feature `arbitrary_precision`, when it has been
/// buffered by a derive of someone else.
pub(crate) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(raw_token(), JsonVisitor)
    }
}

pub(super) fn too_deep(text: &str) -> bool {
    // Hardly any value has enough brackets for it, and counting them is far faster than nesting.
    opened(text) > MAX_DEPTH && depth(text) > MAX_DEPTH
}

/// How many brackets open, in strings too.
fn opened(text: &str) -> usize {
    // `[` and `{` differ in this one bit. Counts of one byte are what a processor adds up at once.
    let opens = |byte: &u8| u8::from(byte | 0x20 == b'{');
    text.as_bytes()
        .chunks(255)
        .map(|chunk| usize::from(chunk.iter().map(opens).sum::<u8>()))
        .sum()
}

fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
    }
    most
}

fn skip_string(bytes: &mut std::str::Bytes<'_>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

struct JsonVisitor;

macro_rules! through_tree {
    ($($method:ident($value:ty))*) => {$(
        fn $method<E: de::Error>(self, value: $value) -> Result<Json, E> {
            TreeVisitor::TOP.$method(value).map(Json::from_tree)
        }
    )*};
}

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(TreeVisitor::TOP).map(Json::from_tree)
    }

    /// Either the one member in which `serde_json` hands out text, or an object of a deserializer
    /// that does not know newtypes.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let Some(name) = map.next_key_seed(NameSeed)? else {
            return Ok(Json::from_tree(Tree::Object(Vec::new())));
        };
        if name != raw_token() {
            return TreeVisitor::TOP.object(Some(name), map).map(Json::from_tree);
        }
        let text = map.next_value_seed(TextSeed)?;
        if is_own::<A::Error>() {
            return Ok(Json(Repr::Text(text)));
        }
        if is_serde_json::<A::Error>() {
            if too_deep(text.as_str()) {
                return Err(de::Error::custom(super::Error::too_deep()));
            }
            return Ok(Json(Repr::Text(text)));
        }
        // It claims to come from serde_json, through a wrapper with an error type of its own.
        text.as_str().parse().map_err(de::Error::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Json, A::Error> {
        TreeVisitor::TOP.visit_seq(seq).map(Json::from_tree)
    }

    fn visit_none<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::null())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::null())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        TreeVisitor::TOP.visit_some(deserializer).map(Json::from_tree)
    }

    through_tree! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_i128(i128) visit_u128(u128) visit_f64(f64)
        visit_str(&str) visit_string(String)
    }
}

struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Text;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Text, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for TextSeed {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
        Ok(Text::from(text))
    }
}

/// The name of a member.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member, a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E: de::Error>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Builds a tree, at most `depth` deep.
#[derive(Clone, Copy)]
struct TreeVisitor {
    depth: usize,
}

impl TreeVisitor {
    const TOP: Self = Self { depth: MAX_DEPTH };

    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        match self.depth.checked_sub(1) {
            Some(depth) => Ok(Self { depth }),
            None => Err(E::custom(super::Error::too_deep())),
        }
    }

    fn object<'de, A: MapAccess<'de>>(
        self,
        first: Option<Cow<'de, str>>,
        mut map: A,
    ) -> Result<Tree<'static>, A::Error> {
        let inner = self.deeper()?;
        let mut members = Vec::new();
        let mut next = first;
        while let Some(name) = next {
            let value = map.next_value_seed(inner)?;
            members.push((Cow::Owned(name.into_owned()), value));
            next = map.next_key_seed(NameSeed)?;
        }
        if is_serde_json::<A::Error>() || is_own::<A::Error>() {
            if let [(name, Tree::String(number))] = members.as_slice() {
                if name == NUMBER_TOKEN && number.parse::<serde_json::Number>().is_ok() {
                    return Ok(Tree::Number(number.clone()));
                }
            }
        }
        Ok(Tree::Object(members))
    }
}

impl<'de> DeserializeSeed<'de> for TreeVisitor {
    type Value = Tree<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! numbers {
    ($($method:ident($value:ty))*) => {$(
        fn $method<E: de::Error>(self, value: $value) -> Result<Self::Value, E> {
            Ok(Tree::Number(Cow::Owned(value.to_string())))
        }
    )*};
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    numbers! { visit_i64(i64) visit_u64(u64) visit_i128(i128) visit_u128(u128) }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        if value.is_finite() {
            // The shortest text that reads back as the same number.
            Ok(Tree::Number(Cow::Owned(format!("{value:?}"))))
        } else {
            Err(E::invalid_value(
                Unexpected::Float(value),
                &"a number that JSON can write",
            ))
        }
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Tree::String(Cow::Owned(value)))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self.deeper()?)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self.deeper()?)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Tree::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let first = map.next_key_seed(NameSeed)?;
        self.object(first, map)
    }
}
