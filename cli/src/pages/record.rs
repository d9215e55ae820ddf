//! `tablature pages record`: pages into the lock.

use std::path::PathBuf;

use clap::Args;
use tablature_build::input;
use tablature_openapi::{Report, Severity, Sources, edit};
use tablature_pages::recover::recover;
use tablature_pages::{Lock, Page, carry, renumber};

use crate::Error;
use crate::config::Config;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::{files, read_counts};

/// Record the facts of pages in the lock
///
/// The lock holds names, types and values of every row, and a hash of its description: no
/// sentence of a page. Cells that a rendering lost are `null` in it, unless a companion page of
/// the same product, given by --with, has them. A page that cannot be read whole is not recorded.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The pages, in any of their formats; folder and file name are their keys
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,

    /// Pages of the same product that may have cells which these lost
    #[arg(long, value_name = "PAGE", num_args = 1..)]
    with: Vec<PathBuf>,

    /// The key to record one page by
    #[arg(long = "as", value_name = "KEY")]
    key: Option<String>,

    /// Where one page was published
    #[arg(long, value_name = "URL")]
    source: Option<String>,

    /// The date or version of one page, where it does not tell it itself
    #[arg(long, value_name = "TEXT")]
    edition: Option<String>,

    /// Show what was lost, too
    #[arg(long)]
    verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  tablature pages record ../docs/openshift/service-v1.txt --with ../docs/openshift/service-v1.adoc
  tablature pages record ../docs/huawei-cci/listPods.md --edition 2022-10";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let single = [
        ("--as", &arguments.key),
        ("--source", &arguments.source),
        ("--edition", &arguments.edition),
    ];
    if let Some((option, _)) = single.iter().find(|(_, it)| it.is_some() && arguments.pages.len() > 1) {
        let problem = format!("{option} is for one page, found {}", arguments.pages.len());
        return Err(Error::usage(problem));
    }
    let inputs = files::pages(&arguments.pages, environment)?;
    let companions = files::pages(&arguments.with, environment)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let config = environment.config()?;
    let mut lock = files::lock(&config, &mut sources, &mut report)?;
    let words = files::words(&config, &mut sources, &mut report)?;
    let companions: Vec<_> = companions
        .iter()
        .map(|it| (it, it.read(&words, &it.key, &mut sources, &mut report)))
        .collect();
    let (mut lines, mut recorded) = (Vec::new(), Vec::new());
    for input in &inputs {
        let key = arguments.key.as_deref().unwrap_or(&input.key);
        let mut page = input.read(&words, key, &mut sources, &mut report);
        for (file, companion) in &companions {
            if file.file != input.file && folder(&companion.key) == folder(key) {
                recover(&mut page, &file.file, companion);
            }
        }
        let before = lock.page(key).cloned();
        let given = |name: &str| companions.iter().any(|(file, _)| file.file == name);
        keep(before.as_ref(), &mut page, arguments, given);
        lines.push(line(&page));
        recorded.extend(before.map(|it| (it, page.clone())));
        lock.insert(page);
    }
    let failed = report.has_errors();
    print(report, &sources, arguments.verbose, console);
    for line in lines {
        console.line(line);
    }
    if failed {
        console.line("nothing was recorded");
        return Ok(Exit::Difference);
    }
    follow(&recorded, &config, console)?;
    write(&lock, &config, console)?;
    Ok(Exit::Done)
}

/// Keeps what the lock knows of a page and the new edition does not tell: companions, source, edition and history.
fn keep(before: Option<&Page>, page: &mut Page, arguments: &Arguments, given: impl Fn(&str) -> bool) {
    let own = |option: &Option<String>, told: Option<String>, known: Option<&String>| {
        option.clone().or(told).or_else(|| known.cloned())
    };
    let known = before.and_then(|it| it.source.as_ref());
    page.source = own(&arguments.source, page.source.take(), known);
    let known = before.and_then(|it| it.edition.as_ref());
    page.edition = own(&arguments.edition, page.edition.take(), known);
    let Some(before) = before else { return };
    for name in before.companions.iter().filter(|it| !given(it)) {
        recover(page, name, &before.from_companion(name));
    }
    carry(before, page);
}

/// Lets documents and waivers follow the tables that pages have at other ordinals now.
fn follow(recorded: &[(Page, Page)], config: &Config, console: &mut Console) -> Result<(), Error> {
    if recorded.is_empty() {
        return Ok(());
    }
    let (root, waivers) = (&config.root, &config.pages.waivers);
    let mut names = files::curated(config)?;
    names.extend(root.join(waivers).exists().then(|| waivers.clone()));
    for name in names {
        let (mut text, mut count) = (input::read(root, &name)?, 0);
        for (before, now) in recorded {
            let edits = renumber(0, &text, before, now);
            count += edits.len();
            text = edit::apply(&text, &edits).0;
        }
        if count > 0 {
            tablature_build::replace(&root.join(&name), &text).map_err(|cause| Error::io("write", &name, cause))?;
            console.line(format!(
                "{name}: {} with tables of other ordinals",
                counted(count, "list")
            ));
        }
    }
    Ok(())
}

/// Writes the lock, if it changed.
fn write(lock: &Lock, config: &Config, console: &mut Console) -> Result<(), Error> {
    let name = &config.pages.lock;
    let path = config.root.join(name);
    let text = lock.text();
    let unchanged = std::fs::read_to_string(&path).is_ok_and(|it| it == text);
    if !unchanged {
        tablature_build::replace(&path, &text).map_err(|cause| Error::io("write", name, cause))?;
    }
    let done = if unchanged { "unchanged" } else { "written" };
    console.line(format!("{name}: {}, {done}", counted(lock.pages.len(), "page")));
    Ok(())
}

fn folder(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What was read of a page, and how much of it is known.
fn line(page: &Page) -> String {
    let counts = page.counts();
    let recovered = page
        .rows()
        .filter(|(_, _, it)| !it.has_lost_cells() && !it.recovered_from.is_empty())
        .count();
    format!(
        "{}: {}; {} known from the page, {recovered} with recovered and {} with unknown cells",
        page.key,
        read_counts(page),
        counts.rows.saturating_sub(counts.lost).saturating_sub(recovered),
        counts.lost,
    )
}

/// Errors, and warnings where they are asked for.
fn print(report: Report, sources: &Sources, verbose: bool, console: &mut Console) {
    let mut shown = Report::new();
    let mut hidden = 0;
    for diagnostic in report.into_diagnostics() {
        if verbose || diagnostic.severity == Severity::Error {
            shown.push(diagnostic);
        } else {
            hidden += 1;
        }
    }
    console.diagnose(&shown.into_diagnostics(), sources);
    if hidden > 0 {
        console
            .err
            .push_str(&format!("{}: --verbose shows them\n", counted(hidden, "warning")));
    }
}
