//! Cargo on crates that a test has emitted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablature_codegen::File;
use tablature_tests::workspace::{files_below, root};

/// Runs cargo in a folder, offline, with every warning an error.
///
/// All runs share one target folder, kept between runs. It is not the one that runs the test: other
/// flags would make cargo build all of that anew. Crates that are compiled once keep neither what an
/// incremental build would need nor debug information, which fill a disk.
pub fn cargo(folder: &Path, arguments: &[&str]) {
    let (success, said) = run(folder, arguments);
    assert!(success, "cargo {}\n{said}", arguments.join(" "));
}

/// Whether such a run succeeds, and what it says.
pub fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output();
    match output {
        Ok(output) => (
            output.status.success(),
            [output.stderr, output.stdout]
                .map(|it| String::from_utf8_lossy(&it).into_owned())
                .concat(),
        ),
        Err(error) => (false, error.to_string()),
    }
}

/// The manifest of a workspace of emitted crates: what theirs inherit is that of the real workspace.
pub fn manifest(members: &[String]) -> String {
    let real = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let shared = real.find("[workspace.package]").unwrap();
    let absolute = format!("path = \"{}/", root().display());
    let shared = real[shared..].replace("path = \"", &absolute);
    format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{shared}")
}

/// Writes the files of a crate, and removes what else an earlier run left in its folder.
pub fn write_crate(folder: &Path, files: &[File]) {
    let mut old = Vec::new();
    files_below(folder, &mut old);
    let is_left_over = |path: &&PathBuf| files.iter().all(|it| folder.join(&it.path) != **path);
    for left_over in old.iter().filter(is_left_over) {
        fs::remove_file(left_over).unwrap();
    }
    for file in files {
        write(&folder.join(&file.path), &file.text);
    }
}

/// Writes a file, unless it is as it should be.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
