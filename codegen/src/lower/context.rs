//! Holds the Rust names and types that have been given so far.

use std::collections::BTreeMap;

use tablature_openapi::document::{Extensions, Schema};
use tablature_openapi::extension::RustType;
use tablature_openapi::{ComponentId, Documents, Span, Spanned, extension};

use crate::codes;
use crate::finish::model_files;
use crate::ir::{Answer, Index, Item, ItemKind, ModelFile, Type, TypeName};
use crate::lower::ask::Ask;
use crate::lower::ask::duplicates;
use crate::lower::ask::input::Input;
use crate::lower::ask::short_names;
use crate::lower::docs::CleanTexts;
use crate::lower::options::Options;
use crate::lower::rust_types::{RustTypes, is_of_runtime};
use crate::names::{Case, Ident, Rename, Scope, spell};
use crate::prelude::RESERVED_TYPES;

/// The state of a run.
pub struct Context<'d> {
    /// What the documents say.
    pub ask: Ask<'d>,
    /// The enumerations of failures so far, by document and by what they hold.
    pub failures: BTreeMap<(usize, String), TypeName>,
    /// What the bodies of failures hold, by the place of the response.
    pub failure_bodies: BTreeMap<Span, Answer>,
    /// Names that are not what their case alone would make them.
    pub renames: Vec<Rename>,
    /// A module per document, in the order of the documents, then that of what several documents repeat.
    pub apis: Vec<ApiContext>,
    /// What the types so far stand for.
    pub index: Index,
    /// The Rust types that the documents name.
    pub rust_types: RustTypes,
    /// What documents say of parameters, as documentation.
    pub texts: CleanTexts,
    /// What schemas ask the types that they become to derive.
    pub derives: Vec<(Option<TypeName>, Spanned<String>)>,
    /// The schemas that types are made of, each of several where all of them describe its values.
    pub schemas: BTreeMap<TypeName, Vec<&'d Schema>>,
    /// The inline and merged descriptions that are being lowered, from the outside in.
    pub merging: Vec<Merging>,
}

/// A value that one or several schemas describe, while its type is made.
pub struct Merging {
    /// The places of the schemas.
    pub key: Vec<Span>,
    /// The place of the schema that the type is made of.
    pub schema: Span,
    /// The type, once it has a name.
    pub name: Option<TypeName>,
}

/// The names and types of one API.
pub struct ApiContext {
    /// The module.
    pub module: Ident,
    /// The names of types.
    pub types: Scope,
    /// The names of functions beside them.
    pub functions: Scope,
    /// Component schemas and their types.
    pub schemas: BTreeMap<String, Type>,
    /// Component request bodies and their types, where an enumeration of bodies is made of them.
    pub bodies: BTreeMap<String, Type>,
    /// Component parameters and the types of their values.
    pub parameters: BTreeMap<String, Type>,
    /// The files of models so far.
    pub files: Vec<ModelFile>,
    file_names: Scope,
}

impl ApiContext {
    fn new(module: Ident) -> Self {
        Self {
            module,
            types: Scope::reserving(RESERVED_TYPES),
            functions: Scope::default(),
            schemas: BTreeMap::new(),
            bodies: BTreeMap::new(),
            parameters: BTreeMap::new(),
            files: Vec::new(),
            file_names: Scope::reserving(&["mod", "models"]),
        }
    }
}

impl<'d> Context<'d> {
    /// A run over these documents, each with the module that it becomes.
    pub fn new(documents: &'d Documents, options: &'d Options) -> Self {
        let ask = Ask::new(documents, options);
        let rust_types = RustTypes::new(&ask);
        let mut modules = Scope::reserving(&[
            "call",
            "client",
            "lib",
            "main",
            "runtime",
            "tablature_huawei",
            "tablature_kubernetes",
        ]);
        let names = (0..ask.document_count()).map(|it| module_name(&ask, it, &mut modules));
        let mut context = Self {
            apis: names.map(ApiContext::new).collect(),
            ask,
            failures: BTreeMap::new(),
            failure_bodies: BTreeMap::new(),
            renames: Vec::new(),
            index: Index::default(),
            rust_types,
            texts: CleanTexts::default(),
            derives: Vec::new(),
            schemas: BTreeMap::new(),
            merging: Vec::new(),
        };
        context.claim_shared(&mut modules);
        context
    }

    /// Gives what several documents repeat a module of its own.
    fn claim_shared(&mut self, modules: &mut Scope) {
        let repeated = duplicates::find(&self.ask);
        if repeated.is_empty() {
            return;
        }
        let home = self.apis.len();
        self.apis.push(ApiContext::new(modules.claim(Case::Snake, "shared")));
        let shared = repeated.iter();
        self.check_short_names(shared.filter_map(|(name, documents)| Some((*documents.first()?, name.as_str()))));
        for (name, documents) in repeated {
            let short = documents
                .first()
                .map_or("", |it| short_names::short(&self.ask, *it, &name));
            let ty = self.claim_type(home, short, &Extensions::default());
            for document in documents {
                let api = &mut self.apis[document];
                api.schemas.insert(name.clone(), Type::Named(ty.clone()));
                api.types.claim(Case::Type, ty.name.as_str());
            }
        }
    }

    /// Names every component that becomes a type of its own, so that references can be printed.
    pub fn claim_names(&mut self) {
        for index in 0..self.ask.document_count() {
            let mut schemas = self.ask.named_schemas(index);
            let own = schemas.iter().filter(|(_, it)| {
                extension::rust_name(&it.extensions).is_none() && extension::rust_type(&it.extensions).is_none()
            });
            let own: Vec<(usize, &str)> = own.map(|(name, _)| (index, name.as_str())).collect();
            let is_shortened = |it: &(usize, &str)| short_names::short(&self.ask, it.0, it.1) != it.1;
            if let Some(prefix) = extension::strip_prefix(&self.ask.document(index).extensions)
                && !own.is_empty()
                && !own.iter().any(is_shortened)
            {
                let message = "no component schema has a name that begins so";
                self.ask
                    .report(codes::EXTENSION_WITHOUT_EFFECT.at(prefix.span, message));
            }
            self.check_short_names(own.into_iter());
            schemas.sort_by_key(|(_, schema)| extension::rust_name(&schema.extensions).is_none());
            for (name, schema) in schemas {
                if self.rust_path(schema).is_none() && !self.apis[index].schemas.contains_key(&name) {
                    let short = short_names::short(&self.ask, index, &name);
                    let ty = self.claim_type(index, short, &schema.extensions);
                    self.apis[index].schemas.insert(name, Type::Named(ty));
                }
            }
        }
        for index in 0..self.ask.document_count() {
            for (name, schema) in self.ask.named_schemas(index) {
                if let Some(ty) = self.rust_type(schema) {
                    self.apis[index].schemas.insert(name, ty);
                }
            }
        }
    }

    /// The Rust type that a schema names, without the arguments beside its path.
    fn rust_path(&self, schema: &Schema) -> Option<Type> {
        self.rust_types
            .path(&self.ask, &extension::rust_type(&schema.extensions)?)
    }

    /// The type that a schema says it is in Rust.
    pub fn rust_type(&self, schema: &Schema) -> Option<Type> {
        self.named_type(&extension::rust_type(&schema.extensions)?)
    }

    /// The type that stands for strings and numbers of a format.
    pub fn type_of_format(&self, format: &str) -> Option<Type> {
        self.named_type(self.rust_types.of_format(format)?)
    }

    /// The type that a path and the arguments beside it name. Those of the runtime keep what they do not know; any other
    /// is kept with the text that it was read from.
    fn named_type(&self, named: &RustType) -> Option<Type> {
        let beside = named.arguments.iter();
        let beside = beside.filter_map(|it| self.reference_type(it.span, &it.value));
        let mut ty = self.rust_types.path(&self.ask, named)?;
        if let Type::Path { arguments, .. } = &mut ty {
            arguments.extend(beside);
        }
        let is_lossless = match &ty {
            Type::Path { path, .. } => is_of_runtime(path),
            ty => *ty == Type::String,
        };
        Some(if is_lossless { ty } else { Type::typed(ty) })
    }

    /// Reports components, each in a document, that have one name without what `x-rust-strip-prefix` takes off.
    fn check_short_names<'n>(&self, names: impl Iterator<Item = (usize, &'n str)>) {
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        for (document, name) in names {
            let Some(prefix) = extension::strip_prefix(&self.ask.document(document).extensions) else {
                continue;
            };
            let rust = spell(Case::Type, short_names::short(&self.ask, document, name));
            if let Some(first) = taken.insert(rust.clone(), name) {
                let message = format!("without the prefix `{first}` and `{name}` are both `{rust}`");
                self.ask.report(codes::PREFIX_CLASH.at(prefix.span, message));
            }
        }
    }

    /// Claims the name of a type: what the document says it is in Rust, or what its own name gives.
    pub fn claim_type(&mut self, document: usize, name: &str, extensions: &Extensions) -> TypeName {
        let api = &mut self.apis[document];
        let ident = match extension::rust_name(extensions) {
            Some(rust) => claim_exact(&self.ask, &mut api.types, &rust, Case::Type),
            None => api.types.claim(Case::Type, name),
        };
        TypeName {
            home: api.module.clone(),
            name: ident,
        }
    }

    /// Notes that a type is made of all of some schemas, unless it is that of a component, which is described by itself.
    pub fn note_all(&mut self, ty: &Type, schema: &Schema, all: &[&'d Schema]) {
        if let Type::Named(name) = ty
            && let Some(made_of) = self.schemas.get_mut(name)
            && made_of.iter().any(|it| it.span == schema.span)
        {
            *made_of = all.to_vec();
        }
    }

    /// The type of a component schema.
    pub fn component_type(&self, id: &ComponentId) -> Option<Type> {
        self.apis.get(id.document)?.schemas.get(&id.name).cloned()
    }

    /// The type of a reference to a component schema. A reference that leads nowhere has been reported on reading.
    pub fn reference_type(&self, from: Span, target: &str) -> Option<Type> {
        self.component_type(&self.ask.schema_id(from, target)?)
    }

    /// An emitted type, among those so far.
    pub fn item(&self, name: &TypeName) -> Option<&Item> {
        let homes = self.apis.iter().filter(|it| it.module == name.home);
        let mut items = homes.flat_map(|it| &it.files).flat_map(|it| &it.items);
        items.find(|it| it.name == name.name)
    }

    /// The emitted types so far, with their names.
    pub fn items(&self) -> impl Iterator<Item = (TypeName, &Item)> {
        self.apis.iter().flat_map(|api| {
            let items = api.files.iter().flat_map(|it| &it.items);
            items.map(|it| {
                let (home, name) = (api.module.clone(), it.name.clone());
                (TypeName { home, name }, it)
            })
        })
    }

    /// Makes an alias of a list or a map a type of its own.
    pub fn wrap(&mut self, name: &TypeName) {
        let homes = self.apis.iter_mut().filter(|it| it.module == name.home);
        let items = homes.flat_map(|it| &mut it.files).flat_map(|it| &mut it.items);
        for item in items.filter(|it| it.name == name.name) {
            if let ItemKind::Alias {
                ty: ty @ (Type::List(_) | Type::Map(_)),
                ..
            } = &item.kind
            {
                item.kind = ItemKind::Wrapper(ty.clone());
                self.index.remove(name);
            }
        }
    }

    /// The type of an inline schema that references point at: it has a name of its own.
    pub fn referenced_type(&self, schema: &Schema) -> Option<Type> {
        self.component_type(self.ask.documents.referenced_at(&schema.span)?)
    }

    /// Adds the types of one component, the outermost first: one file, or several where one would be too long to read.
    pub fn add_file(&mut self, document: usize, items: Vec<Item>) {
        let api = &mut self.apis[document];
        for item in &items {
            let (home, name) = (api.module.clone(), item.name.clone());
            self.index.add(TypeName { home, name }, item);
        }
        for items in model_files::split(items) {
            let Some(first) = items.first() else { continue };
            let module = api.file_names.claim(Case::Module, first.name.to_module().as_str());
            api.files.push(ModelFile { module, items });
        }
    }

    /// Notes what a scope had to rename.
    pub fn note_renames(&mut self, scope: &mut Scope) {
        self.renames.extend(scope.take_renames());
    }

    /// Notes which types of an API had to be renamed.
    pub fn take_type_renames(&mut self, document: usize) {
        let renames = self.apis[document].types.take_renames();
        self.renames.extend(renames);
    }
}

fn module_name(input: &Input<'_>, index: usize, modules: &mut Scope) -> Ident {
    let document = input.document(index);
    if let Some(name) = extension::rust_name(&document.extensions) {
        return claim_exact(input, modules, &name, Case::Module);
    }
    let source = input.documents.sources().get(document.span.source);
    let file = source.map_or("api", |it| it.name.as_str());
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    modules.claim(Case::Module, stem)
}

/// Claims the name that the document asks for, or reports why it cannot be had and gives another.
pub fn claim_exact(input: &Input<'_>, scope: &mut Scope, name: &Spanned<String>, case: Case) -> Ident {
    scope.claim_exact(case, &name.value).unwrap_or_else(|why| {
        input.report(codes::RUST_NAME.at(name.span, why));
        scope.claim(case, &name.value)
    })
}

/// Claims a name for each: first those that the document asks for, then those that wire names give. The names come
/// in the order of what they are for.
pub fn claim_wanted<'a>(
    input: &Input<'_>,
    scope: &mut Scope,
    case: Case,
    wanted: impl IntoIterator<Item = (Option<Spanned<String>>, &'a str)>,
) -> Vec<Ident> {
    let (exact, wires): (Vec<_>, Vec<&str>) = wanted.into_iter().unzip();
    let free = exact.iter().zip(wires).filter(|(it, _)| it.is_none());
    let free: Vec<&str> = free.map(|(_, wire)| wire).collect();
    let exact = exact
        .into_iter()
        .map(|it| it.map(|it| claim_exact(input, scope, &it, case)));
    let exact: Vec<Option<Ident>> = exact.collect();
    let mut free = scope.claim_all(case, free).into_iter();
    exact.into_iter().filter_map(|it| it.or_else(|| free.next())).collect()
}
