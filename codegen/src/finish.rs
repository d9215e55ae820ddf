//! What only the whole crate knows: passes over the IR, after all of it has been lowered.

pub mod boxing;
pub mod closure;
pub mod defaults;
pub mod described_types;
pub mod features;
pub mod model_files;
pub mod nested_rules;

use std::collections::BTreeMap;

use crate::ir::{Api, Crate, CrateDependency, Docs, Index};

/// The crate of some APIs, with those of the crates that it needs. What no operation needs may be left out, and each tag
/// may have a cargo feature.
pub fn finish(
    docs: Docs,
    mut apis: Vec<Api>,
    mut crates: BTreeMap<String, CrateDependency>,
    index: Index,
    is_selection: bool,
    has_tag_features: bool,
) -> Crate {
    boxing::box_recursion(&mut apis);
    nested_rules::lead_inwards(&mut apis, &index);
    defaults::drop_unsayable(&mut apis, &index);
    described_types::describe(&mut apis);
    if is_selection {
        closure::prune(&mut apis);
        apis.retain(|it| !it.tags.is_empty() || !it.models.is_empty());
    }
    let used = closure::crates(&apis);
    crates.retain(|name, _| used.contains(name));
    apis.sort_by(|a, b| a.module.cmp(&b.module));
    Crate {
        docs,
        modules: features::modules(apis, has_tag_features),
        crates,
        index,
    }
}
