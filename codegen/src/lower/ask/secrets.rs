//! Finds what must not be printed.

use tablature_openapi::document::Schema;
use tablature_openapi::extension;

use crate::lower::ask::Ask;

/// Whether a value that all these schemas describe is a secret, or is or holds one as a choice, an item or a value of a
/// map: a password, or what is marked so. An object with members of its own looks after those itself.
pub fn is_secret<'d>(ask: &Ask<'d>, schemas: &[&'d Schema]) -> bool {
    let mut seen = Vec::new();
    let mut open = schemas.to_vec();
    while let Some(schema) = open.pop() {
        if seen.iter().any(|it| std::ptr::eq(*it, schema)) {
            continue;
        }
        seen.push(schema);
        let shape = ask.shape(schema);
        if is_marked(schema) || is_marked(ask.target(schema)) || shape.parts.iter().any(|it| is_marked(it)) {
            return true;
        }
        let values = shape.additional.iter().filter(|_| shape.properties.is_empty());
        let inner = shape.items.iter().chain(values).flat_map(|it| it.schemas.iter());
        open.extend(shape.choices.iter().chain(inner));
        open.extend(shape.prefix_items);
    }
    false
}

fn is_marked(schema: &Schema) -> bool {
    let is_password = schema.format.as_ref().is_some_and(|it| it.value == "password");
    is_password || schema.write_only || extension::is_sensitive(&schema.extensions)
}
