//! Documentation pages read as facts, without IO.
//!
//! A page's text becomes pieces by the front end of its format, pieces become
//! [`facts`], and facts are compared: with those of another edition, and with OpenAPI documents.

mod align;
pub mod apply;
mod block;
pub mod codes;
pub mod compare;
pub mod counts;
pub mod coverage;
mod documented;
pub mod facts;
pub mod format;
mod front;
mod history;
pub mod import;
pub mod json;
mod limits;
mod locate;
pub mod lock;
mod prose;
mod read;
pub mod recover;
mod renumber;
pub mod report;
mod similarity;
mod template;
mod text;
pub mod types;
pub mod update;
pub mod vocabulary;
pub mod waiver;

pub use facts::Page;
pub use format::Format;
pub use history::carry;
pub use locate::{Side, locate};
pub use lock::Lock;
pub use read::{Reading, read, read_with};
pub use renumber::renumber;
pub use vocabulary::Vocabulary;
