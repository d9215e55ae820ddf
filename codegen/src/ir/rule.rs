//! Validation rules of members, which callers may check.

use serde::Serialize;

use super::{Item, ItemKind, TypeName, Union, UnionVariant};

/// Through how many lists and maps a rule leads at most.
pub const MOST_STEPS: usize = 4;

/// A rule of one member, or of a variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// The member, or the variant.
    pub subject: Subject,
    /// What it is asked of, if not of the member itself: what stands in its lists and maps, from the outside in.
    pub steps: Vec<Step>,
    /// What is asked.
    pub kind: RuleKind,
    /// Whether the value that breaks it is not told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_secret: bool,
}

/// What a rule is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Subject {
    /// The member or the variant of this name.
    Named(String),
    /// Each member that is no field.
    Others,
    /// The model itself.
    Itself,
}

/// A step from a value to what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Step {
    /// To the items of a list.
    Items,
    /// To one item of a list.
    Item(usize),
    /// To the values of a map.
    Values,
}

/// What a rule asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum RuleKind {
    /// Of a text: its length in characters, and a pattern.
    Text {
        /// `minLength`.
        min: Option<u64>,
        /// `maxLength`.
        max: Option<u64>,
        /// `pattern`.
        pattern: Option<String>,
    },
    /// Of a number: bounds, in the digits of the document.
    Number {
        /// `minimum`.
        min: Option<String>,
        /// `maximum`.
        max: Option<String>,
        /// `exclusiveMinimum`.
        above: Option<String>,
        /// `exclusiveMaximum`.
        below: Option<String>,
        /// `multipleOf`.
        multiple_of: Option<String>,
    },
    /// Of a list: its length, and whether items may be equal.
    List {
        /// `minItems`.
        min: Option<u64>,
        /// `maxItems`.
        max: Option<u64>,
        /// `uniqueItems`.
        unique: bool,
    },
    /// Of a map: its size.
    Map {
        /// `minProperties`.
        min: Option<u64>,
        /// `maxProperties`.
        max: Option<u64>,
    },
    /// The rules of a model.
    Model(TypeName),
    /// The rules of what a union holds.
    Union(TypeName),
}

impl RuleKind {
    /// The type whose rules are led to.
    pub fn ty(&self) -> Option<&TypeName> {
        match self {
            Self::Model(ty) | Self::Union(ty) => Some(ty),
            _ => None,
        }
    }
}

impl Item {
    /// What is asked of its members or variants.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let (own, variants): (&[Rule], &[UnionVariant]) = match &self.kind {
            ItemKind::Model(model) => (&model.rules, &[]),
            ItemKind::Union(union) => (&[], &union.variants),
            _ => (&[], &[]),
        };
        own.iter().chain(variants.iter().flat_map(|it| &it.rules))
    }
}

impl Union {
    /// Whether the document asks anything of what it holds.
    pub fn is_ruled(&self) -> bool {
        self.variants.iter().any(|it| !it.rules.is_empty())
    }

    /// Whether some of what it holds is left out where it is printed for debugging.
    pub fn holds_secrets(&self) -> bool {
        self.variants.iter().any(|it| it.is_sensitive)
    }
}
