//! Reads OpenAPI documents with the place of every value, and reports all their problems at once.
//!
//! Text becomes [nodes](node) with byte ranges, nodes become typed [documents](document), and
//! [`Documents`] holds all that a run reads and looks references up. Nothing here does IO.

pub mod codes;
mod decimal;
pub mod diagnostic;
pub mod document;
pub mod documents;
pub mod edit;
pub mod extension;
pub mod json;
pub mod jsonpath;
pub mod nearest;
pub mod node;
mod overlay;
mod read;
pub mod reader;
pub mod source;
pub mod span;
pub mod syntax;
pub mod template;
pub mod yaml;

pub use diagnostic::{Diagnostic, Report, Severity};
pub use document::Document;
pub use documents::{ComponentId, Documents, Loaded};
pub use source::{Source, SourceId, Sources};
pub use span::{Span, Spanned};
