//! `tablature init`: a first `tablature.toml`, with a workspace and a CI job around it, and the job that follows pages.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use tablature_build::{Error, package, paths};
use tablature_codegen::Runtime;

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

    /// The name of the package [default: that of the document's file]
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
        return workflow(&root, PAGES_WORKFLOW, include_str!("init/pages.yml"), console).map(|()| Exit::Done);
    }
    let root = &environment.directory;
    if root.join(config::FILE).exists() {
        return Err(Error::usage(format!(
            "{} exists already, and is left as it is",
            config::FILE
        )));
    }
    let document = Document::of(arguments, root)?;
    create(root, config::FILE, &configuration(&document, root)?, console)?;
    if root.ancestors().all(|it| !it.join("Cargo.toml").exists()) {
        let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        create(root, "Cargo.toml", workspace, console)?;
    }
    workflow(root, WORKFLOW, include_str!("init/workflow.yml"), console)?;
    console.status(match document.url {
        Some(_) => "next: `tablature fetch`, then `tablature codegen`",
        None => "next: `tablature codegen`",
    });
    Ok(Exit::Done)
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
        if let Some(url) = url.filter(|it| !it.starts_with("https://")) {
            return Err(Error::usage(format!(
                "{url}: an address of a document begins with https://"
            )));
        }
        let stem = given.and_then(|it| Path::new(it.split(['?', '#']).next().unwrap_or(it)).file_stem());
        let stem = stem.map_or_else(|| "api".to_owned(), |it| it.to_string_lossy().into_owned());
        let name = package::name(arguments.name.as_deref().unwrap_or(&stem));
        let file = match (given, url) {
            (_, Some(url)) => {
                let is_yaml = {
                    let path = url.split(['?', '#']).next().unwrap_or(url);
                    [".yaml", ".yml"].iter().any(|it| path.ends_with(it))
                };
                format!("api/{name}.{}", if is_yaml { "yaml" } else { "json" })
            }
            (Some(file), None) => {
                let path = root.join(file);
                if !path.is_file() {
                    return Err(Error::io("read", file, io::ErrorKind::NotFound.into()));
                }
                paths::slashed(&PathBuf::from(file))
            }
            (None, None) => "api/*.json".to_owned(),
        };
        let url = url.map(str::to_owned);
        Ok(Self { name, file, url })
    }
}

/// The text of the first configuration.
fn configuration(document: &Document, root: &Path) -> Result<String, Error> {
    let Document { name, file, url } = document;
    let documents = match url {
        Some(url) => format!(
            "{{ url = {}, file = {} }}",
            package::toml_string(url),
            package::toml_string(file)
        ),
        None => package::toml_string(file),
    };
    let checkout = target::checkout();
    let root = paths::resolve(root).map_err(|cause| Error::io("read", paths::slashed(root), cause))?;
    let runtime = match target::runtime_in(&checkout, &root)? {
        Some(Runtime::Path { path, .. }) => format!(
            "# The checkout that this command was built from; without this key it is the version of the command.\nruntime = {}\n",
            package::toml_string(&path)
        ),
        _ => "# runtime = \"0.1\"\n".to_owned(),
    };
    Ok(format!(
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
    ))
}

/// Writes a CI job that installs this version of the command.
fn workflow(root: &Path, name: &str, text: &str, console: &mut Console) -> Result<(), Error> {
    create(root, name, &text.replace("VERSION", env!("CARGO_PKG_VERSION")), console)
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
