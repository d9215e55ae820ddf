//! The difference of two objects as a merge patch, and its way back: RFC 7396.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::Pointer;
use crate::Json;
use crate::json::{self, Tree, same};

type Members<'a> = [(Cow<'a, str>, Tree<'a>)];

pub(super) fn diff(before: &Json, after: &Json) -> Result<Json, json::Error> {
    let (before, after) = (before.tree()?, after.tree()?);
    let patch = match (&*before, &*after) {
        (Tree::Object(before), Tree::Object(after)) => members(before, after, &Pointer::root())?,
        _ => Vec::new(),
    };
    Ok(Json::from_tree(Tree::Object(patch)))
}

type Patch = Vec<(Cow<'static, str>, Tree<'static>)>;

fn members(before: &Members<'_>, after: &Members<'_>, place: &Pointer) -> Result<Patch, json::Error> {
    let (old, new) = (by_name(before), by_name(after));
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    let mut patch: Patch = gone.map(|name| (Cow::Owned((*name).to_owned()), Tree::Null)).collect();
    for (name, new) in new {
        let place = place.clone().push(name);
        let change = match (old.get(name), new) {
            (Some(old), new) if same(old, new) => continue,
            (Some(Tree::Object(old)), Tree::Object(new)) => Tree::Object(members(old, new, &place)?),
            (_, new) => {
                refuse_null(new, &place)?;
                new.clone().into_owned()
            }
        };
        patch.push((Cow::Owned(name.to_owned()), change));
    }
    Ok(patch)
}

/// The last one counts where a member is repeated.
fn by_name<'m, 'a>(members: &'m Members<'a>) -> BTreeMap<&'m str, &'m Tree<'a>> {
    members.iter().map(|(name, value)| (&**name, value)).collect()
}

/// A null in a patch removes, except in a list, which is taken as it is.
fn refuse_null(value: &Tree<'_>, place: &Pointer) -> Result<(), json::Error> {
    match value {
        Tree::Null => Err(json::Error::new(&format_args!(
            "a merge patch cannot set `{place}` to null"
        ))),
        Tree::Object(members) => members
            .iter()
            .try_for_each(|(name, value)| refuse_null(value, &place.clone().push(name))),
        _ => Ok(()),
    }
}

pub(super) fn apply(value: &Json, patch: &Json) -> Result<Json, json::Error> {
    let (value, patch) = (value.tree()?, patch.tree()?);
    let value = value.into_owned().into_owned();
    Ok(Json::from_tree(merge(value, &patch)))
}

fn merge(value: Tree<'static>, patch: &Tree<'_>) -> Tree<'static> {
    let Tree::Object(changes) = patch else {
        return patch.clone().into_owned();
    };
    let mut pending = by_name(changes);
    let mut merged = Vec::new();
    for (name, old) in unique(value) {
        match pending.remove(&*name) {
            None => merged.push((name, old)),
            Some(Tree::Null) => {}
            Some(change) => merged.push((name, merge(old, change))),
        }
    }
    let added = pending.into_iter().filter(|(_, change)| !matches!(change, Tree::Null));
    merged.extend(added.map(|(name, change)| (Cow::Owned(name.to_owned()), merge(Tree::Null, change))));
    Tree::Object(merged)
}

/// The members of an object in order, with the last one of those that are repeated.
fn unique(value: Tree<'static>) -> Patch {
    let Tree::Object(members) = value else {
        return Patch::new();
    };
    let mut seen = HashSet::new();
    let mut unique: Patch = members
        .into_iter()
        .rev()
        .filter(|(name, _)| seen.insert(name.clone()))
        .collect();
    unique.reverse();
    unique
}
