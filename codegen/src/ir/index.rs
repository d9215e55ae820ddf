//! Looks types up by name and resolves aliases.

use std::collections::HashMap;

use super::{Float, Type, TypeName};

/// The aliases of a crate.
#[derive(Clone, Debug, Default)]
pub struct Index {
    aliases: HashMap<TypeName, Type>,
}

impl Index {
    /// Adds an alias.
    pub fn add(&mut self, name: TypeName, ty: Type) {
        self.aliases.insert(name, ty);
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
            other => other.clone(),
        }
    }

    /// The narrowest of the floats that a type is made of.
    pub fn float(&self, ty: &Type) -> Option<Float> {
        match self.resolve(ty) {
            Type::F32 => Some(Float::Single),
            Type::F64 => Some(Float::Double),
            Type::List(it) | Type::Map(it) | Type::Nullable(it) | Type::Boxed(it) => self.float(it),
            Type::Tuple(items) => items.iter().filter_map(|it| self.float(it)).min(),
            _ => None,
        }
    }
}
