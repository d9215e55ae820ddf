//! A query, encoded as it is gathered.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but RFC 3986's unreserved characters, so that no reader takes one for a delimiter.
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How long `text` is once it is encoded.
pub(crate) fn encoded_length(text: &str) -> usize {
    utf8_percent_encode(text, UNRESERVED).map(str::len).sum()
}

/// Pairs of names and values, encoded, in the order in which they were set.
#[derive(Clone, Default)]
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.split('&').any(|pair| is_named(pair, name))
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        if self.0.is_empty() {
            self.0.reserve(encoded_length(name) + encoded_length(value) + 1);
        } else {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, UNRESERVED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, UNRESERVED));
    }

    /// Puts the values in the place of the first that was there.
    pub(crate) fn set<'a>(&mut self, name: &str, values: impl IntoIterator<Item = &'a str>) {
        let mut after = Self::default();
        if self.contains(name) {
            let pairs = std::mem::take(&mut self.0);
            let mut into = &mut *self;
            for pair in pairs.split('&') {
                if is_named(pair, name) {
                    into = &mut after;
                } else {
                    into.add_pair(pair);
                }
            }
        }
        for value in values {
            self.add(name, value);
        }
        if !after.0.is_empty() {
            self.add_pair(&after.0);
        }
    }

    fn add_pair(&mut self, encoded: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(encoded);
    }
}

fn is_named(pair: &str, name: &str) -> bool {
    let (key, _) = pair.split_once('=').unwrap_or((pair, ""));
    let rest = utf8_percent_encode(name, UNRESERVED).try_fold(key, |rest, part| rest.strip_prefix(part));
    !pair.is_empty() && rest == Some("")
}

#[cfg(test)]
mod tests {
    use super::Query;

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
}
