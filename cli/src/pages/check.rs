//! `tablature pages check`: what changed on pages since they were recorded.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tablature_openapi::{Documents, Report, Sources, Span};
use tablature_pages::compare::{Change, Verdict, compare};
use tablature_pages::{Lock, Page, Side, locate};

use crate::Error;
use crate::config::Config;
use crate::console::{Console, Exit};
use crate::environment::Environment;
use crate::pages::checked::{Checked, NOT_COMPARED, place};
use crate::pages::files::{self, PageFile};
use crate::pages::{apply, json, read_counts};

/// Tell what changed on pages since they were recorded, and where in the documents that is
///
/// Rows added, removed or likely renamed; types, values and defaults that changed; and
/// descriptions with other words, which are to be read again. What a rendering lost counts as
/// unknown, not as changed.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The pages as they are now, or folders of them [default: `folders` of `[pages]` in tablature.toml, else
    /// every page as it is published]
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,

    /// Compare with this page in place of the recorded one
    #[arg(long, value_name = "PAGE", conflicts_with = "key")]
    against: Option<PathBuf>,

    /// The key of the recorded page to compare one page with
    #[arg(long = "as", value_name = "KEY")]
    key: Option<String>,

    /// How to tell it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Make the mechanical edits in the documents: new rows as drafts, changed ones where nobody edited them, removed ones
    /// deprecated
    #[arg(long, conflicts_with = "against")]
    apply: bool,

    /// With --apply, say what would be edited and write nothing
    #[arg(long, requires = "apply")]
    dry_run: bool,
}

/// How to tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

const EXAMPLES: &str = "\
Examples:
  tablature pages check ../docs/huawei-cci/*.txt
  tablature pages check new/service-v1.adoc --against old/service-v1.adoc
  tablature pages check new/service-v1.adoc --as openshift/service-v1 --apply";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    if arguments.pages.len() > 1 && (arguments.key.is_some() || arguments.against.is_some()) {
        let problem = format!("--as and --against are for one page, found {}", arguments.pages.len());
        return Err(Error::Usage { problem });
    }
    let config = environment.config()?;
    let Now { inputs, missing } = now(&arguments.pages, &config, environment, console)?;
    let against = files::pages(arguments.against.as_slice(), environment)?;
    let (documents, mut report) = files::documents(&config)?;
    let mut sources = documents.sources().clone();
    let lock = files::lock(&config, &mut sources, &mut report)?;
    let words = files::words(&config, &mut sources, &mut report)?;
    let against = against
        .first()
        .map(|it| (it.name.clone(), it.read(&words, &it.key, &mut sources, &mut report)));
    let mut checked = Vec::new();
    let mut errors = Vec::new();
    for file in &inputs {
        let page = file.read(&words, &file.key, &mut sources, &mut report);
        match check(
            file,
            page,
            against.as_ref(),
            arguments.key.as_deref(),
            (&lock, &config.pages.lock),
            &documents,
        ) {
            Ok(found) => checked.push(found),
            Err(error) => errors.push(error),
        }
    }
    Error::all(errors)?;
    let failed = report.has_errors();
    let exit = match tell(&checked, report, &sources, arguments.format, console) {
        Exit::Done if missing => Exit::Difference,
        exit => exit,
    };
    if arguments.apply {
        if failed {
            console.note("nothing was applied: a page could not be read whole");
        } else {
            let applied = apply::edits(&checked, &documents, &sources);
            if !arguments.dry_run {
                applied.write(&config.root)?;
            }
            applied.tell(arguments.dry_run, console);
            // All edits were made: that a page differs is what they were for.
            let is_done = !missing && applied.is_whole() && checked.iter().all(|it| it.is_page);
            if !arguments.dry_run && is_done {
                return Ok(Exit::Done);
            }
        }
    }
    Ok(exit)
}

/// The pages as they are now.
struct Now {
    inputs: Vec<PageFile>,
    /// Whether some are not published any more, or could not be had.
    missing: bool,
}

/// The pages that are named, else those of the folders of the configuration, else each as it is published.
fn now(named: &[PathBuf], config: &Config, environment: &Environment, console: &mut Console) -> Result<Now, Error> {
    #[cfg(feature = "fetch")]
    if named.is_empty() && config.pages.folders.is_empty() {
        let fetched = super::fetch::fetch(config, super::fetch::PAUSE, &mut |line| console.note(line))?;
        return Ok(Now {
            inputs: files::fetched(&fetched.files, environment)?,
            missing: !fetched.missing.is_empty(),
        });
    }
    #[cfg(not(feature = "fetch"))]
    let _ = console;
    Ok(Now {
        inputs: files::given(named, config, environment)?,
        missing: false,
    })
}

/// Compares one page.
pub(super) fn check<'a>(
    file: &'a PageFile,
    page: Page,
    against: Option<&(String, Page)>,
    key: Option<&str>,
    (lock, lock_name): (&Lock, &str),
    documents: &Documents,
) -> Result<Checked<'a>, Error> {
    if let Some((name, old)) = against {
        let is_page = page.holds_facts() || !old.holds_facts();
        let changes = if is_page { compare(old, &page) } else { Vec::new() };
        // Places are known if either edition is the recorded one.
        let recorded = |it: &&Page| it.digest == page.digest || it.digest == old.digest;
        let places = match lock.pages.iter().find(recorded) {
            Some(it) if it.digest == page.digest => locate(documents, it, &changes, Side::New),
            Some(it) => locate(documents, it, &changes, Side::Old),
            None => vec![None; changes.len()],
        };
        let changes = changes.into_iter().zip(places).collect();
        return Ok(Checked {
            file,
            with: name.clone(),
            is_page,
            page,
            recorded: None,
            changes,
        });
    }
    let recorded = match key {
        Some(key) => lock.page(key),
        None => lock.counterpart(&page),
    };
    let Some(recorded) = recorded else {
        let wanted = key.unwrap_or(&file.key);
        let problem = format!("{lock_name} has no page `{wanted}`: record it, or name another by --as");
        return Err(Error::Usage { problem });
    };
    let is_page = page.holds_facts() || !recorded.holds_facts();
    let changes = if is_page { compare(recorded, &page) } else { Vec::new() };
    let places = locate(documents, recorded, &changes, Side::Old);
    let with = format!("{} in {lock_name}", recorded.key);
    let changes = changes.into_iter().zip(places).collect();
    Ok(Checked {
        file,
        with,
        is_page,
        page,
        recorded: Some(recorded.clone()),
        changes,
    })
}

fn tell(checked: &[Checked<'_>], report: Report, sources: &Sources, format: Format, console: &mut Console) -> Exit {
    let failed = report.has_errors();
    let mut errors = Report::new();
    report
        .into_diagnostics()
        .into_iter()
        .filter(|it| it.severity == tablature_openapi::Severity::Error)
        .for_each(|it| errors.push(it));
    console.diagnose(&errors.into_diagnostics(), sources);
    match format {
        Format::Json => console.out.push_str(&json::text(checked, sources)),
        Format::Text => {
            for it in checked {
                text(it, sources, console);
            }
        }
    }
    let differs = failed || checked.iter().any(|it| !it.is_page || !it.changes.is_empty());
    if differs { Exit::Difference } else { Exit::Done }
}

fn text(checked: &Checked<'_>, sources: &Sources, console: &mut Console) {
    let Checked {
        file,
        with,
        page,
        changes,
        ..
    } = checked;
    console.line(format!("{} against {with}", file.name));
    if !checked.is_page {
        console.line(format!("  {NOT_COMPARED}"));
        return;
    }
    for (change, schema) in changes {
        let Change {
            verdict,
            subject,
            detail,
            places,
        } = change;
        let detail = if detail.is_empty() {
            String::new()
        } else {
            format!(", {detail}")
        };
        console.line(format!("  {:<8}  {subject}{detail}", verdict.name()));
        let mut lines: Vec<_> = places.iter().map(|it| sources.line_column(it.span).0).collect();
        lines.dedup();
        let lines: Vec<_> = lines.iter().map(usize::to_string).collect();
        let schema = schema.map(|it| format!(", {}", place(it, sources))).unwrap_or_default();
        console.line(format!("            line {}{schema}", lines.join(", ")));
    }
    console.line(format!("{}; {}", totals(changes), read_counts(page)));
}

/// `5 added, 1 removed`
fn totals(changes: &[(Change, Option<Span>)]) -> String {
    let count = |verdict: Verdict| changes.iter().filter(|(it, _)| it.verdict == verdict).count();
    let totals: Vec<_> = Verdict::ALL
        .into_iter()
        .map(|it| (count(it), it))
        .filter(|(count, _)| *count > 0)
        .map(|(count, it)| format!("{count} {}", it.name()))
        .collect();
    if totals.is_empty() {
        "no change".to_owned()
    } else {
        totals.join(", ")
    }
}
