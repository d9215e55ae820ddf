//! The cargo workspace that an emitted crate stands in.

use std::fs;
use std::path::Path;

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
        let manifest = manifest.into_inner();
        let Some(workspace) = manifest.get("workspace").and_then(|it| it.get_ref().as_table()) else {
            continue;
        };
        let name = paths::relative(root, folder);
        return stands_in(&name, &manifest, workspace);
    }
    Standing::Alone
}

/// How a folder of this name from the root on stands to the workspace.
fn stands_in(name: &str, manifest: &DeTable<'_>, workspace: &DeTable<'_>) -> Standing {
    let is_in = |it: &&str| Path::new(name).starts_with(it);
    if texts(workspace, "exclude").iter().any(is_in) || is_in(&"target") {
        return Standing::Alone;
    }
    let matches = |it: &&str| Pattern::new(it.trim_start_matches("./")).is_ok_and(|it| it.matches(name));
    // Cargo takes what a package of the workspace depends on for a member.
    let tables = [manifest.get("dependencies"), workspace.get("dependencies")];
    let mut dependencies = tables.into_iter().flatten().filter_map(|it| it.get_ref().as_table());
    let has_path = |it: &DeTable<'_>| {
        let mut paths = it
            .values()
            .filter_map(|it| it.get_ref().get("path")?.get_ref().as_str());
        paths.any(|it| it.trim_start_matches("./").trim_end_matches('/') == name)
    };
    match texts(workspace, "members").iter().any(matches) || dependencies.any(has_path) {
        true => Standing::Member,
        false => Standing::Unlisted,
    }
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
            [dependencies]
            lamps = { path = "./lamps" }
        "#;
        let manifest = DeTable::parse_recoverable(text).0.into_inner();
        let workspace = manifest["workspace"].get_ref().as_table().cloned().unwrap_or_default();
        for (name, expected) in [
            ("crates/a", Standing::Member),
            ("apis/petstore", Standing::Member),
            ("lamps", Standing::Member),
            ("crates/old", Standing::Alone),
            ("crates/old/deep", Standing::Alone),
            ("target/x", Standing::Alone),
            ("apis/lamps", Standing::Unlisted),
        ] {
            assert_eq!(stands_in(name, &manifest, &workspace), expected, "{name}");
        }
    }
}
