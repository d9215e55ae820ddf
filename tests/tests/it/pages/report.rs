//! `pages report`: what is in the files, and what a browser makes of them.

use std::fs;
use std::path::Path;
use std::process::Command;

use tablature_tests::sandbox::{Outcome, Sandbox};

use super::fixture;

const DOCUMENT: &str = include_str!("../../../fixtures/pages/lamps/lamps.json");

/// A workspace in which a page is recorded whose texts would do harm as HTML.
fn hostile() -> Sandbox {
    let sandbox = Sandbox::workspace(&[("lamps.json", DOCUMENT)]).unwrap();
    let page = fixture("replaceLamp.md")
        .replace("# 替换Lamp", "# Lamp <img src=x onerror=alert(1)>")
        .replace("|dimmed|否|Boolean|", "|dimmed|否|String<script>|");
    sandbox.write("lamps/replaceLamp.md", page).unwrap();
    let source = "javascript:alert(1)";
    let outcome = sandbox.run(&[
        "pages",
        "record",
        "lamps/replaceLamp.md",
        "--edition",
        "2024",
        "--source",
        source,
    ]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let later = fixture("replaceLamp.md")
        .replace(
            "|mode|否|String|",
            "|colour|否|String|The <b>colour</b>.|\n|mode|否|String|",
        )
        .replace("|watts|是|Integer|", "|watts|否|Long|");
    sandbox.write("later/replaceLamp.md", later).unwrap();
    sandbox
}

fn report(sandbox: &Sandbox) -> Outcome {
    sandbox.run(&["pages", "report", "later/replaceLamp.md", "--out", "report"])
}

/// The value of each attribute of this name.
fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!(" {name}=\"");
    let found = text.split(start.as_str()).skip(1);
    found.filter_map(|it| it.split('"').next()).collect()
}

#[test]
fn rows_are_shown_with_their_states_and_links() {
    let sandbox = hostile();
    let outcome = report(&sandbox);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let page = sandbox.read("report/page-lamps_replaceLamp.html").unwrap();
    insta::assert_snapshot!("report_page", page);
    insta::assert_snapshot!("report_index", sandbox.read("report/index.html").unwrap());
    // The texts of pages are text: no element, no script, no address but of the web.
    for harm in ["<img", "<script>", "<b>", "javascript:"] {
        assert!(!page.contains(harm), "{harm}");
    }
    let page = page.replace("&#x2f;", "/");
    for href in attributes(&page, "href").into_iter().filter(|it| *it != "data:,") {
        // What is emitted is not written in this workspace.
        let file = href.split('#').next().unwrap();
        let is_there = sandbox.path("report").join(file).exists() || file.contains("/generated/");
        assert!(is_there, "{href}");
    }
}

#[test]
fn an_edition_that_holds_nothing_is_an_error_and_removes_no_row() {
    let sandbox = hostile();
    let prose = "# News\n\nThe lamps moved to another room.\n";
    sandbox.write("later/replaceLamp.md", prose).unwrap();
    let against = [
        "pages",
        "check",
        "later/replaceLamp.md",
        "--against",
        "lamps/replaceLamp.md",
    ];
    for (outcome, said) in [
        (report(&sandbox), "nothing was written"),
        (sandbox.run(&against), "not compared: neither an operation nor a table"),
    ] {
        let all = format!("{}{}", outcome.out, outcome.err);
        assert!(outcome.code == 1 && all.contains(said), "{all}");
        assert!(all.contains("nothing-read") && !all.contains("removed"), "{all}");
    }
}

#[test]
fn a_report_replaces_a_report_and_nothing_else() {
    let sandbox = hostile();
    assert_eq!(report(&sandbox).code, 0);
    sandbox.write("report/page-gone.html", "").unwrap();
    sandbox.write("report/notes.txt", "").unwrap();
    assert_eq!(report(&sandbox).code, 0);
    assert!(!sandbox.path("report/page-gone.html").exists() && sandbox.path("report/notes.txt").exists());
    let outcome = sandbox.run(&["pages", "report", "--out", "schema"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("holds no report"), "{}", outcome.err);
}

/// The page as a browser has it after a script ran; `None` where there is no Chromium.
fn browsed(folder: &Path, page: &str, probe: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(page)).unwrap();
    let start = "<script>window.onerror = (it) => document.documentElement.dataset.error = it;</script>";
    let end = format!("<script>addEventListener('load', () => {{ {probe} }});</script></body>");
    let text = text
        .replace("<head>", &format!("<head>{start}"))
        .replace("</body>", &end);
    fs::write(folder.join("probe.html"), text).unwrap();
    let programs = ["chromium", "chromium-browser", "google-chrome"];
    let url = format!("file://{}", folder.join("probe.html").display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "--virtual-time-budget=2000",
    ];
    let output = programs
        .iter()
        .find_map(|it| Command::new(it).args(arguments).arg(&url).output().ok())?;
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_filter_works_from_the_keyboard() {
    let sandbox = hostile();
    report(&sandbox);
    let probe = "const key = (it) => document.dispatchEvent(new KeyboardEvent('keydown', {key: it}));
        const root = document.documentElement.dataset; const count = () => document.querySelectorAll('[data-row]:not([hidden])').length;
        root.all = count(); key('/'); root.focus = document.activeElement.id;
        filter.value = 'SERIAL long'; filter.dispatchEvent(new Event('input')); root.some = count();
        key('Escape'); root.again = count();";
    let folder = sandbox.path("report");
    let Some(dom) = browsed(&folder, "page-lamps_replaceLamp.html", probe) else {
        println!("skipped: no Chromium");
        return;
    };
    let root = dom.split("<head>").next().unwrap();
    let value = |name: &str| attributes(root, name).first().map(|it| (*it).to_owned());
    assert_eq!(value("data-error"), None, "{root}");
    assert_eq!(value("data-focus").as_deref(), Some("filter"), "{root}");
    assert_eq!(value("data-some").as_deref(), Some("1"), "{root}");
    assert_eq!(value("data-all"), value("data-again"), "{root}");
}
