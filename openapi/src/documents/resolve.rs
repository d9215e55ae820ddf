//! References looked up.

use indexmap::IndexMap;

use super::reference::Unusable;
use super::visit::Form;
use super::{ComponentId, Documents, Outcome, Section, name, reference};
use crate::document::{
    Components, Example, Named, Parameter, PathItem, RefOr, RequestBody, Response, Schema, SecurityScheme,
};
use crate::span::Span;

/// Why a reference leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The file could not be read, which was reported.
    Unread,
    /// It is to nothing that can be looked up.
    Unusable(Unusable),
    /// The document, as written in the reference, has no such component.
    Dangling {
        /// The index of the document.
        document: usize,
        /// The file, as written.
        file: String,
        /// The name that is not there.
        name: String,
    },
}

/// More steps than this can only be a circle, or a chain that nobody writes.
const MOST_STEPS: usize = 1000;

/// The map of a kind of component that may be a reference.
type Map<T> = fn(&Components) -> &IndexMap<String, Named<RefOr<T>>>;

impl Documents {
    /// The schema that a reference in the place `from` leads to, through schemas that are
    /// nothing but a reference.
    pub fn resolve_schema(&self, from: &Span, target: &str) -> Option<(ComponentId, &Schema)> {
        self.follow_schema(self.find(from, Section::Schemas, target).ok()?)
    }

    fn follow_schema(&self, mut id: ComponentId) -> Option<(ComponentId, &Schema)> {
        for _ in 0..MOST_STEPS {
            let schema = self.schema(&id)?;
            match &schema.reference {
                Some(next) if !schema.has_siblings => {
                    id = self.find(&next.span, Section::Schemas, &next.value).ok()?;
                }
                _ => return Some((id, schema)),
            }
        }
        None
    }

    /// The schema that a value of a discriminator's `mapping` leads to: a name or a reference.
    pub fn resolve_mapping(&self, from: &Span, value: &str) -> Option<(ComponentId, &Schema)> {
        let form = Form::NameOrReference;
        self.follow_schema(self.find_form(form, Section::Schemas, from, value).ok()?)
    }

    /// The parameter that a reference leads to.
    pub fn resolve_parameter(&self, from: &Span, target: &str) -> Option<(ComponentId, &Parameter)> {
        self.resolve(from, Section::Parameters, target, |it| &it.parameters)
    }

    /// The request body that a reference leads to.
    pub fn resolve_request_body(&self, from: &Span, target: &str) -> Option<(ComponentId, &RequestBody)> {
        self.resolve(from, Section::RequestBodies, target, |it| &it.request_bodies)
    }

    /// The response that a reference leads to.
    pub fn resolve_response(&self, from: &Span, target: &str) -> Option<(ComponentId, &Response)> {
        self.resolve(from, Section::Responses, target, |it| &it.responses)
    }

    /// The header that a reference leads to.
    pub fn resolve_header(&self, from: &Span, target: &str) -> Option<(ComponentId, &Parameter)> {
        self.resolve(from, Section::Headers, target, |it| &it.headers)
    }

    /// The path item that a reference leads to.
    pub fn resolve_path_item(&self, from: &Span, target: &str) -> Option<(ComponentId, &PathItem)> {
        self.resolve(from, Section::PathItems, target, |it| &it.path_items)
    }

    /// The security scheme that a reference leads to.
    pub fn resolve_security_scheme(&self, from: &Span, target: &str) -> Option<(ComponentId, &SecurityScheme)> {
        self.resolve(from, Section::SecuritySchemes, target, |it| &it.security_schemes)
    }

    /// The security scheme that a key of a security requirement means: one of its own document,
    /// else of the first entry that has it.
    pub fn security_scheme(&self, from: &Span, name: &str) -> Option<(ComponentId, &SecurityScheme)> {
        let section = Section::SecuritySchemes;
        let id = self.find_form(Form::SecurityScheme, section, from, name).ok()?;
        self.follow(id, section, |it| &it.security_schemes)
    }

    /// The example that a reference leads to.
    pub fn resolve_example(&self, from: &Span, target: &str) -> Option<(ComponentId, &Example)> {
        let mut id = self.find(from, Section::Examples, target).ok()?;
        for _ in 0..MOST_STEPS {
            let components = &self.documents.get(id.document)?.components;
            let example = &components.examples.get(&id.name)?.item;
            match &example.reference {
                Some(next) => id = self.find(&next.span, Section::Examples, &next.value).ok()?,
                None => return Some((id, example)),
            }
        }
        None
    }

    /// The schema with this id.
    pub fn schema(&self, id: &ComponentId) -> Option<&Schema> {
        let components = &self.documents.get(id.document)?.components;
        components.schemas.get(&id.name).map(|it| &it.item)
    }

    fn resolve<T>(&self, from: &Span, section: Section, target: &str, map: Map<T>) -> Option<(ComponentId, &T)> {
        self.follow(self.find(from, section, target).ok()?, section, map)
    }

    fn follow<T>(&self, mut id: ComponentId, section: Section, map: Map<T>) -> Option<(ComponentId, &T)> {
        for _ in 0..MOST_STEPS {
            match &map(&self.documents.get(id.document)?.components).get(&id.name)?.item {
                RefOr::Item(item) => return Some((id, item)),
                RefOr::Ref(next) => {
                    id = self.find(&next.target.span, section, &next.target.value).ok()?;
                }
            }
        }
        None
    }

    /// The component that a reference names, which may be a reference itself.
    pub(super) fn find(&self, from: &Span, section: Section, target: &str) -> Result<ComponentId, Lost> {
        let target = reference::parse(target).map_err(Lost::Unusable)?;
        let document = self.file(from, target.file)?;
        if target.section != section.key() {
            return Err(Lost::Unusable(Unusable::OtherSection(target.section)));
        }
        self.component(document, section, target.file, target.name)
    }

    /// The component that a reference of any form names.
    pub(super) fn find_form(&self, form: Form, section: Section, from: &Span, text: &str) -> Result<ComponentId, Lost> {
        let own = self.document_of(from).ok_or(Lost::Unread)?;
        match form {
            Form::NameOrReference if text.contains(['#', '/']) => self.find(from, section, text),
            Form::Reference => self.find(from, section, text),
            Form::NameOrReference => self.component(own, section, "", text.to_owned()),
            Form::SecurityScheme if text.contains('#') => self.find(from, section, text),
            Form::SecurityScheme => {
                let mut documents = std::iter::once(own).chain(0..self.entries);
                let found = documents.find_map(|it| self.component(it, section, "", text.to_owned()).ok());
                found.map_or_else(|| self.component(own, section, "", text.to_owned()), Ok)
            }
        }
    }

    fn component(&self, document: usize, section: Section, file: &str, name: String) -> Result<ComponentId, Lost> {
        let components = self.documents.get(document).map(|it| &it.components);
        match components.is_some_and(|it| section.contains(it, &name)) {
            true => Ok(ComponentId { document, name }),
            false => Err(Lost::Dangling {
                document,
                file: file.to_owned(),
                name,
            }),
        }
    }

    /// The document that the file part of a reference means.
    fn file(&self, from: &Span, file: &str) -> Result<usize, Lost> {
        let own = self.document_of(from).ok_or(Lost::Unread)?;
        if file.is_empty() {
            return Ok(own);
        }
        if let Some(document) = self.by_self(file) {
            return Ok(document);
        }
        if reference::is_remote(file) {
            return Err(Lost::Unusable(Unusable::Remote));
        }
        let file = reference::decode(file).ok_or(Lost::Unusable(Unusable::NOT_ENCODED))?;
        let from = self.sources.get(from.source).map_or("", |it| it.name.as_str());
        match self.names.get(&name::relative(from, &file)) {
            Some(Outcome::Document(document)) => Ok(*document),
            Some(Outcome::Failed) => Err(Lost::Unread),
            None => Err(Lost::Unusable(Unusable::Unsupported("a file that was not read"))),
        }
    }

    /// The document that calls itself by this address.
    fn by_self(&self, address: &str) -> Option<usize> {
        let mut documents = self.documents.iter();
        documents.position(|it| it.self_uri.as_ref().is_some_and(|uri| uri.value == address))
    }
}
