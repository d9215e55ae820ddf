//! A table of members as a model: what makes two of them the same.

use tablature_openapi::Span;

use crate::facts::{Cell, Row, Table};
use crate::import::schema;
use crate::import::{names, object};
use crate::json::Json;

/// A model as one page describes it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// The place of its table.
    pub(super) span: Span,
    /// Its members.
    pub(super) members: Vec<Row>,
    /// Where it is described: page and table.
    pub(super) tables: Vec<String>,
    /// The chapter that it is a part of, and its path there: `Service` and `.spec`.
    pub(super) part_of: Option<(String, String)>,
}

impl Model {
    pub(super) fn of(page: &str, ordinal: usize, table: &Table, part_of: Option<(String, String)>) -> Self {
        let mut members = table.rows.clone();
        members.retain(|it| it.name.known().is_some());
        Self {
            span: table.span,
            members,
            tables: vec![format!("{page}#{ordinal}")],
            part_of,
        }
    }

    /// What tells two models of one name apart: members, types and values, but not whether a
    /// member is required, which only tables of requests tell.
    pub(super) fn shape(&self) -> Vec<(String, String)> {
        let shape = |it: &Row| {
            let name = it.name.known().cloned().unwrap_or_default();
            (name, it.type_text.known().cloned().unwrap_or_default())
        };
        self.members.iter().map(shape).collect()
    }

    /// Takes what another description of the same model knows.
    pub(super) fn merge(&mut self, other: Self) {
        for (member, more) in self.members.iter_mut().zip(&other.members) {
            if member.required != Cell::Known(true) && more.required == Cell::Known(true) {
                member.required = Cell::Known(true);
            }
        }
        self.tables.extend(other.tables);
    }

    /// The schema; `reference` gives the schema of a model by its name.
    pub(super) fn schema(
        &self,
        reference: &mut dyn FnMut(&str) -> Json,
        parts: &dyn Fn(&str) -> Option<String>,
    ) -> Json {
        let mut properties: Vec<(String, Json)> = Vec::new();
        for row in &self.members {
            let Cell::Known(name) = &row.name else { continue };
            // `ports[]` says what the items of `ports` are, which their part or that row tells.
            if let Some(list) = name.strip_suffix("[]") {
                let list = list.trim_end_matches("[]");
                self.items(list, row, &mut properties, reference, parts);
                continue;
            }
            let property = match self.part(name, parts) {
                Some(component) if is_object(row) => component_reference(&component),
                _ => schema::of(row, reference),
            };
            properties.push((name.clone(), property));
        }
        let required = self.members.iter().filter(|it| it.required == Cell::Known(true));
        let required: Vec<_> = required
            .filter_map(|it| it.name.known())
            .filter(|it| !it.ends_with("[]"))
            .collect();
        let mut entries = vec![("type", Json::text("object"))];
        if !required.is_empty() {
            entries.push(("required", Json::texts(required)));
        }
        entries.push(("properties", Json::Object(properties)));
        entries.push(("x-draft", Json::Bool(true)));
        entries.push(("x-documented-in", Json::texts(&self.tables)));
        object(entries)
    }

    fn items(
        &self,
        list: &str,
        row: &Row,
        properties: &mut [(String, Json)],
        reference: &mut dyn FnMut(&str) -> Json,
        parts: &dyn Fn(&str) -> Option<String>,
    ) {
        let items = match self.part(&format!("{list}[]"), parts) {
            Some(component) => component_reference(&component),
            None => schema::of(row, reference),
        };
        let property = properties.iter_mut().find(|(name, _)| name == list);
        if let Some((_, Json::Object(members))) = property
            && let Some((_, known)) = members.iter_mut().find(|(key, _)| key == "items")
        {
            *known = items;
        }
    }

    /// The component of the part of this model under a member.
    fn part(&self, member: &str, parts: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let (kind, path) = self.part_of.as_ref()?;
        parts(&format!("{kind}{path}.{member}"))
    }
}

/// Whether a row is of an object whose members stand elsewhere.
fn is_object(row: &Row) -> bool {
    row.type_text
        .known()
        .is_some_and(|it| it.eq_ignore_ascii_case("object"))
}

pub(super) fn component_reference(component: &str) -> Json {
    Json::reference(format!("#/components/schemas/{component}"))
}

/// The name of the component of a model: the short one for what has a long one.
pub(super) fn component_name(name: &str, part_of: Option<&(String, String)>) -> String {
    match part_of {
        Some(_) => names::part(name),
        None => names::component(crate::types::short_name(name)),
    }
}
