//! Documents read and emitted, again and again without what cannot be emitted where the run is to keep going.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use tablature_codegen::{Config, Generated, emit, ir, lower};
use tablature_openapi::node::Node;
use tablature_openapi::reader::Care;
use tablature_openapi::{Diagnostic, Documents, Loaded, Report, Sources};

use crate::input::{self, Inputs, Read};
use crate::omit::{self, Omissions, Skip};
use crate::{Error, diagnostics, index};

/// Documents on disk, and what is to become of them.
#[derive(Clone, Debug)]
pub struct Build {
    /// The folder that relative names start from.
    pub base: PathBuf,
    /// The documents, in their order. The index of a Kubernetes API server stands for the documents that it lists.
    pub documents: Vec<String>,
    /// The overlays that change the documents before anything else is made of them, in their order.
    pub overlays: Vec<String>,
    /// Folders beside that of the first document that references may lead into.
    pub allow_outside: Vec<PathBuf>,
    /// How much of the documents must be right: by default what is sent and read.
    pub care: Care,
    /// The file that describes the build: what to do about errors is said in its terms, else in those of options.
    pub file: Option<String>,
    /// What is left out.
    pub skip: Vec<Skip>,
    /// Whether to leave out all that cannot be emitted.
    pub keep_going: bool,
    /// What is emitted around the documents.
    pub config: Config,
}

/// A stage of [`Build::generate`], after documents are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Documents to what will be emitted: every check, every name.
    Lower,
    /// What will be emitted, to the text of files.
    Emit,
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome<T> {
    /// What was emitted, unless errors stand in the way.
    pub emitted: Option<T>,
    /// What was left out, a line each.
    pub left_out: Vec<String>,
    /// Whether something was left out that the build does not name.
    pub is_partial: bool,
    /// What was found in the documents, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that were read.
    pub sources: Sources,
    /// The files that the documents of the build led to, whether they could be read or not.
    pub read: BTreeSet<String>,
}

/// Emits documents: what was emitted, with warnings, or the errors that stand in the way.
type Emit<'a, T> = dyn FnMut(&Documents) -> Result<(T, Report), Report> + 'a;

impl Build {
    /// A build of documents, relative to `base`, without anything further.
    pub fn new(base: impl Into<PathBuf>, documents: Vec<String>, config: Config) -> Self {
        Self {
            base: base.into(),
            documents,
            allow_outside: Vec::new(),
            overlays: Vec::new(),
            care: Care::Foreign,
            file: None,
            skip: Vec::new(),
            keep_going: false,
            config,
        }
    }

    /// Generates the files, and writes none. `watch` is told when a [`Phase`] begins.
    ///
    /// # Errors
    /// When a document cannot be read, or nothing has a name that is to be left out. What is wrong inside the documents
    /// is in the outcome.
    pub fn generate(&self, watch: &mut dyn FnMut(Phase)) -> Result<Outcome<Generated>, Error> {
        let (names, inputs) = self.inputs()?;
        let outcome = self.run(&names, &|name| inputs.get(name), &mut |documents| {
            watch(Phase::Lower);
            let mut lowered = lower(documents, &self.config.options)?;
            let warnings = std::mem::take(&mut lowered.warnings);
            Ok((lowered, warnings))
        })?;
        // What was read of the documents is freed by now, all but the texts.
        watch(Phase::Emit);
        Ok(outcome.map(|lowered| emit(lowered, &self.config)))
    }

    /// What the documents are lowered to, which two editions of them can be compared by.
    ///
    /// # Errors
    /// As [`Build::generate`].
    pub fn tree(&self) -> Result<Outcome<ir::Crate>, Error> {
        let (names, inputs) = self.inputs()?;
        self.lowered(&names, &|name| inputs.get(name))
    }

    /// As [`Build::tree`], of documents that are not on disk: `read` gives the text of a name, or says why it cannot.
    ///
    /// # Errors
    /// When nothing has a name that is to be left out, or `read` does not give what an index lists.
    pub fn tree_of(&self, names: &[String], read: &Read<'_>) -> Result<Outcome<ir::Crate>, Error> {
        let documents = index::read(names, read)?;
        let names: Vec<String> = documents.iter().map(|(name, _)| name.clone()).collect();
        let texts: HashMap<_, _> = documents.into_iter().collect();
        self.lowered(&names, &|name| texts.get(name).cloned().unwrap_or_else(|| read(name)))
    }

    fn lowered(&self, names: &[String], read: &Read<'_>) -> Result<Outcome<ir::Crate>, Error> {
        self.run(names, read, &mut |documents| {
            let tree = tablature_codegen::tree(documents, &self.config.options)?;
            Ok((tree, Report::new()))
        })
    }

    /// The documents as the overlays make them, by name; as text a [`Node`] is JSON, in the order of the document.
    ///
    /// # Errors
    /// As [`Build::generate`].
    pub fn effective(&self) -> Result<Outcome<Vec<(String, Node)>>, Error> {
        let (names, inputs) = self.inputs()?;
        self.run(&names, &|name| inputs.get(name), &mut |documents| {
            let entries = documents.documents().iter().enumerate();
            let entries = entries.filter(|(index, _)| documents.is_entry(*index));
            let effective = entries.filter_map(|(_, document)| {
                let name = documents.sources().name(document.span).to_owned();
                Some((name, documents.effective(document.span.source)?.clone()))
            });
            Ok((effective.collect(), Report::new()))
        })
    }

    /// The names of the documents, and what reads them, the overlays and what they refer to.
    fn inputs(&self) -> Result<(Vec<String>, Inputs), Error> {
        let read = |name: &str| input::read(&self.base, name);
        let mut files = index::read(&self.documents, read)?;
        let names = files.iter().map(|(name, _)| name.clone()).collect();
        files.extend(self.overlays.iter().map(|it| (it.clone(), read(it))));
        let inputs = Inputs::of(&self.base, files, &self.allow_outside)?;
        Ok((names, inputs))
    }

    fn run<T>(&self, names: &[String], read: &Read<'_>, emit: &mut Emit<'_, T>) -> Result<Outcome<T>, Error> {
        let asked = RefCell::new(BTreeSet::from_iter(names.iter().cloned()));
        let read = &mut |name: &str| {
            asked.borrow_mut().insert(name.to_owned());
            read(name)
        };
        let mut loaded = Loaded::read(names, &self.overlays, self.care, read);
        let mut omissions = Omissions::of(&self.config.options.only, &self.skip, loaded.documents())?;
        let named = omissions.lines.len();
        loop {
            // What is found wrong is left out of the documents as they were read.
            let as_read = self.keep_going.then(|| loaded.clone());
            let (documents, mut report) = loaded.without(&omissions.places);
            let mut emitted = None;
            if !report.has_errors() {
                match emit(&documents) {
                    Ok((done, warnings)) => {
                        emitted = Some(done);
                        report.extend(warnings);
                    }
                    Err(errors) => report.extend(errors),
                }
            }
            if let (None, Some(as_read)) = (&emitted, as_read)
                && omissions.add_failed(&report, &documents)
            {
                loaded = as_read;
                continue;
            }
            report.point_at_files(documents.sources());
            let mut diagnostics = report.into_diagnostics();
            // Who writes a document mends it.
            if self.care == Care::Foreign {
                omit::advise(&mut diagnostics, &documents.parts(), self.file.as_deref());
            }
            let mut read = asked.take();
            read.retain(|it| !self.documents.contains(it) && !self.overlays.contains(it));
            return Ok(Outcome {
                is_partial: omissions.lines.len() > named,
                emitted,
                left_out: omissions.lines,
                diagnostics,
                sources: documents.into_sources(),
                read,
            });
        }
    }
}

impl<T> Outcome<T> {
    /// The files that were read, by name from the folder of the build.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|it| it.name.as_str())
    }

    /// The same of what `f` makes of what was emitted.
    fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            emitted: self.emitted.map(f),
            left_out: self.left_out,
            is_partial: self.is_partial,
            diagnostics: self.diagnostics,
            sources: self.sources,
            read: self.read,
        }
    }

    /// What was found in the documents, as a person reads it: each with its place, and how to get on. Empty where
    /// nothing was found.
    pub fn rendered(&self, color: bool) -> String {
        diagnostics::render(&self.diagnostics, &self.sources, color)
    }
}
