//! What Huawei Cloud adds to HTTP and JSON: the errors of its API gateway, and the error codes of its services.
//!
//! The feature `client` adds [`IamPassword`], which fetches the tokens of IAM for a client.

mod error_code;
#[cfg(feature = "client")]
mod iam;

pub use error_code::{ErrorCode, GatewayError};
#[cfg(feature = "client")]
pub use iam::IamPassword;
