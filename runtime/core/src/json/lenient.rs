//! Reads a list without the items that are not what is documented.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{Error, Json, at, decode_text};

/// What could be read of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The whole, with the items that are what is documented, in their order.
    pub value: T,
    /// The items that were left out.
    pub skipped: Vec<Skipped>,
}

/// An item that is not what is documented.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Skipped {
    /// Its place in the list, counted from 0.
    pub index: usize,
    /// What is wrong with it; the path is that within the item.
    pub error: Error,
    /// The item, as it came.
    pub item: Json,
}

/// Reads a JSON text as a `T`, less the items that `T` does not take in the list at `items`, a JSON Pointer.
///
/// # Errors
/// If there is no list at `items`, or if the text without these items is not a `T` either.
pub fn decode_lenient<T: DeserializeOwned>(text: &str, items: &str) -> Result<Lenient<T>, Error> {
    let no_list = || Error::new(&format_args!("there is no list at `{items}`"));
    let list = if items.is_empty() { Some(text) } else { at(text, items) };
    let list = list.ok_or_else(no_list)?;
    let all: Vec<&RawValue> = serde_json::from_str(list).map_err(|_| no_list())?;
    let begin = list.as_ptr().addr() - text.as_ptr().addr();
    let (head, tail) = (&text[..begin], &text[begin + list.len()..]);
    let with = |items: &str| decode_text::<T>(&format!("{head}[{items}]{tail}"));
    // What is wrong without any item is wrong with the whole.
    with("")?;
    let (mut good, mut skipped) = (Vec::with_capacity(all.len()), Vec::new());
    for (index, item) in all.into_iter().map(RawValue::get).enumerate() {
        match with(item) {
            Ok(_) => good.push(item),
            Err(error) => skipped.push(Skipped {
                index,
                error: error.within_first(items),
                item: decode_text(item)?,
            }),
        }
    }
    let value = with(&good.join(","))?;
    Ok(Lenient { value, skipped })
}
