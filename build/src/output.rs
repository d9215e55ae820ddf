//! A folder of generated files: what differs from what should be there, and how it is mended.

mod plan;
mod write;

use std::path::PathBuf;

pub use plan::{Entry, Plan, State};
pub(crate) use plan::{candidates, is_generated};
pub use write::replace;

/// The folder that generated files go to.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// What a person calls it.
    pub name: String,
    /// Whether it is that of a crate, in which generated files are looked for only where cargo looks for sources.
    pub is_crate: bool,
}

impl Folder {
    /// What a person calls a file in it.
    pub(crate) fn show(&self, file: &str) -> String {
        match self.name.trim_end_matches('/') {
            "" => format!("/{file}"),
            "." => file.to_owned(),
            name => format!("{name}/{file}"),
        }
    }
}
