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
