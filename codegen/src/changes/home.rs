//! Finds the module that owns the types of an API: its own, or the one it shares with others.

use super::{Changes, Kind, types};
use crate::ir::{Crate, Item, Module};
use crate::names::Ident;

/// A type that is found in the models of an API.
struct Found<'a> {
    home: &'a Ident,
    item: &'a Item,
}

/// Compares the models of an API, also those that it has from another module. What both sides have from there is
/// compared there.
pub(crate) fn compare(out: &mut Changes, crates: [&Crate; 2], modules: [&Module; 2]) {
    let [old, new] = [0, 1].map(|side| found(crates[side], modules[side]));
    let here = &modules[0].api.module;
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

fn found<'a>(krate: &'a Crate, module: &'a Module) -> Vec<Found<'a>> {
    let home = &module.api.module;
    let own = module.api.items().map(|item| Found { home, item });
    let shared = module.shared.iter().filter_map(|name| {
        let home = krate.apis().find(|it| it.module == name.home)?;
        let item = home.items().find(|it| it.name == name.name)?;
        Some(Found { home: &name.home, item })
    });
    own.chain(shared).collect()
}
