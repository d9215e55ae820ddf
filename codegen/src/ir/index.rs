//! Looks types up by name: resolves aliases, finds the variants of enumerations.

use std::collections::HashMap;

use super::{Item, ItemKind, Type, TypeName};
use crate::names::Ident;

/// What the types of a crate stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    aliases: HashMap<TypeName, Type>,
    variants: HashMap<TypeName, HashMap<String, Ident>>,
}

impl Index {
    /// Adds a type.
    pub fn add(&mut self, name: TypeName, item: &Item) {
        match &item.kind {
            ItemKind::Alias { ty, .. } => {
                self.aliases.insert(name, ty.clone());
            }
            ItemKind::Enumeration(variants) => {
                let variants = variants.iter().map(|it| (it.wire.clone(), it.name.clone()));
                self.variants.insert(name, variants.collect());
            }
            ItemKind::IntegerEnumeration(variants) => {
                let variants = variants.iter().map(|it| (it.value.to_string(), it.name.clone()));
                self.variants.insert(name, variants.collect());
            }
            _ => {}
        }
    }

    /// The variant of an enumeration for a value.
    pub fn variant(&self, ty: &Type, value: &str) -> Option<&Ident> {
        match ty {
            Type::Named(name) => self.variants.get(name)?.get(value),
            _ => None,
        }
    }

    /// Whether a type is an enumeration of texts or integers.
    pub fn is_enumeration(&self, ty: &Type) -> bool {
        matches!(ty, Type::Named(name) if self.variants.contains_key(name))
    }

    /// Whether a value of a type is one text, number or flag.
    pub fn is_text_or_number(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64 | Type::String => true,
            ty => self.is_enumeration(ty) || *ty == Type::exact_number() || *ty == Type::date_time(),
        }
    }

    /// For each of some types, whether none of the others is the same, so that a value says which of them it is of.
    pub fn unique<'t>(&self, types: impl IntoIterator<Item = &'t Type>) -> Vec<bool> {
        let expanded: Vec<Type> = types.into_iter().map(|it| self.expand(it)).collect();
        let count = |ty: &Type| expanded.iter().filter(|it| *it == ty).count();
        expanded.iter().map(|it| count(it) == 1).collect()
    }

    /// Takes out what has become a type of its own.
    pub fn remove(&mut self, name: &TypeName) {
        self.aliases.remove(name);
    }

    /// What a type stands for: of an alias the type behind it, of any other type itself.
    pub fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.follow(ty, |_| None)
    }

    /// The type of the values of a type, `null` and boxes left out.
    pub fn value<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.follow(ty, |ty| match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => Some(inner),
            _ => None,
        })
    }

    /// Follows aliases, and what else leads on. A cycle is followed once around: lowering refuses those.
    fn follow<'t>(&'t self, mut ty: &'t Type, inner: impl Fn(&'t Type) -> Option<&'t Type>) -> &'t Type {
        let mut left = self.aliases.len();
        loop {
            ty = match ty {
                Type::Named(name) if left > 0 => match self.aliases.get(name) {
                    Some(behind) => behind,
                    None => return ty,
                },
                _ => match inner(ty) {
                    Some(inner) => inner,
                    None => return ty,
                },
            };
            left = left.saturating_sub(usize::from(matches!(ty, Type::Named(_))));
        }
    }

    /// A type without aliases and boxes, also inside lists and maps.
    pub fn expand(&self, ty: &Type) -> Type {
        let inner = |it: &Type| Box::new(self.expand(it));
        match self.resolve(ty) {
            Type::Boxed(it) => self.expand(it),
            Type::List(it) => Type::List(inner(it)),
            Type::Map(it) => Type::Map(inner(it)),
            Type::Nullable(it) => Type::Nullable(inner(it)),
            Type::Tuple(items) => Type::Tuple(items.iter().map(|it| self.expand(it)).collect()),
            other => other.clone(),
        }
    }

    /// A type without what keeps the text of types that are not ours, if it has such.
    pub fn without_text(&self, ty: &Type) -> Option<Type> {
        let inner = |it: &Type| self.without_text(it).map(Box::new);
        match self.resolve(ty) {
            Type::List(it) => inner(it).map(Type::List),
            Type::Map(it) => inner(it).map(Type::Map),
            Type::Nullable(it) => inner(it).map(Type::Nullable),
            Type::Boxed(it) => inner(it).map(Type::Boxed),
            other => other.as_typed().cloned(),
        }
    }

    /// Whether a type is made of floats.
    pub fn holds_floats(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::F64 => true,
            Type::List(it) | Type::Map(it) | Type::Nullable(it) | Type::Boxed(it) => self.holds_floats(it),
            Type::Tuple(items) => items.iter().any(|it| self.holds_floats(it)),
            _ => false,
        }
    }
}
