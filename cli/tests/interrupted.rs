//! Interrupts a run of the binary while it writes, as Ctrl-C does: each file is whole, and the next run leaves only new ones.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How many models a document has: so many that writing takes a while.
const MODELS: usize = 600;

/// A document whose models have this description.
fn document(description: &str) -> String {
    let mut schemas = String::new();
    for model in 0..MODELS {
        let comma = if model == 0 { "" } else { "," };
        let _ = write!(
            schemas,
            r#"{comma}"M{model}":{{"type":"object","description":"{description}"}}"#
        );
    }
    let info = r#"{"title":"T","version":"1"}"#;
    format!(r#"{{"openapi":"3.1.0","info":{info},"paths":{{}},"components":{{"schemas":{{{schemas}}}}}}}"#)
}

fn start(folder: &Path, description: &str) -> Child {
    fs::write(folder.join("api.json"), document(description)).unwrap();
    let out = folder.join("out");
    // A shell that runs the tests in the background has SIGINT ignored, which children inherit.
    Command::new("env")
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_tablature")])
        .args(["codegen", "--schema", "api.json", "--runtime", "0.1", "--out"])
        .arg(out)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// All files of the models below a folder.
fn models(folder: &Path) -> Vec<PathBuf> {
    let path = folder.join("out/src/api/models");
    let files = fs::read_dir(path).unwrap().map(|it| it.unwrap().path());
    files.filter(|it| !it.ends_with("mod.rs")).collect()
}

#[test]
fn an_interrupted_run_leaves_whole_files() {
    for signal in ["-INT", "-TERM", "-KILL"] {
        let folder = TempDir::new().unwrap();
        let (path, stage) = (folder.path(), folder.path().join("out/.tablature-stage"));
        assert!(start(path, "Old.").wait().unwrap().success());
        let mut run = start(path, "New.");
        let begin = Instant::now();
        while !stage.exists() && run.try_wait().unwrap().is_none() {
            assert!(begin.elapsed() < Duration::from_secs(120), "nothing is written");
        }
        let sent = Command::new("kill")
            .args([signal, &run.id().to_string()])
            .status()
            .unwrap();
        let ended = run.wait().unwrap();
        assert!(sent.success() && !ended.success(), "{signal}: the run came to its end");
        let files = models(path);
        assert_eq!(files.len(), MODELS, "{signal}");
        for file in &files {
            let text = fs::read_to_string(file).unwrap();
            assert!(
                text.starts_with("// @generated") && text.ends_with("Json;\n"),
                "{signal}: {}",
                file.display()
            );
        }
        assert!(start(path, "New.").wait().unwrap().success());
        assert!(!stage.exists(), "{signal}: what waited is still there");
        let new = |it: &PathBuf| fs::read_to_string(it).unwrap().contains("/// New.");
        assert!(models(path).iter().all(new), "{signal}");
    }
}
