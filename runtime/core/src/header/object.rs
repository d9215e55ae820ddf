//! Reads objects in headers, which have the style `simple`: `a,1,b,2`, or exploded `a=1,b=2`.

use serde::de::DeserializeOwned;

use super::{FromHeader, items};
use crate::json::{Tree, decode_text};

/// An object in a header: names and values in turn, or exploded pairs. A name has no `=`, which tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderObject<T>(pub T);

impl<T: DeserializeOwned> FromHeader for HeaderObject<T> {
    fn from_header(value: &str) -> Option<Self> {
        let items: Vec<&str> = items(value).collect();
        let mut members: Vec<(&str, &str)> = match items.first()?.contains('=') {
            true => items.iter().map(|it| it.split_once('=')).collect::<Option<_>>()?,
            false => items
                .chunks(2)
                .map(|it| Some((*it.first()?, *it.get(1)?)))
                .collect::<Option<_>>()?,
        };
        members
            .iter_mut()
            .for_each(|(name, value)| (*name, *value) = (name.trim(), value.trim()));
        decode(&members).map(Self)
    }
}

/// Reads each value as text first, then those that are none as what they stand for: a number or a boolean.
fn decode<T: DeserializeOwned>(members: &[(&str, &str)]) -> Option<T> {
    let mut is_text = vec![true; members.len()];
    loop {
        let written = members.iter().zip(&is_text).map(|((name, value), is_text)| {
            let value = match is_text {
                true => Tree::String((*value).into()),
                false => Tree::Number((*value).into()),
            };
            ((*name).into(), value)
        });
        let text = Tree::Object(written.collect()).to_text();
        let error = match decode_text::<T>(&text) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let place = members.iter().zip(&is_text);
        let wrong = place.into_iter().position(|((name, value), is_text)| {
            let is_single = value.parse::<bool>().is_ok() || value.parse::<crate::Number>().is_ok();
            *is_text && is_single && error.path() == Some(name)
        });
        *is_text.get_mut(wrong?)? = false;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Read<T> = Option<HeaderObject<BTreeMap<String, T>>>;

    #[test]
    fn both_forms_are_read() {
        let expected = [("a".to_owned(), 1), ("b".to_owned(), 2)];
        for value in ["a,1,b,2", "a=1,b=2", "a=1, b=2", " a , 1 , b , 2"] {
            let read: Read<u8> = FromHeader::from_header(value);
            assert_eq!(read, Some(HeaderObject(BTreeMap::from(expected.clone()))), "{value}");
        }
        for value in ["", "a", "a,1,b", "a=1,b", "a,x", "a=300", "a=1e"] {
            let read: Read<u8> = FromHeader::from_header(value);
            assert_eq!(read, None, "{value}");
        }
    }

    #[test]
    fn what_is_text_stays_text() {
        let read: Read<String> = FromHeader::from_header("a=1,b=true,c=x=y");
        let [a, b, c] = ["a", "b", "c"].map(str::to_owned);
        let expected = [(a, "1".to_owned()), (b, "true".to_owned()), (c, "x=y".to_owned())];
        assert_eq!(read, Some(HeaderObject(BTreeMap::from(expected))));
        let read: Read<bool> = FromHeader::from_header("a=true,b=false");
        let expected = [("a".to_owned(), true), ("b".to_owned(), false)];
        assert_eq!(read, Some(HeaderObject(BTreeMap::from(expected))));
    }
}
