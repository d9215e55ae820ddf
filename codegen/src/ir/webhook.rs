//! Webhooks and callbacks as they will be emitted.

use serde::Serialize;

use super::{AnswerHeader, Docs, Documented, SecurityScheme, Type};
use crate::names::Ident;

/// A request that the API sends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Webhook {
    /// The type's name.
    pub name: Ident,
    /// The module of its file.
    pub module: Ident,
    /// The name in the document.
    pub id: String,
    /// The method, upper case.
    pub method: String,
    /// The runtime expression that gives its URL: a callback has one.
    pub url: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// The media types of its body.
    pub media_types: Vec<String>,
    /// What its body holds.
    pub content: WebhookContent,
    /// The answers that the API understands, sorted.
    pub documented: Vec<Documented>,
    /// What the bodies of those answers hold.
    pub answers: Vec<Type>,
    /// What it states of security itself.
    pub security: Vec<Vec<SecurityScheme>>,
    /// Its documented headers.
    pub headers: Vec<AnswerHeader>,
}

impl Webhook {
    /// The types that it names.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let body = match &self.content {
            WebhookContent::Json(ty) => Some(ty),
            _ => None,
        };
        let headers = self.headers.iter().map(|it| &it.ty);
        body.into_iter().chain(&self.answers).chain(headers)
    }
}

/// What the body of a webhook holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum WebhookContent {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
}
