//! Changes of operations.

use super::{assert_changes, document, said, tree_of};

const SCHEMAS: &str = r#"{"Pet": {"type": "object", "properties": {}}, "Other": {"type": "object", "properties": {}}}"#;
const DONE: &str = r#""responses": {"204": {"description": "Done."}}"#;

/// Documents with an operation each: what it says beside its id, its tag and its first parameter.
fn operation(before: &str, after: &str) -> [String; 2] {
    [before, after].map(|it| {
        let parameter =
            r#""parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]"#;
        let path = format!(
            r#"{{"/pets/{{id}}": {{{parameter}, "get": {{"operationId": "readPet", "tags": ["pets"], {it}}}}}}}"#
        );
        document(SCHEMAS, &path)
    })
}

fn parameters(list: &str) -> String {
    format!(r#""parameters": [{list}], {DONE}"#)
}

fn body(required: bool, content: &str) -> String {
    format!(r#""requestBody": {{"required": {required}, "content": {{{content}}}}}, {DONE}"#)
}

fn answer(responses: &str) -> String {
    format!(r#""responses": {{{responses}}}"#)
}

/// A media type whose content is a schema.
fn json(schema: &str) -> String {
    format!(r##""application/json": {{"schema": {{"$ref": "#/components/schemas/{schema}"}}}}"##)
}

/// A media type that is a stream.
fn events() -> &'static str {
    r##""text/event-stream": {"itemSchema": {"$ref": "#/components/schemas/Pet"}}"##
}

/// Responses of which the one success has a content.
fn ok(content: &str) -> String {
    answer(&format!(r#""200": {{"description": "It.", "content": {{{content}}}}}"#))
}

#[test]
fn features_of_tags() {
    let shop = document(
        "{}",
        &format!(r#"{{"/pets": {{"get": {{"operationId": "listPets", "tags": ["pets"], {DONE}}}}}}}"#),
    );
    let alone = tree_of(&[("shop.json", &shop)], true);
    let beside_another = tree_of(&[("shop.json", &shop), ("zoo.json", &document("{}", "{}"))], true);
    assert_eq!(said(&alone, &beside_another), ["compatible + zoo: a new module"]);
    let zoo = shop.replace("pets", "cats").replace("listPets", "listCats");
    let beside_tags = tree_of(&[("shop.json", &shop), ("zoo.json", &zoo)], true);
    let gone = "breaking - shop::feature `pets`: a cargo feature is gone";
    assert_eq!(said(&alone, &beside_tags), [gone, "compatible + zoo: a new module"]);
}

#[test]
fn parameters_of_operations() {
    let limit = r#"{"name": "limit", "in": "query", "schema": {"type": "integer"}}"#;
    let required = r#"{"name": "limit", "in": "query", "required": true, "schema": {"type": "integer"}}"#;
    for (what, [before, after], expected) in [
        (
            "optional added",
            operation(DONE, &parameters(limit)),
            &["compatible + api::pets::ReadPet::limit: a new parameter"][..],
        ),
        (
            "optional removed",
            operation(&parameters(limit), DONE),
            &["breaking - api::pets::ReadPet::limit: the parameter is gone"][..],
        ),
        (
            "required added",
            operation(DONE, &parameters(required)),
            &["breaking ~ api::pets::ReadPet::new: takes (id: String, limit: i64), took (id: String)"][..],
        ),
        (
            "required now",
            operation(&parameters(limit), &parameters(required)),
            &[
                "breaking - api::pets::ReadPet::limit: the parameter is gone",
                "breaking ~ api::pets::ReadPet::new: takes (id: String, limit: i64), took (id: String)",
            ][..],
        ),
        (
            "required no more",
            operation(&parameters(required), &parameters(limit)),
            &[
                "breaking ~ api::pets::ReadPet::new: takes (id: String), took (id: String, limit: i64)",
                "compatible + api::pets::ReadPet::limit: a new parameter",
            ][..],
        ),
        (
            "another type",
            operation(&parameters(limit), &parameters(&limit.replace("integer", "string"))),
            &["breaking ~ api::pets::ReadPet::limit: `String`, was `i64`"][..],
        ),
        (
            "deprecated parameter",
            operation(
                &parameters(limit),
                &parameters(&limit.replace("\"query\"", "\"query\", \"deprecated\": true")),
            ),
            &["compatible ~ api::pets::ReadPet::limit: deprecated: its use is a warning"][..],
        ),
        (
            "deprecated",
            operation(DONE, &format!(r#""deprecated": true, {DONE}"#)),
            &["compatible ~ api::pets::ReadPet: deprecated: its use is a warning"][..],
        ),
        (
            "security",
            operation(DONE, &format!(r#""security": [], {DONE}"#)),
            &[][..],
        ),
    ] {
        assert_changes(what, &before, &after, expected);
    }
}

#[test]
fn bodies() {
    for (what, [before, after], expected) in [
        (
            "body added",
            operation(DONE, &body(true, &json("Pet"))),
            &["breaking ~ api::pets::ReadPet::new: takes (id: String, body: Pet), took (id: String)"][..],
        ),
        (
            "optional body added",
            operation(DONE, &body(false, &json("Pet"))),
            &["compatible + api::pets::ReadPet::body: a body may be sent"][..],
        ),
        (
            "body optional",
            operation(&body(true, &json("Pet")), &body(false, &json("Pet"))),
            &[
                "breaking ~ api::pets::ReadPet::new: takes (id: String), took (id: String, body: Pet)",
                "compatible + api::pets::ReadPet::body: a body may be sent",
            ][..],
        ),
        (
            "body required",
            operation(&body(false, &json("Pet")), &body(true, &json("Pet"))),
            &[
                "breaking - api::pets::ReadPet::body: the body is no longer optional, or gone",
                "breaking ~ api::pets::ReadPet::new: takes (id: String, body: Pet), took (id: String)",
            ][..],
        ),
        (
            "another body",
            operation(&body(true, &json("Pet")), &body(true, &json("Other"))),
            &["breaking ~ api::pets::ReadPet::new: takes (id: String, body: Other), took (id: String, body: Pet)"][..],
        ),
        (
            "another optional body",
            operation(&body(false, &json("Pet")), &body(false, &json("Other"))),
            &["breaking ~ api::pets::ReadPet::body: `Other`, was `Pet`"][..],
        ),
        (
            "second media type",
            operation(
                &body(true, &json("Pet")),
                &body(true, &format!(r#"{}, "text/plain": {{}}"#, json("Pet"))),
            ),
            &[
                "breaking ~ api::pets::ReadPet::new: takes (id: String, body: ReadPetBody), took (id: String, body: Pet)",
                "compatible + api::models::ReadPetBody: a new type",
            ][..],
        ),
    ] {
        assert_changes(what, &before, &after, expected);
    }
}

#[test]
fn answers() {
    for (what, [before, after], expected) in [
        (
            "answer",
            operation(DONE, &ok(&json("Pet"))),
            &["breaking ~ api::pets::ReadPet::Output: `Pet`, was `nothing`"][..],
        ),
        (
            "another answer",
            operation(&ok(&json("Pet")), &ok(&json("Other"))),
            &["breaking ~ api::pets::ReadPet::Output: `Other`, was `Pet`"][..],
        ),
        (
            "second status",
            operation(
                &ok(&json("Pet")),
                &answer(&format!(
                    r#""200": {{"description": "It.", "content": {{{}}}}}, "204": {{"description": "Nothing."}}"#,
                    json("Pet")
                )),
            ),
            &[
                "breaking ~ api::pets::ReadPet::Output: `ReadPetAnswer`, was `Pet`",
                "compatible + api::models::ReadPetAnswer: a new type",
            ][..],
        ),
        (
            "another failure",
            operation(
                DONE,
                &answer(r#""204": {"description": "Done."}, "404": {"description": "None."}"#),
            ),
            &[][..],
        ),
        (
            "stream",
            operation(&ok(&json("Pet")), &ok(&format!("{}, {}", json("Pet"), events()))),
            &[
                "compatible + api::pets::ReadPet::stream: the answer can be asked for so",
                "compatible + api::pets::ReadPetStream: a new operation",
            ][..],
        ),
        (
            "stream gone",
            operation(&ok(&format!("{}, {}", json("Pet"), events())), &ok(&json("Pet"))),
            &[
                "breaking - api::pets::ReadPet::stream: the answer cannot be asked for so any more",
                "breaking - api::pets::ReadPetStream: the operation is gone",
            ][..],
        ),
        (
            "header added",
            operation(
                DONE,
                &answer(r#""204": {"description": "Done.", "headers": {"X-A": {"schema": {"type": "string"}}}}"#),
            ),
            &["compatible + api::pets::ReadPet::header_x_a: a new header"][..],
        ),
        (
            "header gone",
            operation(
                &answer(r#""204": {"description": "Done.", "headers": {"X-A": {"schema": {"type": "string"}}}}"#),
                DONE,
            ),
            &["breaking - api::pets::ReadPet::header_x_a: the header is gone"][..],
        ),
        (
            "header type",
            operation(
                &answer(r#""204": {"description": "Done.", "headers": {"X-A": {"schema": {"type": "string"}}}}"#),
                &answer(r#""204": {"description": "Done.", "headers": {"X-A": {"schema": {"type": "integer"}}}}"#),
            ),
            &["breaking ~ api::pets::ReadPet::header_x_a: `i64`, was `String`"][..],
        ),
    ] {
        assert_changes(what, &before, &after, expected);
    }
}

#[test]
fn routes_and_names() {
    let [read, _] = operation(DONE, DONE);
    assert_changes(
        "route",
        &read,
        &read.replace("/pets/{id}", "/v2/pets/{id}"),
        &["compatible ~ api::pets::ReadPet: sent as `GET /v2/pets/{id}`, was `GET /pets/{id}`"],
    );
    assert_changes(
        "method",
        &read,
        &read.replace("\"get\"", "\"put\""),
        &["compatible ~ api::pets::ReadPet: sent as `PUT /pets/{id}`, was `GET /pets/{id}`"],
    );
    assert_changes(
        "renamed",
        &read,
        &read.replace("readPet", "getPet"),
        &["breaking ~ api::pets::ReadPet: the operation is `GetPet` now"],
    );
    let streamed = ok(&format!("{}, {}", json("Pet"), events()));
    let [streamed, _] = operation(&streamed, &streamed);
    assert_changes(
        "renamed, with a stream",
        &streamed,
        &streamed.replace("readPet", "getPet"),
        &[
            "breaking ~ api::pets::ReadPet: the operation is `GetPet` now",
            "breaking ~ api::pets::ReadPet::stream: it gives `GetPetStream` in its place",
            "breaking ~ api::pets::ReadPetStream: the operation is `GetPetStream` now",
        ],
    );
    assert_changes(
        "renamed and moved",
        &read,
        &read.replace("readPet", "getPet").replace("/pets/{id}", "/v2/pets/{id}"),
        &[
            "breaking - api::pets::ReadPet: the operation is gone",
            "compatible + api::pets::GetPet: a new operation",
        ],
    );
    assert_changes(
        "tag",
        &read,
        &read.replace("[\"pets\"]", "[\"animals\"]"),
        &[
            "breaking - api::pets: the module is gone",
            "compatible + api::animals: a new module",
        ],
    );
    assert_changes(
        "removed",
        &read,
        &document(SCHEMAS, "{}"),
        &["breaking - api::pets: the module is gone"],
    );
    assert_changes(
        "added",
        &document(SCHEMAS, "{}"),
        &read,
        &["compatible + api::pets: a new module"],
    );
}

#[test]
fn servers_of_operations() {
    let own = |url: &str| format!(r#""servers": [{{"url": "{url}"}}], {DONE}"#);
    let other = r#""/other": {"get": {"operationId": "other", "tags": ["pets"], "responses": {"204": {"description": "Done."}}}}, "#;
    for (what, before, after, expected) in [
        (
            "own server",
            DONE,
            own("https://b.example.com").as_str(),
            &[
                "breaking ~ api::pets::ReadPet::SERVERS: served at `https://b.example.com`, was at the servers of the API",
            ][..],
        ),
        (
            "another server",
            own("https://a.example.com").as_str(),
            own("https://b.example.com").as_str(),
            &[
                "breaking ~ api::pets::ReadPet::SERVERS: served at `https://b.example.com`, was at `https://a.example.com`",
            ],
        ),
    ] {
        let [before, after] = operation(before, after).map(|it| it.replace("\"/pets/", &format!("{other}\"/pets/")));
        assert_changes(what, &before, &after, expected);
    }
}

#[test]
fn webhooks() {
    let webhook = |name: &str, it: &str| {
        let webhooks = format!(r#""webhooks": {{"{name}": {{"post": {{"tags": ["pets"], {it}}}}}}}, "paths""#);
        document(
            SCHEMAS,
            r#"{"/a": {"get": {"operationId": "a", "tags": ["pets"], "responses": {}}}}"#,
        )
        .replace("\"responses\": {}", DONE)
        .replace("\"paths\"", &webhooks)
    };
    let (pet, other) = (body(true, &json("Pet")), body(true, &json("Other")));
    let header = r#""parameters": [{"name": "X-A", "in": "header", "schema": {}}]"#;
    for (what, before, after, expected) in [
        (
            "renamed",
            webhook("born", DONE),
            webhook("found", DONE),
            &[
                "breaking - api::pets::Born: the webhook is gone",
                "compatible + api::pets::Found: a new webhook",
            ][..],
        ),
        (
            "another body",
            webhook("born", &pet),
            webhook("born", &other),
            &["breaking ~ api::pets::Born::Content: `Other`, was `Pet`"],
        ),
        (
            "another method",
            webhook("born", DONE),
            webhook("born", DONE).replace("\"post\"", "\"put\""),
            &["compatible ~ api::pets::Born: comes as `PUT born`, came as `POST born`"],
        ),
        (
            "header and deprecation",
            webhook("born", DONE),
            webhook("born", &format!("\"deprecated\": true, {header}, {DONE}")),
            &[
                "compatible ~ api::pets::Born: deprecated: its use is a warning",
                "compatible + api::pets::Born::header_x_a: a new header",
            ],
        ),
    ] {
        assert_changes(what, &before, &after, expected);
    }
}
