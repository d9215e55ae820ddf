//! Resolves references.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::lost::Lost;
use super::reference::{Fragment, Unusable};
use super::visit::Form;
use super::{Address, ComponentId, Documents, Outcome, Section, name, place, reference};
use crate::document::{
    Callback, Components, Named, Parameter, PathItem, RefOr, RequestBody, Response, Schema, SecurityScheme,
};
use crate::source::SourceId;
use crate::span::{Span, Spanned};

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

    fn follow_schema(&self, id: ComponentId) -> Option<(ComponentId, &Schema)> {
        let id = match self.chains.get(&id) {
            Some(end) => end.clone()?,
            None => id,
        };
        let schema = self.schema(&id)?;
        Some((id, schema))
    }

    /// Finds the end of each chain of schemas that are nothing but a reference, each link looked at once.
    pub(super) fn follow_chains(&mut self) {
        let mut chains: HashMap<ComponentId, Option<ComponentId>> = HashMap::new();
        for (document, (own, reached)) in self.documents.iter().zip(&self.reached).enumerate() {
            for name in own.components.schemas.keys().chain(reached.schemas.keys()) {
                let mut here = Some(ComponentId {
                    document,
                    name: name.clone(),
                });
                let mut links = Vec::new();
                while let Some(id) = here.take_if(|it| !chains.contains_key(it)) {
                    // Until the end is known, as if it led nowhere: so a circle does.
                    here = match self.schema(&id).and_then(only_reference) {
                        Some(next) => {
                            chains.insert(id.clone(), None);
                            links.push(id);
                            self.find(&next.span, Section::Schemas, &next.value).ok()
                        }
                        None => {
                            links
                                .iter()
                                .for_each(|it| _ = chains.insert(it.clone(), Some(id.clone())));
                            links.clear();
                            None
                        }
                    };
                }
                let end = here.and_then(|it| chains.get(&it).cloned().flatten());
                links.into_iter().for_each(|it| _ = chains.insert(it, end.clone()));
            }
        }
        self.chains = chains;
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

    /// The callback that a reference leads to.
    pub fn resolve_callback(&self, from: &Span, target: &str) -> Option<(ComponentId, &Callback)> {
        self.resolve(from, Section::Callbacks, target, |it| &it.callbacks)
    }

    /// The path item that a reference leads to.
    pub fn resolve_path_item(&self, from: &Span, target: &str) -> Option<(ComponentId, &PathItem)> {
        self.resolve(from, Section::PathItems, target, |it| &it.path_items)
    }

    /// The security scheme that a key of a security requirement means: one of its own document,
    /// else of the first entry that has it.
    pub fn security_scheme(&self, from: &Span, name: &str) -> Option<(ComponentId, &SecurityScheme)> {
        let section = Section::SecuritySchemes;
        let id = self.find_form(Form::SecurityScheme, section, from, name).ok()?;
        self.follow(id, section, |it| &it.security_schemes)
    }

    /// The schema with this id.
    pub fn schema(&self, id: &ComponentId) -> Option<&Schema> {
        let schemas = &self.holder(Section::Schemas, id)?.schemas;
        schemas.get(&id.name).map(|it| &it.item)
    }

    /// The components that have the id: those of the document, or what references lead to in it.
    pub(super) fn holder(&self, section: Section, id: &ComponentId) -> Option<&Components> {
        let components = &self.documents.get(id.document)?.components;
        match section.of(components).contains(&id.name) {
            true => Some(components),
            false => self.reached.get(id.document),
        }
    }

    fn resolve<T>(&self, from: &Span, section: Section, target: &str, map: Map<T>) -> Option<(ComponentId, &T)> {
        self.follow(self.find(from, section, target).ok()?, section, map)
    }

    fn follow<T>(&self, mut id: ComponentId, section: Section, map: Map<T>) -> Option<(ComponentId, &T)> {
        for _ in 0..MOST_STEPS {
            match &map(self.holder(section, &id)?).get(&id.name)?.item {
                RefOr::Item(item) => return Some((id, item)),
                RefOr::Ref(next) => {
                    id = self.find(&next.target.span, section, &next.target.value).ok()?;
                }
            }
        }
        None
    }

    /// The thing that a reference leads to, which may be a reference itself.
    pub(super) fn find(&self, from: &Span, section: Section, target: &str) -> Result<ComponentId, Lost> {
        let (source, tokens) = self.locate(from, target)?;
        if let Some(document) = self.document_at(source) {
            if let Some((found, name)) = place::component(&tokens) {
                if found != section {
                    return Err(Lost::Unusable(Unusable::OtherSection(found)));
                }
                let file = target.split('#').next().unwrap_or_default();
                return self.component(document, section, file, name.to_owned());
            }
            place::check(section, &tokens).map_err(Lost::Unusable)?;
        }
        match self.targets.get(&Address::new(source, section, &tokens)) {
            Some(Ok(id)) => Ok(id.clone()),
            Some(Err(help)) => Err(Lost::Missing(help.clone())),
            None => Err(Lost::Missing(None)),
        }
    }

    /// The place that a reference is to.
    pub(super) fn locate(&self, from: &Span, target: &str) -> Result<(SourceId, Vec<String>), Lost> {
        let from = &self.sources.home(*from);
        let written = target;
        let target = reference::parse(written).map_err(Lost::Unusable)?;
        let resource = self.in_resource(from, target.file, &target.fragment);
        if let Some(found) = resource.filter(|_| !written.is_empty()) {
            return Ok(found);
        }
        let source = self.file(from, target.file)?;
        let tokens = match target.fragment {
            Fragment::Pointer(tokens) => tokens,
            // A file that was read last has its anchors known by now.
            Fragment::Anchor(_) => {
                let whole = Span::new(source, 0, 0);
                let found = self.in_resource(&whole, "", &target.fragment);
                found.ok_or(Lost::Missing(None))?.1
            }
        };
        Ok((source, tokens))
    }

    /// The thing that a reference of any form leads to.
    pub(super) fn find_form(&self, form: Form, section: Section, from: &Span, text: &str) -> Result<ComponentId, Lost> {
        if self.is_reference(form, section, from, text) {
            return self.find(from, section, text);
        }
        let own = self.document_of(from).ok_or(Lost::Unread)?;
        let others = if form == Form::SecurityScheme { self.entries } else { 0 };
        let mut documents = std::iter::once(own).chain(0..others);
        let found = documents.find_map(|it| self.component(it, section, "", text.to_owned()).ok());
        found.map_or_else(|| self.component(own, section, "", text.to_owned()), Ok)
    }

    /// Whether a text is a reference, and not the name of a component.
    pub(super) fn is_reference(&self, form: Form, section: Section, from: &Span, text: &str) -> bool {
        match form {
            Form::Reference => true,
            Form::SecurityScheme => text.contains('#'),
            Form::NameOrReference if text.contains(['#', '/']) => true,
            Form::NameOrReference => {
                let own = self.document_of(from).and_then(|it| self.documents.get(it));
                let is_file = [".json", ".yaml", ".yml"].iter().any(|it| text.ends_with(it));
                is_file && !own.is_some_and(|it| section.of(&it.components).contains(text))
            }
        }
    }

    fn component(&self, document: usize, section: Section, file: &str, name: String) -> Result<ComponentId, Lost> {
        let components = self.documents.get(document).map(|it| &it.components);
        match components.is_some_and(|it| section.of(it).contains(&name)) {
            true => Ok(ComponentId { document, name }),
            false => Err(Lost::Dangling {
                document,
                file: file.to_owned(),
                name,
            }),
        }
    }

    /// The file that the file part of a reference means.
    pub(super) fn file(&self, from: &Span, file: &str) -> Result<SourceId, Lost> {
        if file.is_empty() {
            return Ok(from.source);
        }
        if let Some(source) = self.by_self(file) {
            return Ok(source);
        }
        if reference::is_remote(file) {
            return Err(Lost::Unusable(Unusable::Remote));
        }
        let file = reference::decode(file).ok_or(Lost::Unusable(Unusable::NOT_ENCODED))?;
        let from = self.sources.get(from.source).map_or("", |it| it.name.as_str());
        match self.names.get(&name::relative(from, &file)) {
            Some(Outcome::Read(source)) => Ok(*source),
            Some(Outcome::Failed) => Err(Lost::Unread),
            None => Err(Lost::Missing(None)),
        }
    }

    /// The document that calls itself by this address.
    pub(super) fn by_self(&self, address: &str) -> Option<SourceId> {
        let mut documents = self.documents.iter();
        let document = documents.find(|it| it.self_uri.as_ref().is_some_and(|uri| uri.value == address))?;
        Some(document.span.source)
    }

    /// The document that a source is, and not only belongs to.
    pub(super) fn document_at(&self, source: SourceId) -> Option<usize> {
        let index = *self.by_source.get(&source)?;
        let document = self.documents.get(index)?;
        (document.span.source == source).then_some(index)
    }
}

/// The reference of a schema that is nothing else.
fn only_reference(schema: &Schema) -> Option<&Spanned<String>> {
    schema.reference.as_ref().filter(|_| !schema.has_siblings)
}
