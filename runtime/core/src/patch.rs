//! The kinds of patches that RFCs define, each encoded as its media type says.

mod diff;
mod json_patch;
mod object;
mod pointer;

pub use json_patch::{JsonPatch, PatchOperation};
pub use object::{MergePatch, PartialObject};
pub use pointer::{Pointer, PointerError};
