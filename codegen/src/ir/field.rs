//! Describes a member of a model.

use serde::Serialize;

use super::{Docs, Type};
use crate::names::Ident;

/// A member of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// The field's name.
    pub name: Ident,
    /// The member's name.
    pub wire: String,
    /// The member's type, without `Option`.
    pub ty: Type,
    /// Whether it must be there, and whether it may be null.
    pub presence: Presence,
    /// What a server takes for it where it is absent.
    pub default: Option<DefaultValue>,
    /// Whether its value is left out where the model is printed for debugging.
    pub is_sensitive: bool,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

impl Field {
    /// The name of the accessor that falls back to the default.
    pub fn default_accessor(&self) -> String {
        format!("{}_or_default", self.name.as_str().trim_end_matches('_'))
    }

    /// Whether a value of the model cannot be made without it.
    pub fn is_argument(&self) -> bool {
        use Presence::{Required, RequiredInRequests, RequiredNullable};
        matches!(self.presence, Required | RequiredNullable | RequiredInRequests)
    }
}

/// The default of a member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DefaultValue {
    /// As JSON.
    pub json: String,
    /// Its text, where it is one.
    pub text: Option<String>,
}

impl DefaultValue {
    /// The documented value of an enumeration that it is.
    pub fn value(&self) -> &str {
        self.text.as_ref().unwrap_or(&self.json)
    }
}

/// Whether a member must be there, and whether it may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// It may be absent, and it may be null.
    Nullable,
    /// It must be there.
    Required,
    /// It must be there, and it may be null.
    RequiredNullable,
    /// A server must send it, and nobody else does.
    RequiredInAnswers,
    /// It must be sent to a server, which does not send it back.
    RequiredInRequests,
}
