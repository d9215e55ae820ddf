//! Small pages, a folder each: what is read of them, what is told, and the draft that they become.
//!
//! A folder has a `page` with the ending of its format, and optionally a `vocabulary.json`, an `old` edition to compare
//! the page with, and `documents.json` with `waivers.json` to cover it; a folder `x-like` is read by the vocabulary
//! `x.json` that is shipped. What comes of it stands in `expected.snap` beside it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use tablature_openapi::{Documents, Report, Sources};
use tablature_pages::compare::compare;
use tablature_pages::coverage::coverage;
use tablature_pages::import::import;
use tablature_pages::json::Layout;
use tablature_pages::waiver::Waiver;
use tablature_pages::{Lock, Page, Vocabulary, read_with};

/// The file of a folder with this name, whatever its ending.
fn file(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries
        .into_iter()
        .find(|it| it.file_stem().is_some_and(|it| it == name))
}

/// The findings, a line each.
fn told(sources: &Sources, report: Report) -> String {
    let line = |it: &tablature_openapi::Diagnostic| {
        let (line, column) = sources.line_column(it.span);
        format!("{line}:{column} {:?} {}: {}\n", it.severity, it.code, it.message)
    };
    report.into_diagnostics().iter().map(line).collect()
}

fn page(folder: &Path, name: &str, words: &Vocabulary) -> Option<(Page, Sources, String)> {
    let text = fs::read_to_string(file(folder, name)?).unwrap();
    let key = format!("lamps/{}", folder.file_name().unwrap().to_string_lossy());
    let reading = read_with(words, &key, 0, &text);
    let mut sources = Sources::new();
    sources.push("page", text);
    let told = told(&sources, reading.report);
    Some((reading.page, sources, told))
}

/// What comes of a folder.
fn shown(folder: &Path) -> String {
    let mut words = Vocabulary::builtin().clone();
    // A case `telegram-like` is read by the vocabulary `telegram.json` that is shipped.
    let name = folder.file_name().unwrap().to_string_lossy().replace("-like", ".json");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("vocabularies").join(name);
    let own = folder.join("vocabulary.json");
    if let Ok(text) = fs::read_to_string(own).or_else(|_| fs::read_to_string(shipped)) {
        let mut report = Report::new();
        words.extend(0, &text, &mut report);
        assert!(report.is_empty(), "{}: {report:?}", folder.display());
    }
    let (page, sources, told_of_page) = page(folder, "page", &words).unwrap();
    if let Some((old, _, _)) = self::page(folder, "old", &words) {
        let changes = compare(&old, &page);
        let line =
            |it: &tablature_pages::compare::Change| format!("{} {}, {}\n", it.verdict.name(), it.subject, it.detail);
        return changes.iter().map(line).collect();
    }
    let mut lock = Lock::default();
    lock.insert(page.clone());
    if let Some(documents) = file(folder, "documents") {
        return format!("{told_of_page}\n{}", covered(&lock, &documents));
    }
    let draft = import("Lamps", &[page]);
    format!(
        "{}\n{told_of_page}\n{}\n{}",
        lock.text(),
        draft.document.file(Layout::Documents),
        told(&sources, draft.report)
    )
}

/// What is told of documents that follow the page.
fn covered(lock: &Lock, documents_file: &Path) -> String {
    let text = fs::read_to_string(documents_file).unwrap();
    let (documents, mut report) = Documents::load(&["documents.json".to_owned()], &mut |_| Ok(text.clone()));
    let mut sources = documents.sources().clone();
    let waivers = fs::read_to_string(documents_file.with_file_name("waivers.json")).unwrap();
    let source = sources.push("waivers.json", waivers.clone());
    let waivers = Waiver::read(source, &waivers, &mut report);
    let found = coverage(lock, &waivers, &documents);
    report.extend(found.report);
    told(&sources, report)
}

/// The folders of the cases.
fn folders() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<_> = fs::read_dir(cases).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Every code that the library can give is shown by a case.
#[test]
fn each_diagnostic_has_a_case() {
    let shown: String = folders().iter().map(|it| shown(it)).collect();
    let codes = tablature_pages::codes::ALL.iter().map(|code| code.name);
    let missing: Vec<_> = codes.filter(|code| !shown.contains(&format!(" {code}: "))).collect();
    assert_eq!(
        missing,
        Vec::<&str>::new(),
        "add a folder in pages/tests/cases for each"
    );
}

#[test]
fn each_case_is_read_as_expected() {
    let folders = folders();
    assert!(folders.len() > 15);
    for folder in folders {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("expected", shown(&folder)));
    }
}
