//! Formats that the examples of a page show: a member is a date-time if each of its examples is one.

use std::collections::BTreeMap;

use crate::json::Json;

/// How deep an example is looked into: models may hold themselves.
const DEEPEST: usize = 24;

/// Adds `date-time` to the text members of models whose examples are all such times, at least one.
pub(super) fn add(document: &mut Json) {
    let mut shown = Shown {
        document,
        members: BTreeMap::new(),
    };
    shown.documents(document);
    let members = shown.members;
    let schemas = document
        .member_mut("components")
        .and_then(|it| it.member_mut("schemas"));
    let Some(schemas) = schemas else { return };
    for ((model, member), _) in members.into_iter().filter(|(_, is_time)| *is_time) {
        let properties = schemas.member_mut(&model).and_then(|it| it.member_mut("properties"));
        if let Some(Json::Object(members)) = properties.and_then(|it| it.member_mut(&member)) {
            let at = members.iter().position(|(key, _)| key == "type");
            members.insert(
                at.map_or(0, |it| it + 1),
                ("format".to_owned(), Json::text("date-time")),
            );
        }
    }
}

/// Which members were seen, by model and name, and whether all their values are times.
struct Shown<'d> {
    document: &'d Json,
    members: BTreeMap<(String, String), bool>,
}

impl Shown<'_> {
    /// Looks at each example below a value, with the schema beside it.
    fn documents(&mut self, value: &Json) {
        match value {
            Json::Array(items) => items.iter().for_each(|it| self.documents(it)),
            Json::Object(members) => {
                if let (Some(schema), Some(Json::Object(examples))) = (value.member("schema"), value.member("examples"))
                {
                    let values = examples.iter().filter_map(|(_, it)| it.member("dataValue"));
                    values.for_each(|it| self.value(schema, it, 0));
                }
                members.iter().for_each(|(_, it)| self.documents(it));
            }
            _ => {}
        }
    }

    fn value(&mut self, schema: &Json, value: &Json, depth: usize) {
        let reference = match schema.member("$ref") {
            Some(Json::String(it)) => it.strip_prefix("#/components/schemas/"),
            _ => None,
        };
        if depth > DEEPEST {
            return;
        }
        match (reference, value) {
            (Some(model), Json::Object(_)) => self.model(model, value, depth),
            (None, Json::Array(items)) => {
                let Some(schema) = schema.member("items") else { return };
                items.iter().for_each(|it| self.value(schema, it, depth + 1));
            }
            (None, Json::Object(members)) => {
                let Some(schema) = schema.member("additionalProperties") else {
                    return;
                };
                members.iter().for_each(|(_, it)| self.value(schema, it, depth + 1));
            }
            _ => {}
        }
    }

    fn model(&mut self, model: &str, value: &Json, depth: usize) {
        let Some(Json::Object(rows)) = self.document.at_keys(&["components", "schemas", model, "properties"]) else {
            return;
        };
        for (name, schema) in rows {
            let Some(value) = value.member(name) else { continue };
            let is_text = schema.member("type") == Some(&Json::text("string"));
            let is_open = schema.member("format").is_none() && schema.member("enum").is_none();
            match value {
                Json::String(text) if is_text && is_open => {
                    let key = (model.to_owned(), name.clone());
                    let known = self.members.entry(key).or_insert(true);
                    *known &= is_date_time(text);
                }
                _ => self.value(schema, value, depth + 1),
            }
        }
    }
}

/// Whether a text is a date, a time and an offset as RFC 3339 writes them: `2024-10-09T16:11:23.5Z`.
fn is_date_time(text: &str) -> bool {
    let fits = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(it, shape)| match shape {
                b'0' => it.is_ascii_digit(),
                shape => it == shape,
            })
    };
    let (Some(time), Some(rest)) = (text.get(..19), text.get(19..)) else {
        return false;
    };
    let fraction = rest
        .strip_prefix('.')
        .map(|it| it.trim_start_matches(|it: char| it.is_ascii_digit()));
    let offset = fraction.unwrap_or(rest);
    fits(time, "0000-00-00T00:00:00") && (offset == "Z" || fits(offset, "+00:00") || fits(offset, "-00:00"))
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn times_have_an_offset() {
        for (text, expected) in [
            ("2024-10-09T16:11:23Z", true),
            ("2024-10-09T16:11:23.123456Z", true),
            ("2024-10-09T16:11:23+08:00", true),
            ("2024-10-09T16:11:23", false),
            ("2024-10-09 16:11:23", false),
            ("2024-10-09", false),
            ("é024-10-09T16:11:23Z", false),
            ("", false),
        ] {
            assert_eq!(is_date_time(text), expected, "{text}");
        }
    }
}
