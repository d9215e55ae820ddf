//! Which files the documents of a crate are: patterns are resolved, and copies of published documents checked.

use std::path::Path;

use glob::{MatchOptions, Pattern};
use tablature_build::{Error, input};
use tablature_openapi::{Diagnostic, Spanned};

use super::{Config, Crate, Document};
use crate::{codes, sha256};

/// How patterns match: `*` stays in its folder, and hidden files have to be meant.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Files that match a pattern, by name from the root and sorted.
pub(crate) type Matches<'a> = dyn Fn(&Pattern) -> Result<Vec<String>, Error> + 'a;

impl Config {
    /// The documents of a crate in the work tree, by name from the root.
    ///
    /// # Errors
    /// All at once: patterns that nothing matches, and copies that are not what was fetched.
    pub(crate) fn documents(&self, krate: &Crate) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let names = self.names(krate, &|pattern| on_disk(&self.root, pattern), &mut found)?;
        let published = krate
            .documents
            .iter()
            .filter_map(|it| Some((it, it.published.as_ref()?)));
        for (document, published) in published {
            found.extend(self.check_copy(document, published.sha256.as_ref()));
        }
        if found.is_empty() {
            Ok(names)
        } else {
            Err(self.invalid(found))
        }
    }

    /// The names of a crate's documents, where `matches` resolves patterns. Patterns without a match are reported.
    ///
    /// # Errors
    /// When `matches` fails.
    pub(crate) fn names(
        &self,
        krate: &Crate,
        matches: &Matches<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for Document { file, .. } in &krate.documents {
            let mut add = |name: String| {
                if !names.contains(&name) {
                    names.push(name);
                }
            };
            if !file.value.contains(['*', '?', '[']) {
                add(file.value.clone());
                continue;
            }
            match Pattern::new(&file.value) {
                Ok(pattern) => {
                    let all = matches(&pattern)?;
                    let documents: Vec<String> = all.into_iter().filter(|it| !self.is_of_pages(it)).collect();
                    if documents.is_empty() {
                        let message = format!("no file matches `{}`", file.value);
                        found.push(codes::CONFIG_WRONG_VALUE.at(file.span, message));
                    }
                    documents.into_iter().for_each(add);
                }
                Err(error) => {
                    let message = format!("`{}` is no pattern: {}", file.value, error.msg);
                    found.push(codes::CONFIG_WRONG_VALUE.at(file.span, message));
                }
            }
        }
        Ok(names)
    }

    /// Whether a file holds facts about documents.
    fn is_of_pages(&self, name: &str) -> bool {
        let pages = &self.pages;
        [Some(&pages.lock), Some(&pages.waivers), pages.vocabulary.as_ref()]
            .into_iter()
            .flatten()
            .any(|it| it == name)
    }

    /// What is wrong with the copy of a published document.
    fn check_copy(&self, document: &Document, sha256: Option<&Spanned<String>>) -> Option<Diagnostic> {
        let file = &document.file;
        let Some(sha256) = sha256 else {
            let message = format!("`{}` was not fetched yet", file.value);
            return Some(
                codes::CONFIG_MISSING_KEY
                    .at(file.span, message)
                    .help("run `tablature fetch`"),
            );
        };
        let text = match input::read(&self.root, &file.value) {
            Ok(text) => text,
            Err(error) => {
                let found = codes::CONFIG_WRONG_VALUE.at(file.span, error.to_string());
                return Some(found.help("run `tablature fetch`"));
            }
        };
        let is = sha256::hex(text.as_bytes());
        (!is.eq_ignore_ascii_case(&sha256.value)).then(|| {
            let found =
                codes::CONFIG_WRONG_VALUE.at(sha256.span, format!("`{}` has another SHA-256: {is}", file.value));
            found.help("the copy was changed: restore it, or run `tablature fetch`; an overlay is for corrections")
        })
    }
}

/// The files in a folder that match a pattern, sorted.
fn on_disk(root: &Path, pattern: &Pattern) -> Result<Vec<String>, Error> {
    let base = Pattern::escape(&root.to_string_lossy());
    let whole = format!("{base}/{}", pattern.as_str());
    let paths = glob::glob_with(&whole, OPTIONS).map_err(|error| Error::usage(format!("{whole}: {error}")))?;
    let mut names = Vec::new();
    for path in paths {
        let path = path.map_err(|error| {
            let name = error.path().to_string_lossy().into_owned();
            Error::io("read", name, error.into())
        })?;
        if path.is_file() {
            let name = path.strip_prefix(root).unwrap_or(&path);
            names.push(tablature_build::paths::slashed(name));
        }
    }
    Ok(names)
}

/// Whether a file of this name matches.
pub(crate) fn is_match(pattern: &Pattern, name: &str) -> bool {
    pattern.matches_with(name, OPTIONS)
}
