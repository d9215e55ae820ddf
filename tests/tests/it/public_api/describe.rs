//! Items as lines: a type with its fields or variants, its methods and its traits.

use std::collections::BTreeMap;

use syn::{Fields, FnArg, ImplItem, Item, ItemImpl, Meta, ReturnType, Signature, Type};

use super::modules::is_public;
use super::text::tidy;

/// Items by name.
#[derive(Default)]
pub(super) struct Shown(BTreeMap<String, Described>);

/// An item and what belongs to it.
#[derive(Default)]
struct Described {
    head: String,
    fields: Vec<Field>,
    /// Variants, as written.
    variants: Vec<String>,
    /// Functions by name: whether it is a setter, and the signature.
    functions: BTreeMap<String, Function>,
    /// Traits, and macros that stand for several.
    traits: Vec<String>,
}

struct Field {
    name: String,
    /// Attributes that users notice.
    marks: String,
    ty: String,
}

struct Function {
    signature: String,
    /// The type of the value, where the function sets one.
    sets: Option<String>,
}

impl Shown {
    /// Adds the public items that have a wanted name, and all that is implemented for them.
    pub(super) fn add(&mut self, items: &[Item], wanted: impl Fn(&str) -> bool) {
        for item in items {
            match item {
                Item::Struct(it) if is_public(&it.vis) && wanted(&it.ident.to_string()) => {
                    let head = format!("{}struct {}{}", marks(&it.attrs), it.ident, tidy(&it.generics));
                    let described = self.item(&it.ident.to_string());
                    described.head = head;
                    described.traits.extend(derives(&it.attrs));
                    described.fields = fields(&it.fields);
                }
                Item::Enum(it) if is_public(&it.vis) && wanted(&it.ident.to_string()) => {
                    let described = self.item(&it.ident.to_string());
                    described.head = format!("{}enum {}", marks(&it.attrs), it.ident);
                    described.traits.extend(derives(&it.attrs));
                    described.variants = it.variants.iter().map(variant).collect();
                }
                Item::Type(it) if is_public(&it.vis) && wanted(&it.ident.to_string()) => {
                    let head = format!("{}type {} = {}", marks(&it.attrs), it.ident, tidy(&it.ty));
                    self.item(&it.ident.to_string()).head = head;
                }
                Item::Const(it) if is_public(&it.vis) && wanted(&it.ident.to_string()) => {
                    let head = format!("{}const {}: {}", marks(&it.attrs), it.ident, tidy(&it.ty));
                    self.item(&it.ident.to_string()).head = head;
                }
                // The generator emits no others; one that it comes to emit must not be missed.
                Item::Fn(syn::ItemFn { vis, .. })
                | Item::Static(syn::ItemStatic { vis, .. })
                | Item::Trait(syn::ItemTrait { vis, .. })
                    if is_public(vis) =>
                {
                    unreachable!("say in this test how to list {}", tidy(item))
                }
                _ => {}
            }
        }
        for item in items {
            match item {
                Item::Impl(it) => self.add_impl(it, &wanted),
                Item::Macro(it) => self.add_macro(it, &wanted),
                _ => {}
            }
        }
    }

    fn item(&mut self, name: &str) -> &mut Described {
        self.0.entry(name.to_owned()).or_default()
    }

    fn add_impl(&mut self, item: &ItemImpl, wanted: impl Fn(&str) -> bool) {
        let of = tidy(&item.self_ty);
        let name = of.split('<').next().unwrap_or_default();
        // What is implemented for the type of another module stands under its whole name.
        let name = if self.0.contains_key(name) { name } else { of.as_str() };
        if !wanted(name) {
            return;
        }
        let described = self.item(name);
        if described.head.is_empty() {
            described.head = format!("impl {of}");
        }
        if let Some((path, _)) = &item.trait_ {
            described.traits.push(tidy(path.segments.last().unwrap()));
            return;
        }
        for item in &item.items {
            if let ImplItem::Fn(function) = item
                && is_public(&function.vis)
            {
                let signature = format!("{}{}", marks(&function.attrs), tidy(&function.sig));
                let function_name = function.sig.ident.to_string();
                described.functions.insert(
                    function_name,
                    Function {
                        signature,
                        sets: sets(&function.sig),
                    },
                );
            }
        }
    }

    /// `runtime::model!(Name)`, `runtime::open_enum!(Name { .. })`
    fn add_macro(&mut self, item: &syn::ItemMacro, wanted: impl Fn(&str) -> bool) {
        let of = item.mac.tokens.to_string();
        let of = of.split(' ').next().unwrap_or_default();
        if wanted(of) {
            self.item(of)
                .traits
                .push(format!("{}!", item.mac.path.segments.last().unwrap().ident));
        }
    }

    pub(super) fn text(&self) -> String {
        self.0.values().map(Described::text).collect()
    }
}

impl Described {
    fn text(&self) -> String {
        let mut lines = vec![self.head.clone()];
        if !self.traits.is_empty() {
            let mut traits = self.traits.clone();
            traits.sort();
            lines.push(format!("    : {}", traits.join(", ")));
        }
        for Field { name, marks, ty } in &self.fields {
            let setter = self.functions.get(name).and_then(|function| function.sets.as_ref());
            let setter = setter.map(|value| format!(" <- {value}")).unwrap_or_default();
            lines.push(format!("    {marks}{name}: {ty}{setter}"));
        }
        lines.extend(self.variants.iter().map(|variant| format!("    {variant}")));
        for (name, function) in &self.functions {
            let beside_field = function.sets.is_some() && self.fields.iter().any(|field| field.name == *name);
            if !beside_field {
                lines.push(format!("    {}", function.signature));
            }
        }
        lines.join("\n") + "\n"
    }
}

fn fields(fields: &Fields) -> Vec<Field> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    let field = |field: &syn::Field| Field {
        name: field.ident.as_ref().map(ToString::to_string).unwrap_or_default(),
        marks: marks(&field.attrs),
        ty: tidy(&field.ty),
    };
    public.map(field).collect()
}

fn variant(variant: &syn::Variant) -> String {
    let types: Vec<_> = variant.fields.iter().map(|field| tidy(&field.ty)).collect();
    let types = if types.is_empty() {
        String::new()
    } else {
        format!("({})", types.join(", "))
    };
    format!("{}{}{types}", marks(&variant.attrs), variant.ident)
}

/// What `fn name(mut self, name: T) -> Self` takes.
fn sets(signature: &Signature) -> Option<String> {
    let gives_self = matches!(&signature.output, ReturnType::Type(_, ty)
        if matches!(&**ty, Type::Path(path) if path.path.is_ident("Self")));
    let mut inputs = signature.inputs.iter();
    match (inputs.next(), inputs.next(), inputs.next()) {
        (Some(FnArg::Receiver(_)), Some(FnArg::Typed(value)), None) if gives_self => Some(tidy(&value.ty)),
        _ => None,
    }
}

/// Attributes that users notice.
fn marks(attributes: &[syn::Attribute]) -> String {
    let noticed = attributes
        .iter()
        .filter(|it| it.path().is_ident("deprecated") || it.path().is_ident("non_exhaustive"));
    noticed
        .map(|attribute| format!("#[{}] ", tidy(attribute.path())))
        .collect()
}

fn derives(attributes: &[syn::Attribute]) -> Vec<String> {
    let derive = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let lists = derive.filter_map(|attribute| match &attribute.meta {
        Meta::List(list) => Some(list.tokens.to_string()),
        _ => None,
    });
    lists
        .flat_map(|list| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}
