//! Files of a revision, asked of git.

use std::path::Path;
use std::process::Command;

use super::Files;
use crate::Error;

/// The documents in a folder of a revision.
pub(super) fn files(root: &Path, revision: &str, folder: &str) -> Result<Files, Error> {
    let names = git(
        root,
        &["ls-tree", "--name-only", "--full-tree", revision, &format!("{folder}/")],
        revision,
    )?;
    let mut files = Files::new();
    for name in names.lines().filter(|it| is_document(it)) {
        files.insert(
            name.to_owned(),
            git(root, &["show", &format!("{revision}:{name}")], revision)?,
        );
    }
    if files.is_empty() {
        let problem = format!("cannot read revision {revision}: it has no documents in {folder}/");
        return Err(Error::usage(problem));
    }
    Ok(files)
}

/// Whether a file of the folder is an OpenAPI document: the others hold facts about them.
pub(super) fn is_document(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.ends_with(".json") && !file.starts_with('.') && !["pages.lock.json", "waivers.json"].contains(&file)
}

fn git(root: &Path, arguments: &[&str], revision: &str) -> Result<String, Error> {
    let failed = |cause: String| Error::usage(format!("cannot read revision {revision}: {cause}"));
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
    let output = output.map_err(|cause| failed(format!("git cannot be run: {cause}")))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|_| failed("git gives a file that is not UTF-8".to_owned()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(
        said.lines()
            .next()
            .unwrap_or("git fails")
            .trim_start_matches("fatal: ")
            .to_owned(),
    ))
}
