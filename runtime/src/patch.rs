//! The kinds of patches, each encoded as its media type says.

mod diff;
mod json_patch;
mod object;
mod pointer;

pub use json_patch::{JsonPatch, PatchOperation};
pub use object::{ApplyPatch, MergePatch, StrategicMergePatch};
pub use pointer::{Pointer, PointerError};
