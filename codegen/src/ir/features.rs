//! Which cargo features compile what.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ModelFile, ParameterSet};
use crate::names::Ident;

/// The cargo features of a module. Those of tags, files and sets are there where tags have features.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Features {
    /// The feature of its own name, which compiles all of it, unless it is there for other modules alone.
    pub own: Option<String>,
    /// Those of the APIs that need the module, sorted.
    pub apis: Vec<String>,
    /// Those of the users of the module, sorted: `apis`, or in place of each those of its tags.
    pub users: Vec<String>,
    /// Those of which any one compiles the module: `apis`, or in place of each the base of its tags.
    pub any: Vec<String>,
    /// The one that each of several tags turns on, so that what all of them need has one condition. Nobody names it.
    pub base: Option<String>,
    /// That of each tag, by the module of the tag.
    pub tags: BTreeMap<Ident, String>,
    /// Those of which any one compiles a file of models, by the module of the file.
    pub files: BTreeMap<Ident, Vec<String>>,
    /// Those of which any one compiles a set of parameters, by the module of the set.
    pub parameter_sets: BTreeMap<Ident, Vec<String>>,
}

impl Features {
    /// Those of which any one compiles a file of models; none where it is always there.
    pub fn file(&self, file: &ModelFile) -> &[String] {
        self.files.get(&file.module).map_or(&[], Vec::as_slice)
    }

    /// Those of which any one compiles a set of parameters; none where it is always there.
    pub fn parameter_set(&self, set: &ParameterSet) -> &[String] {
        self.parameter_sets.get(&set.module).map_or(&[], Vec::as_slice)
    }
}
