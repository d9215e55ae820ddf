//! Where a list goes on: a state machine without IO.

use tablature_runtime::json;
use tablature_runtime::operation::Pagination;

use crate::Error;

/// What happens when the token for the next page has expired (410), which a server lets happen after
/// some minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expired {
    /// The list ends with the error.
    #[default]
    Fail,
    /// The list goes on with the fresh token that the error carries, if it does: from the next key,
    /// but in a newer state. What was created, changed or deleted since the first page may be missing
    /// or come twice; [`Page::consistent`](super::Page::consistent) tells.
    Continue,
}

/// Where a list goes on.
#[derive(Clone, Debug)]
pub(crate) struct Cursor {
    pub(crate) pagination: Pagination,
    pub(crate) expired: Expired,
    token: Option<String>,
    consistent: bool,
    ended: bool,
}

impl Cursor {
    pub(crate) fn new(pagination: Pagination) -> Self {
        Self {
            pagination,
            expired: Expired::default(),
            token: None,
            consistent: true,
            ended: false,
        }
    }

    /// The token to ask with: none for the first page.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn is_consistent(&self) -> bool {
        self.consistent
    }

    /// Takes a page; one that is not JSON is the last.
    pub(crate) fn page(&mut self, text: Option<&str>) {
        let next = text.and_then(|text| json::string_at(text, self.pagination.next));
        self.token = next.filter(|token| !token.is_empty());
        self.ended = self.token.is_none();
    }

    /// Takes an error. Whether to ask again.
    pub(crate) fn failed(&mut self, error: &Error) -> bool {
        let fresh = error.as_api().filter(|error| error.is_gone()).and_then(|error| {
            let text = std::str::from_utf8(error.exchange().body()).ok()?;
            json::string_at(text, self.pagination.next).filter(|token| !token.is_empty())
        });
        match fresh {
            Some(fresh) if self.expired == Expired::Continue && self.token().is_some_and(|token| *token != fresh) => {
                self.token = Some(fresh);
                self.consistent = false;
                true
            }
            _ => {
                self.ended = true;
                false
            }
        }
    }
}
