//! `tablature pages update`: fetch, compare, edit and emit, and one report for a pull request.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use tablature_build::paths;
use tablature_codegen::{Options, changes};
use tablature_openapi::{Documents, Report, Severity, Sources};

use crate::Error;
use crate::config::Config;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::apply::{self, Applied};
use crate::pages::checked::{self, Checked, NOT_COMPARED};
use crate::pages::fetch::{self, Fetched};
use crate::pages::{check, files};

/// Fetch every recorded page, edit the documents by what changed, emit, and report it in Markdown
///
/// The report is the text of a pull request: which rows changed, what was edited, what is left to a person, and what it
/// does to users. Pages that are gone, moved or behind a login are told as that, and change nothing. The lock stays as
/// it is until somebody wrote the descriptions: `pages record` takes the new editions then.
#[derive(Debug, Args)]
#[command(after_help = crate::EXIT_CODES)]
pub(crate) struct Arguments {
    /// Write the report into this file, not to the standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Milliseconds between two requests
    #[arg(long, value_name = "MS", default_value_t = fetch::PAUSE)]
    pause: u64,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let config = environment.config()?;
    let (documents, mut found) = files::documents(&config)?;
    let mut sources = documents.sources().clone();
    let lock = files::lock(&config, &mut sources, &mut found)?;
    let words = files::words(&config, &mut sources, &mut found)?;
    if found.has_errors() {
        let diagnostics = found.into_diagnostics();
        return Err(Error::Invalid { diagnostics, sources });
    }
    let fetched = fetch::fetch(&config, arguments.pause, &mut |line| console.note(line))?;
    let inputs = files::fetched(&fetched.files, environment)?;
    let mut report = Markdown::new(&fetched);
    let mut checked = Vec::new();
    for file in &inputs {
        let mut read = Report::new();
        let page = file.read(&words, &file.key, &mut sources, &mut read);
        let error = read.iter().find(|it| it.severity == Severity::Error);
        if let Some(error) = error {
            report.unread.push((file.key.clone(), error.message.clone()));
            continue;
        }
        let known = (&lock, config.pages.lock.as_str());
        checked.push(check::check(file, page, None, None, known, &documents)?);
    }
    let applied = apply::edits(&checked, &documents, &sources);
    applied.write(&config.root)?;
    report.changes(&checked, &sources);
    report.edits(&applied);
    report.left_out(&applied);
    report.users(&config, &documents, &applied)?;
    report.emitted(&applied, environment);
    let text = report.text();
    match &arguments.report {
        Some(file) => {
            let name = paths::slashed(file);
            tablature_build::replace(&environment.directory.join(file), &text)
                .map_err(|cause| Error::io("write", &name, cause))?;
            console.line(format!("{name}: the report"));
        }
        None => console.out.push_str(&text),
    }
    let quiet = fetched.missing.is_empty() && report.unread.is_empty();
    let quiet = quiet && checked.iter().all(|it| it.is_page && it.changes.is_empty());
    Ok(if quiet { Exit::Done } else { Exit::Difference })
}

/// The report, a section at a time.
struct Markdown<'a> {
    fetched: &'a Fetched,
    /// The pages that could not be read whole, each with the first error.
    unread: Vec<(String, String)>,
    body: String,
}

impl<'a> Markdown<'a> {
    fn new(fetched: &'a Fetched) -> Self {
        Self {
            fetched,
            unread: Vec::new(),
            body: String::new(),
        }
    }

    /// The rows that changed, by page.
    fn changes(&mut self, checked: &[Checked<'_>], sources: &Sources) {
        for page in checked.iter().filter(|it| !it.is_page || !it.changes.is_empty()) {
            self.line(format!("\n## {}\n", escaped(&page.file.key)));
            if !page.is_page {
                self.line(format!("- {NOT_COMPARED}"));
            }
            for (change, place) in &page.changes {
                let detail = match change.detail.as_str() {
                    "" => String::new(),
                    detail => format!(", {}", escaped(detail)),
                };
                let place = place.map(|it| format!(" ({})", checked::place(it, sources)));
                let verdict = change.verdict.name();
                let subject = escaped(&change.subject);
                self.line(format!(
                    "- **{verdict}** {subject}{detail}{}",
                    place.unwrap_or_default()
                ));
            }
        }
    }

    /// What was edited, and what is left.
    fn edits(&mut self, applied: &Applied) {
        for (title, lines) in [("Edits made", &applied.done), ("Left to do by hand", &applied.by_hand)] {
            if !lines.is_empty() {
                self.line(format!("\n## {title}\n"));
                for line in lines {
                    self.line(format!(
                        "- {}",
                        escaped(&line.split_whitespace().collect::<Vec<_>>().join(" "))
                    ));
                }
            }
        }
    }

    /// The files in which edits were left out.
    fn left_out(&mut self, applied: &Applied) {
        for file in applied.files.iter().filter(|it| it.left_out > 0) {
            let edits = counted(file.left_out, "edit");
            self.line(format!(
                "\n{}: {edits} left out, which the next run makes.",
                escaped(&file.name)
            ));
        }
    }

    /// What the edits do to users, as if the drafts among them were described.
    fn users(&mut self, config: &Config, documents: &Documents, applied: &Applied) -> Result<(), Error> {
        if applied.files.is_empty() {
            return Ok(());
        }
        let names = files::curated(config)?;
        let Some(krate) = config.crates.iter().find(|it| it.curated) else {
            return Ok(());
        };
        let mut read = |name: &str| {
            let edited = applied.files.iter().find(|it| it.name == name);
            let known = documents.sources().iter().find(|it| it.name == name);
            let text = edited.map(|it| &it.text).or(known.map(|it| &it.text));
            text.cloned().ok_or_else(|| "there is no such file".to_owned())
        };
        let (after, _) = Documents::load(&names, &mut read);
        let options = Options {
            drafts: true,
            ..krate.options()
        };
        let trees = [documents, &after].map(|it| tablature_codegen::tree(it, &options).ok());
        self.line("\n## For users\n");
        match trees {
            [Some(before), Some(after)] => {
                let list = changes::compare(&before, &after);
                self.line(crate::changes::markdown(&list, "the record").trim_end());
            }
            _ => self.line("The documents cannot be emitted, so what the edits do to users is not known."),
        }
        Ok(())
    }

    /// Emits, unless a draft waits for its description.
    fn emitted(&mut self, applied: &Applied, environment: &Environment) {
        if applied.files.is_empty() {
            return;
        }
        self.line("\n## Emitted code\n");
        if applied.files.iter().any(|it| it.text.contains("\"x-draft\": true")) {
            self.line("Drafts wait for their descriptions: write them, take each `x-draft` away, and run `codegen`.");
            return;
        }
        let mut console = Console::default();
        let arguments = ["tablature", "codegen"].map(Into::into);
        let code = crate::run(arguments, environment, &mut console);
        self.line(format!("`codegen` ended with {code}:\n\n```text"));
        for line in console.out.lines().chain(console.err.lines()) {
            self.line(line.replace("```", "` ` `"));
        }
        self.line("```");
    }

    fn line(&mut self, line: impl AsRef<str>) {
        self.body.push_str(line.as_ref());
        self.body.push('\n');
    }

    /// The whole text.
    fn text(&self) -> String {
        let mut text = "# Documentation pages\n\n".to_owned();
        let (there, missing) = (self.fetched.files.len(), self.fetched.missing.len());
        let _ = writeln!(text, "{} published, {missing} not.", counted(there, "page"));
        let lists = [
            ("Not published", &self.fetched.missing),
            ("Not read whole", &self.unread),
        ];
        for (title, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let _ = writeln!(text, "\n## {title}\n");
            for (key, why) in list {
                let _ = writeln!(text, "- {}: {}", escaped(key), escaped(why));
            }
        }
        if self.body.is_empty() && missing == 0 && self.unread.is_empty() {
            text.push_str("\nNothing changed.\n");
        }
        text + &self.body
    }
}

/// A text of a page as Markdown that shows it and nothing else.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '`' => escaped.push('\''),
            '\n' | '\r' => escaped.push(' '),
            '@' => escaped.push_str("&#64;"),
            it if it.is_ascii_punctuation() && !matches!(it, '/' | ',' | '.' | ':' | '(' | ')' | '-' | '\'' | '"') => {
                escaped.extend(['\\', it]);
            }
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn texts_of_pages_are_shown_as_they_are() {
        for (text, expected) in [
            ("member `a_b` of C", "member 'a\\_b' of C"),
            ("<b>[x](http://y)", "\\<b\\>\\[x\\](http://y)"),
            ("@team\n# x", "&#64;team \\# x"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
