//! The kinds of patches that only Kubernetes has.

use tablature_runtime::partial_object;

partial_object! {
    /// A strategic merge patch: like a JSON Merge Patch, but some lists are merged by a key of their items.
    StrategicMergePatch
}

partial_object! {
    /// A server-side apply: the members that the field manager wants to own. `apiVersion` and `kind`, without which a
    /// server refuses it, are added to a model that does not have them.
    ApplyPatch, whole
}
