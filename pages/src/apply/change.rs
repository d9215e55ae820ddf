//! Rows that say something else: the document follows where it says what the row said before, so that what a curator
//! edited stays.

use tablature_openapi::Span;
use tablature_openapi::edit::{remove_member, replace, set_member};
use tablature_openapi::node::Node;

use crate::apply::pending::laid_out;
use crate::apply::{Apply, Outcome};
use crate::compare::{ChangePlace, Verdict};
use crate::documented::{DocumentedOperation, location, tables};
use crate::facts::{Cell, Kind, Row};
use crate::import::schema_of;
use crate::json::Json;

/// The keys of a schema that say its type.
const TYPE: [&str; 6] = ["$ref", "type", "format", "oneOf", "items", "additionalProperties"];

/// The keys that say which values it allows.
const VALUES: [&str; 1] = ["enum"];
const DEFAULT: [&str; 1] = ["default"];
const RANGE: [&str; 4] = ["minimum", "maximum", "minLength", "maxLength"];

/// A row in both editions, with the element of a document that it documents.
struct Site<'r> {
    before: &'r Row,
    after: &'r Row,
    /// The schema of the element.
    schema: Span,
    /// What says whether it is required.
    required: Required,
    /// The tables that document it.
    tables: Vec<String>,
}

/// Where a document says whether an element must be given.
enum Required {
    /// In the list of the schema at this place.
    List(Span),
    /// In the object at this place.
    Member(Span),
    /// Nowhere.
    Nowhere,
}

/// Lets an element follow its row in what the verdict is of.
pub(super) fn follow(apply: &mut Apply<'_, '_>, place: &ChangePlace, verdict: Verdict) -> Outcome {
    let site = match site(apply, place) {
        Ok(it) => it,
        Err(why) => return Outcome::ByHand(why),
    };
    if site.tables.iter().any(|it| says_what_it_said(apply, it, site.before)) {
        return Outcome::ByHand("other tables document it as it was");
    }
    match verdict {
        Verdict::Required => required(apply, &site),
        Verdict::Values => keys(apply, &site, &VALUES),
        Verdict::Default => keys(apply, &site, &DEFAULT),
        Verdict::Range => keys(apply, &site, &RANGE),
        _ => keys(apply, &site, &TYPE),
    }
}

/// Finds what a row documents.
fn site<'a>(apply: &mut Apply<'a, '_>, place: &ChangePlace) -> Result<Site<'a>, &'static str> {
    let (recorded, new) = apply.recorded().zip(apply.new_page()).ok_or("its page is gone")?;
    let row = |page: &'a crate::Page, table: Option<usize>, row: Option<usize>| {
        page.table(table?)?.rows.get(row?.checked_sub(1)?)
    };
    let ordinal = place.old_table.ok_or("it stands in no table")?;
    let before = row(recorded, place.old_table, place.old_row).ok_or("its row is not recorded")?;
    let after = row(new, place.new_table, place.new_row).ok_or("its row is gone")?;
    let table = recorded.table(ordinal).ok_or("its table is not recorded")?;
    let Cell::Known(name) = &before.name else {
        return Err("its name is unknown");
    };
    if let Kind::Model(_) = &table.kind {
        let key = format!("{}#{ordinal}", recorded.key);
        let found = apply.index.schemas.get(&key).and_then(|it| it.first());
        let (_, schema) = found.ok_or("no schema is documented in its table")?;
        let property = schema.properties.get(name).ok_or("the document has no such member")?;
        return Ok(Site {
            before,
            after,
            schema: property.item.span,
            required: Required::List(schema.span),
            tables: tables(&property.item.extensions, &tables(&schema.extensions, &[])),
        });
    }
    let operation = table.operations.first().and_then(|it| recorded.operations.get(*it));
    let operation = operation.ok_or("its table belongs to no operation")?;
    let found = apply.index.operation(&recorded.key, &operation.method, &operation.path);
    let found = found.ok_or("no document has its operation")?;
    in_operation(apply, found, (before, after), &table.kind, name)
}

fn in_operation<'a>(
    apply: &mut Apply<'_, '_>,
    found: &DocumentedOperation<'_>,
    (before, after): (&'a Row, &'a Row),
    kind: &Kind,
    name: &str,
) -> Result<Site<'a>, &'static str> {
    let (span, tables) = match kind {
        Kind::Parameters => {
            let mut parameters = found.parameters.iter();
            let place = before.location.known().copied();
            let it = parameters.find(|it| it.item.name.value == name && location(it.item.location.value) == place);
            let it = it.ok_or("the document has no such parameter")?;
            (it.span, it.tables.clone())
        }
        Kind::Body => {
            let it = found.body.as_ref().ok_or("the document has no body")?;
            (it.span, it.tables.clone())
        }
        Kind::Responses => {
            let it = found.responses.iter().find(|(it, _)| *it == name);
            let (_, it) = it.ok_or("the document has no such response")?;
            (it.span, it.tables.clone())
        }
        _ => return Err("it is not a row of an element"),
    };
    let object = apply.object_at(span).ok_or("the document has no place for it")?;
    let schema = match object.get("content").and_then(Node::as_object) {
        Some([(_, only)]) => only.get("schema"),
        Some(_) => return Err("it has several media types"),
        None => object.get("schema"),
    };
    let schema = schema.ok_or("the document has no schema there")?.span;
    let required = match kind {
        Kind::Responses => Required::Nowhere,
        _ => Required::Member(object.span),
    };
    Ok(Site {
        before,
        after,
        schema,
        required,
        tables,
    })
}

/// Whether a table that documents the element, too, still has the row as it was; one that is not at hand may.
fn says_what_it_said(apply: &Apply<'_, '_>, name: &str, row: &Row) -> bool {
    let Some((page, number)) = apply.recorded_table(name) else {
        return !apply.is_at_hand(name);
    };
    let rows = page.table(number).into_iter().flat_map(|it| it.rows.iter().enumerate());
    let mut rows = rows.filter(|(_, it)| it.name == row.name);
    let is_changed = |index: usize| {
        let key = (name.to_owned(), index + 1);
        apply.changed.contains(&key) || apply.removed.contains(&key)
    };
    rows.any(|(index, _)| !is_changed(index))
}

fn required(apply: &mut Apply<'_, '_>, site: &Site<'_>) -> Outcome {
    let wanted = site.after.required == Cell::Known(true);
    match site.required {
        Required::Nowhere => Outcome::ByHand("the document has no place for it"),
        Required::List(schema) => {
            let name = site.before.name.known().map_or("", String::as_str);
            let node = apply.node(schema);
            let list = node.as_ref().and_then(|it| it.get("required")?.as_array());
            let has = list.is_some_and(|it| it.iter().any(|it| it.as_str() == Some(name)));
            if has == wanted {
                return Outcome::There;
            }
            apply.require(schema, name, wanted);
            Outcome::Done
        }
        Required::Member(span) => {
            let Some(node) = apply.node(span) else {
                return Outcome::ByHand("the document has no place for it");
            };
            let has = node.get("required").is_some_and(|it| it.as_bool() == Some(true));
            if has == wanted {
                return Outcome::There;
            }
            let edit = match wanted {
                true => {
                    let after = node.get("in").map(|_| "in");
                    set_member(apply.text(span.source), &node, after, "required", &|_, _| {
                        "true".to_owned()
                    })
                }
                false => remove_member(&node, "required"),
            };
            apply.push(span.source, edit)
        }
    }
}

/// Gives the schema the keys that the row asks for now, as far as it has those that the row asked for before.
fn keys(apply: &mut Apply<'_, '_>, site: &Site<'_>, keys: &[&str]) -> Outcome {
    let source = site.schema.source;
    let Some(schema) = apply.node(site.schema).as_ref().map(Json::of) else {
        return Outcome::ByHand("the document has no place for it");
    };
    let before = schema_of(site.before, &mut |model| apply.reference(source, model));
    let after = apply.schema(source, site.after);
    let differ = |keys: &[&str], a: &Json, b: &Json| keys.iter().any(|it| a.member(it) != b.member(it));
    if !differ(keys, &before, &after) {
        return Outcome::ByHand("a schema says nothing of it");
    }
    if !differ(keys, &schema, &after) {
        return Outcome::There;
    }
    if differ(keys, &schema, &before) {
        return Outcome::ByHand("the document says neither what the row says nor what it said");
    }
    // All that the row asks for is one edit, whatever the verdict is of.
    let mut edited = schema.clone();
    for group in [&TYPE[..], &VALUES, &DEFAULT, &RANGE] {
        if differ(group, &before, &after) && !differ(group, &schema, &before) {
            edited = with(&edited, group, &after);
        }
    }
    let Some(node) = apply.node(site.schema) else {
        return Outcome::ByHand("the document has no place for it");
    };
    let edit = replace(apply.text(source), &node, &laid_out(&edited));
    apply.push(source, edit)
}

/// A schema with those keys as another one has them.
fn with(schema: &Json, keys: &[&str], other: &Json) -> Json {
    let (Json::Object(members), Json::Object(others)) = (schema, other) else {
        return schema.clone();
    };
    let is_asked = |(key, _): &&(String, Json)| keys.contains(&key.as_str());
    let known = members.iter().position(|it| is_asked(&it));
    let own = members.iter().position(|(key, _)| key.starts_with("x-"));
    // A type stands first, values before the keys of our own.
    let first = if keys.contains(&"type") { Some(0) } else { None };
    let at = known.or(first).or(own).unwrap_or(members.len());
    let (before, rest) = members.split_at(at);
    let kept = rest.iter().filter(|it| !is_asked(it));
    let all = before.iter().chain(others.iter().filter(is_asked)).chain(kept);
    Json::Object(all.cloned().collect())
}
