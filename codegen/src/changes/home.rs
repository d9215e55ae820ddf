//! Finds the module that owns the types of an API: its own, or the one it shares with others.

use super::{Changes, Kind, types};
use crate::ir::{Api, Crate, Item};
use crate::names::Ident;

/// A type that is found in the models of an API.
struct Found<'a> {
    home: &'a Ident,
    item: &'a Item,
}

/// Compares the models of an API, also those that it has from another module. What both sides have from there is
/// compared there.
pub(crate) fn compare(out: &mut Changes, crates: [&Crate; 2], apis: [&Api; 2]) {
    let [old, new] = [0, 1].map(|side| found(crates[side], apis[side]));
    let here = &apis[0].module;
    out.pairs(
        &old,
        &new,
        |it| format!("models::{}", it.item.name),
        "type",
        |out, before, after| {
            if before.home != here && before.home == after.home {
                return;
            }
            if before.home != after.home {
                let why = if after.home == here {
                    format!("moved here from `{}`", before.home)
                } else {
                    format!("moved to `{}`; it is found here as before", after.home)
                };
                out.compatible(Kind::Changed, "", &why);
            }
            types::compare(out, before.item, after.item);
        },
    );
}

fn found<'a>(krate: &'a Crate, api: &'a Api) -> Vec<Found<'a>> {
    let items = |home: &'a Api| home.models.iter().flat_map(|it| &it.items);
    let own = items(api).map(|item| Found {
        home: &api.module,
        item,
    });
    let shared = api.shared.iter().filter_map(|name| {
        let home = krate.apis.iter().find(|it| it.module == name.home)?;
        let item = items(home).find(|it| it.name == name.name)?;
        Some(Found { home: &name.home, item })
    });
    own.chain(shared).collect()
}
