//! What lowering knows while it goes: the documents, the names given so far, the findings.

use std::collections::BTreeMap;

use tablature_openapi::document::{Document, Extensions, Schema};
use tablature_openapi::extension;
use tablature_openapi::{ComponentId, Diagnostic, Documents, Report, Severity, Span};

use crate::codes;
use crate::ir::{Item, ItemKind, ModelFile, Type, TypeName};
use crate::lower::ask::children;
use crate::lower::ask::children::Children;
use crate::lower::ask::duplicates;
use crate::lower::ask::schema::only_reference;
use crate::lower::operations::servers::Servers;
use crate::lower::options::Options;
use crate::lower::types::model_files;
use crate::names::{Case, Ident, Rename, Scope};

/// The state of a run.
pub struct Context<'d> {
    /// The input.
    pub documents: &'d Documents,
    /// What was found.
    pub report: Report,
    /// Names that are not what their case alone would make them.
    pub renames: Vec<Rename>,
    /// What the run asks for.
    pub options: &'d Options,
    /// A module per document, in the order of the documents.
    pub apis: Vec<ApiContext>,
    /// The merged descriptions that are being lowered, from the outside in.
    pub merging: Vec<Merging>,
    /// What extends schemas with a discriminator.
    pub children: Children,
}

/// A value that several schemas describe, while its type is made.
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
    /// Component schemas and their types.
    pub schemas: BTreeMap<String, Type>,
    /// Component request bodies and their types, where an enumeration of bodies is made of them.
    pub bodies: BTreeMap<String, Type>,
    /// Component parameters and the types of their values.
    pub parameters: BTreeMap<String, Type>,
    /// Where it is served.
    pub servers: Servers,
    /// The files of models so far.
    pub files: Vec<ModelFile>,
    file_names: Scope,
}

impl ApiContext {
    fn new(module: Ident) -> Self {
        Self {
            module,
            types: Scope::reserving(RESERVED_TYPES),
            schemas: BTreeMap::new(),
            bodies: BTreeMap::new(),
            parameters: BTreeMap::new(),
            servers: Servers::default(),
            files: Vec::new(),
            file_names: Scope::reserving(&["mod", "models"]),
        }
    }
}

/// Names that the prelude or our own imports give to something else in a file of models.
#[rustfmt::skip]
const RESERVED_TYPES: &[&str] = &[
    "AsRef", "BTreeMap", "Borrow", "Box", "Bytes", "Clone", "Copy", "Debug", "Default", "Drop", "Encoding", "Eq", "Err", "Fn", "From",
    "Hash", "Into", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Self", "Send",
    "Serialize", "Serializer", "Sized", "Some", "String", "Style", "Sync", "ToString", "Vec",
];

impl<'d> Context<'d> {
    /// A run over these documents, each with the module that it becomes.
    pub fn new(documents: &'d Documents, options: &'d Options) -> Self {
        let mut context = Self {
            documents,
            report: Report::new(),
            renames: Vec::new(),
            options,
            apis: Vec::new(),
            merging: Vec::new(),
            children: Children::new(),
        };
        context.children = children::find(documents, &context.all_schemas());
        let mut modules = Scope::reserving(&["call", "lib", "main", "runtime"]);
        for index in 0..documents.documents().len() {
            let module = context.module_name(index, &mut modules);
            context.apis.push(ApiContext::new(module));
        }
        context.claim_shared(&mut modules);
        context
    }

    /// Gives what several documents repeat a module of its own.
    fn claim_shared(&mut self, modules: &mut Scope) {
        let (repeated, warnings) = duplicates::find(self);
        for warning in warnings {
            self.report.push(warning);
        }
        if repeated.is_empty() {
            return;
        }
        let home = self.apis.len();
        self.apis.push(ApiContext::new(modules.claim(Case::Snake, "shared")));
        for (name, documents) in repeated {
            let ty = self.claim_type(home, &name, &Extensions::default());
            for document in documents {
                let api = &mut self.apis[document];
                api.schemas.insert(name.clone(), Type::Named(ty.clone()));
                api.types.claim(Case::Type, ty.name.as_str());
            }
        }
    }

    /// How many documents there are. An API behind them has what several of them repeat.
    pub fn document_count(&self) -> usize {
        self.documents.documents().len()
    }

    /// The document at an index.
    pub fn document(&self, index: usize) -> &'d Document {
        &self.documents.documents()[index]
    }

    fn module_name(&mut self, index: usize, modules: &mut Scope) -> Ident {
        let document = self.document(index);
        if let Some(name) = extension::rust_name(&document.extensions) {
            return self.claim_exact(modules, &name.value, name.span, Case::Snake);
        }
        let file = self
            .documents
            .sources()
            .get(document.span.source)
            .map_or("api", |source| source.name.as_str());
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        modules.claim(Case::Module, stem)
    }

    /// Names every component that becomes a type of its own, so that references can be printed.
    pub fn claim_names(&mut self) {
        for index in 0..self.document_count() {
            let mut schemas = self.named_schemas(index);
            schemas.sort_by_key(|(_, schema)| extension::rust_name(&schema.extensions).is_none());
            for (name, schema) in schemas {
                if extension::rust_type(&schema.extensions).is_none() && !self.apis[index].schemas.contains_key(&name) {
                    let ty = self.claim_type(index, &name, &schema.extensions);
                    self.apis[index].schemas.insert(name, Type::Named(ty));
                }
            }
        }
        for index in 0..self.document_count() {
            for (name, schema) in self.named_schemas(index) {
                if let Some(rust) = extension::rust_type(&schema.extensions) {
                    let arguments = rust
                        .arguments
                        .iter()
                        .filter_map(|it| self.reference_type(it.span, &it.value))
                        .collect();
                    let ty = Type::Runtime {
                        path: runtime_path(&rust.path.value),
                        arguments,
                    };
                    self.apis[index].schemas.insert(name, ty);
                }
            }
        }
    }

    /// Claims the name of a type: what the document says it is in Rust, or what its own name gives.
    pub fn claim_type(&mut self, document: usize, name: &str, extensions: &Extensions) -> TypeName {
        let mut types = std::mem::take(&mut self.apis[document].types);
        let ident = match extension::rust_name(extensions) {
            Some(rust) => self.claim_exact(&mut types, &rust.value, rust.span, Case::Type),
            None => types.claim(Case::Type, name),
        };
        self.apis[document].types = types;
        TypeName {
            home: self.apis[document].module.clone(),
            name: ident,
        }
    }

    /// Claims the name that the document asks for, or reports why it cannot be had and gives another.
    pub fn claim_exact(&mut self, scope: &mut Scope, name: &str, span: Span, case: Case) -> Ident {
        scope.claim_exact(name).unwrap_or_else(|why| {
            self.report.push(codes::RUST_NAME.at(span, why));
            scope.claim(case, name)
        })
    }

    /// The type of a reference to a component schema. A reference that leads nowhere has been reported on reading.
    pub fn reference_type(&self, from: Span, target: &str) -> Option<Type> {
        let (id, _) = self.documents.resolve_schema(&from, target)?;
        self.apis.get(id.document)?.schemas.get(&id.name).cloned()
    }

    /// An emitted type, among those so far.
    pub fn item(&self, name: &TypeName) -> Option<&Item> {
        let homes = self.apis.iter().filter(|it| it.module == name.home);
        let mut items = homes.flat_map(|it| &it.files).flat_map(|it| &it.items);
        items.find(|it| it.name == name.name)
    }

    /// The type that is meant: of a value or null the value, of another name of a type that type.
    pub fn meant(&self, mut ty: Type) -> Type {
        // A name of itself is reported elsewhere.
        for _ in 0..64 {
            ty = match ty {
                Type::Nullable(inner) | Type::Boxed(inner) => *inner,
                Type::Named(name) => match self.item(&name).map(|it| &it.kind) {
                    Some(ItemKind::Alias(behind)) => behind.clone(),
                    _ => return Type::Named(name),
                },
                other => return other,
            };
        }
        ty
    }

    /// The schema behind a schema: itself, or what its reference leads to in the end.
    pub fn target(&self, schema: &'d Schema) -> &'d Schema {
        let mut schema = schema;
        // A circle of references has been reported on reading.
        for _ in 0..64 {
            let Some(reference) = only_reference(schema) else { break };
            let Some((_, target)) = self.documents.resolve_schema(&reference.span, &reference.value) else {
                break;
            };
            schema = target;
        }
        schema
    }

    /// The schemas of all documents that become types of their own.
    fn all_schemas(&self) -> Vec<(ComponentId, &'d Schema)> {
        let of = |document| {
            let schemas = self.named_schemas(document).into_iter();
            schemas.map(move |(name, it)| (ComponentId { document, name }, it))
        };
        (0..self.document_count()).flat_map(of).collect()
    }

    /// The schemas of a document that become types of their own, in the order of their names.
    pub fn named_schemas(&self, document: usize) -> Vec<(String, &'d Schema)> {
        let components = self.document(document).components.schemas.iter();
        // What references point at inside other things has a name as well.
        let referenced = self
            .documents
            .referenced(document)
            .into_iter()
            .flat_map(|it| &it.schemas);
        let mut schemas: Vec<_> = components
            .chain(referenced)
            .map(|(name, it)| (name.clone(), &it.item))
            .collect();
        schemas.sort_by(|(a, _), (b, _)| a.cmp(b));
        schemas
    }

    /// The type of an inline schema that references point at: it has a name of its own.
    pub fn referenced_type(&self, schema: &Schema) -> Option<Type> {
        let id = self.documents.referenced_at(&schema.span)?;
        self.apis.get(id.document)?.schemas.get(&id.name).cloned()
    }

    /// The id of the component that a reference names.
    pub fn schema_id(&self, from: Span, target: &str) -> Option<ComponentId> {
        self.documents.resolve_schema(&from, target).map(|(id, _)| id)
    }

    /// Adds the types of one component, the outermost first: one file, or several where one would be too long to read.
    pub fn add_file(&mut self, document: usize, items: Vec<Item>) {
        let api = &mut self.apis[document];
        for items in model_files::split(items) {
            let Some(first) = items.first() else { continue };
            let module = api.file_names.claim(Case::Module, first.name.to_module().as_str());
            api.files.push(ModelFile {
                module,
                items,
                features: Vec::new(),
            });
        }
    }

    /// Reports something that cannot be emitted: a warning where the run allows it.
    pub fn refuse(&mut self, mut diagnostic: Diagnostic) {
        if self.is_allowed(diagnostic.code) {
            diagnostic.severity = Severity::Warning;
        }
        self.report.push(diagnostic);
    }

    /// Whether a diagnostic is a warning in this run.
    pub fn is_allowed(&self, code: &str) -> bool {
        codes::allowable().any(|it| it == code) && self.options.allow_unsupported.iter().any(|it| it == code)
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

/// The path of a type below the runtime's root: the document writes it as `runtime::watch::Event`.
fn runtime_path(path: &str) -> String {
    path.strip_prefix("runtime::").unwrap_or(path).to_owned()
}
