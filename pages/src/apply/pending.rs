//! Edits that several rows share: a member that several pages add, and the list of required members of a schema.

use tablature_openapi::Span;
use tablature_openapi::edit::{Edit, insert_member, remove_member, set_member};

use crate::apply::{Apply, Outcome};
use crate::json::{Json, Layout};

/// The edits that wait for the last row that has part in them.
#[derive(Debug, Default)]
pub(super) struct Pending {
    members: Vec<Member>,
    required: Vec<Required>,
}

/// A member that pages add to a schema.
#[derive(Debug)]
struct Member {
    /// The place of the `properties` of the schema.
    properties: Span,
    name: String,
    /// The member that it stands after.
    after: Option<String>,
    value: Json,
    /// The tables that document it.
    tables: Vec<String>,
}

/// Members of a schema that became required or optional.
#[derive(Debug)]
struct Required {
    schema: Span,
    members: Vec<(String, bool)>,
}

impl Apply<'_, '_> {
    /// Adds a member, or its table to a page that adds the same one.
    pub(super) fn add_member(&mut self, properties: Span, name: &str, after: Option<String>, value: Json) -> Outcome {
        let tables = self.tables.clone();
        let mut members = self.pending.members.iter_mut();
        match members.find(|it| it.properties == properties && it.name == name) {
            Some(known) if known.value != value => return Outcome::ByHand("two pages say different things of it"),
            Some(known) => {
                let new = tables.into_iter().filter(|it| !known.tables.contains(it));
                known.tables.extend(new.collect::<Vec<_>>());
            }
            None => self.pending.members.push(Member {
                properties,
                name: name.to_owned(),
                after,
                value,
                tables,
            }),
        }
        Outcome::Done
    }

    /// Makes a member required or optional.
    pub(super) fn require(&mut self, schema: Span, name: &str, is_required: bool) {
        let change = (name.to_owned(), is_required);
        match self.pending.required.iter_mut().find(|it| it.schema == schema) {
            Some(known) if known.members.contains(&change) => {}
            Some(known) => known.members.push(change),
            None => self.pending.required.push(Required {
                schema,
                members: vec![change],
            }),
        }
    }

    /// Makes the edits that waited.
    pub(super) fn flush(&mut self) {
        let Pending { members, required } = std::mem::take(&mut self.pending);
        for it in members {
            let source = it.properties.source;
            let Some(properties) = self.node(it.properties) else {
                continue;
            };
            let value = draft(it.value, &it.tables);
            let edit = insert_member(
                self.text(source),
                &properties,
                it.after.as_deref(),
                &it.name,
                &laid_out(&value),
            );
            self.push(source, edit);
        }
        for it in required {
            let source = it.schema.source;
            let edit = self.required_list(&it);
            self.push(source, edit);
        }
    }

    fn required_list(&mut self, change: &Required) -> Option<Edit> {
        let schema = self.node(change.schema)?;
        let known = schema.get("required").and_then(|it| it.as_array()).unwrap_or_default();
        let mut names: Vec<_> = known.iter().filter_map(|it| it.as_str()).map(str::to_owned).collect();
        for (name, is_required) in &change.members {
            names.retain(|it| it != name);
            names.extend(is_required.then(|| name.clone()));
        }
        if names.is_empty() {
            return remove_member(&schema, "required");
        }
        let list = Json::texts(names);
        set_member(
            self.text(change.schema.source),
            &schema,
            Some("type"),
            "required",
            &laid_out(&list),
        )
    }
}

/// Marks a value as a draft, and says where it is documented.
pub(super) fn draft(value: Json, tables: &[String]) -> Json {
    let Json::Object(mut members) = value else { return value };
    members.push(("x-draft".to_owned(), Json::Bool(true)));
    // What stands in no table of the recorded edition is documented where its operation is.
    if !tables.is_empty() {
        members.push(("x-documented-in".to_owned(), Json::texts(tables)));
    }
    Json::Object(members)
}

pub(super) fn laid_out(value: &Json) -> impl Fn(usize, usize) -> String {
    let value = value.clone();
    move |indent, column| value.at(Layout::Documents, indent, column)
}
