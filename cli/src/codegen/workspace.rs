//! The cargo workspace that an emitted crate stands in.

use std::fs;
use std::path::{Path, PathBuf};

use glob::Pattern;
use tablature_build::paths;
use toml::de::{DeTable, DeValue};

/// How a folder stands to the workspaces above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is in none, or left out of the nearest.
    Alone,
    /// It is in one, which lists it.
    Member,
    /// It is in one, which does not list it.
    Unlisted,
}

/// How the crate in a folder stands to the workspaces above it.
pub(super) fn standing(folder: &Path) -> Standing {
    for root in folder.ancestors().skip(1) {
        let Ok(text) = fs::read_to_string(root.join("Cargo.toml")) else {
            continue;
        };
        let (manifest, _) = DeTable::parse_recoverable(&text);
        let Some(workspace) = table(manifest.get_ref(), "workspace") else {
            continue;
        };
        let name = paths::relative(root, folder);
        return match stands_in(&name, workspace) {
            Standing::Unlisted if is_depended_on(folder, root, &texts(workspace, "members")) => Standing::Member,
            standing => standing,
        };
    }
    Standing::Alone
}

/// How a folder of this name from the root on stands to the workspace by its lists.
fn stands_in(name: &str, workspace: &DeTable<'_>) -> Standing {
    let is_in = |it: &&str| Path::new(name).starts_with(it);
    if texts(workspace, "exclude").iter().any(is_in) || is_in(&"target") {
        return Standing::Alone;
    }
    let matches = |it: &&str| Pattern::new(it.trim_start_matches("./")).is_ok_and(|it| it.matches(name));
    match texts(workspace, "members").iter().any(matches) {
        true => Standing::Member,
        false => Standing::Unlisted,
    }
}

/// Whether a package of the workspace depends on the one in a folder: cargo takes what is depended on by a path for a
/// member, too.
fn is_depended_on(folder: &Path, root: &Path, members: &[&str]) -> bool {
    let listed = members.iter().filter_map(|it| {
        let pattern = format!("{}/{it}", Pattern::escape(&root.to_string_lossy()));
        Some(glob::glob(&pattern).ok()?.flatten())
    });
    let mut packages: Vec<PathBuf> = listed.flatten().collect();
    packages.push(root.to_owned());
    let mut seen = 0;
    while let Some(package) = packages.get(seen) {
        let found = path_dependencies(package);
        if found.iter().any(|it| it == folder) {
            return true;
        }
        let new = found
            .into_iter()
            .filter(|it| it.starts_with(root) && !packages.contains(it));
        let new: Vec<PathBuf> = new.collect();
        packages.extend(new);
        seen += 1;
    }
    false
}

/// The folders of the packages that a package, or a workspace, depends on by a path.
fn path_dependencies(package: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(package.join("Cargo.toml")).unwrap_or_default();
    let (manifest, _) = DeTable::parse_recoverable(&text);
    let manifest = manifest.get_ref();
    let of_package = ["dependencies", "dev-dependencies", "build-dependencies"].map(|it| table(manifest, it));
    let of_workspace = table(manifest, "workspace").and_then(|it| table(it, "dependencies"));
    let all = of_package.into_iter().chain([of_workspace]).flatten();
    let paths = all
        .flat_map(|it| it.values())
        .filter_map(|it| it.get_ref().get("path")?.get_ref().as_str());
    paths.filter_map(|it| paths::resolve(&package.join(it)).ok()).collect()
}

fn table<'t, 'i>(manifest: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    manifest.get(key)?.get_ref().as_table()
}

/// The strings of a list.
fn texts<'t>(table: &'t DeTable<'_>, key: &str) -> Vec<&'t str> {
    let items = table.get(key).and_then(|it| it.get_ref().as_array());
    let texts = items.into_iter().flatten().map(|it| it.get_ref());
    texts.filter_map(DeValue::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_member_as_cargo_has_it() {
        let text = r#"
            [workspace]
            members = ["crates/*", "./apis/petstore"]
            exclude = ["crates/old"]
        "#;
        let manifest = DeTable::parse_recoverable(text).0.into_inner();
        let workspace = table(&manifest, "workspace").cloned().unwrap_or_default();
        for (name, expected) in [
            ("crates/a", Standing::Member),
            ("apis/petstore", Standing::Member),
            ("crates/old", Standing::Alone),
            ("crates/old/deep", Standing::Alone),
            ("target/x", Standing::Alone),
            ("apis/lamps", Standing::Unlisted),
        ] {
            assert_eq!(stands_in(name, &workspace), expected, "{name}");
        }
    }
}
