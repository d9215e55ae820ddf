//! The Schema Object as it was written.

use indexmap::IndexMap;

use super::{Extensions, Named, OwnLimits};
use crate::node::Node;
use crate::span::{Span, Spanned};

/// The types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

/// A schema: of OpenAPI 3.0 or of JSON Schema 2020-12, in the words of the latter.
///
/// The reader turns 3.0 into these words: `nullable: true` adds null to `types`, or where no type is named to `enum`,
/// `oneOf` or `anyOf`; a boolean `exclusiveMinimum` makes `minimum` exclusive, and siblings of `$ref` are ignored with
/// a warning. Null alone in `types` beside `allOf` or `$ref` is null beside what these take.
/// The first two mean the same, with a warning, where they stand in a later document.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The whole schema.
    pub span: Span,
    /// `Some` for the schemas `true` and `false`.
    pub boolean: Option<bool>,
    /// `$ref`.
    pub reference: Option<Spanned<String>>,
    /// Whether other keys stand beside `$ref` and count (3.1 and later).
    pub has_siblings: bool,
    /// `type`, one or several, empty where it is absent.
    pub types: Vec<Spanned<JsonType>>,
    /// `format`.
    pub format: Option<Spanned<String>>,
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `enum`.
    pub enumeration: Option<Spanned<Vec<Node>>>,
    /// `const`.
    pub constant: Option<Node>,
    /// `default`.
    pub default: Option<Node>,
    /// `example` and the items of `examples`.
    pub examples: Vec<Node>,
    /// `properties`, in the order of the document.
    pub properties: IndexMap<String, Named<Schema>>,
    /// Whether the key `properties` is present.
    pub has_properties: bool,
    /// `required`.
    pub required: Vec<Spanned<String>>,
    /// `additionalProperties`.
    pub additional_properties: Option<Box<Schema>>,
    /// `patternProperties`, by pattern.
    pub pattern_properties: Vec<(Spanned<String>, Schema)>,
    /// `propertyNames`.
    pub property_names: Option<Box<Schema>>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<Box<Schema>>,
    /// `items`.
    pub items: Option<Box<Schema>>,
    /// `prefixItems`.
    pub prefix_items: Vec<Schema>,
    /// `allOf`.
    pub all_of: Vec<Schema>,
    /// `anyOf`.
    pub any_of: Vec<Schema>,
    /// `oneOf`.
    pub one_of: Vec<Schema>,
    /// `not`.
    pub not: Option<Box<Schema>>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// The keywords that restrict values: `minimum`, `maxLength`, `pattern`...
    pub limits: OwnLimits,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// JSON Schema keywords that are known but not read into a field of their own
    /// (`if`, `contains`, `dependentSchemas`, `$defs`, `$anchor`...), by keyword.
    pub other_keywords: Vec<(Spanned<String>, Node)>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Discriminator Object.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The whole object.
    pub span: Span,
    /// `propertyName`.
    pub property_name: Spanned<String>,
    /// `mapping`: value and schema name or reference.
    pub mapping: Vec<(Spanned<String>, Spanned<String>)>,
    /// `defaultMapping` (3.2).
    pub default_mapping: Option<Spanned<String>>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

impl Schema {
    /// The schemas that it is made of, those behind references left out. Keywords that hold a schema are listed here
    /// and nowhere else.
    pub fn children(&self) -> impl Iterator<Item = &Schema> {
        let lists = [&self.all_of, &self.any_of, &self.one_of, &self.prefix_items];
        let single = [
            &self.additional_properties,
            &self.property_names,
            &self.unevaluated_properties,
            &self.items,
            &self.not,
        ];
        let members = self.properties.values().map(|it| &it.item);
        members
            .chain(self.pattern_properties.iter().map(|(_, it)| it))
            .chain(lists.into_iter().flatten())
            .chain(single.into_iter().flatten().map(|it| it.as_ref()))
    }
}
