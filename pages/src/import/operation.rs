//! Operations of pages as Operation Objects.

use std::collections::BTreeSet;

use crate::codes;
use crate::facts::{Cell, Example, Kind, Location, Operation, Page, Role, Row};
use crate::import::nodes::From;
use crate::import::{Import, PathItem, names, object, schema};
use crate::json::Json;
use crate::text::variables;

/// The operations of all pages, by path.
pub(super) fn all(import: &mut Import, pages: &[Page]) -> Vec<PathItem> {
    let mut paths: Vec<PathItem> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for (index, operation) in page.operations.iter().enumerate() {
            let method = operation.method.to_ascii_lowercase();
            let known = paths
                .iter()
                .any(|(path, methods)| *path == operation.path && methods.iter().any(|(it, _)| *it == method));
            if known {
                let what = format!(
                    "{} {} is described by another page too: the first one counts",
                    operation.method, operation.path
                );
                import.warn(&codes::SECOND_OPERATION, operation.span, what);
                continue;
            }
            let built = build(import, Site { page, number, index }, operation);
            match paths.iter_mut().find(|(path, _)| *path == operation.path) {
                Some((_, methods)) => methods.push((method, built)),
                None => paths.push((operation.path.clone(), vec![(method, built)])),
            }
        }
    }
    paths
}

/// The operation that is built: its page, the number of that, and the index of the operation on it.
#[derive(Clone, Copy, Debug)]
struct Site<'a> {
    page: &'a Page,
    number: usize,
    index: usize,
}

impl Site<'_> {
    /// The schema of a row that stands in the request or in a response.
    fn schema(&self, import: &mut Import, role: &Role, row: &Row) -> Json {
        let from = From {
            page: self.number,
            role,
            operations: &[self.index],
        };
        let links = import.pool.reference(from, row, &mut import.report);
        let schema = schema::linked(row, &links);
        import.rows.insert(row.span, schema.clone());
        schema
    }
}

fn build(import: &mut Import, site: Site<'_>, operation: &Operation) -> Json {
    let Site { page, index, .. } = site;
    let tag = match &operation.group {
        Some(group) => names::words(group),
        None => names::tag(&operation.path),
    };
    if !import.tags.contains(&tag) {
        import.tags.push(tag.clone());
    }
    let mut parameters = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows(page, index, |it| *it == Kind::Parameters) {
        parameters.extend(parameter(import, site, operation, row, &mut seen));
    }
    for name in variables(&operation.path).filter(|it| !seen.contains(&(Location::Path, (*it).to_owned()))) {
        let message = format!("no row describes `{name}` in the path {}", operation.path);
        import.warn(&codes::MISSING_PARAMETER, operation.span, message);
        let string = object([("type", Json::text("string"))]);
        parameters.push(parameter_object(name, Location::Path, true, string, Vec::new()));
    }
    let mut entries = vec![
        ("tags", Json::texts([tag])),
        ("operationId", Json::text(import.unique(id(page, operation), operation))),
    ];
    let is_alone = page.operations.len() == 1;
    let title = operation.heading.as_ref().or(page.title.as_ref().filter(|_| is_alone));
    entries.extend(title.map(|it| ("summary", Json::text(it))));
    if operation.deprecated {
        entries.push(("deprecated", Json::Bool(true)));
    }
    if !parameters.is_empty() {
        entries.push(("parameters", Json::Array(parameters)));
    }
    entries.extend(body(import, site, operation).map(|it| ("requestBody", it)));
    entries.push(("responses", Json::Object(responses(import, site, operation))));
    entries.push(("x-draft", Json::Bool(true)));
    entries.push(("x-documented-in", Json::texts([&page.key])));
    object(entries)
}

impl Import {
    /// A name that no operation has yet: the one that is wanted, else one made of method and path.
    fn unique(&mut self, wanted: String, operation: &Operation) -> String {
        if self.ids.insert(wanted.clone()) {
            return wanted;
        }
        let made = names::operation(&operation.method, &operation.path);
        let numbered = (2..).map(|number| format!("{made}{number}"));
        let mut names = std::iter::once(made.clone()).chain(numbered);
        names.find(|it| self.ids.insert(it.clone())).unwrap_or(made)
    }
}

/// What the page calls the operation, or the name or the title of the page if it is about this one alone, else one made
/// of method and path.
fn id(page: &Page, operation: &Operation) -> String {
    if let Some(name) = &operation.name {
        return name.clone();
    }
    let stem = page.key.rsplit('/').next().unwrap_or_default();
    let stem = stem.split_once('.').map_or(stem, |(stem, _)| stem);
    let mut letters = stem.chars();
    let first = letters
        .next()
        .filter(char::is_ascii_alphabetic)
        .map(|it| it.to_ascii_lowercase());
    let lower: String = first.into_iter().chain(letters).collect();
    let is_name = first.is_some()
        && lower.bytes().any(|it| it.is_ascii_uppercase())
        && lower.bytes().any(|it| it.is_ascii_lowercase())
        && stem.bytes().all(|it| it.is_ascii_alphanumeric());
    if is_name && page.operations.len() == 1 {
        return lower;
    }
    let title = page.title.as_deref().filter(|_| page.operations.len() == 1);
    if let Some(name) = title.and_then(names::titled) {
        return name;
    }
    names::operation(&operation.method, &operation.path)
}

/// The rows of the tables of a kind that belong to an operation, each with the name of its table.
fn rows(page: &Page, operation: usize, is: impl Fn(&Kind) -> bool) -> Vec<(String, &Row)> {
    let tables = page.tables.iter().enumerate();
    let tables = tables.filter(|(_, it)| is(&it.kind) && it.operations.contains(&operation));
    let row = |index: usize| move |row| (format!("{}#{}", page.key, index + 1), row);
    tables.flat_map(|(index, it)| it.rows.iter().map(row(index))).collect()
}

/// Says in which tables an element is documented; one that stands in none is documented where its operation is.
fn documented(entries: &mut Vec<(&str, Json)>, mut tables: Vec<String>) {
    let mut seen = BTreeSet::new();
    tables.retain(|it| seen.insert(it.clone()));
    if !tables.is_empty() {
        entries.push(("x-documented-in", Json::texts(tables)));
    }
}

fn parameter(
    import: &mut Import,
    site: Site<'_>,
    operation: &Operation,
    (table, row): (String, &Row),
    seen: &mut BTreeSet<(Location, String)>,
) -> Option<Json> {
    let (Cell::Known(name), Cell::Known(place)) = (&row.name, &row.location) else {
        import.warn(
            &codes::NAMELESS_ROW,
            row.span,
            "a parameter without a name or a place is left out".to_owned(),
        );
        return None;
    };
    if *place == Location::Header {
        // Neither is a parameter in OpenAPI: the media type of the body, and the credential.
        let is = |known: &[&str]| known.iter().any(|it| name.eq_ignore_ascii_case(it));
        if is(&["x-auth-token", "authorization"]) {
            import.scheme.get_or_insert_with(|| scheme(name, row));
            return None;
        }
        if is(&["content-type", "accept"]) {
            return None;
        }
    }
    if *place == Location::Form {
        import.warn(
            &codes::FORM_ROW,
            row.span,
            format!("the form field `{name}` is left out"),
        );
        return None;
    }
    if *place == Location::Path && variables(&operation.path).all(|it| it != name) {
        import.warn(
            &codes::NOT_IN_PATH,
            row.span,
            format!("`{name}` is not in the path {}: it is left out", operation.path),
        );
        return None;
    }
    if !seen.insert((*place, name.clone())) {
        return None;
    }
    let required = *place == Location::Path || row.required == Cell::Known(true);
    let schema = site.schema(import, &Role::Request, row);
    Some(parameter_object(name, *place, required, schema, vec![table]))
}

/// The security scheme of a header that holds a credential.
fn scheme(header: &str, row: &Row) -> Json {
    let is_bearer = header.eq_ignore_ascii_case("authorization") && row.text.to_lowercase().contains("bearer");
    match is_bearer {
        true => object([("type", Json::text("http")), ("scheme", Json::text("bearer"))]),
        false => object([
            ("type", Json::text("apiKey")),
            ("in", Json::text("header")),
            ("name", Json::text(header)),
        ]),
    }
}

fn parameter_object(name: &str, place: Location, required: bool, schema: Json, tables: Vec<String>) -> Json {
    let mut entries = vec![("name", Json::text(name)), ("in", Json::text(place.name()))];
    if required {
        entries.push(("required", Json::Bool(true)));
    }
    entries.push(("schema", schema));
    documented(&mut entries, tables);
    object(entries)
}

/// The body: a table of its own, or a row that names its model.
fn body(import: &mut Import, site: Site<'_>, operation: &Operation) -> Option<Json> {
    let Site { page, number, index } = site;
    let row = rows(page, index, |it| *it == Kind::Body).into_iter().next();
    let (schema, table) = match &row {
        Some((table, row)) => (site.schema(import, &Role::Request, row), Some(table.clone())),
        None => match import.pool.body(number, index, &Role::Request) {
            Some((schema, table)) => (schema, Some(table)),
            None => (free_body(import, page, index, operation)?, None),
        },
    };
    let is_content_type = |it: &Row| {
        let name = it.name.known().map_or("", String::as_str);
        it.location == Cell::Known(Location::Header) && name.eq_ignore_ascii_case("content-type")
    };
    let headers = rows(page, index, |it| *it == Kind::Parameters).into_iter();
    let headers = headers.filter(|(_, row)| is_content_type(row)).map(|(table, _)| table);
    let tables: Vec<String> = table.into_iter().chain(headers).collect();
    let mut types: Vec<String> = Vec::new();
    // A media type is the same in any case.
    for media_type in operation.content_types.iter().map(|it| it.to_ascii_lowercase()) {
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    if types.is_empty() {
        types.push(
            if operation.method == "PATCH" {
                "application/merge-patch+json"
            } else {
                "application/json"
            }
            .to_owned(),
        );
    }
    let examples = examples(page, index, &Role::Request);
    let content = types.into_iter().map(|media_type| {
        // A JSON Patch is a list of operations, whatever the page calls it.
        let json_patch = media_type == "application/json-patch+json";
        let schema = if json_patch {
            json_patch_schema()
        } else {
            schema.clone()
        };
        let mut entries = vec![("schema", schema)];
        entries.extend(examples.clone().filter(|_| !json_patch).map(|it| ("examples", it)));
        (media_type, object(entries))
    });
    let mut entries = vec![("content", object(content))];
    if row.is_none_or(|(_, it)| it.required != Cell::Known(false)) && operation.method != "DELETE" {
        entries.insert(0, ("required", Json::Bool(true)));
    }
    documented(&mut entries, tables);
    Some(object(entries))
}

/// The body of a request that an example alone shows: any object.
fn free_body(import: &mut Import, page: &Page, index: usize, operation: &Operation) -> Option<Json> {
    examples(page, index, &Role::Request)?;
    if !matches!(operation.method.as_str(), "POST" | "PUT" | "PATCH") {
        return None;
    }
    let what = format!("{} {}", operation.method, operation.path);
    let message = format!("only an example shows the body of {what}: it becomes a free-form object");
    import.warn(&codes::ASSUMED_BODY, operation.span, message);
    Some(object([
        ("type", Json::text("object")),
        ("x-note", Json::text("The page shows this body by an example alone.")),
    ]))
}

/// The body of a response that an example alone shows: any value of its type.
fn free_answer(import: &mut Import, site: Site<'_>, operation: &Operation, status: &str) -> Option<Json> {
    let role = Role::Response(status.to_owned());
    let fits = |it: &&Example| it.role == role && it.operation == Some(site.index) && it.digest.known().is_some();
    let examples = site.page.examples.iter().filter(fits);
    let examples: Vec<_> = examples.filter_map(|it| Json::parse(&it.text)).collect();
    let all = |is: fn(&Json) -> bool| examples.iter().all(is);
    let mut entries = match examples.first()? {
        Json::Object(_) if all(|it| matches!(it, Json::Object(_))) => vec![("type", Json::text("object"))],
        Json::Array(_) if all(|it| matches!(it, Json::Array(_))) => {
            vec![("type", Json::text("array")), ("items", object::<String>([]))]
        }
        Json::Object(_) | Json::Array(_) => Vec::new(),
        _ => return None,
    };
    let what = format!("{status} of {} {}", operation.method, operation.path);
    let message = format!("only an example shows the body of the response {what}: it stays free");
    import.warn(&codes::ASSUMED_BODY, operation.span, message);
    entries.push(("x-note", Json::text("The page shows this body by an example alone.")));
    Some(object(entries))
}

fn json_patch_schema() -> Json {
    let object_type = object([("type", Json::text("object"))]);
    object([("type", Json::text("array")), ("items", object_type)])
}

/// The responses: rows of status codes, status codes of headings, and bodies of their own.
fn responses(import: &mut Import, site: Site<'_>, operation: &Operation) -> Vec<(String, Json)> {
    let Site { page, number, index } = site;
    let mut responses: Vec<(String, Json)> = Vec::new();
    let mut add = |import: &mut Import, status: &str, row: Option<(String, &Row)>| {
        if responses.iter().any(|(it, _)| it == status) {
            return;
        }
        let (table, row) = row.unzip();
        let label = row.and_then(|it| it.label.as_ref());
        let mut entries: Vec<(&str, Json)> = label.map(|it| ("summary", Json::text(it))).into_iter().collect();
        let mut tables: Vec<String> = table.into_iter().collect();
        let role = Role::Response(status.to_owned());
        let named = row.filter(|it| it.type_text.known().is_some());
        let schema = match named {
            Some(row) => Some(site.schema(import, &role, row)),
            None => match import.pool.body(number, index, &role) {
                Some((schema, table)) => {
                    tables.push(table);
                    Some(schema)
                }
                None => free_answer(import, site, operation, status),
            },
        };
        if let Some(schema) = schema {
            let mut media_type = vec![("schema", schema)];
            media_type.extend(examples(page, index, &role).map(|it| ("examples", it)));
            entries.push(("content", object([("application/json", object(media_type))])));
        }
        documented(&mut entries, tables);
        responses.push((status.to_owned(), object(entries)));
    };
    for (table, row) in rows(page, index, |it| *it == Kind::Responses) {
        if let Cell::Known(status) = &row.name {
            add(import, status, Some((table, row)));
        }
    }
    for status in &operation.statuses {
        add(import, &status.code, None);
    }
    if responses.is_empty() {
        responses.push(("default".to_owned(), object::<String>([])));
    }
    responses
}

/// The examples of a body, as far as they are JSON.
fn examples(page: &Page, index: usize, role: &Role) -> Option<Json> {
    let fits = |it: &&Example| it.role == *role && it.operation == Some(index) && it.digest.known().is_some();
    let values = page.examples.iter().filter(fits).filter_map(|it| Json::parse(&it.text));
    let examples: Vec<_> = values
        .enumerate()
        .map(|(number, value)| {
            let name = if number == 0 {
                "documented".to_owned()
            } else {
                format!("documented{}", number + 1)
            };
            (name, object([("dataValue", value)]))
        })
        .collect();
    (!examples.is_empty()).then_some(Json::Object(examples))
}
