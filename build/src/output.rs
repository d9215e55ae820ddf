//! A folder of generated files: what differs from what should be there, and how it is mended.

mod plan;
mod write;

use std::path::PathBuf;

use crate::{Error, paths};

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
    /// The folder of a crate, which need not exist yet.
    ///
    /// # Errors
    /// When it cannot be told where it is, or something else stands there.
    pub fn of_crate(name: &str) -> Result<Self, Error> {
        let path = paths::resolve(&std::env::current_dir().unwrap_or_default().join(name));
        let path = path.map_err(|cause| Error::io("read", name, cause))?;
        match path.exists() && !path.is_dir() {
            true => Err(Error::usage(format!("cannot emit into {name}: it is no folder"))),
            false => Ok(Self {
                path,
                name: name.to_owned(),
                is_crate: true,
            }),
        }
    }

    /// What a person calls a file in it.
    pub(crate) fn show(&self, file: &str) -> String {
        match self.name.trim_end_matches('/') {
            "" => format!("/{file}"),
            "." => file.to_owned(),
            name => format!("{name}/{file}"),
        }
    }
}
