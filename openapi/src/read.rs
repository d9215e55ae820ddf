//! Reads nodes as documents, by the rules of the OpenAPI version that they name.

mod body;
mod callback;
mod components;
mod example;
mod info;
mod inline;
mod operation;
mod parameter;
mod path_item;
mod paths;
mod reference;
mod response;
mod root;
mod schema;
mod security;
mod server;
mod version;

pub(crate) use components::part;
pub(crate) use root::document;
pub(crate) use version::version;
