//! Cargo on crates that a test has emitted.

use std::path::Path;
use std::process::Command;

/// Runs cargo in a folder, offline, with every warning an error.
///
/// All runs share one target folder, kept between runs. It is not the one that runs the test: other
/// flags would make cargo build all of that anew.
pub fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output();
    let (success, said) = match output {
        Ok(output) => (
            output.status.success(),
            [output.stderr, output.stdout]
                .map(|it| String::from_utf8_lossy(&it).into_owned())
                .concat(),
        ),
        Err(error) => (false, error.to_string()),
    };
    assert!(success, "cargo {}\n{said}", arguments.join(" "));
}
