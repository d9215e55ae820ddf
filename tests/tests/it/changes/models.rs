//! Changes of schemas.

use super::{assert_changes, document};

/// A model with members, of which some are required.
fn pet(properties: &str, required: &str) -> String {
    let schemas = format!(
        r##"{{"Pet": {{"type": "object", "properties": {{{properties}}}, "required": [{required}]}}, "Owner": {{"type": "object", "properties": {{}}}}}}"##
    );
    document(&schemas, "{}")
}

#[test]
fn members() {
    let name = r#""name": {"type": "string"}"#;
    let one = pet(name, "");
    let with = |more: &str, required: &str| pet(&format!("{name}, {more}"), required);
    for (what, before, after, expected) in [
        (
            "added",
            &one,
            with(r#""age": {"type": "integer"}"#, ""),
            &["compatible + api::models::Pet::age: a new member"][..],
        ),
        (
            "removed",
            &with(r#""age": {"type": "integer"}"#, ""),
            one.clone(),
            &["breaking - api::models::Pet::age: the member is gone"][..],
        ),
        (
            "required now",
            &one,
            pet(name, r#""name""#),
            &[
                "breaking - api::models::Pet::default: something is required now: `Default` goes, `new` comes",
                "breaking ~ api::models::Pet::name: required now: `String`, was `Option<String>`",
            ][..],
        ),
        (
            "required no more",
            &pet(name, r#""name""#),
            one.clone(),
            &[
                "breaking ~ api::models::Pet::name: no longer required: `Option<String>`, was `String`",
                "breaking - api::models::Pet::new: nothing is required any more: `new` goes, `Default` comes",
            ][..],
        ),
        (
            "another type",
            &one,
            pet(r#""name": {"type": "integer"}"#, ""),
            &["breaking ~ api::models::Pet::name: `Option<i64>`, was `Option<String>`"][..],
        ),
        (
            "wider",
            &pet(r#""name": {"type": "integer", "format": "int32"}"#, ""),
            pet(r#""name": {"type": "integer"}"#, ""),
            &["breaking ~ api::models::Pet::name: `Option<i64>`, was `Option<i32>`"][..],
        ),
        (
            "nullable",
            &one,
            pet(r#""name": {"type": ["string", "null"]}"#, ""),
            &["breaking ~ api::models::Pet::name: `Option<Option<String>>`, was `Option<String>`"][..],
        ),
        (
            "nullable and required",
            &pet(name, r#""name""#),
            pet(r#""name": {"type": ["string", "null"]}"#, r#""name""#),
            &["breaking ~ api::models::Pet::name: `Option<String>`, was `String`"][..],
        ),
        (
            "a list",
            &one,
            pet(r#""name": {"type": "array", "items": {"type": "string"}}"#, ""),
            &["breaking ~ api::models::Pet::name: `Option<Vec<String>>`, was `Option<String>`"][..],
        ),
        (
            "deprecated",
            &one,
            pet(r#""name": {"type": "string", "deprecated": true}"#, ""),
            &["compatible ~ api::models::Pet::name: deprecated: its use is a warning"][..],
        ),
        (
            "on the wire",
            &pet(r#""a-b": {"type": "string"}"#, ""),
            pet(r#""a_b": {"type": "string"}"#, ""),
            &["breaking ~ api::models::Pet::a_b: `a_b` on the wire, was `a-b`"][..],
        ),
        (
            "default changed",
            &pet(r#""name": {"type": "string", "default": "b"}"#, ""),
            pet(r#""name": {"type": "string", "default": "a"}"#, ""),
            &["compatible ~ api::models::Pet::name::default: another default is documented"][..],
        ),
        (
            "default gone",
            &pet(r#""name": {"type": "string", "default": "b"}"#, ""),
            one.clone(),
            &[
                "breaking - api::models::Pet::name::default: no default is documented any more: its constant and accessor go",
            ][..],
        ),
        (
            "read-only",
            &pet(name, r#""name""#),
            pet(r#""name": {"type": "string", "readOnly": true}"#, r#""name""#),
            &[
                "breaking ~ api::models::Pet::name: no longer required: `Option<String>`, was `String`",
                "breaking - api::models::Pet::new: nothing is required any more: `new` goes, `Default` comes",
            ][..],
        ),
        (
            "described",
            &one,
            pet(r#""name": {"type": "string", "description": "Its name."}"#, ""),
            &[][..],
        ),
        (
            "reordered",
            &with(r#""age": {"type": "integer"}"#, ""),
            pet(&format!(r#""age": {{"type": "integer"}}, {name}"#), ""),
            &[][..],
        ),
        (
            "required in another order",
            &with(r#""age": {"type": "integer"}"#, r#""age", "name""#),
            with(r#""age": {"type": "integer"}"#, r#""name", "age""#),
            &["breaking ~ api::models::Pet::new: takes (name, age), took (age, name)"][..],
        ),
        (
            "boxed",
            &pet(r##""name": {"$ref": "#/components/schemas/Owner"}"##, ""),
            pet(r##""name": {"$ref": "#/components/schemas/Pet"}"##, ""),
            &["breaking ~ api::models::Pet::name: `Option<Box<Pet>>`, was `Option<Owner>`"][..],
        ),
    ] {
        assert_changes(what, before, &after, expected);
    }
}

/// Documents of one schema `It`.
fn it(before: &str, after: &str) -> [String; 2] {
    [before, after].map(|it| document(&format!(r#"{{"It": {it}}}"#), "{}"))
}

#[test]
fn types() {
    let object = r#"{"type": "object", "properties": {}}"#;
    for (what, [before, after], expected) in [
        (
            "value named",
            it(r#"{"enum": ["a"]}"#, r#"{"enum": ["a", "b"]}"#),
            &["compatible + api::models::It::B: a new variant"][..],
        ),
        (
            "value gone",
            it(r#"{"enum": ["a", "b"]}"#, r#"{"enum": ["a"]}"#),
            &["breaking - api::models::It::B: the variant is gone"][..],
        ),
        (
            "value spelled otherwise",
            it(r#"{"enum": ["a"]}"#, r#"{"enum": ["A"]}"#),
            &["breaking ~ api::models::It::A: the value is `A`, was `a`"][..],
        ),
        (
            "number named",
            it(
                r#"{"type": "integer", "enum": [1]}"#,
                r#"{"type": "integer", "enum": [1, 2]}"#,
            ),
            &["compatible + api::models::It::V2: a new variant"][..],
        ),
        (
            "number gone",
            it(
                r#"{"type": "integer", "enum": [1, 2]}"#,
                r#"{"type": "integer", "enum": [1]}"#,
            ),
            &["breaking - api::models::It::V2: the variant is gone"][..],
        ),
        (
            "values documented",
            it(r#"{"type": "string"}"#, r#"{"enum": ["a"]}"#),
            &["breaking ~ api::models::It: an enumeration of values, was another name of a type"][..],
        ),
        (
            "alias",
            it(r#"{"type": "string"}"#, r#"{"type": "integer"}"#),
            &["breaking ~ api::models::It: `i64`, was `String`"][..],
        ),
        (
            "choice added",
            it(
                r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
                r#"{"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}"#,
            ),
            &[
                "compatible ~ api::models::It: the variants are told apart in another way",
                "compatible + api::models::It::Bool: a new variant",
            ][..],
        ),
        (
            "choice gone",
            it(
                r#"{"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}"#,
                r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            ),
            &[
                "breaking - api::models::It::Bool: the variant is gone",
                "compatible ~ api::models::It: the variants are told apart in another way",
            ][..],
        ),
        (
            "model to choice",
            it(object, r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#),
            &["breaking ~ api::models::It: a choice of types, was another name of a type"][..],
        ),
        (
            "deprecated",
            it(object, r#"{"type": "object", "properties": {}, "deprecated": true}"#),
            &["compatible ~ api::models::It: deprecated: its use is a warning"][..],
        ),
        (
            "additional members typed",
            it(
                r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
                r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}}"#,
            ),
            &["breaking ~ api::models::It::additional: members without a name have another type"][..],
        ),
    ] {
        assert_changes(what, &before, &after, expected);
    }
    let both = document(&format!(r#"{{"It": {object}, "More": {object}}}"#), "{}");
    let [one, _] = it(object, object);
    assert_changes(
        "type added",
        &one,
        &both,
        &["compatible + api::models::More: a new type"],
    );
    assert_changes(
        "type gone",
        &both,
        &one,
        &["breaking - api::models::More: the type is gone"],
    );
}
