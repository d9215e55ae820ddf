//! The difference of two objects as a merge patch, and its way back: RFC 7396.

use std::borrow::Cow;

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
    let mut patch = Patch::new();
    for (name, _) in before {
        if find(after, name).is_none() && find(&patch, name).is_none() {
            patch.push((Cow::Owned(name.to_string()), Tree::Null));
        }
    }
    for (name, value) in after {
        // The last one counts where a member is repeated.
        if find(after, name).is_some_and(|last| !std::ptr::eq(last, value)) {
            continue;
        }
        let place = place.clone().push(name);
        let change = match (find(before, name), value) {
            (Some(old), new) if same(old, new) => continue,
            (Some(Tree::Object(old)), Tree::Object(new)) => Tree::Object(members(old, new, &place)?),
            (_, new) => {
                refuse_null(new, &place)?;
                new.clone().into_owned()
            }
        };
        patch.push((Cow::Owned(name.to_string()), change));
    }
    Ok(patch)
}

/// A null in a patch removes, except in a list, which is taken as it is.
fn refuse_null(value: &Tree<'_>, place: &Pointer) -> Result<(), json::Error> {
    match value {
        Tree::Null => Err(json::Error::new(&format_args!(
            "a merge patch can't set `{place}` to null"
        ))),
        Tree::Object(members) => members
            .iter()
            .try_for_each(|(name, value)| refuse_null(value, &place.clone().push(name))),
        _ => Ok(()),
    }
}

fn find<'m, 'a>(members: &'m Members<'a>, name: &str) -> Option<&'m Tree<'a>> {
    members
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
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
    let mut members = match value {
        Tree::Object(members) => members,
        _ => Vec::new(),
    };
    for (name, change) in changes {
        let place = members.iter().position(|(key, _)| key == name).unwrap_or(members.len());
        let mut old = Tree::Null;
        // The last one counts where a member is repeated.
        while let Some(index) = members.iter().position(|(key, _)| key == name) {
            old = members.remove(index).1;
        }
        if !matches!(change, Tree::Null) {
            members.insert(place, (Cow::Owned(name.to_string()), merge(old, change)));
        }
    }
    Tree::Object(members)
}
