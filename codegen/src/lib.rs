//! Generates a Rust crate of models and request builders from OpenAPI documents.
//!
//! Nothing here does IO: a generator of one's own says where documents are read and files go, which
//! `tablature-build` does for those on disk.
//!
//! ```
//! use tablature_codegen::{Config, Runtime, generate};
//! use tablature_openapi::Documents;
//!
//! let mut read = |name: &str| match name {
//!     "pets.json" => Ok(r#"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}"#.to_owned()),
//!     _ => Err("there is no such document".to_owned()),
//! };
//! let (documents, mut report) = Documents::load(&["pets.json".to_owned()], &mut read);
//! let config = Config::new("pets", "make pets", Runtime::Version("0.1".to_owned()));
//! match generate(&documents, &config) {
//!     Ok(generated) => generated.files.iter().for_each(|it| println!("{}: {} bytes", it.path, it.text.len())),
//!     Err(errors) => report.extend(errors),
//! }
//! assert!(!report.has_errors());
//! ```

pub mod changes;
pub mod codes;
mod config;
mod emit;
mod files;
mod finish;
mod host;
pub mod ir;
mod lower;
mod markdown;
pub mod names;
pub mod prelude;
mod render;

use tablature_openapi::{Documents, Report};

use render::Comment;

pub use config::Config;
pub use emit::{Manifest, Runtime, Value};
pub use files::File;
pub use host::Host;
pub use lower::Lowered;
pub use lower::options::Options;

/// What a run emitted.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// How many operations there are.
    pub operations: usize,
    /// How many webhooks and callbacks there are.
    pub webhooks: usize,
    /// How many models, enumerations and unions there are.
    pub models: usize,
    /// The packages that the output depends on without any feature, sorted, each with its line of `Cargo.toml`.
    pub dependencies: Vec<(String, String)>,
    /// What the run has to say beside.
    pub warnings: Report,
    /// Names that are not what their case alone would make them, sorted.
    pub renames: Vec<names::Rename>,
}

/// Emits a crate of the documents, or says all that stands in the way.
///
/// # Errors
///
/// The report holds at least one error.
pub fn generate(documents: &Documents, config: &Config) -> Result<Generated, Report> {
    lower(documents, &config.options).map(|lowered| emit(lowered, config))
}

/// Lowers documents to what they will emit: every check is made here, and every name is decided. The documents are not
/// needed afterwards.
///
/// # Errors
///
/// The report holds at least one error.
pub fn lower(documents: &Documents, options: &Options) -> Result<Lowered, Report> {
    lower::lower(documents, options)
}

/// Emits what documents were lowered to as the text of files.
pub fn emit(lowered: Lowered, config: &Config) -> Generated {
    let Lowered {
        mut krate,
        warnings,
        renames,
    } = lowered;
    if config.host.is_some() {
        krate
            .modules
            .iter_mut()
            .for_each(|it| it.features = ir::Features::default());
    }
    let mut files = files::emitted(&krate, config);
    if config.host.is_none() {
        files.push(manifest(&krate, config));
    }
    files.extend(api_list(&krate, config));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Generated {
        files,
        operations: krate.operations(),
        webhooks: krate.webhooks(),
        models: krate.models(),
        dependencies: emit::dependencies(
            &krate,
            &config.runtime,
            config.host.as_ref().is_some_and(|it| it.has_client),
        ),
        warnings,
        renames,
    }
}

/// What the documents will emit, as a tree that can be compared: see [`changes::compare`].
///
/// # Errors
///
/// The report holds at least one error.
pub fn tree(documents: &Documents, options: &Options) -> Result<ir::Crate, Report> {
    lower(documents, options).map(|it| it.krate)
}

fn api_list(krate: &ir::Crate, config: &Config) -> Option<File> {
    let list = emit::api_list(krate, files::library(config))?;
    Some(File {
        path: emit::API_LIST.to_owned(),
        text: render::first_line(Comment::Markdown, &config.command) + &list,
    })
}

fn manifest(krate: &ir::Crate, config: &Config) -> File {
    let manifest = emit::manifest(krate, &config.package, &config.runtime, &config.manifest);
    File {
        path: "Cargo.toml".to_owned(),
        text: render::first_line(Comment::Toml, &config.command) + &manifest,
    }
}
