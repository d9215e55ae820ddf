//! Questions to the documents: nothing in here knows of types and names of Rust.

pub mod children;
pub mod drafts;
pub mod duplicates;
pub mod forms;
pub mod media_type;
pub mod nested_values;
pub mod operation_site;
pub mod schema;
pub mod shape;
pub mod webhook_site;
