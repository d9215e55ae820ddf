//! `tablature pages report`: the recorded pages as static HTML.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use tablature_codegen::Options;
use tablature_codegen::ir::{self, ItemKind};
use tablature_openapi::{Documents, Sources, Span};
use tablature_pages::report::{Link, Links, Material, report};

use crate::Error;
use crate::config::Config;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::files;
use tablature_build::paths;

/// Show the recorded pages as HTML: each row with its state, its line in the documents and its Rust item
///
/// An index and a file for each page, with a filter, for a browser; nothing is fetched. Pages that are named are later
/// editions of recorded ones: what changed is shown side by side.
#[derive(Debug, Args)]
#[command(after_help = crate::EXIT_CODES)]
pub(crate) struct Arguments {
    /// Later editions of recorded pages
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,

    /// The folder to write: a new or empty one, or that of an earlier report
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// A file that each report has, whose first line says so: a folder with it is one of a report.
const MARK: &str = "report.js";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let shown = paths::slashed(&arguments.out);
    let out = paths::resolve(&environment.directory.join(&arguments.out))
        .map_err(|cause| Error::io("read", &shown, cause))?;
    let old = earlier(&out, &shown)?;
    let inputs = files::pages(&files::expand(&arguments.pages, environment)?, environment)?;
    let config = environment.config()?;
    let (documents, mut found) = files::documents(&config)?;
    let mut sources = documents.sources().clone();
    let lock = files::lock(&config, &mut sources, &mut found)?;
    let words = files::words(&config, &mut sources, &mut found)?;
    let waivers = files::waivers(&config, &mut sources, &mut found)?;
    let mut editions = BTreeMap::new();
    for input in &inputs {
        let page = input.read(&words, &input.key, &mut sources, &mut found);
        let Some(recorded) = lock.counterpart(&page) else {
            // A page that could not be read is told as such.
            if found.has_errors() {
                continue;
            }
            return Err(Error::usage(format!(
                "{} has no page `{}`",
                config.pages.lock, input.key
            )));
        };
        editions.insert(recorded.key.clone(), page);
    }
    let failed = found.has_errors();
    console.diagnose(&found.into_diagnostics(), &sources);
    if failed {
        console.line("nothing was written");
        return Ok(Exit::Difference);
    }
    let material = Material {
        lock: &lock,
        waivers: &waivers,
        documents: &documents,
        editions: &editions,
    };
    let ways = Ways::of(&documents, &out, &config);
    let files = report(&material, &ways).map_err(|cause| Error::usage(format!("the report: {cause}")))?;
    std::fs::create_dir_all(&out).map_err(|cause| Error::io("make", &shown, cause))?;
    for name in old.iter().filter(|name| files.iter().all(|it| it.name != **name)) {
        std::fs::remove_file(out.join(name)).map_err(|cause| Error::io("remove", name, cause))?;
    }
    for file in &files {
        let path = out.join(&file.name);
        tablature_build::replace(&path, &file.text).map_err(|cause| Error::io("write", &file.name, cause))?;
    }
    console.line(format!(
        "{shown}/index.html: {}, {} compared",
        counted(lock.pages.len(), "page"),
        editions.len()
    ));
    Ok(Exit::Done)
}

/// The pages of an earlier report in a folder; an error if something else is in it.
fn earlier(out: &Path, shown: &str) -> Result<Vec<String>, Error> {
    if !out.exists() {
        return Ok(Vec::new());
    }
    let failed = |cause| Error::io("read", shown, cause);
    let entries = std::fs::read_dir(out).map_err(failed)?;
    let names = entries.map(|it| it.map(|it| it.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mark = std::fs::read(out.join(MARK)).unwrap_or_default();
    if !names.is_empty() && !mark.starts_with(b"// @generated") {
        let problem = "the folder is not empty and holds no report: choose another one";
        return Err(Error::usage(format!("--out {shown}: {problem}")));
    }
    let is_page = |it: &String| it.starts_with("page-") && it.ends_with(".html");
    Ok(names.into_iter().filter(is_page).collect())
}

/// The ways from the report to documents and to emitted code.
struct Ways<'a> {
    sources: &'a Sources,
    /// From the folder of the report to that of the repository.
    root: String,
    /// From there to the folder of the emitted crate.
    out: String,
    /// The path in the crate and the file of each model, by its name in the document, and of each of its members.
    items: BTreeMap<(String, Option<String>), Link>,
    operations: BTreeMap<(String, String), Link>,
}

impl<'a> Ways<'a> {
    fn of(documents: &'a Documents, out: &Path, config: &Config) -> Self {
        let root = config.root.canonicalize().unwrap_or_else(|_| config.root.clone());
        let mut curated = config.crates.iter().filter(|it| it.curated);
        let mut ways = Self {
            sources: documents.sources(),
            root: paths::relative(out, &root),
            out: curated.next().map(|it| it.out.value.clone()).unwrap_or_default(),
            items: BTreeMap::new(),
            operations: BTreeMap::new(),
        };
        // Documents that cannot be emitted yet have no items to link to.
        if let Ok(tree) = tablature_codegen::tree(documents, &Options::default()) {
            tree.apis().for_each(|it| ways.take(it));
        }
        ways
    }

    fn take(&mut self, api: &ir::Api) {
        let module = api.module.as_str();
        let link = |text: String, file: String| Link {
            text,
            href: format!("{}/{}/src/{module}/{file}.rs", self.root, self.out),
        };
        for file in &api.models {
            for item in &file.items {
                let ItemKind::Model(model) = &item.kind else { continue };
                let path = format!("{module}::models::{}", item.name.as_str());
                let source = format!("models/{}", file.module.as_str());
                self.items
                    .entry((model.wire.clone(), None))
                    .or_insert_with(|| link(path.clone(), source.clone()));
                for field in &model.fields {
                    self.items
                        .entry((model.wire.clone(), Some(field.wire.clone())))
                        .or_insert_with(|| link(format!("{path}::{}", field.name.as_str()), source.clone()));
                }
            }
        }
        for tag in &api.tags {
            let tag_module = tag.module.as_str();
            for it in &tag.operations {
                let file = format!("{tag_module}/{}", it.module.as_str());
                self.operations
                    .entry((it.method.clone(), it.path.clone()))
                    .or_insert_with(|| link(format!("{module}::{tag_module}::{}", it.name.as_str()), file));
            }
        }
    }
}

impl Links for Ways<'_> {
    fn place(&self, span: Span) -> Link {
        let name = self.sources.name(span);
        let (line, _) = self.sources.line_column(span);
        Link {
            text: format!("{name}:{line}"),
            href: format!("{}/{name}#L{line}", self.root),
        }
    }

    fn schema(&self, name: &str, member: Option<&str>) -> Option<Link> {
        let of = |member: Option<&str>| self.items.get(&(name.to_owned(), member.map(str::to_owned)));
        of(member).or_else(|| of(None)).cloned()
    }

    fn operation(&self, method: &str, path: &str) -> Option<Link> {
        self.operations.get(&(method.to_owned(), path.to_owned())).cloned()
    }
}
