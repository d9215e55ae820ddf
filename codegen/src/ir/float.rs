//! Describes the floats inside the value of a member.

use serde::Serialize;

/// Floats, the narrower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Float {
    /// Of 32 bits.
    Single,
    /// Of 64 bits.
    Double,
}
