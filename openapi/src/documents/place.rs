//! Finds out what kind of object stands at a place, from the path that leads there.

use super::Section;
use super::reference::Unusable;

/// What a pointer has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Root,
    Components,
    /// A thing of a kind that references can lead to.
    Thing(Section),
    /// Such things by name.
    Named(Section),
    /// Such things one after another.
    List(Section),
    /// Media types by name.
    Content,
    MediaType,
    /// Operations by method.
    Operations,
    Operation,
    /// What holds nothing that references can lead to.
    Closed,
    /// What OpenAPI says nothing about.
    Other,
}

/// The section and the name of a component.
pub(super) fn component(tokens: &[String]) -> Option<(Section, &str)> {
    match tokens {
        [first, section, name] if first == "components" => Some((Section::of_key(section)?, name)),
        _ => None,
    }
}

/// Whether a thing of a section can stand at a place of an OpenAPI document.
pub(super) fn check(section: Section, tokens: &[String]) -> Result<(), Unusable> {
    let place = tokens.iter().fold(Place::Root, |place, token| step(place, token).0);
    match place {
        Place::Thing(found) if found != section => Err(Unusable::OtherSection(found)),
        Place::Thing(_) | Place::Other => Ok(()),
        _ => Err(Unusable::NoComponent),
    }
}

/// Whether something is read for a reference there: a component is read with its document.
pub(super) fn may_be(section: Section, tokens: &[String]) -> bool {
    component(tokens).is_none() && check(section, tokens).is_ok()
}

/// The names among the tokens, and not words of OpenAPI or numbers of items. What has no name of
/// its own is called after what it is a part of: `tags/items`.
pub(super) fn names(tokens: &[String], in_document: bool) -> Vec<String> {
    let mut place = if in_document { Place::Root } else { Place::Other };
    let mut names: Vec<String> = Vec::new();
    let mut parts = String::new();
    for token in tokens {
        let (next, is_name) = step(place, token);
        let is_part = matches!(
            (place, next),
            (Place::Thing(Section::Schemas), Place::Thing(_) | Place::List(_)) | (Place::List(_), _)
        );
        if is_name {
            names.push(token.clone());
            parts.clear();
        } else if is_part {
            parts.push('/');
            parts.push_str(token);
        }
        place = next;
    }
    if let Some(last) = names.last_mut() {
        last.push_str(&parts);
    }
    names
}

/// What a token leads to, and whether it is a name.
fn step(place: Place, token: &str) -> (Place, bool) {
    use Place as P;
    use Section as S;
    let next = match (place, token) {
        (P::Named(section), _) => return (P::Thing(section), true),
        (P::Operations, _) => return (P::Operation, true),
        (
            P::Thing(S::PathItems),
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query",
        ) => {
            return (P::Operation, true);
        }
        (P::List(section), _) => P::Thing(section),
        (P::Content, _) => P::MediaType,
        (P::Root, "components") => P::Components,
        (P::Root, "paths" | "webhooks") => P::Named(S::PathItems),
        (P::Closed, _) | (P::Root, "info" | "servers" | "security" | "tags" | "externalDocs") => P::Closed,
        (P::Components, "mediaTypes") => P::Content,
        (P::Components, key) => S::of_key(key).map_or(P::Other, P::Named),
        (P::Thing(S::PathItems), "additionalOperations") => P::Operations,
        (P::Thing(S::PathItems) | P::Operation, "parameters") => P::List(S::Parameters),
        (P::Operation, "requestBody") => P::Thing(S::RequestBodies),
        (P::Operation, "callbacks") => P::Named(S::Callbacks),
        (P::Thing(S::Callbacks), _) => return (P::Thing(S::PathItems), true),
        (P::Operation, "responses") => P::Named(S::Responses),
        (P::Thing(S::Parameters | S::Headers | S::RequestBodies | S::Responses), "content") => P::Content,
        (P::Thing(S::Parameters | S::Headers) | P::MediaType, "schema" | "itemSchema") => P::Thing(S::Schemas),
        (P::Thing(S::Parameters | S::Headers) | P::MediaType, "examples") => P::Named(S::Examples),
        (P::Thing(S::Responses), "headers") => P::Named(S::Headers),
        (P::Thing(S::Schemas) | P::Root | P::Other, token) => return schema_step(token),
        _ => P::Other,
    };
    (next, false)
}

/// A step from a schema, or from what may be one.
fn schema_step(token: &str) -> (Place, bool) {
    let schemas = Section::Schemas;
    match token {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            (Place::Named(schemas), false)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => (Place::List(schemas), false),
        "items"
        | "additionalItems"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "propertyNames"
        | "contains"
        | "contentSchema"
        | "not"
        | "if"
        | "then"
        | "else" => (Place::Thing(schemas), false),
        _ => (Place::Other, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        use Section as S;
        for (pointer, section, names) in [
            ("components/schemas/A", Ok(S::Schemas), "A"),
            (
                "components/schemas/A/properties/items/items",
                Ok(S::Schemas),
                "A items/items",
            ),
            ("components/schemas/A/allOf/0/$defs/B", Ok(S::Schemas), "A B"),
            ("components/schemas/A/enum", Ok(S::Headers), "A enum"),
            ("components/parameters/P/schema", Ok(S::Schemas), "P"),
            (
                "paths/a/get/responses/200/content/x/schema",
                Ok(S::Schemas),
                "a get 200",
            ),
            ("paths/a/get/responses/200/headers/H", Ok(S::Headers), "a get 200 H"),
            ("paths/a/get/requestBody", Ok(S::RequestBodies), "a get"),
            ("paths/a/parameters/1", Ok(S::Parameters), "a/1"),
            (
                "paths/a/post/callbacks/c/{$url}/post",
                Err(S::PathItems),
                "a post c {$url} post",
            ),
            ("components/callbacks/c/{$url}", Ok(S::PathItems), "c {$url}"),
            ("paths/a/parameters/1", Err(S::Headers), "a/1"),
            ("paths/a/additionalOperations/LINK", Err(S::PathItems), "a LINK"),
            ("components", Err(S::Schemas), ""),
            ("info/title", Err(S::Schemas), ""),
            ("x-shared/A", Ok(S::Responses), "x-shared A"),
            ("$defs/A", Ok(S::Schemas), "A"),
        ] {
            let tokens: Vec<_> = pointer.split('/').map(str::to_owned).collect();
            let (Ok(asked) | Err(asked)) = section;
            assert_eq!(check(asked, &tokens).is_ok(), section.is_ok(), "{pointer}");
            assert_eq!(super::names(&tokens, true).join(" "), names, "{pointer}");
        }
    }
}
