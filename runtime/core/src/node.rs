//! A value taken apart, for what is written otherwise than as JSON: parameters, forms, rules.

mod file;
mod write;

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Error, Tree};
pub use file::File;

/// Numbers are text; objects keep the order of their members and repeated ones.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    File(File),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Takes `value` apart.
    pub(crate) fn new<T: Serialize + ?Sized>(value: &T) -> Result<Self, Error> {
        value
            .serialize(write::NodeSerializer)
            .map_err(|error| Error::new(&error))
    }

    /// The text of a single value; a file is base64.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Number(text) | Self::String(text) => Some(Cow::Borrowed(text)),
            Self::File(file) => Some(file.to_text()),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value as JSON text.
    pub(crate) fn to_json(&self) -> String {
        self.tree().to_text()
    }

    pub(crate) fn tree(&self) -> Tree<'_> {
        match self {
            Self::Null => Tree::Null,
            Self::Bool(value) => Tree::Bool(*value),
            Self::Number(text) => Tree::Number(Cow::Borrowed(text)),
            Self::String(text) => Tree::String(Cow::Borrowed(text)),
            Self::File(file) => Tree::String(file.to_text()),
            Self::List(items) => Tree::Array(items.iter().map(Self::tree).collect()),
            Self::Object(members) => {
                let members = members.iter();
                Tree::Object(
                    members
                        .map(|(name, value)| (Cow::Borrowed(&**name), value.tree()))
                        .collect(),
                )
            }
        }
    }

    /// What the value is, for errors.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::File(_) => "a file",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl From<Tree<'_>> for Node {
    fn from(tree: Tree<'_>) -> Self {
        match tree {
            Tree::Null => Self::Null,
            Tree::Bool(value) => Self::Bool(value),
            Tree::Number(text) => Self::Number(text.into_owned()),
            Tree::String(text) => Self::String(text.into_owned()),
            Tree::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Tree::Object(members) => {
                let members = members.into_iter();
                Self::Object(members.map(|(name, value)| (name.into_owned(), value.into())).collect())
            }
        }
    }
}
