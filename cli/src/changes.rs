//! `tablature changes`: what another schema does to the users of the emitted crate.

mod git;
mod report;

use std::collections::BTreeMap;
use std::fs;

use clap::{Args, ValueEnum};
use tablature_codegen::changes::{self, Change};
use tablature_codegen::{Options, ir};
use tablature_openapi::Documents;

use crate::Error;
use crate::console::{Console, Exit};
use crate::environment::Environment;
use tablature_build::diagnostics;

/// Say what the schema of today changes for users of the emitted crate, against that of a revision
///
/// Compares what both schemas are lowered to: nothing is compiled, and nothing is written. Each change says whether
/// it may break code that compiled before, and why; the last line is the smallest semver step.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// The revision to compare with, as git names it
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    since: String,

    /// How to print the changes
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line each.
    Text,
    /// A section of a changelog.
    Markdown,
    /// For machines.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  tablature changes
  tablature changes --since v0.1.0 --format markdown";

const EXIT_CODES: &str = "\
Exit codes:
  0  done, whether anything changed or not
  1  one of the schemas holds errors
  2  wrong usage, no such revision, or a file cannot be read";

/// The folder of the schema in the repository.
const SCHEMA: &str = "schema";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let root = environment.workspace()?;
    let before = git::files(root, &arguments.since, SCHEMA)?;
    let after = today(root)?;
    let (Some(before), Some(after)) = (tree(before, environment, console), tree(after, environment, console)) else {
        return Ok(Exit::Difference);
    };
    let changes: Vec<Change> = changes::compare(&before, &after);
    console
        .out
        .push_str(&report::text(&changes, arguments.format, &arguments.since));
    Ok(Exit::Done)
}

/// The texts of documents by name.
type Files = BTreeMap<String, String>;

/// The documents of the work tree.
fn today(root: &std::path::Path) -> Result<Files, Error> {
    let mut files = Files::new();
    for entry in fs::read_dir(root.join(SCHEMA)).map_err(|cause| Error::io("read", SCHEMA, cause))? {
        let name = entry.map_err(|cause| Error::io("read", SCHEMA, cause))?.file_name();
        let name = format!("{SCHEMA}/{}", name.to_string_lossy());
        if git::is_document(&name) {
            let text = fs::read_to_string(root.join(&name)).map_err(|cause| Error::io("read", &name, cause))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}

/// What documents are lowered to. What is wrong with them is printed.
fn tree(files: Files, environment: &Environment, console: &mut Console) -> Option<ir::Crate> {
    let names: Vec<String> = files.keys().cloned().collect();
    let mut read = |name: &str| {
        files
            .get(name)
            .cloned()
            .ok_or_else(|| "there is no such file".to_owned())
    };
    let (documents, mut report) = Documents::load(&names, &mut read);
    let tree = if report.has_errors() {
        Err(Default::default())
    } else {
        tablature_codegen::tree(&documents, &Options::default())
    };
    let tree = tree.map_err(|errors| report.extend(errors)).ok();
    console.err.push_str(&diagnostics::render(
        &report.into_diagnostics(),
        documents.sources(),
        environment.color,
        &|_| None,
    ));
    tree
}
