//! Documentation pages: facts of every format, damage, coverage, and the commands on them.

mod commands;
mod coverage;
mod damage;
mod facts;
mod real;
mod report;

use std::fs;
use std::path::PathBuf;

use tablature_openapi::Sources;
use tablature_pages::{Reading, read};
use tablature_tests::workspace::root;

/// A page that was written for tests.
fn fixture(name: &str) -> String {
    fs::read_to_string(root().join("tests/fixtures/pages/lamps").join(name)).unwrap()
}

/// Reads a text as a page.
fn reading(text: &str) -> Reading {
    read("lamps/lamp", 0, text)
}

/// The findings of a reading, a line each.
fn findings(text: &str, reading: &Reading) -> String {
    let mut sources = Sources::new();
    sources.push("page", text);
    let diagnostics = reading.report.clone().into_diagnostics();
    let line = |it: &tablature_openapi::Diagnostic| {
        let (line, column) = sources.line_column(it.span);
        format!("{line}:{column} {:?} {}: {}\n", it.severity, it.code, it.message)
    };
    diagnostics.iter().map(line).collect()
}

/// The folder of the real pages, where it is present: they are no part of the repository.
fn documents() -> Option<PathBuf> {
    let named = std::env::var_os("TABLATURE_DOCS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/docs"));
    if folder.join("README.md").is_file() {
        return Some(folder);
    }
    println!("skipped: no documentation pages in {}", folder.display());
    None
}
