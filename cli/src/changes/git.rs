//! Documents of a revision, asked of git.

use std::path::Path;
use std::process::Command;

use tablature_build::{Build, Error, Outcome};
use tablature_codegen::ir;

use crate::config::{Config, Crate, is_match};

/// What the documents of a crate were lowered to in a revision, by what the configuration asks for today.
pub(super) fn tree(config: &Config, krate: &Crate, build: &Build, revision: &str) -> Result<Outcome<ir::Crate>, Error> {
    let root = &config.root;
    let failed = |cause: String| Error::usage(format!("cannot read revision {revision}: {cause}"));
    let all = git(root, &["ls-tree", "-r", "-z", "--name-only", revision]).map_err(failed)?;
    let all: Vec<&str> = all.split('\0').filter(|it| !it.is_empty()).collect();
    let mut unmatched = Vec::new();
    let matches = |pattern: &_| {
        let names = all.iter().filter(|it| is_match(pattern, it));
        Ok(names.map(|it| (*it).to_owned()).collect())
    };
    let names = config.names(krate, &matches, &mut unmatched)?;
    Error::all(unmatched.into_iter().map(|it| failed(it.message)).collect())?;
    let missing = names.iter().filter(|name| !all.contains(&name.as_str()));
    Error::all(missing.map(|name| failed(format!("it has no {name}"))).collect())?;
    // An overlay that the revision does not have was not applied then.
    let mut build = build.clone();
    build.overlays.retain(|overlay| all.contains(&overlay.as_str()));
    build.tree_of(&names, &|name| git(root, &["show", &format!("{revision}:./{name}")]))
}

/// What git prints, or the first line of what is wrong.
fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
    let output = output.map_err(|cause| format!("git cannot be run: {cause}"))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|_| "git gives a file that is not UTF-8".to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("git fails");
    Err(first.trim_start_matches("fatal: ").to_owned())
}
