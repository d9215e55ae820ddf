//! What is known of a call before it is sent, and what each of its errors tells.

use http::Method;

use crate::auth::SecurityScheme;
use crate::server::ServerTemplate;

/// What is known of a call before it is sent.
///
/// [`Facts::of`] an endpoint and [`Facts::of_operation`] are those of emitted operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The name of the operation.
    pub operation: &'static str,
    /// The method of the request.
    pub method: Method,
    /// The route of the request: its path, with the names of parameters in place of their values.
    pub route: &'static str,
    /// The documented credentials: alternatives of schemes that are needed together.
    pub security: &'static [&'static [SecurityScheme]],
    /// Redirects that are answers of the operation, as documented.
    pub redirects: &'static [u16],
    /// Where the operation is served, if it is not served where its API is.
    pub servers: &'static [ServerTemplate],
}
