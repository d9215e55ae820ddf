//! The keywords of a schema that only restrict values.

use std::ops::Deref;
use std::sync::LazyLock;

use crate::node::Number;
use crate::span::Spanned;

/// Keywords that say which values of a type are valid.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// `minimum`.
    pub minimum: Option<Spanned<Number>>,
    /// `maximum`.
    pub maximum: Option<Spanned<Number>>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Spanned<Number>>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Spanned<Number>>,
    /// `multipleOf`.
    pub multiple_of: Option<Spanned<Number>>,
    /// `minLength`.
    pub min_length: Option<Spanned<u64>>,
    /// `maxLength`.
    pub max_length: Option<Spanned<u64>>,
    /// `pattern`.
    pub pattern: Option<Spanned<String>>,
    /// `minItems`.
    pub min_items: Option<Spanned<u64>>,
    /// `maxItems`.
    pub max_items: Option<Spanned<u64>>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<Spanned<u64>>,
    /// `maxProperties`.
    pub max_properties: Option<Spanned<u64>>,
    /// `contentEncoding`.
    pub content_encoding: Option<Spanned<String>>,
    /// `contentMediaType`.
    pub content_media_type: Option<Spanned<String>>,
}

/// What a schema without limits shows.
static NONE: LazyLock<Limits> = LazyLock::new(Limits::default);

/// [`Limits`] as a schema keeps them: most have none, which then take no memory.
#[derive(Clone, Debug, Default)]
pub struct OwnLimits(Option<Box<Limits>>);

impl OwnLimits {
    /// These limits.
    pub fn new(limits: Limits) -> Self {
        Self(Some(Box::new(limits)))
    }
}

impl Deref for OwnLimits {
    type Target = Limits;

    fn deref(&self) -> &Limits {
        self.0.as_deref().unwrap_or(&NONE)
    }
}
