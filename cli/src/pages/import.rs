//! `tablature pages import`: pages of an API that is not curated yet into a draft document.

mod batch;
mod table;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use tablature_build::{input, paths};
use tablature_openapi::{Report, Sources};
use tablature_pages::import::{Draft, import};
use tablature_pages::json::Layout;
use tablature_pages::update::{Undecided, Updated, update};
use tablature_pages::{Lock, Vocabulary, codes};

use crate::Error;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::apply::told;
use crate::pages::checked::place;
use crate::pages::files::{self, PageFile};
use crate::progress::Progress;
use batch::Batch;

/// Turn pages into a draft OpenAPI 3.2 document, complete but for descriptions
///
/// A folder stands for all pages in it, an address (https://) for the page that is published there. Pages that are prose
/// are listed and left out, as are those that cannot be read whole. Models with the same name and members on several
/// pages become one; those with other members get names of their own, which is reported. Operations and models are
/// marked `x-draft`: `codegen --schema` takes the document once their descriptions are written and the marks gone;
/// `codegen --schema FILE --drafts` tries it before.
///
/// A draft that is there already follows its pages: what changed on them since the last time is changed in it, and what
/// was edited by hand stays. Where both changed, nothing is edited and both places are listed. What the draft rests on
/// stands beside it, in a file with `.lock` at the end of its name.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The pages, folders of them, or addresses that they are published at
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,

    /// The document to write, or to update
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The title of a new document
    #[arg(long, value_name = "TEXT", default_value = "Draft")]
    title: String,

    /// A file with the words of this site, beside those that are known [default: that of [pages] in tablature.toml]
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,

    /// Take pages in spite of this error
    #[arg(long, value_name = "CODE", value_parser = PossibleValuesParser::new(codes::allowable()))]
    allow: Vec<String>,

    /// Milliseconds between the requests of two pages
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "MS", default_value_t = crate::pages::fetch::PAUSE)]
    pause: u64,
}

const EXAMPLES: &str = "\
Examples:
  tablature pages import ../docs/pods/*.md --out pods.json --title 'CCI: Pods'
  tablature pages import ../docs/elb --out elb.json --allow no-response
  tablature pages import https://docs.example.com/lamps/list.html --out lamps.json";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let shown = paths::slashed(&arguments.out);
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let words = words(arguments, environment, &mut sources, &mut report)?;
    if report.has_errors() {
        console.diagnose(&report.into_diagnostics(), &sources);
        console.line("nothing was written: the vocabulary cannot be read");
        return Ok(Exit::Difference);
    }
    let known = Known::read(&arguments.out, environment, &mut sources)?;
    let progress = Progress::start(environment.is_terminal, "reading pages");
    let mut batch = Batch::default();
    let inputs = inputs(arguments, environment, &mut batch, &progress)?;
    for (number, (input, address)) in inputs.iter().enumerate() {
        progress.enter(format!("page {} of {}: {}", number + 1, inputs.len(), input.key));
        let mut found = Report::new();
        let mut page = input.read(&words, &input.key, &mut sources, &mut found);
        page.source = page.source.or_else(|| address.clone());
        batch.take(page, found, &arguments.allow, &mut report);
    }
    progress.enter("drafting");
    let failed = report.has_errors() || !batch.missing.is_empty();
    let done = match known {
        _ if batch.pages.is_empty() => None,
        None => Some(new(import(&arguments.title, &batch.pages), &batch)),
        Some(known) => Some(known.follow(&shown, &batch)?),
    };
    drop(progress);
    match &done {
        Some(done) => report.extend(batch.of_pages(&done.draft.report)),
        // Prose is left out without a word, unless nothing else is there.
        None => report.extend(std::mem::take(&mut batch.unread)),
    }
    let table = table::text(&batch, &report);
    console.diagnose_all(&report.into_diagnostics(), &sources);
    console.lines(&table);
    let Some(done) = done else {
        console.line("nothing was written: no page could be read");
        return Ok(Exit::Difference);
    };
    done.tell(&shown, &batch, &sources, console);
    done.write(&arguments.out, environment)?;
    Ok(if failed { Exit::Difference } else { Exit::Done })
}

/// The words of the file that is named, or those that the repository has for its pages.
fn words(
    arguments: &Arguments,
    environment: &Environment,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vocabulary, Error> {
    match &arguments.vocabulary {
        None if environment.config_file().is_some() => files::words(&environment.config()?, sources, report),
        file => files::vocabulary(file.as_deref(), &environment.directory, sources, report),
    }
}

/// The pages that are named, each with the address that it is published at.
type Inputs = Vec<(PageFile, Option<String>)>;

fn inputs(
    arguments: &Arguments,
    environment: &Environment,
    batch: &mut Batch,
    progress: &Progress,
) -> Result<Inputs, Error> {
    let is_address = |it: &&PathBuf| it.to_str().is_some_and(|it| it.contains("://"));
    let (addresses, paths): (Vec<_>, Vec<_>) = arguments.pages.iter().partition(is_address);
    let paths: Vec<_> = paths.into_iter().cloned().collect();
    let files = files::pages(&files::expand(&paths, environment)?, environment)?;
    let mut inputs: Inputs = files.into_iter().map(|it| (it, None)).collect();
    let addresses: Vec<_> = addresses.iter().filter_map(|it| it.to_str()).collect();
    inputs.extend(published(&addresses, arguments, batch, progress));
    let mut keys = BTreeMap::new();
    inputs.retain(|(input, _)| match keys.entry(input.key.clone()) {
        Entry::Vacant(free) => {
            free.insert(input.name.clone());
            true
        }
        Entry::Occupied(first) => {
            let (key, first) = (first.key(), first.get());
            let why = format!("its key, {key}, is that of {first}: give the file another name");
            batch.missing.push((input.name.clone(), why));
            false
        }
    });
    Ok(inputs)
}

/// The pages at some addresses.
#[cfg(feature = "fetch")]
fn published(addresses: &[&str], arguments: &Arguments, batch: &mut Batch, progress: &Progress) -> Inputs {
    let mut inputs = Inputs::new();
    crate::pages::fetch::pages(addresses, arguments.pause, &mut |url, page| {
        progress.enter(format!("fetching {url}"));
        match page {
            Ok(text) => inputs.push((PageFile::published(url, text), Some(url.to_owned()))),
            Err(why) => batch.missing.push((url.to_owned(), why)),
        }
    });
    inputs
}

/// No page: this command has no network.
#[cfg(not(feature = "fetch"))]
fn published(addresses: &[&str], _: &Arguments, batch: &mut Batch, _: &Progress) -> Inputs {
    let why = "this command was built without the feature `fetch`";
    let missing = addresses.iter().map(|it| ((*it).to_owned(), why.to_owned()));
    batch.missing.extend(missing);
    Inputs::new()
}

/// A draft that is there, and what it rests on.
struct Known {
    text: String,
    lock: Lock,
}

impl Known {
    fn read(out: &Path, environment: &Environment, sources: &mut Sources) -> Result<Option<Self>, Error> {
        let shown = paths::slashed(out);
        if !environment.directory.join(out).exists() {
            return Ok(None);
        }
        let lock = lock_of(&shown);
        if !environment.directory.join(&lock).exists() {
            let problem = format!(
                "--out {shown}: the file exists and {lock} does not, which says what it was imported from; a curated \
                 document follows its pages by `pages check --apply`"
            );
            return Err(Error::Usage { problem });
        }
        let text = input::read(&environment.directory, &lock)?;
        let mut report = Report::new();
        let lock = Lock::read(sources.push(lock, text.clone()), &text, &mut report);
        if report.has_errors() {
            let (diagnostics, sources) = (report.into_diagnostics(), sources.clone());
            return Err(Error::Invalid { diagnostics, sources });
        }
        let text = input::read(&environment.directory, &shown)?;
        Ok(Some(Self { text, lock }))
    }

    /// The draft as its pages ask for now.
    fn follow(self, shown: &str, batch: &Batch) -> Result<Done, Error> {
        let updated = update(shown, &self.text, &self.lock, &batch.pages);
        let Updated {
            text,
            lock,
            done,
            by_hand,
            draft,
        } = updated.map_err(|(report, sources)| Error::Invalid {
            diagnostics: report.into_diagnostics(),
            sources,
        })?;
        Ok(Done {
            is_new: false,
            is_same: text == self.text,
            text,
            lock,
            edits: done,
            by_hand,
            draft,
        })
    }
}

/// What is to be written.
struct Done {
    is_new: bool,
    is_same: bool,
    text: String,
    lock: Lock,
    edits: Vec<String>,
    by_hand: Vec<Undecided>,
    draft: Draft,
}

fn new(draft: Draft, batch: &Batch) -> Done {
    let mut lock = Lock::default();
    batch.pages.iter().cloned().for_each(|it| lock.insert(it));
    Done {
        is_new: true,
        is_same: false,
        text: draft.document.file(Layout::Documents),
        lock,
        edits: Vec::new(),
        by_hand: Vec::new(),
        draft,
    }
}

impl Done {
    /// Says what was done with the document.
    fn tell(&self, shown: &str, batch: &Batch, sources: &Sources, console: &mut Console) {
        for line in &self.edits {
            console.line(format!("applied   {line}"));
        }
        for it in &self.by_hand {
            let page = it.page.map(|it| place(it, sources));
            let draft = it.draft.map(|(line, column)| format!("{shown}:{line}:{column}"));
            let places = page.into_iter().chain(draft).collect();
            console.line(format!("by hand   {}", told(&it.line, places)));
        }
        let read = batch.counts();
        if self.is_new {
            let operations = counted(self.draft.operations, "operation");
            let models = counted(self.draft.models, "model");
            console.line(format!("{shown}: a draft of {operations}, {models}, {read}"));
        } else {
            let edits = match self.is_same {
                true => "as it was".to_owned(),
                false => counted(self.edits.len(), "edit"),
            };
            console.line(format!("{shown}: {edits}, {} by hand, {read}", self.by_hand.len()));
        }
    }

    /// Writes the document and what it rests on.
    fn write(&self, out: &Path, environment: &Environment) -> Result<(), Error> {
        let shown = paths::slashed(out);
        let lock = lock_of(&shown);
        for (name, text) in [(shown, &self.text), (lock, &self.lock.text())] {
            let path = environment.directory.join(&name);
            if !std::fs::read_to_string(&path).is_ok_and(|it| it == *text) {
                tablature_build::replace(&path, text).map_err(|cause| Error::io("write", &name, cause))?;
            }
        }
        Ok(())
    }
}

/// The file beside a draft that says what it rests on.
fn lock_of(draft: &str) -> String {
    format!("{draft}.lock")
}
