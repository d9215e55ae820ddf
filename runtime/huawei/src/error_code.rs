//! The code and the message that an error has as its body, for each type of error that a call gives.

use tablature_runtime::error::{ApiError, Error};
use tablature_runtime::model;
use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};

/// The error of the gateway in front of an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GatewayError {
    /// The code, such as `APIG.0301`.
    pub error_code: Option<String>,
    /// What went wrong.
    pub error_msg: Option<String>,
    unknown: Unknown,
}

impl Model for GatewayError {
    const NAME: &'static str = "GatewayError";
    const MEMBERS: &'static [Member] = &[Member::optional("error_code"), Member::optional("error_msg")];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.error_code),
            _ => value.optional(&mut self.error_msg),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("error_code", &self.error_code);
        to.optional("error_msg", &self.error_msg);
    }
}

model!(GatewayError);

/// The error codes of Huawei Cloud in the body of an error; nothing, for an error that has none.
///
/// ```
/// use tablature_huawei::ErrorCode;
///
/// fn is_unauthenticated(error: &tablature_runtime::Error) -> bool {
///     error.error_code().as_deref() == Some("APIG.0301")
/// }
/// ```
pub trait ErrorCode {
    /// The server's error, if it is one.
    fn api_error(&self) -> Option<&ApiError>;

    /// The error of the gateway, if that answered in place of the API.
    #[must_use]
    fn gateway_error(&self) -> Option<GatewayError> {
        let json = self.api_error()?.body().as_json()?;
        if json.has("error_code") || json.has("error_msg") {
            json.decode().ok()
        } else {
            None
        }
    }

    /// The error code: `error_code` of the gateway, or the `errorCode` that services add to their errors.
    #[must_use]
    fn error_code(&self) -> Option<String> {
        let json = self.api_error()?.body().as_json()?;
        let code = json.tag("error_code").or_else(|| json.tag("errorCode"))?;
        Some(code.into_owned())
    }
}

impl ErrorCode for ApiError {
    fn api_error(&self) -> Option<&ApiError> {
        Some(self)
    }
}

impl ErrorCode for Error {
    fn api_error(&self) -> Option<&ApiError> {
        self.as_api()
    }
}

#[cfg(feature = "client")]
impl ErrorCode for tablature_client::Error {
    fn api_error(&self) -> Option<&ApiError> {
        self.as_api()
    }
}
