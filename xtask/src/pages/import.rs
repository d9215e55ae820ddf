//! `cargo xtask pages import`: pages of an API that is not curated yet into a draft document.

use std::path::PathBuf;

use clap::Args;
use tablature_openapi::{Report, Severity, Sources};
use tablature_pages::import::import;
use tablature_pages::json::Layout;

use crate::console::{Console, Exit, counted};
use crate::diagnostics;
use crate::environment::Environment;
use crate::error::Error;
use crate::output;
use crate::pages::{files, read_counts};
use crate::paths;

/// Turn pages into a draft OpenAPI 3.2 document, complete but for descriptions
///
/// Models with the same name and members on several pages become one; those with other members
/// get names of their own, which is reported. Operations and models are marked `x-draft`:
/// `codegen --schema` takes the document once their descriptions are written and the marks gone.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The pages
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,

    /// The document to write; it must not exist yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The title of the document
    #[arg(long, value_name = "TEXT", default_value = "Draft")]
    title: String,
}

const EXAMPLES: &str = "\
Example:
  cargo xtask pages import ../docs/pods/*.md --out pods.json --title 'CCI: Pods'";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let shown = paths::slashed(&arguments.out);
    let out = environment.directory.join(&arguments.out);
    if out.exists() {
        return Err(Error::Usage {
            problem: format!("--out {shown}: the file exists; a draft never replaces one"),
        });
    }
    let inputs = files::pages(&arguments.pages, environment)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let pages: Vec<_> = inputs
        .iter()
        .map(|it| it.read(&it.key, &mut sources, &mut report))
        .collect();
    for page in &pages {
        console.line(format!("{}: {}", page.key, read_counts(page)));
    }
    let failed = report.has_errors();
    let mut found = Report::new();
    // What the pages lack is told by what it does to the document.
    report
        .into_diagnostics()
        .into_iter()
        .filter(|it| it.severity == Severity::Error)
        .for_each(|it| found.push(it));
    let mut draft = import(&arguments.title, &pages);
    found.extend(std::mem::take(&mut draft.report));
    console
        .err
        .push_str(&diagnostics::render(found, &sources, environment.color, &|_| None));
    if failed {
        console.line("nothing was written: correct the pages, or leave these out");
        return Ok(Exit::Difference);
    }
    let text = draft.document.file(Layout::Documents);
    output::replace(&out, &text).map_err(|cause| Error::io("write", &shown, cause))?;
    let counts = [counted(draft.operations, "operation"), counted(draft.models, "model")];
    console.line(format!("{shown}: {} as a draft", counts.join(", ")));
    Ok(Exit::Done)
}
