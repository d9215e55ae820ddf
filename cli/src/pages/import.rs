//! `tablature pages import`: pages of an API that is not curated yet into a draft document.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use tablature_openapi::{Diagnostic, Report, Severity, SourceId, Sources};
use tablature_pages::import::import;
use tablature_pages::json::Layout;
use tablature_pages::{Page, codes};

use crate::Error;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::{files, read_counts};
use tablature_build::paths;

/// Turn pages into a draft OpenAPI 3.2 document, complete but for descriptions
///
/// A folder stands for all pages in it. Pages that are prose are listed and left out, as are those that cannot be read
/// whole. Models with the same name and members on several pages become one; those with other members get names of
/// their own, which is reported. Operations and models are marked `x-draft`: `codegen --schema` takes the document once
/// their descriptions are written and the marks gone.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The pages, or folders of them
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,

    /// The document to write; it must not exist yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The title of the document
    #[arg(long, value_name = "TEXT", default_value = "Draft")]
    title: String,

    /// A file with the words of this site, beside those that are known
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,

    /// Take pages in spite of this error
    #[arg(long, value_name = "CODE", value_parser = PossibleValuesParser::new(codes::allowable()))]
    allow: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  tablature pages import ../docs/pods/*.md --out pods.json --title 'CCI: Pods'
  tablature pages import ../docs/elb --out elb.json --allow no-response";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let shown = paths::slashed(&arguments.out);
    let out = environment.directory.join(&arguments.out);
    if out.exists() {
        return Err(Error::Usage {
            problem: format!("--out {shown}: the file exists; a draft never replaces one"),
        });
    }
    let inputs = files::pages(&files::expand(&arguments.pages, environment)?, environment)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let words = files::vocabulary(arguments.vocabulary.as_deref(), environment, &mut sources, &mut report)?;
    if report.has_errors() {
        console.diagnose(&report.into_diagnostics(), &sources);
        console.line("nothing was written: the vocabulary cannot be read");
        return Ok(Exit::Difference);
    }
    let mut batch = Batch::default();
    for input in &inputs {
        let mut found = Report::new();
        let page = input.read_with(&words, &input.key, &mut sources, &mut found);
        batch.take(page, found, &arguments.allow, &mut report);
    }
    let failed = report.has_errors();
    let draft = (!batch.pages.is_empty()).then(|| import(&arguments.title, &batch.pages));
    if let Some(draft) = &draft {
        report.extend(draft.report.clone());
    }
    let todo = to_do(&report);
    console.diagnose_all(&report.into_diagnostics(), &sources);
    for (page, left_out) in &batch.lines {
        let line = match left_out {
            Some(code) => format!("left out: {code}"),
            None => match todo.get(&source_of(page)).copied().unwrap_or_default() {
                0 => read_counts(page),
                count => format!("{}; {count} to look at", read_counts(page)),
            },
        };
        let operations = counted(page.operations.len(), "operation");
        console.line(format!("{}: {operations}, {line}", page.key));
    }
    let Some(draft) = draft else {
        console.line("nothing was written: no page could be read");
        return Ok(Exit::Difference);
    };
    let text = draft.document.file(Layout::Documents);
    tablature_build::replace(&out, &text).map_err(|cause| Error::io("write", &shown, cause))?;
    let counts = [
        counted(draft.operations, "operation"),
        counted(draft.models, "model"),
        format!("{} read", counted(batch.pages.len(), "page")),
        format!("{} prose", batch.prose),
        format!("{} refused", batch.refused),
    ];
    console.line(format!("{shown}: a draft of {}", counts.join(", ")));
    Ok(if failed { Exit::Difference } else { Exit::Done })
}

/// The pages of a run.
#[derive(Debug, Default)]
struct Batch {
    /// Those that were read.
    pages: Vec<Page>,
    /// All, each with the code of what it is left out for.
    lines: Vec<(Page, Option<&'static str>)>,
    prose: usize,
    refused: usize,
}

impl Batch {
    /// Takes a page, or leaves it out: prose without a word, others with their errors.
    fn take(&mut self, page: Page, found: Report, allow: &[String], report: &mut Report) {
        let is_allowed = |it: &Diagnostic| allow.iter().any(|code| code == it.code);
        let is_error = |it: &&Diagnostic| it.severity == Severity::Error && !is_allowed(it);
        let code = found.iter().find(is_error).map(|it| it.code);
        match code {
            Some(code) if code == codes::NOTHING_READ.name => self.prose += 1,
            Some(_) => self.refused += 1,
            None => self.pages.push(page.clone()),
        }
        if code != Some(codes::NOTHING_READ.name) {
            for mut it in found.into_diagnostics() {
                if is_allowed(&it) {
                    it = it.as_warning();
                }
                // Of a page that is left out, what it is left out for is enough. What the draft says of a page that
                // is taken, it says itself.
                if it.severity == Severity::Error || code.is_none() && it.code != codes::MISSING_MODEL.name {
                    report.push(it);
                }
            }
        }
        self.lines.push((page, code));
    }
}

/// How many findings there are in each source.
fn to_do(report: &Report) -> BTreeMap<SourceId, usize> {
    let mut counts = BTreeMap::new();
    for it in report.iter() {
        *counts.entry(it.span.source).or_default() += 1;
    }
    counts
}

/// The source that a page was read from.
fn source_of(page: &Page) -> SourceId {
    let operation = page.operations.first().map(|it| it.span);
    operation
        .or_else(|| page.tables.first().map(|it| it.span))
        .unwrap_or_default()
        .source
}
