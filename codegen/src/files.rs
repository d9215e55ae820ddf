//! Makes the text of all source files, on as many threads as there are processors.

use std::mem;
use std::num::NonZero;
use std::panic;
use std::thread;

use crate::config::Config;
use crate::ir::Crate;
use crate::{emit, host, render};

/// One emitted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the emitted crate's folder, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// How many files are worth a thread of their own.
const WORTH_A_THREAD: usize = 16;

/// The source files of a crate, in no particular order.
pub fn emitted(krate: &Crate, config: &Config) -> Vec<File> {
    let files = emit::sources(krate, library(config)).count();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let shares = processors.min(files / WORTH_A_THREAD).max(1);
    let share = |of: usize| share(krate, config, of, shares);
    thread::scope(|scope| {
        // A share that no thread can be had for is made by this one.
        let others: Vec<_> = (1..shares)
            .map(|of| {
                thread::Builder::new()
                    .spawn_scoped(scope, move || share(of))
                    .map_err(|_| of)
            })
            .collect();
        let mut files = share(0);
        for other in others {
            files.extend(match other.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(made)) => made,
                Ok(Err(panicked)) => panic::resume_unwind(panicked),
                Err(of) => share(of),
            });
        }
        files
    })
}

/// Each file of a share: the tokens of one are gone before those of the next one come.
fn share(krate: &Crate, config: &Config, of: usize, shares: usize) -> Vec<File> {
    let sources = emit::sources(krate, library(config)).skip(of).step_by(shares);
    let files = sources.filter_map(|source| {
        let mut source = match &config.host {
            Some(host) => host::moved(source(), host)?,
            None => source(),
        };
        Some(File {
            path: mem::take(&mut source.path),
            text: render::render(source, &config.command),
        })
    });
    files.collect()
}

/// What an example imports the emitted items from.
pub fn library(config: &Config) -> &str {
    config.host.as_ref().map_or(&config.package, |it| &it.path)
}
