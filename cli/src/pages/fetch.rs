//! `tablature pages fetch`: every recorded page from where it was published.

mod answer;
mod store;

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use clap::Args;
use tablature_build::{Error, input};
use tablature_openapi::{Report, Sources};
use ureq::Agent;

use crate::config::Config;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::fetch::download;
use crate::pages::files;
use answer::Answer;
use store::{Store, Validators};

/// Fetch every recorded page from its source, as it is published now
///
/// One page at a time, over HTTPS, from the addresses in the lock and no others: a redirect is told, not followed. A
/// page that did not change since the last time is not sent again. The pages lie in `.tablature/pages`, outside the
/// history of the repository.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Milliseconds between two requests
    #[arg(long, value_name = "MS", default_value_t = PAUSE)]
    pause: u64,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  each page was fetched, or is as it was
  1  a page is gone, moved, asks for a login, or could not be had
  2  wrong usage, or a file cannot be read or written";

/// Milliseconds between two requests, so that no site is burdened.
pub(crate) const PAUSE: u64 = 1000;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came of all pages.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    /// The keys of the pages that are published, each with its file.
    pub(crate) files: Vec<(String, PathBuf)>,
    /// The keys of pages that are not there, each with what is there in place of it.
    pub(crate) missing: Vec<(String, String)>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let config = environment.config()?;
    let fetched = fetch(&config, arguments.pause, &mut |line| console.line(line))?;
    Ok(match fetched.missing.is_empty() {
        true => Exit::Done,
        false => Exit::Difference,
    })
}

/// Fetches every page of the lock, and says what came of each, a line at a time.
pub(crate) fn fetch(config: &Config, pause: u64, say: &mut dyn FnMut(&str)) -> Result<Fetched, Error> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let lock = files::lock(config, &mut sources, &mut report)?;
    if report.has_errors() {
        return Err(config.invalid(report.into_diagnostics()));
    }
    let mut store = Store::open(&config.root)?;
    let agent = download::agent(PATIENCE, 0);
    let (mut fetched, mut has_asked) = (Fetched::default(), false);
    for page in &lock.pages {
        let Some(source) = page.source.as_deref() else {
            say(&format!("no source      {}", page.key));
            continue;
        };
        if !is_https(source) {
            let why = format!("{source} is not HTTPS");
            say(&format!("not fetched    {}: {why}", page.key));
            fetched.missing.push((page.key.clone(), why));
            continue;
        }
        if std::mem::replace(&mut has_asked, true) {
            sleep(Duration::from_millis(pause));
        }
        let answer = match ask(&agent, source, store.validators(&page.key, source)) {
            Answer::Unchanged if store.file(&page.key).is_none() => {
                Answer::Failed("status 304 for a page that is not here".to_owned())
            }
            answer => answer,
        };
        let (word, why) = match answer {
            Answer::Page { text, validators } => {
                let file = store.keep(&page.key, source, &text, validators)?;
                fetched.files.push((page.key.clone(), file));
                ("fetched", String::new())
            }
            Answer::Unchanged => {
                fetched
                    .files
                    .extend(store.file(&page.key).map(|it| (page.key.clone(), it)));
                ("unchanged", String::new())
            }
            other => {
                let (word, why) = other.in_words();
                fetched.missing.push((page.key.clone(), format!("{word}: {why}")));
                (word, format!(": {why}"))
            }
        };
        say(&format!("{word:<14} {}{why}", page.key));
    }
    store.close()?;
    let counts = [
        format!("{} published", counted(fetched.files.len(), "page")),
        format!("{} not", fetched.missing.len()),
    ];
    say(&counts.join(", "));
    Ok(fetched)
}

/// Fetches the pages at some addresses as `fetch` does, but keeps nothing; each goes to `take`, or why it could not be had.
pub(crate) fn pages(addresses: &[&str], pause: u64, take: &mut dyn FnMut(&str, Result<String, String>)) {
    let agent = download::agent(PATIENCE, 0);
    let mut has_asked = false;
    for address in addresses {
        if !is_https(address) {
            take(address, Err("not HTTPS".to_owned()));
            continue;
        }
        if std::mem::replace(&mut has_asked, true) {
            sleep(Duration::from_millis(pause));
        }
        match ask(&agent, address, None) {
            Answer::Page { text, .. } => take(address, Ok(text)),
            Answer::Moved(to) => take(address, Err(format!("moved: to {to}"))),
            other => {
                let (word, why) = other.in_words();
                take(address, Err(format!("{word}: {why}")));
            }
        }
    }
}

fn is_https(url: &str) -> bool {
    url.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("https://"))
}

/// Asks for a page, unless it is as it was.
fn ask(agent: &Agent, url: &str, known: Option<&Validators>) -> Answer {
    let mut request = agent.get(url);
    if let Some(etag) = known.and_then(|it| it.etag.as_deref()) {
        request = request.header("If-None-Match", etag);
    }
    if let Some(date) = known.and_then(|it| it.last_modified.as_deref()) {
        request = request.header("If-Modified-Since", date);
    }
    let mut response = match request.call() {
        Ok(response) => response,
        Err(cause) => return Answer::Failed(cause.to_string()),
    };
    let header = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    let (status, location) = (response.status().as_u16(), header("location"));
    if status != 200 {
        return Answer::of(status, location.as_deref(), String::new(), Validators::default());
    }
    if let Some(coding) = header("content-encoding").filter(|it| !it.eq_ignore_ascii_case("identity")) {
        return Answer::Failed(format!("it is sent as {coding}, which was not asked for"));
    }
    let length = response.body().content_length().filter(|it| *it > input::LARGEST);
    if let Some(length) = length {
        let most = input::LARGEST / 1024 / 1024;
        return Answer::Failed(format!("it has {length} bytes, more than {most} MiB"));
    }
    let validators = Validators {
        source: None,
        etag: header("etag"),
        last_modified: header("last-modified"),
    };
    let body = response.body_mut().with_config().limit(input::LARGEST).read_to_vec();
    match body.map(String::from_utf8) {
        Ok(Ok(text)) => Answer::of(status, location.as_deref(), text, validators),
        Ok(Err(_)) => Answer::Failed("it is not UTF-8".to_owned()),
        Err(cause) => Answer::Failed(cause.to_string()),
    }
}
