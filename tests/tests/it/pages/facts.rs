//! The facts of pages in each format, as the lock has them.

use tablature_openapi::Report;
use tablature_pages::Lock;

use super::{findings, fixture, reading};

/// The page as the lock has it, and what is to say of it.
fn shown(name: &str) -> String {
    let text = fixture(name);
    let reading = reading(&text);
    let counts = reading.page.counts();
    let mut lock = Lock::default();
    lock.insert(reading.page.clone());
    format!(
        "{}\nread {} tables, {} rows; not read {} tables, {} rows\n{}",
        lock.text(),
        counts.tables,
        counts.rows,
        counts.unread_tables,
        counts.unread_rows,
        findings(&text, &reading)
    )
}

#[test]
fn markdown() {
    insta::assert_snapshot!("markdown", shown("replaceLamp.md"));
}

#[test]
fn the_same_page_in_english_has_the_same_facts() {
    let (chinese, english) = (shown("replaceLamp.md"), shown("replaceLamp.english.md"));
    let facts = |text: &str| -> Vec<String> {
        // Titles, digests and hashes are those of other words.
        let lines = text
            .lines()
            .filter(|it| !it.contains("\"title\"") && !it.contains("\"digest\""));
        lines
            .map(|it| it.split("\"text\"").next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(facts(&chinese), facts(&english));
}

#[test]
fn tables_in_html() {
    insta::assert_snapshot!("html", shown("lamp.html.md"));
}

#[test]
fn asciidoc() {
    insta::assert_snapshot!("asciidoc", shown("lamp.adoc"));
}

#[test]
fn text_with_a_cell_per_line() {
    insta::assert_snapshot!("cells", shown("replaceLamp.cells.txt"));
}

#[test]
fn text_with_rulers() {
    insta::assert_snapshot!("ruled", shown("replaceLamp.ruled.txt"));
}

#[test]
fn a_chapter_with_rulers() {
    insta::assert_snapshot!("ruled_chapter", shown("lamp.ruled.txt"));
}

#[test]
fn text_of_a_console() {
    insta::assert_snapshot!("listing", shown("replaceLamp.listing.txt"));
}

#[test]
fn the_lock_gives_back_what_was_written() {
    for name in [
        "replaceLamp.md",
        "lamp.adoc",
        "lamp.ruled.txt",
        "replaceLamp.listing.txt",
    ] {
        let mut lock = Lock::default();
        lock.insert(reading(&fixture(name)).page);
        let text = lock.text();
        let mut report = Report::new();
        let read = Lock::read(0, &text, &mut report);
        assert!(report.is_empty(), "{name}: {report:?}");
        assert_eq!(read.text(), text, "{name}");
    }
}

#[test]
fn a_lock_that_is_none_is_told_with_its_places() {
    let text = "{\"pages\": {\"a/b\": {\"format\": \"papyrus\", \"digest\": 1, \"tabels\": []}}}";
    let mut report = Report::new();
    Lock::read(0, text, &mut report);
    let codes: Vec<_> = report
        .into_diagnostics()
        .iter()
        .map(|it| (it.span.start, it.code))
        .collect();
    assert_eq!(codes, [(29, "wrong-value"), (50, "wrong-type"), (53, "unknown-key")]);
}
