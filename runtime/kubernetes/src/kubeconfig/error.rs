//! What is wrong with a file of kubectl.

use std::fmt;

use tablature_runtime::error::excerpt;

/// What is wrong with a file of kubectl. No secret is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeconfigError(String);

impl KubeconfigError {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self(excerpt(&message.to_string()).to_string())
    }
}

impl fmt::Display for KubeconfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kubeconfig: {}", self.0)
    }
}

impl std::error::Error for KubeconfigError {}
