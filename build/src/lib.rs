//! Reads OpenAPI documents from disk, generates typed Rust from them, and brings a folder up to date with it.
//!
//! [`Build`] says which documents are read and what becomes of them; its [`Outcome`] has the files and what was found
//! in the documents. A [`Plan`] holds the files against a folder: it tells what differs, and writes it.
//! `tablature-codegen`, which makes the files, does no IO; all that touches the disk is here. Nothing here uses the
//! network.

mod build;
pub mod diagnostics;
mod error;
mod fingerprint;
mod index;
pub mod input;
mod omit;
mod output;
pub mod package;
pub mod paths;

pub use build::{Build, Outcome, Read};
pub use error::{Error, Obstacle};
pub use fingerprint::Fingerprint;
pub use omit::Skip;
pub use output::{Entry, Folder, Plan, State, replace};
