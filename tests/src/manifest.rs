//! The dependencies that a `Cargo.toml` states, without a TOML library: ours are written plainly.

use std::collections::BTreeSet;

/// The packages that a manifest depends on, for building, testing and running alike.
pub fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut table = String::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']').to_owned();
            if let Some((_, package)) = table.rsplit_once("dependencies.") {
                found.insert(package.trim_matches('"').to_owned());
            }
        } else if table.ends_with("dependencies")
            && !line.starts_with('#')
            && let Some((key, value)) = line.split_once('=')
        {
            let key = key.trim().split('.').next().unwrap_or_default();
            let renamed = value
                .split_once("package =")
                .and_then(|(_, rest)| rest.split('"').nth(1));
            found.insert(renamed.unwrap_or(key).trim_matches('"').to_owned());
        }
    }
    found
}

/// The value of a key of the table `[package]`.
pub fn package<'a>(manifest: &'a str, key: &str) -> Option<&'a str> {
    let table = manifest.split("[package]").nth(1)?;
    let lines = table.lines().map(str::trim).take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_state_a_dependency_is_read() {
        let manifest = r#"
            [package]
            name = "a"
            [dependencies]
            one.workspace = true
            two = { version = "2", package = "deux" }
            # three = "3"
            [dev-dependencies]
            four = "4"
            [target.'cfg(unix)'.build-dependencies]
            five = { path = "../five" }
            [dependencies.six]
            version = "6"
            [features]
            seven = []
        "#;
        let expected = ["one", "deux", "four", "five", "six"].map(str::to_owned);
        assert_eq!(dependencies(manifest), BTreeSet::from(expected));
        assert_eq!(package(manifest, "name"), Some("a"));
        assert_eq!(package(manifest, "version"), None);
    }
}
