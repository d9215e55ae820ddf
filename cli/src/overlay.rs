//! `tablature overlay`: documents as overlays make them.

use std::path::PathBuf;

use clap::Args;
use tablature_build::{Build, Error};
use tablature_codegen::{Config, Runtime};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Span, Spanned};

use crate::codegen::target::{self, named_once};
use crate::console::{Console, Exit};
use crate::environment::Environment;

/// Print documents as overlays make them, as JSON: one document alone, several as an object by their names
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// The crate of tablature.toml whose documents and overlays are meant [default: the only one]
    #[arg(value_name = "CRATE", conflicts_with = "schema")]
    name: Option<String>,

    /// OpenAPI documents, in place of those of a crate
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "overlay")]
    schema: Vec<PathBuf>,

    /// An overlay; may be given several times
    #[arg(long, value_name = "FILE", requires = "schema")]
    overlay: Vec<PathBuf>,

    /// A folder beside that of the first document that references may lead into; may be given several times
    #[arg(long, value_name = "DIR", requires = "schema")]
    allow_outside: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  tablature overlay petstore > effective.json
  tablature overlay --schema petstore.json --overlay fix.yaml > effective.json";

impl Arguments {
    /// The documents of the command line, or those of a crate of the configuration.
    fn build(&self, environment: &Environment) -> Result<Build, Error> {
        if self.schema.is_empty() {
            let build = target::only(self.name.as_slice(), environment)?;
            if build.overlays.is_empty() {
                let name = build.config.package;
                return Err(Error::usage(format!(
                    "{name} has no overlays: its documents are emitted as they are"
                )));
            }
            return Ok(build);
        }
        let config = Config::new("", "", Runtime::Workspace);
        let mut build = Build::new(&environment.directory, named_once(&self.schema), config);
        build.overlays = named_once(&self.overlay);
        build.allow_outside = self.allow_outside.clone();
        Ok(build)
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let outcome = arguments.build(environment)?.effective()?;
    console.diagnose(&outcome.diagnostics, &outcome.sources);
    let Some(documents) = outcome.emitted else {
        return Ok(Exit::Difference);
    };
    let printed = match documents.as_slice() {
        [(_, document)] => document.clone(),
        _ => {
            let by_name = documents
                .into_iter()
                .map(|(name, it)| (Spanned::new(name, it.span), it));
            Node {
                span: Span::default(),
                value: Value::Object(by_name.collect()),
            }
        }
    };
    // JSON has no control character but the ends of lines.
    console.out.push_str(&format!("{printed:#}\n"));
    Ok(Exit::Done)
}
