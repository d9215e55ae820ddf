//! The lock: the facts of every page that the documents in `schema/` rest on, and nothing else.

mod read;
mod write;

use tablature_openapi::{Report, SourceId};

use crate::facts::Page;
use crate::json::Layout;

/// The recorded pages, sorted by key.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// The pages.
    pub pages: Vec<Page>,
}

impl Lock {
    /// Reads the text of a lock. What is wrong with it is in the report.
    pub fn read(source: SourceId, text: &str, report: &mut Report) -> Self {
        read::lock(source, text, report)
    }

    /// The text of the lock.
    pub fn text(&self) -> String {
        write::lock(self).file(Layout::Rows)
    }

    /// The page with this key.
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|it| it.key == key)
    }

    /// Adds a page, in the place of the one with its key.
    pub fn insert(&mut self, page: Page) {
        self.pages.retain(|it| it.key != page.key);
        self.pages.push(page);
        self.pages.sort_by(|a, b| a.key.cmp(&b.key));
    }

    /// The page that an edition of a page is to be compared with: the one with its key, else with
    /// its key but for the edition at its end, else the only one of the same folder, or of all,
    /// that documents the same operations.
    pub fn counterpart(&self, page: &Page) -> Option<&Page> {
        let key = page.key.as_str();
        let without_edition = key.rsplit_once('.').map_or(key, |(key, _)| key);
        if let Some(found) = self.page(key).or_else(|| self.page(without_edition)) {
            return Some(found);
        }
        let same: Vec<_> = self.pages.iter().filter(|it| same_operations(it, page)).collect();
        let folder = |key: &str| key.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let near: Vec<_> = same.iter().filter(|it| folder(&it.key) == folder(key)).collect();
        match (near.as_slice(), same.as_slice()) {
            ([one], _) => Some(one),
            ([], [one]) => Some(one),
            _ => None,
        }
    }
}

/// Whether two pages document the same operations.
fn same_operations(a: &Page, b: &Page) -> bool {
    let of = |page: &Page| -> std::collections::BTreeSet<(String, String)> {
        page.operations
            .iter()
            .map(|it| (it.method.clone(), it.path.clone()))
            .collect()
    };
    !a.operations.is_empty() && of(a) == of(b)
}
