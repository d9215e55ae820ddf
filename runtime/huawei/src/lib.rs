//! What Huawei Cloud adds to HTTP and JSON: the errors of its API gateway, and the error codes of its services.
//!
//! | Feature | What it adds |
//! | --- | --- |
//! | `signature` | `AccessKey`, which signs requests by SDK-HMAC-SHA256 |
//! | `client` | `IamPassword`, which fetches the tokens of IAM for a client, and `AccessKey` as its credential |

#[cfg(feature = "signature")]
mod access_key;
mod error_code;
#[cfg(feature = "client")]
mod iam;
#[cfg(feature = "signature")]
mod signature;

#[cfg(feature = "signature")]
pub use access_key::{AccessKey, EnvironmentError};
pub use error_code::{ErrorCode, GatewayError};
#[cfg(feature = "client")]
pub use iam::IamPassword;
