//! The `Status` with which Kubernetes and what is built on it answer.

use tablature_runtime::model::{Member, Model, ReadMember, Unknown, WriteMembers};
use tablature_runtime::{model, open_enum};

/// How a request ended. Whatever else the server says is kept in [`unknown`](Self::unknown).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// The version of the schema: `v1`.
    pub api_version: Option<String>,
    /// The kind: `Status`.
    pub kind: Option<String>,
    /// What a list has here too.
    pub metadata: Option<StatusMetadata>,
    /// `Success` or `Failure`.
    pub status: Option<String>,
    /// What happened, in words.
    pub message: Option<String>,
    /// Why, in one word.
    pub reason: Option<Reason>,
    /// What it is about.
    pub details: Option<StatusDetails>,
    /// The status code of HTTP.
    pub code: Option<i32>,
    unknown: Unknown,
}

impl Status {
    /// Whether a version or a continue token is too old.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.code == Some(410) || matches!(self.reason, Some(Reason::Expired | Reason::Gone))
    }
}

impl Model for Status {
    const NAME: &'static str = "Status";
    const MEMBERS: &'static [Member] = &[
        Member::optional("kind"),
        Member::optional("apiVersion"),
        Member::optional("metadata"),
        Member::optional("status"),
        Member::optional("message"),
        Member::optional("reason"),
        Member::optional("details"),
        Member::optional("code"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.kind),
            1 => value.optional(&mut self.api_version),
            2 => value.optional(&mut self.metadata),
            3 => value.optional(&mut self.status),
            4 => value.optional(&mut self.message),
            5 => value.optional(&mut self.reason),
            6 => value.optional(&mut self.details),
            _ => value.optional(&mut self.code),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("kind", &self.kind);
        to.optional("apiVersion", &self.api_version);
        to.optional("metadata", &self.metadata);
        to.optional("status", &self.status);
        to.optional("message", &self.message);
        to.optional("reason", &self.reason);
        to.optional("details", &self.details);
        to.optional("code", &self.code);
    }
}

model!(Status);

/// What a [`Status`] has in common with a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusMetadata {
    /// The version that the server was at.
    pub resource_version: Option<String>,
    /// The token with which an expired list goes on.
    pub continue_: Option<String>,
    unknown: Unknown,
}

impl Model for StatusMetadata {
    const NAME: &'static str = "StatusMetadata";
    const MEMBERS: &'static [Member] = &[Member::optional("resourceVersion"), Member::optional("continue")];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.resource_version),
            _ => value.optional(&mut self.continue_),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("resourceVersion", &self.resource_version);
        to.optional("continue", &self.continue_);
    }
}

model!(StatusMetadata);

/// What a [`Status`] is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusDetails {
    /// The name of the object.
    pub name: Option<String>,
    /// The API group of its kind.
    pub group: Option<String>,
    /// Its kind, or the name of its resource.
    pub kind: Option<String>,
    /// Its identity.
    pub uid: Option<String>,
    /// The single causes.
    pub causes: Option<Vec<StatusCause>>,
    /// How long to wait before the next try, in seconds.
    pub retry_after_seconds: Option<i32>,
    unknown: Unknown,
}

impl Model for StatusDetails {
    const NAME: &'static str = "StatusDetails";
    const MEMBERS: &'static [Member] = &[
        Member::optional("name"),
        Member::optional("group"),
        Member::optional("kind"),
        Member::optional("uid"),
        Member::optional("causes"),
        Member::optional("retryAfterSeconds"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.name),
            1 => value.optional(&mut self.group),
            2 => value.optional(&mut self.kind),
            3 => value.optional(&mut self.uid),
            4 => value.optional(&mut self.causes),
            _ => value.optional(&mut self.retry_after_seconds),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("name", &self.name);
        to.optional("group", &self.group);
        to.optional("kind", &self.kind);
        to.optional("uid", &self.uid);
        to.optional("causes", &self.causes);
        to.optional("retryAfterSeconds", &self.retry_after_seconds);
    }
}

model!(StatusDetails);

/// One of several things that are wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusCause {
    /// Why, in one word, such as `FieldValueInvalid`.
    pub reason: Option<String>,
    /// What is wrong, in words.
    pub message: Option<String>,
    /// The field that it is about, such as `spec.ports[0].port`.
    pub field: Option<String>,
    unknown: Unknown,
}

impl Model for StatusCause {
    const NAME: &'static str = "StatusCause";
    const MEMBERS: &'static [Member] = &[
        Member::optional("reason"),
        Member::optional("message"),
        Member::optional("field"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.reason),
            1 => value.optional(&mut self.message),
            _ => value.optional(&mut self.field),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("reason", &self.reason);
        to.optional("message", &self.message);
        to.optional("field", &self.field);
    }
}

model!(StatusCause);

/// Why a request failed, in one word of Kubernetes.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are all that Kubernetes says, too")]
pub enum Reason {
    Unauthorized,
    Forbidden,
    NotFound,
    AlreadyExists,
    Conflict,
    Gone,
    Invalid,
    ServerTimeout,
    StorageReadError,
    Timeout,
    TooManyRequests,
    BadRequest,
    MethodNotAllowed,
    NotAcceptable,
    RequestEntityTooLarge,
    UnsupportedMediaType,
    InternalError,
    Expired,
    ServiceUnavailable,
    /// A reason that is not listed here
    Other(tablature_runtime::OtherValue),
}

open_enum!(Reason {
    Unauthorized => "Unauthorized",
    Forbidden => "Forbidden",
    NotFound => "NotFound",
    AlreadyExists => "AlreadyExists",
    Conflict => "Conflict",
    Gone => "Gone",
    Invalid => "Invalid",
    ServerTimeout => "ServerTimeout",
    StorageReadError => "StorageReadError",
    Timeout => "Timeout",
    TooManyRequests => "TooManyRequests",
    BadRequest => "BadRequest",
    MethodNotAllowed => "MethodNotAllowed",
    NotAcceptable => "NotAcceptable",
    RequestEntityTooLarge => "RequestEntityTooLarge",
    UnsupportedMediaType => "UnsupportedMediaType",
    InternalError => "InternalError",
    Expired => "Expired",
    ServiceUnavailable => "ServiceUnavailable",
});
