//! Fetches published documents from a server of this process, and pins them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod server;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use server::{response, said, tablature};
use tempfile::TempDir;

const DOCUMENT: &str = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}}"#;

/// A server of one document at any path; `None` is not found.
fn serve(folder: &Path, document: Arc<Mutex<Option<String>>>) -> u16 {
    server::serve(folder, move |_| match document.lock().unwrap().as_deref() {
        Some(text) => response("200 OK", &[], text),
        None => response("404 Not Found", &[], ""),
    })
}

#[test]
fn what_is_fetched_is_pinned_and_what_is_changed_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let document = Arc::new(Mutex::new(Some(DOCUMENT.to_owned())));
    let port = serve(path, Arc::clone(&document));
    let config = format!(
        "[crate.api]\ndocuments = [{{ url = \"https://localhost:{port}/api.json\", file = \"api.json\" }}]\n\
         out = \"out\" # kept\n"
    );
    fs::write(path.join("tablature.toml"), &config).unwrap();

    let before = said(&tablature(path, &["codegen"]));
    assert!(
        before.contains("was not fetched yet") && before.contains("tablature.toml:2:"),
        "{before}"
    );
    let fetched = said(&tablature(path, &["fetch"]));
    assert!(
        fetched.starts_with("Some(0) fetched    api.json from https://"),
        "{fetched}"
    );
    let pinned = fs::read_to_string(path.join("tablature.toml")).unwrap();
    assert!(
        pinned.contains("api.json\", sha256 = \"") && pinned.ends_with("out = \"out\" # kept\n"),
        "{pinned}"
    );
    assert!(said(&tablature(path, &["codegen"])).starts_with("Some(0)"));
    assert!(said(&tablature(path, &["fetch", "--check"])).starts_with("Some(0) unchanged"));

    // What the server publishes anew is told, and then taken.
    *document.lock().unwrap() = Some(DOCUMENT.replace("\"T\"", "\"U\""));
    let check = said(&tablature(path, &["fetch", "--check"]));
    assert!(check.starts_with("Some(1) differs"), "{check}");
    assert_eq!(fs::read_to_string(path.join("api.json")).unwrap(), DOCUMENT);
    assert!(said(&tablature(path, &["fetch"])).starts_with("Some(0) fetched"));
    let again = fs::read_to_string(path.join("tablature.toml")).unwrap();
    assert!(again != pinned && again.matches("sha256").count() == 1, "{again}");

    // A copy that was edited is refused, and one that cannot be fetched leaves everything as it was.
    fs::write(path.join("api.json"), DOCUMENT).unwrap();
    let changed = said(&tablature(path, &["codegen", "--check"]));
    assert!(
        changed.starts_with("Some(2)") && changed.contains("another SHA-256"),
        "{changed}"
    );
    *document.lock().unwrap() = None;
    let gone = said(&tablature(path, &["fetch"]));
    assert!(
        gone.starts_with("Some(2) error: cannot fetch https://") && gone.contains("404"),
        "{gone}"
    );
    assert_eq!(fs::read_to_string(path.join("tablature.toml")).unwrap(), again);
}
