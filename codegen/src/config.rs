//! What a run is asked for beside its documents.

use crate::emit::{Manifest, Runtime};
use crate::host::Host;
use crate::lower::options::Options;

/// What to emit around the documents.
#[derive(Clone, Debug)]
pub struct Config {
    /// The name of the emitted package.
    pub package: String,
    /// The command that makes the output, as the first line of every file names it.
    pub command: String,
    /// Where the emitted crate finds the runtime.
    pub runtime: Runtime,
    /// What else its `Cargo.toml` says.
    pub manifest: Manifest,
    /// The crate that the output is a module of, where it is no crate.
    pub host: Option<Host>,
    /// What else the run asks for.
    pub options: Options,
}

impl Config {
    /// A configuration without options: of a member of the workspace that the runtime is taken from, else of a crate
    /// that stands alone.
    pub fn new(package: impl Into<String>, command: impl Into<String>, runtime: Runtime) -> Self {
        Self {
            manifest: match runtime {
                Runtime::Workspace => Manifest::member(),
                _ => Manifest::stand_alone(),
            },
            host: None,
            package: package.into(),
            command: command.into(),
            runtime,
            options: Options::default(),
        }
    }
}
