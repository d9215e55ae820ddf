//! As whom a user of a file of kubectl acts.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::KubeconfigError;
use super::entry::Entry;

/// All but the characters of the name of a header.
const NOT_OF_A_NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The headers, a value each, by which `user` acts as somebody else.
pub(super) fn headers(user: &Entry<'_>) -> Result<Vec<(String, String)>, KubeconfigError> {
    let mut headers = Vec::new();
    let Some(name) = user.text("as") else {
        let beside = ["as-uid", "as-groups", "as-user-extra"];
        return match beside.iter().find(|key| user.at(key).is_some()) {
            Some(key) => Err(user.wrong(&format!("has `{key}` without `as`"))),
            None => Ok(headers),
        };
    };
    headers.push(("Impersonate-User".to_owned(), name));
    headers.extend(user.text("as-uid").map(|uid| ("Impersonate-Uid".to_owned(), uid)));
    for group in user.items("as-groups") {
        let group = group
            .as_str()
            .ok_or_else(|| user.wrong("has `as-groups` that are not all text"))?;
        headers.push(("Impersonate-Group".to_owned(), group.into_owned()));
    }
    if let Some(extra) = user.at("as-user-extra") {
        let extra: BTreeMap<String, Vec<String>> = extra
            .decode()
            .map_err(|_| user.wrong("has an `as-user-extra` that is not lists of text"))?;
        for (key, values) in extra {
            let name = format!(
                "Impersonate-Extra-{}",
                utf8_percent_encode(&key.to_ascii_lowercase(), NOT_OF_A_NAME)
            );
            headers.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
    }
    Ok(headers)
}
