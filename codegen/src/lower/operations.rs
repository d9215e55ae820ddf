//! Lowers what is sent and received: operations, webhooks, and all that they are made of.

pub mod body;
pub mod operation;
pub mod pagination;
pub mod parameter;
pub mod parameter_set;
pub mod response;
pub mod route;
pub mod security;
pub mod selection;
pub mod servers;
pub mod switch;
pub mod tag;
pub mod tag_scope;
pub mod webhook;
