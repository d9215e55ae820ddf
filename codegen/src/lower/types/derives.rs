//! Decides what emitted types derive besides: what `x-rust-derive` asks for, and what they hold has.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::document::Schema;
use tablature_openapi::{Spanned, extension};

use crate::codes;
use crate::ir::{Api, Derive, Derives, Index, Item, ItemKind, Type, TypeName};
use crate::lower::ask::input::Input;
use crate::lower::context::Context;
use crate::lower::types::json_schema;

/// How many types a warning names.
const SHOWN: usize = 3;

/// Notes what a schema asks of the type that it becomes, where it becomes one.
pub fn note(context: &mut Context<'_>, name: Option<TypeName>, schema: &Schema) {
    let asked = extension::rust_derive(&schema.extensions).into_iter();
    context.derives.extend(asked.map(|it| (name.clone(), it)));
}

/// What schemas ask of the types that they became. Tells of what is asked of none: what lists and maps of themselves are is
/// known only after all have been noted.
fn asked_of_one(context: &Context<'_>, items: &BTreeMap<TypeName, &Item>) -> Vec<(TypeName, Asked, Spanned<String>)> {
    let noted = context.derives.iter();
    let typed = noted.filter_map(|(name, it)| Some((name.as_ref().filter(|name| items.contains_key(name))?, it)));
    let typed: Vec<_> = typed.collect();
    let has_type = |asked: &Spanned<String>| typed.iter().any(|(_, it)| it.span == asked.span);
    for (_, asked) in context.derives.iter().filter(|(_, it)| !has_type(it)) {
        let message = "no type is emitted for this schema that could derive anything";
        context
            .ask
            .report(codes::EXTENSION_WITHOUT_EFFECT.at(asked.span, message));
    }
    let parsed = typed.into_iter().map(|(name, it)| (name, parsed(context, it.clone())));
    parsed
        .filter_map(|(name, it)| it.map(|(asked, it)| (name.clone(), asked, it)))
        .collect()
}

/// What a document asks a type to have.
enum Asked {
    Standard(Derive),
    /// The derive of another crate at this path.
    Foreign(String),
    JsonSchema,
}

/// Adds to the emitted types what they derive, and reports what cannot be derived.
pub fn add(context: &Context<'_>, apis: &mut [Api]) {
    let documents = context.ask.documents.documents().iter();
    let of_all = documents.flat_map(|it| extension::rust_derive(&it.extensions));
    let of_all: Vec<(Asked, Spanned<String>)> = of_all.filter_map(|it| parsed(context, it)).collect();
    let items = apis
        .iter()
        .flat_map(|api| api.items().map(|it| (api.type_name(it), it)));
    let items: BTreeMap<TypeName, &Item> = items.filter(|(_, it)| is_derived(it)).collect();
    let of_one = asked_of_one(context, &items);
    if of_all.is_empty() && of_one.is_empty() {
        return;
    }
    let types = Types {
        index: &context.index,
        items: &items,
    };
    let mut derived: BTreeMap<TypeName, Derives> = BTreeMap::new();
    for derive in Derive::ALL {
        let obstacles = Obstacles::find(&types, derive);
        let mut add = |name: TypeName| derived.entry(name).or_default().standard.extend(derive.with_required());
        let is_asked = |it: &Asked| matches!(it, Asked::Standard(it) if *it == derive);
        for (_, asked) in of_all.iter().filter(|(it, _)| is_asked(it)) {
            let able = items.keys().filter(|it| !obstacles.known.contains_key(it));
            able.for_each(|it| add(it.clone()));
            tell_of_unable(&context.ask, &obstacles, asked);
        }
        for (name, _, asked) in of_one.iter().filter(|(_, it, _)| is_asked(it)) {
            match obstacles.known.get(name) {
                Some(why) => {
                    let message = format!("`{}` cannot derive `{derive}`: {why}", name.name);
                    context.ask.refuse(codes::RUST_DERIVE.at(asked.span, message));
                }
                None => types.held(name).into_iter().for_each(&mut add),
            }
        }
    }
    let of_all = of_all
        .iter()
        .flat_map(|(asked, _)| items.keys().map(move |name| (name, asked)));
    for (name, asked) in of_all.chain(of_one.iter().map(|(name, asked, _)| (name, asked))) {
        match asked {
            Asked::Standard(_) => {}
            Asked::Foreign(path) => _ = derived.entry(name.clone()).or_default().foreign.insert(path.clone()),
            Asked::JsonSchema => state(context, &types, name, &mut derived),
        }
    }
    for api in apis {
        let module = api.module.clone();
        for item in api.items_mut() {
            let name = TypeName {
                home: module.clone(),
                name: item.name.clone(),
            };
            item.derives = derived.remove(&name).unwrap_or_default();
        }
    }
}

/// Gives a type and all that it holds the JSON Schema that the document states.
fn state(context: &Context<'_>, types: &Types<'_>, name: &TypeName, derived: &mut BTreeMap<TypeName, Derives>) {
    let held = types.held(name);
    for name in &held {
        let derives = derived.entry(name.clone()).or_default();
        if derives.json_schema.is_none() {
            let schemas = context.schemas.get(name).map(Vec::as_slice).unwrap_or_default();
            derives.json_schema = Some(json_schema::of(context, schemas, &types.held(name)));
        }
    }
}

/// Whether a type is one of values, and not of answers or of bodies of several media types.
fn is_derived(item: &Item) -> bool {
    !matches!(
        item.kind,
        ItemKind::Alias { .. } | ItemKind::Body(_) | ItemKind::Failures(_) | ItemKind::Statuses(_)
    )
}

fn parsed(context: &Context<'_>, asked: Spanned<String>) -> Option<(Asked, Spanned<String>)> {
    let input = &context.ask;
    if let Ok(derive) = asked.value.parse() {
        return Some((Asked::Standard(derive), asked));
    }
    let (message, help) = match asked.value.as_str() {
        "Clone" | "Debug" | "PartialEq" | "Serialize" | "Deserialize" | "serde::Serialize" | "serde::Deserialize" => {
            let message = format!("every emitted type has `{}`", asked.value);
            input.report(codes::EXTENSION_WITHOUT_EFFECT.at(asked.span, message));
            return None;
        }
        "Default" => (
            "a type has `Default` where nothing in it is required, and no other can have it",
            "leave it out",
        ),
        "Copy" => (
            "what is emitted holds texts and members that no schema names, so that none is `Copy`",
            "leave it out",
        ),
        path if path.contains("::") => {
            return match context.rust_types.derive(input, &asked)? {
                path if path == Derives::JSON_SCHEMA => Some((Asked::JsonSchema, asked)),
                path => Some((Asked::Foreign(path), asked)),
            };
        }
        _ => (
            "of Rust's own traits `Eq`, `Hash`, `Ord` and `PartialOrd` are derived",
            "write a derive of another crate with its path, such as `schemars::JsonSchema`",
        ),
    };
    input.refuse(codes::RUST_DERIVE.at(asked.span, message).help(help));
    None
}

/// Tells of the types that do not derive what all types are asked to.
fn tell_of_unable(input: &Input<'_>, obstacles: &Obstacles<'_>, asked: &Spanned<String>) {
    let (unable, derive) = (&obstacles.known, obstacles.derive);
    if unable.is_empty() {
        return;
    }
    let shown = unable.iter().take(SHOWN);
    let shown: Vec<String> = shown.map(|(name, why)| format!("`{}` ({why})", name.name)).collect();
    let more = match unable.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let message = format!("`{derive}` is not derived by {}{more}", shown.join(", "));
    input.report(
        codes::EXTENSION_WITHOUT_EFFECT
            .at(asked.span, message)
            .help("ask for it at the schemas that need it"),
    );
}

/// The types that can derive something.
struct Types<'a> {
    index: &'a Index,
    items: &'a BTreeMap<TypeName, &'a Item>,
}

impl Types<'_> {
    /// A type and all that it holds.
    fn held(&self, name: &TypeName) -> BTreeSet<TypeName> {
        let mut held = BTreeSet::new();
        let mut open = vec![name.clone()];
        while let Some(name) = open.pop() {
            if let Some(item) = self.items.get(&name).filter(|_| held.insert(name)) {
                item.types().into_iter().for_each(|it| self.names(it, &mut open));
            }
        }
        held
    }

    fn names(&self, ty: &Type, to: &mut Vec<TypeName>) {
        match self.index.resolve(ty) {
            Type::Named(name) => to.push(name.clone()),
            Type::List(it) | Type::Map(it) | Type::Nullable(it) | Type::Boxed(it) => self.names(it, to),
            Type::Tuple(items) | Type::Path { arguments: items, .. } => items.iter().for_each(|it| self.names(it, to)),
            _ => {}
        }
    }
}

/// Why types cannot derive a trait.
struct Obstacles<'a> {
    types: &'a Types<'a>,
    derive: Derive,
    known: BTreeMap<TypeName, String>,
}

impl<'a> Obstacles<'a> {
    /// Begins with what holds an obstacle itself and ends with all that holds such a type.
    fn find(types: &'a Types<'a>, derive: Derive) -> Self {
        let mut found = Self {
            types,
            derive,
            known: BTreeMap::new(),
        };
        loop {
            let open = types.items.iter().filter(|(name, _)| !found.known.contains_key(name));
            let more: Vec<_> = open
                .filter_map(|(name, item)| Some((name.clone(), found.of_item(item)?)))
                .collect();
            if more.is_empty() {
                return found;
            }
            found.known.extend(more);
        }
    }

    fn of_item(&self, item: &Item) -> Option<String> {
        let members: Vec<(&str, &Type)> = match &item.kind {
            ItemKind::Model(model) => model.fields.iter().map(|it| (it.name.as_str(), &it.ty)).collect(),
            ItemKind::Union(union) => union.variants.iter().map(|it| (it.name.as_str(), &it.ty)).collect(),
            ItemKind::Wrapper(ty) => vec![("0", ty)],
            _ => Vec::new(),
        };
        members.into_iter().find_map(|(name, ty)| {
            let why = self.of_type(ty)?;
            Some(format!("`{name}` {why}"))
        })
    }

    fn of_type(&self, ty: &Type) -> Option<String> {
        let float = || (self.derive != Derive::PartialOrd).then(|| "holds a float".to_owned());
        match self.types.index.resolve(ty) {
            Type::F64 => float(),
            Type::File => (self.derive != Derive::Eq).then(|| "holds a file".to_owned()),
            Type::List(it) | Type::Map(it) | Type::Nullable(it) | Type::Boxed(it) => self.of_type(it),
            Type::Tuple(items) => items.iter().find_map(|it| self.of_type(it)),
            Type::Named(name) => self
                .known
                .contains_key(name)
                .then(|| format!("holds `{}`, which cannot", name.name)),
            Type::Path { path, .. } if path == "f32" => float(),
            ty if *ty == Type::date_time() => {
                let has_it = matches!(self.derive, Derive::Eq | Derive::Hash);
                (!has_it).then(|| "holds a date-time, which has no order".to_owned())
            }
            Type::Path { path, arguments } if path.starts_with("runtime::") || path.starts_with("tablature_") => {
                let has_all = ["runtime::Typed", "runtime::Number", "runtime::Null"].contains(&path.as_str());
                let own = (!has_all).then(|| format!("holds `{path}`"));
                own.or_else(|| arguments.iter().find_map(|it| self.of_type(it)))
            }
            Type::Path { arguments, .. } => arguments.iter().find_map(|it| self.of_type(it)),
            _ => None,
        }
    }
}
