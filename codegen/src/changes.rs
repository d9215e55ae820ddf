//! Compares two IR trees and lists what the change means for users of the emitted crate, each with a verdict.

mod home;
mod model;
mod operation;
mod sent;
mod types;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ir::{Crate, Module, Operation};

/// A change of the emitted crate that its users can see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// The path of the item below the crate.
    pub item: String,
    /// What became of it.
    pub kind: Kind,
    /// Whether code that compiled before may not compile now.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// Whether code that compiled before may not compile now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It may not.
    Breaking,
    /// It does.
    Compatible,
}

/// The smallest step of a version that changes ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing that users can see.
    Patch,
    /// Compatible additions.
    Minor,
    /// Something may break.
    Major,
}

/// The changes between two crates, breaking ones first, then by item.
pub fn compare(before: &Crate, after: &Crate) -> Vec<Change> {
    let mut out = Changes {
        list: Vec::new(),
        path: String::new(),
    };
    let module = |it: &Module| it.api.module.to_string();
    let both = [before, after];
    out.pairs(
        &before.modules,
        &after.modules,
        module,
        "module",
        |out, before, after| {
            home::compare(out, both, [before, after]);
            api(out, before, after);
        },
    );
    let mut list = out.list;
    list.sort_by(|a, b| (a.verdict, &a.item, a.kind, &a.why).cmp(&(b.verdict, &b.item, b.kind, &b.why)));
    list.dedup();
    list
}

/// The smallest step of a version for these changes. Below 1.0.0, cargo takes the minor for the major.
pub fn step(changes: &[Change]) -> Step {
    if changes.iter().any(|it| it.verdict == Verdict::Breaking) {
        Step::Major
    } else if changes.is_empty() {
        Step::Patch
    } else {
        Step::Minor
    }
}

fn api(out: &mut Changes, before: &Module, after: &Module) {
    let features = before.features.own.iter().chain(before.features.tags.values());
    let is_left = |it: &&String| after.features.apis.contains(it) || after.features.tags.values().any(|tag| tag == *it);
    for feature in features.filter(|it| !is_left(it)) {
        out.breaking(
            Kind::Removed,
            &format!("feature `{feature}`"),
            "a cargo feature is gone",
        );
    }
    let (before, after) = (&before.api, &after.api);
    let tag = |it: &crate::ir::Tag| it.module.to_string();
    out.pairs(&before.tags, &after.tags, tag, "module", |out, old, new| {
        let renamed = renamed(&old.operations, &new.operations);
        let name = |it: &Operation| {
            let mut renamed = renamed.iter();
            let old = renamed
                .find(|(_, new)| std::ptr::eq(*new, it))
                .map_or(it, |(old, _)| old);
            old.name.to_string()
        };
        out.pairs(
            &old.operations,
            &new.operations,
            name,
            "operation",
            |out, one, other| {
                let [one, other] = [(before, old, one), (after, new, other)]
                    .map(|(api, tag, operation)| operation::Side { api, tag, operation });
                operation::compare(out, one, other);
            },
        );
        let name = |it: &crate::ir::Webhook| it.name.to_string();
        out.pairs(
            &old.webhooks,
            &new.webhooks,
            name,
            "webhook",
            operation::compare_webhooks,
        );
    });
}

/// Operations that are gone, with those of another name that are new and have the same method and route.
fn renamed<'t>(before: &'t [Operation], after: &'t [Operation]) -> Vec<(&'t Operation, &'t Operation)> {
    let only_in = |these: &'t [Operation], those: &[Operation]| {
        let mut routes: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
        for it in these
            .iter()
            .filter(|it| those.iter().all(|other| other.name != it.name))
        {
            routes.entry((&it.method, &it.path)).or_default().push(it);
        }
        routes
    };
    let (gone, mut new) = (only_in(before, after), only_in(after, before));
    let both = gone
        .into_iter()
        .filter_map(|(route, old)| Some((old, new.remove(&route)?)));
    // A route has two operations where its answer can be a stream.
    let equal = both.filter(|(old, new)| old.len() == new.len());
    equal.flat_map(|(old, new)| old.into_iter().zip(new)).collect()
}

/// The changes so far, and where the comparison stands.
pub(crate) struct Changes {
    list: Vec<Change>,
    path: String,
}

impl Changes {
    /// Compares what has the same name, and notes what is new or gone.
    pub(crate) fn pairs<T>(
        &mut self,
        before: &[T],
        after: &[T],
        name: impl Fn(&T) -> String,
        what: &str,
        mut both: impl FnMut(&mut Self, &T, &T),
    ) {
        let old: BTreeMap<String, &T> = before.iter().map(|it| (name(it), it)).collect();
        let new: BTreeMap<String, &T> = after.iter().map(|it| (name(it), it)).collect();
        for (name, before) in &old {
            match new.get(name) {
                Some(after) => self.inside(name, |out| both(out, before, after)),
                None => self.breaking(Kind::Removed, name, &format!("the {what} is gone")),
            }
        }
        for name in new.keys().filter(|it| !old.contains_key(*it)) {
            self.compatible(Kind::Added, name, &format!("a new {what}"));
        }
    }

    /// Compares what stands inside an item.
    pub(crate) fn inside(&mut self, name: &str, compare: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if !self.path.is_empty() {
            self.path.push_str("::");
        }
        self.path.push_str(name);
        compare(self);
        self.path.truncate(length);
    }

    pub(crate) fn breaking(&mut self, kind: Kind, name: &str, why: &str) {
        self.push(kind, Verdict::Breaking, name, why);
    }

    pub(crate) fn compatible(&mut self, kind: Kind, name: &str, why: &str) {
        self.push(kind, Verdict::Compatible, name, why);
    }

    fn push(&mut self, kind: Kind, verdict: Verdict, name: &str, why: &str) {
        let item = match (self.path.is_empty(), name.is_empty()) {
            (true, _) => name.to_owned(),
            (false, true) => self.path.clone(),
            (false, false) => format!("{}::{name}", self.path),
        };
        self.list.push(Change {
            item,
            kind,
            verdict,
            why: why.to_owned(),
        });
    }
}

/// Compares what a name stands for.
fn holds(out: &mut Changes, before: &str, after: &str) {
    if before != after {
        out.breaking(Kind::Changed, "", &format!("`{after}`, was `{before}`"));
    }
}

/// A type as a person reads it.
pub(crate) fn shown(ty: &crate::ir::Type) -> String {
    use crate::ir::Type;
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::File => "File".to_owned(),
        Type::List(it) => format!("Vec<{}>", shown(it)),
        Type::Map(it) => format!("BTreeMap<String, {}>", shown(it)),
        Type::Boxed(it) => format!("Box<{}>", shown(it)),
        Type::Nullable(it) => format!("Option<{}>", shown(it)),
        Type::Tuple(items) => format!("({})", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Type::Named(it) => it.name.to_string(),
        Type::Path { path, arguments } if arguments.is_empty() => path.clone(),
        Type::Path { path, arguments } => {
            format!("{path}<{}>", arguments.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
    }
}
