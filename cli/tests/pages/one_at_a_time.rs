//! How a site is asked for several pages: for one at a time, with a pause between an answer and the next request.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::server::{response, said, serve, tablature};
use super::{CONFIG, PAGE};
use tempfile::TempDir;

/// Longer than a client takes to begin another request, were it not to wait.
const ANSWERED_WITHIN: Duration = Duration::from_millis(100);
const PAUSE: Duration = Duration::from_millis(50);
const PAGES: [&str; 4] = ["one", "two", "three", "four"];

/// When a server was asked, and when it answered.
type Asked = Arc<Mutex<Vec<(Instant, Instant)>>>;

/// A server that takes its time, and the addresses of the pages there.
fn slow(folder: &TempDir) -> (Asked, Vec<String>) {
    let asked = Asked::default();
    let times = Arc::clone(&asked);
    let port = serve(folder.path(), move |_| {
        let begin = Instant::now();
        std::thread::sleep(ANSWERED_WITHIN);
        times.lock().unwrap().push((begin, Instant::now()));
        response("200 OK", &[], PAGE)
    });
    let addresses = PAGES.map(|it| format!("https://localhost:{port}/{it}"));
    (asked, addresses.to_vec())
}

/// Asserts that each page was asked for after the pause that follows the answer before it.
fn assert_one_at_a_time(asked: &Asked) {
    let mut asked = asked.lock().unwrap().clone();
    asked.sort();
    assert_eq!(asked.len(), PAGES.len());
    for pair in asked.windows(2) {
        let (answered, next) = (pair[0].1, pair[1].0);
        assert!(next >= answered + PAUSE, "{:?}", next.checked_duration_since(answered));
    }
}

fn pause() -> String {
    PAUSE.as_millis().to_string()
}

#[test]
fn recorded_pages_are_fetched_one_at_a_time() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let (asked, addresses) = slow(&folder);
    fs::create_dir_all(path.join("lamps")).unwrap();
    fs::create_dir_all(path.join("schema")).unwrap();
    fs::write(path.join("schema/lamps.json"), super::DOCUMENT).unwrap();
    fs::write(path.join("tablature.toml"), CONFIG).unwrap();
    for (name, address) in PAGES.iter().zip(&addresses) {
        let page = format!("lamps/{name}.md");
        fs::write(path.join(&page), PAGE).unwrap();
        let record = said(&tablature(path, &["pages", "record", &page, "--source", address]));
        assert!(record.starts_with("Some(0)"), "{record}");
    }
    let fetched = said(&tablature(path, &["pages", "fetch", "--pause", &pause()]));
    assert!(fetched.contains("4 pages published, 0 not"), "{fetched}");
    assert_one_at_a_time(&asked);
}

#[test]
fn pages_to_import_are_asked_for_one_at_a_time() {
    let folder = TempDir::new().unwrap();
    let (asked, addresses) = slow(&folder);
    let pause = pause();
    let mut arguments = vec!["pages", "import", "--out", "draft.json", "--pause", &pause];
    arguments.extend(addresses.iter().map(String::as_str));
    let imported = said(&tablature(folder.path(), &arguments));
    assert!(imported.starts_with("Some(0)"), "{imported}");
    assert_one_at_a_time(&asked);
}
