//! What only the whole crate knows: passes over the IR, after all of it has been lowered.

pub mod boxing;
pub mod closure;
pub mod defaults;
pub mod described_types;
pub mod floats;
pub mod model_files;
pub mod nested_rules;
pub mod shared;
pub mod unique_payloads;

use crate::ir::{Api, Index};

/// Finishes the modules of a crate. What no operation needs may be left out, and each tag may have a cargo feature.
pub fn finish(mut apis: Vec<Api>, index: &Index, is_selection: bool, has_tag_features: bool) -> Vec<Api> {
    boxing::box_recursion(&mut apis);
    unique_payloads::note(&mut apis, index);
    floats::note(&mut apis, index);
    nested_rules::lead_inwards(&mut apis, index);
    defaults::find_variants(&mut apis);
    described_types::describe(&mut apis);
    if is_selection {
        shared::prune(&mut apis);
        apis.retain(|it| !it.tags.is_empty() || !it.models.is_empty());
    }
    shared::share(&mut apis);
    if has_tag_features {
        shared::by_tag(&mut apis);
    }
    apis.sort_by(|a, b| a.module.cmp(&b.module));
    apis
}
