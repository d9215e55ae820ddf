//! Cookies, which share one header.

use crate::method::is_token;

/// Names and values by the parameter that they are of, in the order in which those were set.
#[derive(Clone, Default)]
pub(crate) struct Cookies(Vec<(String, Vec<(String, String)>)>);

impl Cookies {
    pub(super) fn set(&mut self, parameter: &str, cookies: Vec<(String, String)>) {
        self.0.retain(|(other, _)| other != parameter);
        self.0.push((parameter.to_owned(), cookies));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.iter().any(|(other, _)| other == name)
    }

    /// The value of the header, after what is there already; `None` if there is no cookie.
    pub(crate) fn header(&self, before: Option<&str>) -> Option<String> {
        let pairs = self.iter().map(|(name, value)| format!("{name}={value}"));
        let all: Vec<String> = before.map(str::to_owned).into_iter().chain(pairs).collect();
        self.iter().next().map(|_| all.join("; "))
    }

    /// The name of a cookie that cannot be one.
    pub(crate) fn bad_name(&self) -> Option<&str> {
        let mut names = self.iter().map(|(name, _)| name.as_str());
        names.find(|name| !is_token(name.as_bytes()))
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().flat_map(|(_, cookies)| cookies)
    }
}
