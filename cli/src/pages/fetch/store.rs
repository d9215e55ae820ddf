//! The fetched pages on disk, outside the history of the repository, with what tells whether they changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use tablature_build::{Error, replace};

use crate::sha256;

/// Where fetched pages lie, from the folder of the repository.
const FOLDER: &str = ".tablature/pages";

/// The file beside them with the validators.
const VALIDATORS: &str = "fetched.json";

/// What a server gives to ask by the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Validators {
    /// The address that they are of.
    pub(super) source: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// The folder of the fetched pages.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    known: BTreeMap<String, Validators>,
}

impl Store {
    /// Opens the folder, or makes it.
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        let folder = root.join(FOLDER);
        fs::create_dir_all(&folder).map_err(|cause| Error::io("make", FOLDER, cause))?;
        // Git takes a folder for ignored whose own file says so.
        write(&folder, ".gitignore", "*\n")?;
        let text = fs::read_to_string(folder.join(VALIDATORS)).unwrap_or_default();
        // A file that is damaged costs that pages are sent again.
        let known: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
        let known = known.into_iter().map(|(key, it)| {
            let text = |name: &str| it.get(name).and_then(Value::as_str).map(str::to_owned);
            let validators = Validators {
                source: text("source"),
                etag: text("etag"),
                last_modified: text("lastModified"),
            };
            (key, validators)
        });
        let known = known.collect();
        Ok(Self { folder, known })
    }

    /// What to ask for a page by, if it is there and from this address.
    pub(super) fn validators(&self, key: &str, source: &str) -> Option<&Validators> {
        let known = self.file(key).and_then(|_| self.known.get(key));
        known.filter(|it| it.source.as_deref() == Some(source))
    }

    /// The file of a page, if it was fetched.
    pub(super) fn file(&self, key: &str) -> Option<PathBuf> {
        Some(self.folder.join(name(key))).filter(|it| it.is_file())
    }

    /// Keeps the text of a page.
    pub(super) fn keep(
        &mut self,
        key: &str,
        source: &str,
        text: &str,
        mut validators: Validators,
    ) -> Result<PathBuf, Error> {
        let name = name(key);
        let folder = self.folder.join(&name);
        let folder = folder.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|cause| Error::io("make", FOLDER, cause))?;
        write(&self.folder, &name, text)?;
        validators.source = Some(source.to_owned());
        self.known.insert(key.to_owned(), validators);
        Ok(self.folder.join(name))
    }

    /// Writes what to ask by the next time.
    pub(super) fn close(self) -> Result<(), Error> {
        let entry = |it: &Validators| {
            let pairs = [
                ("source", &it.source),
                ("etag", &it.etag),
                ("lastModified", &it.last_modified),
            ];
            let known = pairs
                .into_iter()
                .filter_map(|(name, it)| Some((name.to_owned(), it.clone()?.into())));
            Value::Object(known.collect())
        };
        let entries: Map<_, _> = self.known.iter().map(|(key, it)| (key.clone(), entry(it))).collect();
        write(&self.folder, VALIDATORS, &format!("{:#}\n", Value::Object(entries)))
    }
}

/// The name of the file of a page: product and page, of letters that cannot lead elsewhere. Its format is told from its text.
///
/// Keys with other letters, or that differ in case alone, which is one file on some systems, are told apart by a hash.
fn name(key: &str) -> String {
    let safe = |it: &str| -> String {
        let letters = it.chars().map(|it| match it {
            it if it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.') => it,
            _ => '_',
        });
        let name = letters.collect::<String>().trim_start_matches('.').to_owned();
        if name.is_empty() { "_".to_owned() } else { name }
    };
    let (product, page) = key.split_once('/').unwrap_or(("", key));
    let name = format!("{}/{}", safe(product), safe(page));
    if name == key && !key.bytes().any(|it| it.is_ascii_uppercase()) {
        return format!("{name}.page");
    }
    let hash = sha256::hex(key.as_bytes());
    format!("{name}-{}.page", hash.get(..8).unwrap_or_default())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    replace(&folder.join(name), text).map_err(|cause| Error::io("write", format!("{FOLDER}/{name}"), cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_leads_out_of_the_folder() {
        for (key, expected) in [
            ("lamps/list.2024-01", "lamps/list.2024-01.page"),
            ("../../x/y", "_/_x_y-"),
            ("a/..", "a/_-"),
            ("/etc/passwd", "_/etc_passwd-"),
            ("a/b/c d", "a/b_c_d-"),
        ] {
            let found = name(key);
            assert!(
                found.starts_with(expected) && found.ends_with(".page"),
                "{key}: {found}"
            );
        }
    }

    #[test]
    fn no_two_keys_have_one_file() {
        let keys = [
            "a/b_c", "a/b c", "a/b/c", "A/b_c", "a/B_c", "a/.b_c", "b_c", "/b_c", "_/b_c",
        ];
        let names: std::collections::BTreeSet<_> = keys.iter().map(|it| name(it).to_lowercase()).collect();
        assert_eq!(names.len(), keys.len(), "{names:?}");
    }
}
