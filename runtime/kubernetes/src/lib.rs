//! What Kubernetes, and what is built on it, adds to HTTP and JSON.
//!
//! [`Status`] is what its errors hold, [`patch`] has its own kinds of patches, and [`watch`] its events. The feature
//! `client` adds watches that survive their connections, and `kubeconfig` the clients of the clusters that the files
//! of kubectl name.

#[cfg(feature = "kubeconfig")]
pub mod kubeconfig;
pub mod patch;
mod status;
mod status_of;
pub mod watch;

#[cfg(feature = "kubeconfig")]
pub use kubeconfig::Kubeconfig;
pub use status::{Reason, Status, StatusCause, StatusDetails, StatusMetadata};
pub use status_of::{StatusOf, retry_after};
#[cfg(feature = "client")]
pub use watch::ExecuteWatch;
