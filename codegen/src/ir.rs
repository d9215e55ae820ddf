//! What will be emitted: a plain, resolved and sorted tree without tokens and without document types.

mod access;
mod derive;
mod features;
mod field;
mod index;
mod operation;
mod package;
mod rule;
mod runtime_type;
mod scalar;
mod webhook;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::names::Ident;

pub use access::{KeyLocation, OwnServers, SecurityScheme, Server, ServerVariable};
pub use derive::{Derive, Derives, JsonSchema};
pub use features::Features;
pub use field::{DefaultValue, Field, Presence};
pub use index::Index;
pub use operation::{
    Answer, AnswerHeader, Argument, Body, BodyFormat, BodyRule, Constructor, Content, Documented, Encoding,
    FailureVariants, Framing, Operation, OptionalBody, Pagination, Parameter, ParameterSet, Place, Setter, Status,
    StatusVariant, Style, Switch, Tag, Watch, Writing,
};
pub use package::{CLIENT, CORE, CrateDependency, FAMILIES, Package, RUNTIME_FEATURES};
pub use rule::{MOST_STEPS, Rule, RuleKind, Step, Subject};
pub use scalar::Scalar;
pub use webhook::{Webhook, WebhookContent};

/// Lines of rustdoc, in Markdown that rustdoc takes as it is.
pub type Docs = Vec<String>;

/// The emitted crate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crate {
    /// The crate's own documentation.
    pub docs: Docs,
    /// The cargo features that are defaults.
    pub default_features: Vec<String>,
    /// Its modules, sorted by name.
    pub modules: Vec<Module>,
    /// The crates that its types come from, which are not ours, by their names in Rust.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub crates: BTreeMap<String, CrateDependency>,
    /// What its types stand for.
    #[serde(skip)]
    pub index: Index,
}

impl Crate {
    /// The APIs of its modules.
    pub fn apis(&self) -> impl Iterator<Item = &Api> {
        self.modules.iter().map(|it| &it.api)
    }

    /// How many documented operations there are: the stream that one can become is not counted again.
    pub fn operations(&self) -> usize {
        self.apis()
            .flat_map(Api::operations)
            .filter(|it| matches!(it.constructor, Constructor::New { .. }))
            .count()
    }

    /// How many webhooks and callbacks there are.
    pub fn webhooks(&self) -> usize {
        self.apis().flat_map(Api::webhooks).count()
    }

    /// How many emitted types there are.
    pub fn models(&self) -> usize {
        self.apis().flat_map(Api::items).count()
    }
}

/// A module of the emitted crate: an API, and what only the whole crate knows of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Module {
    /// The API.
    pub api: Api,
    /// The cargo features that compile it.
    pub features: Features,
    /// Types of other modules that its models and operations use, sorted.
    pub shared: Vec<TypeName>,
}

/// What one OpenAPI document becomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// The module.
    pub module: Ident,
    /// The module's documentation.
    pub docs: Docs,
    /// Types by file, sorted.
    pub models: Vec<ModelFile>,
    /// Sets of optional parameters, sorted by name.
    pub parameter_sets: Vec<ParameterSet>,
    /// Modules of operations, sorted by name.
    pub tags: Vec<Tag>,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// Where operations are served that are served elsewhere, sorted by name.
    pub own_servers: Vec<OwnServers>,
    /// What holds for operations that state nothing themselves.
    pub security: Vec<Vec<SecurityScheme>>,
    /// Paths of the types that fetch or make its credentials, sorted.
    pub credentials: Vec<String>,
}

impl Api {
    /// What one of its types is called elsewhere.
    pub fn type_name(&self, item: &Item) -> TypeName {
        TypeName {
            home: self.module.clone(),
            name: item.name.clone(),
        }
    }

    /// Its types.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.models.iter().flat_map(|it| &it.items)
    }

    /// Its types, to be changed.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.models.iter_mut().flat_map(|it| &mut it.items)
    }

    /// Its operations.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.tags.iter().flat_map(|it| &it.operations)
    }

    /// Its webhooks.
    pub fn webhooks(&self) -> impl Iterator<Item = &Webhook> {
        self.tags.iter().flat_map(|it| &it.webhooks)
    }

    /// The setters of its optional parameters.
    pub fn setters(&self) -> impl Iterator<Item = &Setter> {
        self.parameter_sets.iter().flat_map(|it| &it.setters)
    }

    /// The set of the optional parameters of an operation.
    pub fn parameter_set(&self, tag: &Tag, operation: &Operation) -> Option<&ParameterSet> {
        let is_user = |(module, name): &(Ident, Ident)| *module == tag.module && *name == operation.name;
        self.parameter_sets.iter().find(|it| it.users.iter().any(is_user))
    }

    /// Whether the document deprecates anything that is emitted.
    pub fn has_deprecated(&self) -> bool {
        let member = |it: &Item| matches!(&it.kind, ItemKind::Model(model) if model.fields.iter().any(|it| it.deprecated.is_some()));
        let types = self.items().any(|it| it.deprecated.is_some() || member(it));
        types
            || self.operations().any(|it| it.deprecated.is_some())
            || self.webhooks().any(|it| it.deprecated.is_some())
            || self.setters().any(|it| it.deprecated.is_some())
    }
}

/// A file of models: one type and the types that stand inside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelFile {
    /// The file's module.
    pub module: Ident,
    /// The types, the outermost first.
    pub items: Vec<Item>,
}

/// An emitted type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Its name.
    pub name: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// What it derives because the document asks for it.
    #[serde(skip_serializing_if = "Derives::is_empty")]
    pub derives: Derives,
    /// What it is.
    pub kind: ItemKind,
}

impl Item {
    /// The names that it adds to its module.
    pub fn exports(&self) -> impl Iterator<Item = &Ident> {
        let checks = match &self.kind {
            ItemKind::Alias { checks, .. } => checks.as_ref(),
            _ => None,
        };
        std::iter::once(&self.name).chain(checks.map(|it| &it.name))
    }

    /// Every type that stands in it.
    pub fn types(&self) -> Vec<&Type> {
        match &self.kind {
            ItemKind::Model(model) => model.fields.iter().map(|it| &it.ty).chain(&model.additional).collect(),
            ItemKind::Union(union) => union.variants.iter().map(|it| &it.ty).collect(),
            ItemKind::Body(variants) => variants.iter().map(|it| &it.content.ty).collect(),
            ItemKind::Failures(it) => {
                let bodies = it.variants.iter().filter_map(|it| it.answer.ty());
                bodies.chain(it.headers.iter().map(|it| &it.ty)).collect()
            }
            ItemKind::Statuses(variants) => variants.iter().filter_map(|it| it.answer.ty()).collect(),
            ItemKind::Alias { ty, .. } | ItemKind::Wrapper(ty) => vec![ty],
            ItemKind::Enumeration(_) | ItemKind::IntegerEnumeration(_) => Vec::new(),
        }
    }
}

/// The kinds of emitted type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ItemKind {
    /// An object with named members.
    Model(Model),
    /// A string with documented values.
    Enumeration(Vec<Variant>),
    /// An integer with documented values.
    IntegerEnumeration(Vec<IntegerVariant>),
    /// One of several types.
    Union(Union),
    /// A request body of one of several media types.
    Body(Vec<BodyVariant>),
    /// An answer that depends on the status.
    Statuses(Vec<StatusVariant>),
    /// A failure that depends on the status.
    Failures(FailureVariants),
    /// Another name of a type.
    Alias {
        /// The type.
        ty: Type,
        /// What checks values, which have no method for it.
        checks: Option<Checks>,
    },
    /// A list or a map of itself, which needs a type of its own.
    Wrapper(Type),
}

/// An object with named members.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Model {
    /// The name in the document.
    pub wire: String,
    /// The members, in the order of the document.
    pub fields: Vec<Field>,
    /// The arguments of `new`, as indices of fields in the order of `required`.
    pub required: Vec<usize>,
    /// The type of members that have no name, where the document gives one.
    pub additional: Option<Type>,
    /// Whether those are left out where the model is printed for debugging.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_additional_sensitive: bool,
    /// What the document asks of the values of members.
    pub rules: Vec<Rule>,
    /// Whether the document does not say that it is an object: other values are kept.
    pub takes_others: bool,
    /// Members that say what the object is, with their values, for where it is the whole body of a request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body_defaults: Vec<(String, String)>,
}

impl Model {
    /// Whether some of what it holds is left out where it is printed for debugging.
    pub fn holds_secrets(&self) -> bool {
        self.is_additional_sensitive || self.fields.iter().any(|it| it.is_sensitive)
    }
}

/// A function that checks values of a type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checks {
    /// Its name.
    pub name: Ident,
    /// What it asks of them.
    pub rules: Vec<Rule>,
}

/// A documented value of an integer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntegerVariant {
    /// The variant's name.
    pub name: Ident,
    /// The value.
    pub value: i64,
    /// Its documentation.
    pub docs: Docs,
}

/// A documented value of an enumeration.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// The variant's name.
    pub name: Ident,
    /// The value.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The types.
    pub variants: Vec<UnionVariant>,
    /// The documentation of the variant for all other values.
    pub other: Docs,
    /// How they are told apart.
    pub choice: Choice,
}

/// A type of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnionVariant {
    /// The variant's name.
    pub name: Ident,
    /// What it holds.
    pub ty: Type,
    /// Whether that is left out where the union is printed for debugging.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_sensitive: bool,
    /// What the document asks of what it holds.
    pub rules: Vec<Rule>,
    /// Its documentation.
    pub docs: Docs,
}

/// How the types of a union are told apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Choice {
    /// By tests, in order: the first that holds decides.
    Tests(Vec<Test>),
    /// A member names the variant.
    Discriminator {
        /// The member.
        property: String,
        /// Values and variants, as indices, in the order of the document.
        mapping: Vec<(Scalar, usize)>,
        /// The variant for all other values, and where the member is absent.
        default: Option<usize>,
    },
}

/// A test for the variants of a union.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Test {
    /// The variants that the value may be of, as indices: the one that takes it, or several that nothing tells apart.
    pub variants: Vec<usize>,
    /// The JSON type that the value must have.
    pub kind: JsonKind,
    /// What else must hold.
    pub condition: Condition,
}

/// What must hold of a value beside its JSON type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Condition {
    /// Nothing.
    Always,
    /// It decodes as the variant's type.
    Decodes,
    /// It has these members.
    Members(Members),
}

/// Members that tell variants apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Members {
    /// Members that must be there.
    pub present: Vec<String>,
    /// Members that must have one of some values. An empty name stands for the value itself.
    pub equal: Vec<(String, Vec<Scalar>)>,
    /// Members that must have one of some values where they are there.
    pub maybe: Vec<(String, Vec<Scalar>)>,
    /// Members that must not be there.
    pub absent: Vec<String>,
}

/// The JSON types that tell variants apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum JsonKind {
    /// `true` or `false`.
    Bool,
    /// A number without fraction and exponent.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A media type of a request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BodyVariant {
    /// The variant's name.
    pub name: Ident,
    /// The media type and what it holds.
    pub content: Content,
    /// Its documentation.
    pub docs: Docs,
}

/// A type in the place where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Type {
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// Any JSON value.
    Json,
    /// Bytes.
    Bytes,
    /// A file in a form.
    File,
    /// A list.
    List(Box<Type>),
    /// A map with string keys.
    Map(Box<Type>),
    /// A list of fixed length, each item of a type of its own.
    Tuple(Vec<Type>),
    /// A value or null, inside a list or a map.
    Nullable(Box<Type>),
    /// A type on the heap, since it holds itself.
    Boxed(Box<Type>),
    /// An emitted type.
    Named(TypeName),
    /// A type of the runtime's packages or of another crate, or a primitive one.
    Path {
        /// The path: `runtime::patch::JsonPatch`; `::uuid::Uuid` of a crate that is not ours; `u8`.
        path: String,
        /// The type's arguments.
        arguments: Vec<Type>,
    },
}

/// An emitted type and the module of its home.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeName {
    /// The API's module.
    pub home: Ident,
    /// The type.
    pub name: Ident,
}
