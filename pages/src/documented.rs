//! What the documents say of where their elements are documented, so that rows can be looked up.

use std::collections::HashMap;

use tablature_openapi::document::{
    Document, Extensions, Operation, Parameter, ParameterLocation, PathItem, RefOr, RequestBody, Response, Schema,
    SecuritySchemeKind,
};
use tablature_openapi::{ComponentId, Documents, Span, extension};

use crate::facts::Location;

/// An element with the pages and tables that it is documented in.
#[derive(Clone, Debug)]
pub(crate) struct Element<'d, T> {
    /// The element.
    pub(crate) item: &'d T,
    /// Its place.
    pub(crate) span: Span,
    /// Pages and tables, own or inherited.
    pub(crate) tables: Vec<String>,
}

/// An operation with its parts, all references followed.
#[derive(Clone, Debug)]
pub(crate) struct DocumentedOperation<'d> {
    /// The operation.
    pub(crate) operation: Element<'d, Operation>,
    /// The method, upper case.
    pub(crate) method: &'d str,
    /// The path template.
    pub(crate) path: &'d str,
    /// Its parameters, those of the path included.
    pub(crate) parameters: Vec<Element<'d, Parameter>>,
    /// The body of its request.
    pub(crate) body: Option<Element<'d, RequestBody>>,
    /// Its responses by status.
    pub(crate) responses: Vec<(&'d str, Element<'d, Response>)>,
    /// The headers that its credentials stand in.
    pub(crate) credentials: Vec<String>,
}

/// The documents by what they are documented in.
#[derive(Debug)]
pub(crate) struct Index<'d> {
    /// The documents.
    pub(crate) documents: &'d Documents,
    /// All operations.
    pub(crate) operations: Vec<DocumentedOperation<'d>>,
    /// The schemas that name a table, by table.
    pub(crate) schemas: HashMap<String, Vec<(ComponentId, &'d Schema)>>,
}

impl<'d> Index<'d> {
    /// Looks through the documents.
    pub(crate) fn of(documents: &'d Documents) -> Self {
        let mut index = Self {
            documents,
            operations: Vec::new(),
            schemas: HashMap::new(),
        };
        for (number, document) in documents.documents().iter().enumerate() {
            for (path, item) in &document.paths {
                let item = match item {
                    RefOr::Item(item) => Some(item),
                    RefOr::Ref(it) => documents
                        .resolve_path_item(&it.target.span, &it.target.value)
                        .map(|it| it.1),
                };
                if let Some(item) = item {
                    index.path(document, &path.value, item);
                }
            }
            for (name, schema) in &document.components.schemas {
                let id = ComponentId {
                    document: number,
                    name: name.clone(),
                };
                for table in extension::documented_in(&schema.item.extensions) {
                    index
                        .schemas
                        .entry(table.value)
                        .or_default()
                        .push((id.clone(), &schema.item));
                }
            }
        }
        index
    }

    /// The operation that a page documents.
    pub(crate) fn operation(&self, page: &str, method: &str, path: &str) -> Option<&DocumentedOperation<'d>> {
        let mut operations = self
            .operations
            .iter()
            .filter(|it| it.method == method && it.path == path);
        operations.find(|it| it.operation.tables.iter().any(|it| page_of(it) == page))
    }

    fn path(&mut self, document: &'d Document, path: &'d str, item: &'d PathItem) {
        for (method, operation) in &item.operations {
            let tables = tables(&operation.extensions, &[]);
            let shared = item
                .parameters
                .iter()
                .filter(|it| !self.is_replaced(it, &operation.parameters));
            let parameters = shared.chain(&operation.parameters);
            let documented = DocumentedOperation {
                method: &method.value,
                path,
                parameters: parameters.filter_map(|it| self.parameter(it, &tables)).collect(),
                body: operation.request_body.as_ref().and_then(|it| self.body(it, &tables)),
                responses: operation
                    .responses
                    .iter()
                    .filter_map(|(status, it)| Some((status.value.as_str(), self.response(it, &tables)?)))
                    .collect(),
                credentials: self.credentials(document, operation),
                operation: Element {
                    item: operation,
                    span: method.span,
                    tables,
                },
            };
            self.operations.push(documented);
        }
    }

    /// Whether an operation states a parameter of its path anew.
    fn is_replaced(&self, parameter: &RefOr<Parameter>, own: &[RefOr<Parameter>]) -> bool {
        let Some(parameter) = self.parameter(parameter, &[]) else {
            return false;
        };
        let mut own = own.iter().filter_map(|it| self.parameter(it, &[]));
        own.any(|it| {
            it.item.name.value == parameter.item.name.value && it.item.location.value == parameter.item.location.value
        })
    }

    fn parameter(&self, it: &'d RefOr<Parameter>, inherited: &[String]) -> Option<Element<'d, Parameter>> {
        let item = match it {
            RefOr::Item(item) => item,
            RefOr::Ref(it) => self.documents.resolve_parameter(&it.target.span, &it.target.value)?.1,
        };
        Some(Element {
            item,
            span: item.name.span,
            tables: tables(&item.extensions, inherited),
        })
    }

    fn body(&self, it: &'d RefOr<RequestBody>, inherited: &[String]) -> Option<Element<'d, RequestBody>> {
        let item = match it {
            RefOr::Item(item) => item,
            RefOr::Ref(it) => {
                self.documents
                    .resolve_request_body(&it.target.span, &it.target.value)?
                    .1
            }
        };
        Some(Element {
            item,
            span: item.span.first_byte(),
            tables: tables(&item.extensions, inherited),
        })
    }

    fn response(&self, it: &'d RefOr<Response>, inherited: &[String]) -> Option<Element<'d, Response>> {
        let item = match it {
            RefOr::Item(item) => item,
            RefOr::Ref(it) => self.documents.resolve_response(&it.target.span, &it.target.value)?.1,
        };
        Some(Element {
            item,
            span: item.span.first_byte(),
            tables: tables(&item.extensions, inherited),
        })
    }

    /// The names of the headers that the credentials of an operation stand in.
    fn credentials(&self, document: &Document, operation: &Operation) -> Vec<String> {
        let security = operation.security.as_ref().or(document.security.as_ref());
        let schemes = security.into_iter().flatten().flat_map(|it| &it.schemes);
        let found = schemes.filter_map(|(name, _)| self.documents.security_scheme(&name.span, &name.value));
        found
            .filter_map(|(_, scheme)| match &scheme.kind {
                SecuritySchemeKind::ApiKey { name, .. } => Some(name.value.clone()),
                SecuritySchemeKind::Http { .. } => Some("Authorization".to_owned()),
                _ => None,
            })
            .collect()
    }
}

/// The pages and tables of an element: its own, else those that it inherits, else none if it has
/// another source.
pub(crate) fn tables(extensions: &Extensions, inherited: &[String]) -> Vec<String> {
    let own = extension::documented_in(extensions);
    if own.is_empty() && extension::source(extensions).is_none() {
        return inherited.to_vec();
    }
    own.into_iter().map(|it| it.value).collect()
}

/// Where a parameter of a document stands, in the words of pages.
pub(crate) fn location(location: ParameterLocation) -> Option<Location> {
    match location {
        ParameterLocation::Path => Some(Location::Path),
        ParameterLocation::Query => Some(Location::Query),
        ParameterLocation::Header => Some(Location::Header),
        ParameterLocation::Cookie => Some(Location::Cookie),
        ParameterLocation::Querystring => None,
    }
}

/// The page of a table.
pub(crate) fn page_of(table: &str) -> &str {
    table.rsplit_once('#').map_or(table, |(page, _)| page)
}

/// Whether a list of pages and tables has a table, or its page as a whole.
pub(crate) fn names(tables: &[String], page: &str, table: usize) -> bool {
    tables.iter().any(|it| it == page || *it == format!("{page}#{table}"))
}
