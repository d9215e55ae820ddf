//! Documents of a revision, asked of git.

use std::path::Path;
use std::process::Command;

use tablature_build::{Error, Outcome};
use tablature_codegen::ir;

use crate::codegen::target;
use crate::config::{Config, Crate, is_match};

/// What the documents of a crate were lowered to in a revision, by what its configuration asked for; nothing where
/// the crate is newer.
pub(super) fn tree(config: &Config, krate: &Crate, revision: &str) -> Result<Option<Outcome<ir::Crate>>, Error> {
    let root = &config.root;
    let failed = |cause: String| Error::usage(format!("cannot read revision {revision}: {cause}"));
    let all = git(root, &["ls-tree", "-r", "-z", "--name-only", revision]).map_err(failed)?;
    let all: Vec<&str> = all.split('\0').filter(|it| !it.is_empty()).collect();
    let read = |name: &str| git(root, &["show", &format!("{revision}:./{name}")]);
    let then = all.contains(&config.file()).then(|| read(config.file()));
    let then = then.transpose().map_err(failed)?;
    // A configuration that this version does not read, or that lacks the crate, says nothing of it: today's does.
    let then = then.and_then(|it| Config::read(root, config.file(), &it).ok());
    let of_then = then.as_ref().and_then(|then| {
        let mut crates = then.crates.iter();
        Some((then, crates.find(|it| it.name.value == krate.name.value)?))
    });
    let (config, krate) = of_then.unwrap_or((config, krate));
    let mut unmatched = Vec::new();
    let matches = |pattern: &_| {
        let names = all.iter().filter(|it| is_match(pattern, it));
        Ok(names.map(|it| (*it).to_owned()).collect())
    };
    let names = config.names(krate, &matches, &mut unmatched)?;
    let missing: Vec<_> = names.iter().filter(|name| !all.contains(&name.as_str())).collect();
    if of_then.is_none() && (!unmatched.is_empty() || missing.len() == names.len()) {
        return Ok(None);
    }
    Error::all(unmatched.into_iter().map(|it| failed(it.message)).collect())?;
    Error::all(missing.iter().map(|name| failed(format!("it has no {name}"))).collect())?;
    let mut build = target::build_of(config, krate, names.clone());
    // An overlay that the revision does not have was not applied then.
    build.overlays.retain(|overlay| all.contains(&overlay.as_str()));
    build.tree_of(&names, &read).map(Some)
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
