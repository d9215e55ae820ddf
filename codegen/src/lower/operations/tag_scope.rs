//! Keeps the names that are taken in the module of a tag.

use crate::names::{Case, Ident, Scope};
use crate::prelude::RESERVED_OPERATIONS;

/// The names of one tag.
pub struct TagScope {
    /// Operations and webhooks.
    pub types: Scope,
    files: Scope,
}

impl TagScope {
    /// The names in a module that is called so.
    pub fn new(module: &Ident) -> Self {
        let mut files = Scope::default();
        // A module of the name of its parent reads like a mistake, and clippy takes it for one.
        files.claim(Case::Module, module.as_str());
        Self {
            types: Scope::reserving(RESERVED_OPERATIONS),
            files,
        }
    }

    /// The module of the file of a type.
    pub fn file(&mut self, name: &Ident) -> Ident {
        self.files.claim(Case::Module, name.as_str())
    }
}
