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

/// How a crate is put together.
pub struct Plan {
    /// Whether what no operation needs is left out.
    pub is_selection: bool,
    /// Whether each tag has a cargo feature.
    pub tag_features: bool,
    /// Whether the features of all APIs are defaults.
    pub default_features: bool,
}

/// The crate of some APIs, with those of the crates that it needs.
pub fn finish(
    docs: Docs,
    mut apis: Vec<Api>,
    mut crates: BTreeMap<String, CrateDependency>,
    index: Index,
    plan: &Plan,
) -> Crate {
    boxing::box_recursion(&mut apis);
    nested_rules::lead_inwards(&mut apis, &index);
    defaults::drop_unsayable(&mut apis, &index);
    described_types::describe(&mut apis);
    if plan.is_selection {
        closure::prune(&mut apis);
        apis.retain(|it| !it.tags.is_empty() || !it.models.is_empty());
    }
    let used = closure::crates(&apis);
    crates.retain(|name, _| used.contains(name));
    apis.sort_by(|a, b| a.module.cmp(&b.module));
    let modules = features::modules(apis, plan.tag_features);
    Crate {
        docs,
        default_features: features::defaults(&modules, plan.default_features),
        modules,
        crates,
        index,
    }
}
