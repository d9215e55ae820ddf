//! `tablature init`: a first `tablature.toml`, with a workspace and a CI job around it, and the job that follows pages.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;
use tablature_build::{Error, input, package, paths};
use tablature_codegen::Runtime;
use tablature_openapi::Documents;

use crate::codegen::target;
use crate::config;
use crate::console::{Console, Exit};
use crate::environment::Environment;

/// Write a first tablature.toml, a workspace where there is no Cargo.toml, and a CI job; no file is ever replaced
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The OpenAPI document: a file, or an HTTPS address that `tablature fetch` copies [default: api/*.json]
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,

    /// The name of the package [default: that of the document's file, or its title, and `-api`]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Write the CI job that follows documentation pages on a timer, where there is a tablature.toml already
    #[arg(long, conflicts_with_all = ["document", "name"])]
    pages: bool,
}

const EXAMPLES: &str = "\
Examples:
  tablature init petstore.json
  tablature init https://example.com/openapi.json --name example-api
  tablature init --pages";

/// Where the CI job stands.
const WORKFLOW: &str = ".github/workflows/tablature.yml";

/// Where the CI job for pages stands.
const PAGES_WORKFLOW: &str = ".github/workflows/pages.yml";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    if arguments.pages {
        let root = environment.config()?.root;
        let job = workflow(include_str!("init/pages.yml"), checkout_from(&root)?.as_deref());
        return create(&root, PAGES_WORKFLOW, &job, console).map(|()| Exit::Done);
    }
    let root = &environment.directory;
    if root.join(config::FILE).exists() {
        return Err(Error::usage(format!(
            "{} exists already, and is left as it is",
            config::FILE
        )));
    }
    let document = Document::of(arguments, root)?;
    let checkout = checkout_from(root)?;
    create(
        root,
        config::FILE,
        &configuration(&document, checkout.as_deref()),
        console,
    )?;
    if root.ancestors().all(|it| !it.join("Cargo.toml").exists()) {
        let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        create(root, "Cargo.toml", workspace, console)?;
        create(root, ".gitignore", "/target\n", console)?;
    }
    let job = workflow(include_str!("init/workflow.yml"), checkout.as_deref());
    create(root, WORKFLOW, &job, console)?;
    if let Some(checkout) = checkout {
        console.status(format!(
            "the runtime is taken from {checkout}, where CI and others need it, too"
        ));
    }
    console.status(match (&arguments.document, document.url) {
        (None, _) => "next: put OpenAPI documents into api/, then `tablature codegen`",
        (_, Some(_)) => "next: `tablature fetch`, then `tablature codegen`",
        (_, None) => "next: `tablature codegen`",
    });
    Ok(Exit::Done)
}

/// The checkout that this command was built from, as a path from the root on, unless it is gone.
fn checkout_from(root: &Path) -> Result<Option<String>, Error> {
    let root = paths::resolve(root).map_err(|cause| Error::io("read", paths::slashed(root), cause))?;
    let runtime = target::runtime_in(&target::checkout(), &root)?;
    Ok(runtime.and_then(|it| match it {
        Runtime::Path { path, .. } => Some(path.strip_suffix("/runtime")?.to_owned()),
        _ => None,
    }))
}

/// The text of a CI job, which installs this version of the command.
fn workflow(template: &str, checkout: Option<&str>) -> String {
    let install = match checkout {
        Some(checkout) => format!(
            "# `tablature` was built from a checkout: a step before this one has to put it there.\n      \
             - run: cargo install --locked --path {}",
            package::quoted(&format!("{checkout}/cli"))
        ),
        None => format!("- run: cargo install --locked tablature@{}", env!("CARGO_PKG_VERSION")),
    };
    template.replace("INSTALL", &install)
}

/// What the first crate is made of.
struct Document {
    /// The name of the package.
    name: String,
    /// The file or the pattern.
    file: String,
    /// Where the file is from.
    url: Option<String>,
}

impl Document {
    fn of(arguments: &Arguments, root: &Path) -> Result<Self, Error> {
        let given = arguments.document.as_deref();
        let url = given.filter(|it| it.contains("://"));
        let (subject, file) = match (given, url) {
            (None, _) => ("api".to_owned(), "api/*.json".to_owned()),
            (Some(_), Some(url)) => {
                let subject = of_address(url)?;
                let is_yaml = [".yaml", ".yml"].iter().any(|it| without_query(url).ends_with(it));
                let file = format!("api/{subject}.{}", if is_yaml { "yaml" } else { "json" });
                (subject, file)
            }
            (Some(file), None) => {
                let file = if Path::new(file).is_absolute() {
                    paths::relative(root, Path::new(file))
                } else {
                    paths::slashed(Path::new(file))
                };
                (of_file(root, &file)?, file)
            }
        };
        let name = match &arguments.name {
            Some(name) => package::name(name),
            // The module is called after the document, and the crate should not be called as its module.
            None if subject.split('-').any(|it| ["api", "client", "sdk"].contains(&it)) => subject,
            None => format!("{subject}-api"),
        };
        let url = url.map(str::to_owned);
        Ok(Self { name, file, url })
    }
}

/// What a published document is about: its name or, where that says nothing, the domain.
fn of_address(url: &str) -> Result<String, Error> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Err(Error::usage(format!(
            "{url}: an address of a document begins with https://"
        )));
    };
    let (host, path) = without_query(rest).split_once('/').unwrap_or((rest, ""));
    let host = host.split(':').next().unwrap_or(host);
    let mut labels = host.rsplit('.');
    let domain = labels.nth(1).unwrap_or(host);
    Ok(package::name(telling(path).unwrap_or(domain)).replace('_', "-"))
}

/// What the document in a file is about: its name or, where that says nothing, its title.
fn of_file(root: &Path, file: &str) -> Result<String, Error> {
    let text = input::read(root, file)?;
    let title = || {
        let mut read = |name: &str| (name == file).then(|| text.clone()).ok_or_else(String::new);
        let (documents, _) = Documents::load(&[file.to_owned()], &mut read);
        Some(documents.documents().first()?.info.title.value.clone()).filter(|it| !it.is_empty())
    };
    let name = telling(file).map(str::to_owned).or_else(title);
    Ok(package::name(&name.unwrap_or_else(|| stem(file).to_owned())).replace('_', "-"))
}

/// The name of a document without its folder and its ending, where that says what the document is about.
fn telling(path: &str) -> Option<&str> {
    let stem = stem(path);
    let bare = stem.trim_end_matches(|it: char| it.is_ascii_digit() || "-_.v".contains(it));
    let is_telling = !["", "api", "index", "openapi", "schema", "spec", "swagger"].contains(&bare);
    is_telling.then_some(stem)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// The text of the first configuration.
fn configuration(document: &Document, checkout: Option<&str>) -> String {
    let Document { name, file, url } = document;
    let documents = match url {
        Some(url) => format!(
            "{{ url = {}, file = {} }}",
            package::toml_string(url),
            package::toml_string(file)
        ),
        None => package::toml_string(file),
    };
    let runtime = match checkout {
        Some(checkout) => format!(
            "# The checkout that this command was built from; without this key it is the version of the command.\nruntime = {}\n",
            package::toml_string(&format!("{checkout}/runtime"))
        ),
        None => "# runtime = \"0.1\"\n".to_owned(),
    };
    format!(
        "# What `tablature codegen` emits. `tablature explain --keys` says what each key means.\n\n\
         [crate.{name}]\n\
         documents = [{documents}]\n\
         out = \"crates/{name}\"\n\
         # A module of a crate of your own, in place of `out`:\n\
         # module = \"src/{module}\"\n\
         {runtime}\
         # Corrections of the documents, as OpenAPI Overlays:\n\
         # overlays = [\"overlays/{name}.yaml\"]\n\
         # lints.workspace = true\n\n\
         # What is left out, each with the reason:\n\
         # [crate.{name}.skip]\n\
         # uploadFile = \"nobody needs it yet\"\n\n\
         # Keys of `[package]`; without `version` it is 0.1.0.\n\
         # [crate.{name}.package]\n\
         # license = \"MIT OR Apache-2.0\"\n\
         # version.workspace = true\n",
        module = name.replace('-', "_"),
    )
}

/// Writes a file that is not there yet; one that is there is left as it is.
fn create(root: &Path, name: &str, text: &str, console: &mut Console) -> Result<(), Error> {
    let failed = |cause| Error::io("write", name, cause);
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap_or(root)).map_err(failed)?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(failed)?,
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
            console.status(format!("kept       {name}"));
            return Ok(());
        }
        Err(cause) => return Err(failed(cause)),
    }
    console.status(format!("wrote      {name}"));
    Ok(())
}
