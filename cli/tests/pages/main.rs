//! Follows pages that a server of this process publishes: as they are, changed, gone, moved, behind a login, and faulty.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod job;
mod one_at_a_time;
#[path = "../server/mod.rs"]
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use server::{response, said, serve, tablature};
use tempfile::TempDir;

const PAGE: &str = include_str!("../../../tests/fixtures/pages/lamps/replaceLamp.md");
const DOCUMENT: &str = include_str!("../../../tests/fixtures/pages/lamps/lamps.json");
const CONFIG: &str = "[crate.lamps]\ndocuments = [\"schema/*.json\"]\ncurated = true\nout = \"generated\"\n\
                      runtime = \"0.1\"\n\n[pages]\nlock = \"schema/pages.lock.json\"\nwaivers = \"schema/waivers.json\"\n";

/// The status line, the headers and the body.
type Answer = (String, Vec<(String, String)>, String);

/// What a server has at each path: status line, headers and body.
#[derive(Clone, Default)]
struct Site {
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn put(&self, path: &str, status: &str, headers: &[(&str, &str)], body: &str) {
        let headers = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let answer = (status.to_owned(), headers.collect(), body.to_owned());
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn respond(&self, head: &str) -> String {
        self.asked.lock().unwrap().push(head.to_owned());
        let path = head.split(' ').nth(1).unwrap();
        let answers = self.answers.lock().unwrap();
        let Some((status, headers, body)) = answers.get(path) else {
            return response("404 Not Found", &[], "");
        };
        let headers: Vec<_> = headers.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let asks_by = |name: &str, with: &str| {
            let value = headers.iter().find(|(it, _)| *it == name).map(|(_, it)| *it);
            value.is_some_and(|it| head.contains(&format!("{with}: {it}\r\n")))
        };
        if asks_by("etag", "if-none-match") || asks_by("last-modified", "if-modified-since") {
            return response("304 Not Modified", &headers, "");
        }
        response(status, &headers, body)
    }
}

/// A repository in which one page is recorded from the server, and the server.
fn followed() -> (TempDir, Site) {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let site = Site::default();
    site.put("/lamp", "200 OK", &[("etag", "\"one\"")], PAGE);
    let served = site.clone();
    let port = serve(path, move |head| served.respond(head));
    for (name, text) in [
        ("tablature.toml", CONFIG),
        ("schema/lamps.json", DOCUMENT),
        ("lamps/replaceLamp.md", PAGE),
    ] {
        fs::create_dir_all(path.join(name).parent().unwrap()).unwrap();
        fs::write(path.join(name), text).unwrap();
    }
    let source = format!("https://localhost:{port}/lamp");
    let page = "lamps/replaceLamp.md";
    let record = said(&tablature(
        path,
        &["pages", "record", page, "--source", &source, "--edition", "2024"],
    ));
    assert!(record.starts_with("Some(0)"), "{record}");
    (folder, site)
}

fn fetch(path: &Path) -> String {
    said(&tablature(path, &["pages", "fetch", "--pause", "0"]))
}

/// The pages that were kept.
fn kept(path: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(path.join(".tablature/pages/lamps")) else {
        return Vec::new();
    };
    let text = |it: std::io::Result<fs::DirEntry>| fs::read_to_string(it.unwrap().path()).unwrap();
    entries.map(text).collect()
}

#[test]
fn a_page_with_a_date_alone_is_asked_for_by_it() {
    let (folder, site) = followed();
    let path = folder.path();
    let date = |day: u8| format!("Mon, 0{day} Jan 2024 00:00:00 GMT");
    site.put("/lamp", "200 OK", &[("last-modified", &date(1))], PAGE);
    assert!(fetch(path).starts_with("Some(0) fetched"));
    assert!(fetch(path).starts_with("Some(0) unchanged"));
    site.put("/lamp", "200 OK", &[("last-modified", &date(2))], "# Later\n");
    assert!(fetch(path).starts_with("Some(0) fetched"));
    assert_eq!(kept(path), ["# Later\n"]);
    // A server that says so of a page that is not here any more cannot be right, and is asked for it anew.
    fs::remove_dir_all(path.join(".tablature/pages/lamps")).unwrap();
    assert!(fetch(path).starts_with("Some(0) fetched"));
}

#[test]
fn a_page_is_fetched_once_and_compared() {
    let (folder, site) = followed();
    let path = folder.path();
    let first = fetch(path);
    assert!(
        first.starts_with("Some(0) fetched        lamps/replaceLamp\n1 page published, 0 not"),
        "{first}"
    );
    assert!(fetch(path).starts_with("Some(0) unchanged      lamps/replaceLamp"));
    assert_eq!(kept(path), [PAGE]);
    assert_eq!(
        fs::read_to_string(path.join(".tablature/pages/.gitignore")).unwrap(),
        "*\n"
    );
    let asked = site.asked.lock().unwrap().clone();
    assert!(
        asked
            .iter()
            .all(|it| it.to_lowercase().contains("user-agent: tablature/")),
        "{asked:?}"
    );

    let same = said(&tablature(path, &["pages", "check"]));
    assert!(same.starts_with("Some(0)") && same.contains("no change"), "{same}");
    let later = PAGE.replace("|labels|否|", "|colour|否|String|The colour.|\n|labels|否|");
    site.put("/lamp", "200 OK", &[("etag", "\"two\"")], &later);
    let changed = said(&tablature(path, &["pages", "check"]));
    assert!(
        changed.starts_with("Some(1)") && changed.contains("added     member `colour`"),
        "{changed}"
    );
}

#[test]
fn what_is_no_page_any_more_is_told_and_removes_no_row() {
    let (folder, site) = followed();
    let path = folder.path();
    let schema = || fs::read_to_string(path.join("schema/lamps.json")).unwrap();
    let login = "<form><input type=\"password\"></form>";
    let prose = "# News\n\nThe lamps moved to another room.\n";
    for (status, headers, body, expected) in [
        ("410 Gone", vec![], "", "gone           lamps/replaceLamp: status 410"),
        (
            "404 Not Found",
            vec![],
            PAGE,
            "gone           lamps/replaceLamp: status 404",
        ),
        (
            "301 Moved",
            vec![("location", "/lamp2")],
            "",
            "moved          lamps/replaceLamp: to /lamp2",
        ),
        (
            "302 Found",
            vec![("location", "https://id.example/login")],
            "",
            "login          lamps/replaceLamp",
        ),
        (
            "200 OK",
            vec![],
            login,
            "login          lamps/replaceLamp: the page has a field for a password",
        ),
        ("503 Busy", vec![], "", "failed         lamps/replaceLamp: status 503"),
        (
            "200 OK",
            vec![],
            prose,
            "not compared: neither an operation nor a table",
        ),
    ] {
        site.put("/lamp", status, &headers, body);
        let outcome = said(&tablature(path, &["pages", "check", "--apply"]));
        assert!(outcome.starts_with("Some(1)"), "{outcome}");
        assert!(outcome.contains(expected) && !outcome.contains("removed"), "{outcome}");
        assert_eq!(schema(), DOCUMENT, "{status}");
    }
    // Where it moved to, nobody was asked.
    let asked = site.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|it| it.starts_with("GET /lamp HTTP/1.1")), "{asked:?}");
}

#[test]
fn faulty_answers_are_errors_of_their_page_alone() {
    let (folder, site) = followed();
    site.answers.lock().unwrap().clear();
    site.put("/lamp", "200 OK", &[("content-encoding", "gzip")], "not gzip");
    let outcome = fetch(folder.path());
    assert!(
        outcome.starts_with("Some(1)") && outcome.contains("it is sent as gzip"),
        "{outcome}"
    );
    assert!(kept(folder.path()).is_empty());
    site.put("/lamp", "200 OK", &[("content-length", "99999999")], "");
    let outcome = fetch(folder.path());
    assert!(
        outcome.starts_with("Some(1)") && outcome.contains("it has 99999999 bytes, more than 64 MiB"),
        "{outcome}"
    );
    assert!(kept(folder.path()).is_empty());
    // Only HTTPS is asked.
    let lock = folder.path().join("schema/pages.lock.json");
    let text = fs::read_to_string(&lock)
        .unwrap()
        .replace("https://localhost", "http://localhost");
    fs::write(&lock, text).unwrap();
    let before = site.asked.lock().unwrap().len();
    let outcome = fetch(folder.path());
    assert!(
        outcome.starts_with("Some(1)") && outcome.contains("is not HTTPS"),
        "{outcome}"
    );
    assert_eq!(site.asked.lock().unwrap().len(), before);
}

#[test]
fn an_update_edits_and_reports() {
    let (folder, site) = followed();
    let path = folder.path();
    let update = || {
        said(&tablature(
            path,
            &["pages", "update", "--pause", "0", "--report", "report.md"],
        ))
    };
    let report = || fs::read_to_string(path.join("report.md")).unwrap();
    assert!(update().starts_with("Some(0)"));
    assert!(report().contains("Nothing changed."), "{}", report());
    assert!(!path.join("generated").exists());

    // A member less: the edit needs nobody, so that the crate is emitted.
    let less = PAGE.replace("|labels|否|Map<String,String>|Notes.|\n", "");
    site.put("/lamp", "200 OK", &[("etag", "\"two\"")], &less);
    let outcome = update();
    assert!(outcome.starts_with("Some(1)"), "{outcome}");
    let text = report();
    for part in [
        "## lamps/replaceLamp\n\n- **removed** member 'labels' of com.example.LampSpec (schema/lamps.json:",
        "## Edits made\n\n- removed member 'labels'",
        "## For users\n",
        "`codegen` ended with 0:",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(
        fs::read_to_string(path.join("schema/lamps.json"))
            .unwrap()
            .contains("\"deprecated\": true")
    );

    // A member more waits for its description; what it will do to users is known already.
    let more = less.replace(
        "|bulbs|否|",
        "|colour|否|String|The <b>colour</b> of @all.|\n|bulbs|否|",
    );
    site.put("/lamp", "200 OK", &[("etag", "\"three\"")], &more);
    assert!(update().starts_with("Some(1)"));
    let text = report();
    assert!(text.contains("Drafts wait for their descriptions"), "{text}");
    assert!(text.contains("LampSpec::colour") && !text.contains("<b>"), "{text}");
}

#[test]
fn published_pages_become_a_draft_that_follows_them() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let site = Site::default();
    site.put("/lamps/replaceLamp.html", "200 OK", &[], PAGE);
    site.put(
        "/lamps/moved.html",
        "301 Moved Permanently",
        &[("location", "/new")],
        "",
    );
    let served = site.clone();
    let port = serve(path, move |head| served.respond(head));
    let address = |page: &str| format!("https://localhost:{port}/lamps/{page}.html");
    let [lamp, moved, gone] = ["replaceLamp", "moved", "gone"].map(address);
    let import = |pages: &[&str]| {
        let mut arguments = vec!["pages", "import", "--out", "lamps.json", "--pause", "0"];
        arguments.extend(pages);
        said(&tablature(path, &arguments))
    };
    let plain = lamp.replace("https", "http");
    let first = import(&[&lamp, &moved, &gone, &plain]);
    assert!(first.starts_with("Some(1)"), "{first}");
    for line in [
        "lamps/replaceLamp",
        "left out: moved: to /new",
        "left out: gone: status 404",
        "left out: not HTTPS",
        "a draft of 1 operation, 4 models, 1 page read, 0 prose, 3 refused",
    ] {
        assert!(first.contains(line), "{line}\n{first}");
    }
    let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
    assert!(read("lamps.json.lock").contains(&format!("\"source\": \"{lamp}\"")));

    // A curator edits it; the page is as it was, then another edition.
    let edited = read("lamps.json").replace("\"operationId\": \"replaceLamp\"", "\"operationId\": \"swapLamp\"");
    fs::write(path.join("lamps.json"), &edited).unwrap();
    let again = import(&[&lamp]);
    assert!(
        again.starts_with("Some(0)") && again.contains("lamps.json: as it was, 0 by hand"),
        "{again}"
    );
    assert_eq!(read("lamps.json"), edited);
    let later = PAGE.replace("|labels|否|", "|colour|否|String|The colour.|\n|labels|否|");
    site.put("/lamps/replaceLamp.html", "200 OK", &[], &later);
    let changed = import(&[&lamp]);
    assert!(changed.contains("applied   added     member `colour`"), "{changed}");
    let added: Vec<_> = read("lamps.json").lines().map(str::to_owned).collect();
    let kept = edited.lines().filter(|line| added.iter().any(|it| it == line)).count();
    assert_eq!(
        (kept, added.len()),
        (edited.lines().count(), edited.lines().count() + 5)
    );

    // What it rests on is gone: it is not taken for a draft.
    fs::remove_file(path.join("lamps.json.lock")).unwrap();
    let unknown = import(&[&lamp]);
    assert!(
        unknown.starts_with("Some(2)") && unknown.contains("lamps.json.lock does not"),
        "{unknown}"
    );
}

#[test]
fn a_vocabulary_with_mistakes_is_told_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let words = r#"{"types": {"A": "the first"}, "answers": {"GET": "{ok}"},
        "headings": {"level": 9, "method": "GET", "path": "/{name}"}}"#;
    fs::write(path.join("page.md"), PAGE).unwrap();
    fs::write(path.join("words.json"), words).unwrap();
    let import = [
        "pages",
        "import",
        "page.md",
        "--vocabulary",
        "words.json",
        "--out",
        "draft.json",
    ];
    let outcome = said(&tablature(path, &import));
    for part in [
        "Some(1)",
        "`the first` is not",
        "`{ok}` is not",
        "from 1 to 6",
        "3 errors",
    ] {
        assert!(outcome.contains(part), "{part}: {outcome}");
    }
    assert!(!path.join("draft.json").exists());
}

#[test]
fn pages_are_followed_by_the_words_of_their_site() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let page = include_str!("../../../pages/tests/cases/binance-like/page.md");
    let words = include_str!("../../../pages/vocabularies/binance.json");
    let config = CONFIG.replace("[pages]\n", "[pages]\nvocabulary = \"schema/words.json\"\n");
    let document = r#"{"openapi": "3.2.0", "info": {"title": "Lamps", "version": "1"}, "paths": {}}"#;
    fs::create_dir(path.join("schema")).unwrap();
    for (name, text) in [
        ("page.md", page),
        ("schema/words.json", words),
        ("schema/lamps.json", document),
        ("tablature.toml", &config),
    ] {
        fs::write(path.join(name), text).unwrap();
    }
    let run = |command: &str| said(&tablature(path, &["pages", command, "page.md"]));
    let recorded = run("record");
    assert!(recorded.contains("2 tables, 10 rows read"), "{recorded}");
    assert!(run("check").contains("no change"));
    fs::write(path.join("page.md"), page.replace("shade | STRING", "shade | INT")).unwrap();
    let changed = run("check");
    assert!(
        changed.starts_with("Some(1)") && changed.contains("from STRING to INT"),
        "{changed}"
    );
    let import = ["pages", "import", "page.md", "--out", "draft.json"];
    assert!(said(&tablature(path, &import)).contains("2 operations"));
    // Words that cannot be read leave the lock as it is.
    let lock = fs::read(path.join("schema/pages.lock.json")).unwrap();
    fs::write(path.join("schema/words.json"), r#"{"types": {"A": "the first"}}"#).unwrap();
    let refused = run("record");
    assert!(
        refused.contains("`the first` is not") && refused.contains("nothing was recorded"),
        "{refused}"
    );
    assert_eq!(fs::read(path.join("schema/pages.lock.json")).unwrap(), lock);
}

#[test]
fn pages_of_one_key_are_told_apart_or_left_out() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    for product in ["one/lamps", "two/lamps"] {
        fs::create_dir_all(path.join(product)).unwrap();
        fs::write(path.join(product).join("replaceLamp.md"), PAGE).unwrap();
    }
    let import = ["pages", "import", "one", "two", "--out", "draft.json"];
    let outcome = said(&tablature(path, &import));
    let expected = "two/lamps/replaceLamp.md";
    assert!(
        outcome.starts_with("Some(1)") && outcome.contains(expected),
        "{outcome}"
    );
    assert!(outcome.contains("is that of one/lamps/replaceLamp.md"), "{outcome}");
}

#[test]
fn an_update_that_cannot_begin_is_an_error_and_no_difference() {
    let (folder, site) = followed();
    fs::write(folder.path().join("schema/lamps.json"), "{").unwrap();
    let asked = site.asked.lock().unwrap().len();
    let outcome = said(&tablature(folder.path(), &["pages", "update", "--report", "report.md"]));
    assert!(outcome.starts_with("Some(2)"), "{outcome}");
    assert!(!folder.path().join("report.md").exists());
    assert_eq!(site.asked.lock().unwrap().len(), asked);
}

#[test]
fn an_import_of_prose_alone_says_why_nothing_was_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("empty.md"), "").unwrap();
    fs::write(path.join("prose.md"), "# Lamps\n\nAll about lamps.\n").unwrap();
    let import = |pages: &[&str]| {
        said(&tablature(
            path,
            &[&["pages", "import", "--out", "a.json"], pages].concat(),
        ))
    };
    let told = import(&["empty.md", "prose.md"]);
    assert!(
        told.contains("error[nothing-read]: the page is empty\n --> empty.md:1:1"),
        "{told}"
    );
    assert!(told.contains("\n --> prose.md:1:1"), "{told}");
    // Beside a page that is read, prose is a line of the table.
    fs::write(path.join("lamp.md"), PAGE).unwrap();
    let told = import(&["prose.md", "lamp.md"]);
    assert!(told.starts_with("Some(0)") && !told.contains("nothing-read]"), "{told}");
}
