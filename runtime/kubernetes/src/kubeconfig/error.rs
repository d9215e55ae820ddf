//! What is wrong with a file of kubectl.

use std::fmt;

use tablature_runtime::error::excerpt;

/// What is wrong with a file of kubectl. No secret is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeconfigError {
    message: String,
    absent: bool,
}

impl KubeconfigError {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self {
            message: excerpt(&message.to_string()).to_string(),
            absent: false,
        }
    }

    pub(super) fn absent(files: &str) -> Self {
        Self {
            absent: true,
            ..Self::new(format_args!("there is no file {files}"))
        }
    }

    /// Whether there is no file at all.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.absent
    }
}

impl fmt::Display for KubeconfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kubeconfig: {}", self.message)
    }
}

impl std::error::Error for KubeconfigError {}
