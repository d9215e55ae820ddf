//! The bodies of errors, told apart by what they hold.

use bytes::Bytes;

use crate::Json;
use crate::json::Kind;
use crate::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use crate::status::Status;

/// The body of an error, told apart by what it holds, whatever is documented for it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// A Kubernetes `Status`, which may have an `errorCode`.
    Kubernetes(Box<Status>),
    /// The error of a gateway.
    Gateway(Box<GatewayError>),
    /// Any other JSON.
    Json(Json),
    /// Any other text.
    Text(String),
    /// Anything else; also no body at all.
    Bytes(Bytes),
}

impl ErrorBody {
    pub(super) fn read(body: &Bytes) -> Self {
        let text = match std::str::from_utf8(body) {
            Ok(text) if !text.trim().is_empty() => text,
            _ => return Self::Bytes(body.clone()),
        };
        let Ok(json) = text.parse::<Json>() else {
            return Self::Text(text.to_owned());
        };
        if json.kind() != Kind::Object {
            return Self::Json(json);
        }
        let kind = json.tag("kind");
        if kind.as_deref() == Some("Status") || (kind.is_none() && json.tag("status").as_deref() == Some("Failure")) {
            return json
                .clone()
                .variant(|status| Self::Kubernetes(Box::new(status)), Self::Json);
        }
        if json.get("error_code").is_some() || json.get("error_msg").is_some() {
            return json.clone().variant(|error| Self::Gateway(Box::new(error)), Self::Json);
        }
        Self::Json(json)
    }
}

/// The error of a gateway in front of an API.
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

crate::model!(GatewayError);
