//! A query, encoded as it is gathered.

use super::encoded::{Encoded, encode};
use crate::parameter::Pair;

/// Pairs of names and values, encoded, in the order in which they were set.
#[derive(Clone, Default)]
pub(crate) struct Query {
    text: Encoded<64>,
    /// A bit for each name that may be there, so that one that is not is hardly ever looked for.
    seen: u64,
    /// The names that a parameter of another name has become.
    names: Vec<(String, Vec<String>)>,
}

impl Query {
    pub(crate) fn as_str(&self) -> &str {
        self.text.as_str()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    #[inline]
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.seen & bit(name) != 0 && self.finds(name)
    }

    fn finds(&self, name: &str) -> bool {
        let mut pairs = self.as_bytes().split(|byte| *byte == b'&');
        pairs.any(|pair| is_named(pair, name))
    }

    /// The first value of that name.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let pair = self.as_str().split('&').find(|pair| is_named(pair.as_bytes(), name))?;
        let (_, value) = pair.split_once('=')?;
        let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
        Some(value.into_owned())
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.add_name(name);
        self.text.push(value);
    }

    /// Puts the values in the place of the first that was there.
    pub(crate) fn set<'a>(&mut self, name: &str, values: impl IntoIterator<Item = &'a str>) {
        if !self.contains(name) {
            return values.into_iter().for_each(|value| self.add(name, value));
        }
        let text = std::mem::take(&mut self.text);
        let mut pairs = text.as_str().split('&');
        let is_other = |pair: &&str| !is_named(pair.as_bytes(), name);
        pairs.by_ref().take_while(is_other).for_each(|pair| self.add_pair(pair));
        values.into_iter().for_each(|value| self.add(name, value));
        pairs.filter(is_other).for_each(|pair| self.add_pair(pair));
    }

    /// Puts the pairs of a parameter in the place of the first that was there. They may have other
    /// names than the parameter.
    pub(super) fn set_pairs(&mut self, parameter: &str, pairs: &[Pair], encode: impl Fn(&str, &mut String)) {
        let earlier = self.names.iter().position(|(name, _)| name == parameter);
        let earlier = match earlier.map(|index| self.names.swap_remove(index)) {
            Some((_, names)) => names,
            None => vec![parameter.to_owned()],
        };
        let is_earlier = |pair: &str| earlier.iter().any(|name| is_named(pair.as_bytes(), name));
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let text = std::mem::take(&mut self.text);
        let mut into = &mut before;
        for pair in text.as_str().split('&').filter(|pair| !pair.is_empty()) {
            if is_earlier(pair) {
                into = &mut after;
            } else {
                into.push(pair);
            }
        }
        before.iter().for_each(|pair| self.add_pair(pair));
        for pair in pairs {
            self.add_name(&pair.name);
            let mut encoded = String::new();
            for (index, value) in pair.values.iter().enumerate() {
                if index > 0 {
                    encoded.push_str(pair.encoded_separator());
                }
                encode(value, &mut encoded);
            }
            self.text.push_raw(encoded.as_bytes());
        }
        after.iter().for_each(|pair| self.add_pair(pair));
        if pairs.iter().any(|pair| pair.name != parameter) {
            let names = pairs.iter().map(|pair| pair.name.clone()).collect();
            self.names.push((parameter.to_owned(), names));
        }
    }

    /// Makes encoded text the whole query.
    pub(super) fn set_whole(&mut self, encoded: &str) {
        self.text = Encoded::from(encoded);
        self.seen = u64::MAX;
        self.names.clear();
    }

    // A call would take as much as what it does.
    #[inline(always)]
    fn add_name(&mut self, name: &str) {
        self.separate();
        self.seen |= bit(name);
        self.text.push(name);
        self.text.push_raw(b"=");
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push_raw(b"&");
        }
    }

    fn add_pair(&mut self, encoded: &str) {
        self.separate();
        self.text.push_raw(encoded.as_bytes());
    }
}

/// One bit of many, which most names have to themselves.
#[inline]
fn bit(name: &str) -> u64 {
    let first = name.bytes().next().map_or(0, usize::from);
    1 << ((name.len() + 5 * first) % 64)
}

fn is_named(pair: &[u8], name: &str) -> bool {
    let rest = encode(name).try_fold(pair, |rest, part| rest.strip_prefix(part));
    !pair.is_empty() && rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'=')))
}

#[cfg(test)]
mod tests {
    use super::{Query, bit};

    #[test]
    fn sets_in_place_and_adds_at_the_end() {
        let mut query = Query::default();
        query.add("a", "1");
        query.set("b c", ["&=+#%"]);
        query.add("a", "2");
        query.add("d", "ü /");
        assert_eq!(query.as_str(), "a=1&b%20c=%26%3D%2B%23%25&a=2&d=%C3%BC%20%2F");
        query.set("a", ["3"]);
        assert_eq!(query.as_str(), "a=3&b%20c=%26%3D%2B%23%25&d=%C3%BC%20%2F");
        query.set("b c", ["x", "y"]);
        query.set("", ["z"]);
        assert_eq!(query.as_str(), "a=3&b%20c=x&b%20c=y&d=%C3%BC%20%2F&=z");
        query.set("", []);
        query.set("d", []);
        assert_eq!(query.as_str(), "a=3&b%20c=x&b%20c=y");
        assert!(query.contains("b c") && !query.contains("b") && !query.contains("c"));
    }

    #[test]
    fn names_with_the_same_bit_are_told_apart() {
        let mut query = Query::default();
        assert_eq!(bit("limit"), bit("label"));
        query.set("limit", ["1"]);
        assert!(!query.contains("label") && !query.contains(""));
        query.set("label", ["2"]);
        query.set("limit", ["3"]);
        assert_eq!(query.as_str(), "limit=3&label=2");
        query.set_whole("a%20b&c=1");
        assert!(query.contains("a b") && query.contains("c") && !query.contains("limit"));
    }
}
