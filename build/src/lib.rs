//! Reads OpenAPI documents from disk, generates typed Rust from them, and brings a folder up to date with it.
//!
//! [`Build`] says which documents are read and what becomes of them; its [`Outcome`] has the files and what was found
//! in the documents. A [`Plan`] holds the files against a folder: it tells what differs, and writes it.
//! `tablature-codegen`, which makes the files, does no IO; all that touches the disk is here. Nothing here uses the
//! network.
//!
//! A build script emits a module:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use tablature_build::Build;
//! use tablature_codegen::{Config, Runtime};
//!
//! let config = Config::new("petstore", "cargo build", Runtime::Version("0.1".to_owned()));
//! let build = Build::new(".", vec!["petstore.json".to_owned()], config);
//! let out_dir = std::env::var("OUT_DIR")?;
//! let outcome = build.module("petstore", false, out_dir.as_ref())?;
//! eprint!("{}", outcome.rendered(false));
//! for file in outcome.files() {
//!     println!("cargo::rerun-if-changed={file}");
//! }
//! # Ok(())
//! # }
//! ```

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
mod script;

pub use build::{Build, Outcome, Phase};
pub use error::{Error, Obstacle};
pub use fingerprint::Fingerprint;
pub use input::Read;
pub use omit::Skip;
pub use output::{Entry, Folder, Plan, State, replace};
