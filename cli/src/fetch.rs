//! `tablature fetch`: copies of published documents, pinned by their hashes.

pub(crate) mod download;

use std::fs;

use clap::Args;
use tablature_build::Error;
use tablature_openapi::edit::{self, Edit};

use crate::config::{Config, Document, Published};
use crate::console::{Console, Exit};
use crate::environment::Environment;
use crate::sha256;

/// Fetch the published documents of tablature.toml, and pin what was fetched
///
/// Writes each copy into its `file` and its hash into `sha256`. `codegen` uses no network: it reads the copies,
/// and refuses one that has another hash.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// Crates of tablature.toml [default: all]
    #[arg(value_name = "CRATE")]
    crates: Vec<String>,

    /// Write nothing: say which documents were published anew, and exit with 1 if any was
    #[arg(long)]
    check: bool,
}

const EXAMPLES: &str = "\
Examples:
  tablature fetch
  tablature fetch petstore --check";

/// A document that was fetched.
struct Fetched<'c> {
    document: &'c Document,
    published: &'c Published,
    text: String,
    sha256: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let config = environment.config()?;
    let crates = config.chosen(&arguments.crates)?;
    let documents = crates.iter().flat_map(|it| &it.documents);
    let published = documents.filter_map(|it| Some((it, it.published.as_ref()?)));
    let (mut fetched, mut errors) = (Vec::new(), Vec::new());
    for (document, published) in published {
        match download::text(&published.url.value) {
            Ok(text) => fetched.push(Fetched {
                document,
                published,
                sha256: sha256::hex(text.as_bytes()),
                text,
            }),
            Err(error) => errors.push(error),
        }
    }
    Error::all(errors)?;
    let (mut exit, mut edits, mut errors) = (Exit::Done, Vec::new(), Vec::new());
    for it in &fetched {
        let pinned = it.published.sha256.as_ref();
        let is_pinned = pinned.is_some_and(|pin| pin.value.eq_ignore_ascii_case(&it.sha256));
        let file = &it.document.file.value;
        let is_copied = fs::read(config.root.join(file)).is_ok_and(|copy| copy == it.text.as_bytes());
        let done = match (is_pinned && is_copied, arguments.check) {
            (true, _) => "unchanged",
            (false, true) => {
                exit = Exit::Difference;
                "differs"
            }
            (false, false) => {
                if let Err(cause) = tablature_build::replace(&config.root.join(file), &it.text) {
                    errors.push(Error::io("write", file, cause));
                    continue;
                }
                edits.push(pin(&config, it));
                "fetched"
            }
        };
        let line = format!("{done:<9}  {file} from {}", it.published.url.value);
        match arguments.check {
            true => console.line(line),
            false => console.status(line),
        }
    }
    // The copies that were written are pinned, whatever became of the others.
    write(&config, &edits)?;
    Error::all(errors)?;
    if fetched.is_empty() {
        console.line(format!("{} has no document with a `url`", config.file()));
    }
    Ok(exit)
}

/// The edit of the configuration that pins a document.
fn pin(config: &Config, fetched: &Fetched<'_>) -> Edit {
    let quoted = format!("\"{}\"", fetched.sha256);
    if let Some(old) = &fetched.published.sha256 {
        return Edit {
            start: old.span.start as usize,
            end: old.span.end as usize,
            text: quoted,
        };
    }
    let end = fetched.published.url.span.end as usize;
    let rest = config.text().get(end..).unwrap_or_default().trim_start();
    let separator = if rest.starts_with([',', '}']) { ", " } else { "\n" };
    Edit {
        start: end,
        end,
        text: format!("{separator}sha256 = {quoted}"),
    }
}

/// Writes the edits into the configuration.
fn write(config: &Config, edits: &[Edit]) -> Result<(), Error> {
    if edits.is_empty() {
        return Ok(());
    }
    let (text, _) = edit::apply(config.text(), edits);
    // Nothing is written that would not be read again.
    Config::read(&config.root, config.file(), &text)?;
    let written = tablature_build::replace(&config.root.join(config.file()), &text);
    written.map_err(|cause| Error::io("write", config.file(), cause))
}
