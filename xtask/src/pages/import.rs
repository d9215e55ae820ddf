//! `cargo xtask pages import`: pages of an API that is not curated yet into a draft document.

use std::path::PathBuf;

use clap::Args;

use crate::console::{Console, Exit};
use crate::environment::Environment;
use crate::error::Error;

/// Turn pages into a draft OpenAPI document
#[derive(Debug, Args)]
#[command(after_help = super::EXIT_CODES)]
pub(crate) struct Arguments {
    /// The pages
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,

    /// The document to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, _: &Environment, _: &mut Console) -> Result<Exit, Error> {
    Err(Error::Usage { problem: format!("not yet: {:?} {:?}", arguments.pages, arguments.out) })
}
