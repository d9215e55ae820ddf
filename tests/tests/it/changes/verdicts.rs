//! Whether the compiler agrees with the verdicts: a program that compiles with the crate before a change compiles with
//! the crate after it, unless the change is called breaking.

use std::path::Path;

use tablature_codegen::changes::{Verdict, compare};
use tablature_codegen::{Config, File, Options, Runtime, generate};
use tablature_openapi::Documents;

use super::document;
use crate::cargo::{cargo, manifest, run, write, write_crate};

/// A change, and a program that uses what it changes.
struct Case {
    name: &'static str,
    before: String,
    after: String,
    program: &'static str,
}

fn model(name: &'static str, before: &str, after: &str, program: &'static str) -> Case {
    let schemas = |it: &str| document(&format!(r#"{{"{name}": {it}}}"#), "{}");
    Case {
        name,
        before: schemas(before),
        after: schemas(after),
        program,
    }
}

fn operation(name: &'static str, before: &str, after: &str, program: &'static str) -> Case {
    let of = |it: &str| {
        let path = format!(r#"{{"/a": {{"post": {{"operationId": "make", "tags": ["it"], {it}}}}}}}"#);
        document(
            &format!(r#"{{"{name}Pet": {{"type": "object", "properties": {{"name": {{"type": "string"}}}}}}}}"#),
            &path,
        )
        .replace("/Pet", &format!("/{name}Pet"))
    };
    Case {
        name,
        before: of(before),
        after: of(after),
        program,
    }
}

const DONE: &str = r#""responses": {"204": {"description": "Done."}}"#;

fn models() -> Vec<Case> {
    let object = |members: &str| format!(r#"{{"type": "object", "properties": {{{members}}}}}"#);
    let required = |members: &str, list: &str| {
        format!(r#"{{"type": "object", "properties": {{{members}}}, "required": [{list}]}}"#)
    };
    let two = r#""a": {"type": "string"}, "b": {"type": "integer"}"#;
    let text = r#""a": {"type": "string"}"#;
    vec![
        model(
            "member_added",
            &object(text),
            &object(two),
            "let it = models::MemberAdded::default().a(\"x\"); drop(it.a);",
        ),
        model(
            "member_gone",
            &object(two),
            &object(text),
            "let it = models::MemberGone::default(); drop(it.b);",
        ),
        model(
            "member_type",
            &object(r#""a": {"type": "integer"}"#),
            &object(r#""a": {"type": "integer", "format": "int32"}"#),
            "let _: Option<i64> = models::MemberType::default().a;",
        ),
        model(
            "member_required",
            &object(text),
            &required(text, r#""a""#),
            "let _ = models::MemberRequired::default();",
        ),
        model(
            "order_of_required",
            &required(two, r#""a", "b""#),
            &required(two, r#""b", "a""#),
            "let _ = models::OrderOfRequired::new(\"a\", 1);",
        ),
        model(
            "member_nullable",
            &object(text),
            &object(r#""a": {"type": ["string", "null"]}"#),
            "let _: Option<String> = models::MemberNullable::default().a;",
        ),
        model(
            "rules_gone",
            &object(r#""a": {"type": "string", "maxLength": 3}"#),
            &object(text),
            "drop(models::RulesGone::default().validate());",
        ),
        model(
            "value_added",
            r#"{"type": "string", "enum": ["a"]}"#,
            r#"{"type": "string", "enum": ["a", "b"]}"#,
            "match models::ValueAdded::from(\"a\") { models::ValueAdded::A => {} _ => {} }",
        ),
        model(
            "choice_added",
            r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
            r#"{"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}"#,
            "match models::ChoiceAdded::from(String::new()) { models::ChoiceAdded::String(_) => {} _ => {} }",
        ),
    ]
}

fn operations() -> Vec<Case> {
    let parameter = |it: &str| format!(r#""parameters": [{{"name": "limit", "in": "query", {it}}}], {DONE}"#);
    let list = r#""schema": {"type": "array", "items": {"type": "string"}}"#;
    let integer = r#""schema": {"type": "integer"}"#;
    let body = |media_type: &str| {
        format!(
            r#""requestBody": {{"required": true, "content": {{"{media_type}": {{"schema": {{"type": "string"}}}}}}}}, {DONE}"#
        )
    };
    let answer = |media_type: &str, schema: &str| {
        format!(r#""responses": {{"200": {{"description": "It.", "content": {{"{media_type}": {{{schema}}}}}}}}}"#)
    };
    let text = r#""schema": {"type": "string"}"#;
    let pets = r##""itemSchema": {"$ref": "#/components/schemas/Pet"}"##;
    let header =
        r#""responses": {"204": {"description": "Done.", "headers": {"X-A": {"schema": {"type": "string"}}}}}"#;
    vec![
        operation("parameter_added", DONE, &parameter(integer), "let _ = it::Make::new();"),
        operation(
            "parameter_type",
            &parameter(integer),
            &parameter(text),
            "let _ = it::Make::new().limit(1);",
        ),
        operation(
            "parameter_required",
            &parameter(integer),
            &parameter(&format!(r#"{integer}, "required": true"#)),
            "let _ = it::Make::new().limit(1);",
        ),
        operation(
            "parameter_style",
            &parameter(list),
            &parameter(&format!(r#"{list}, "style": "pipeDelimited""#)),
            "let _ = it::Make::new().limit([\"a\".to_owned()]);",
        ),
        operation(
            "body_borrowed",
            &body("text/plain"),
            &body("application/json"),
            "let _ = it::Make::new(\"a\");",
        ),
        operation(
            "body_media_type",
            &body("text/plain"),
            &body("text/html"),
            "let _ = it::Make::new(\"a\");",
        ),
        operation(
            "answer_read",
            &answer("application/json", text),
            &answer("text/plain", text),
            "fn output(it: <it::Make as Operation>::Output) -> String { it } let _ = output;",
        ),
        operation(
            "answer_framing",
            &answer("application/x-ndjson", pets),
            &answer("application/json-seq", pets),
            "use api::runtime::{StreamOperation, stream}; \
             let _: stream::Decoder<models::AnswerFramingPet> = it::Make::decoder();",
        ),
        operation("header_gone", header, DONE, "let _ = it::Make::header_x_a::<()>;"),
        operation("header_added", DONE, header, "let _ = it::Make::new();"),
    ]
}

/// Documents that repeat a model before or after, so that it moves to a module that both share.
fn moved() -> [Case; 2] {
    let kind = |it: &str| {
        let content = r##"{"application/json": {"schema": {"$ref": "#/components/schemas/Moved"}}}"##;
        document(
            &format!(r#"{{"Moved": {{"type": "object", "properties": {{"{it}": {{}}}}}}}}"#),
            &format!(
                r#"{{"/a": {{"get": {{"tags": ["it"], "responses": {{"200": {{"description": "It.", "content": {content}}}}}}}}}}}"#
            ),
        )
    };
    let program = "let it = models::Moved::default(); drop(it.a);";
    let [a, b] = [kind("a"), kind("b")];
    [
        Case {
            name: "moved_one",
            before: a.clone(),
            after: a.clone(),
            program,
        },
        Case {
            name: "moved_two",
            before: b,
            after: a,
            program: "let it = models::Moved::default(); drop(it.b);",
        },
    ]
}

#[test]
fn the_compiler_agrees() {
    let cases: Vec<Case> = models().into_iter().chain(operations()).chain(moved()).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts");
    let names: Vec<String> = cases.iter().map(|it| format!("{}.json", it.name)).collect();
    let trees = ["before", "after"].map(|side| {
        let text = |case: &Case| {
            if side == "before" {
                case.before.clone()
            } else {
                case.after.clone()
            }
        };
        let (documents, report) = Documents::load(&names, &mut |name| {
            let case = cases.iter().find(|it| name == format!("{}.json", it.name));
            case.map(text).ok_or_else(|| name.to_owned())
        });
        assert!(!report.has_errors(), "{report:?}");
        let config = Config::new(side.to_owned(), "cargo xtask codegen", Runtime::Workspace);
        write_crate(&folder.join(side), &generate(&documents, &config).unwrap().files);
        write_crate(&folder.join(format!("use_{side}")), &programs(side, &cases));
        tablature_codegen::tree(&documents, &Options::default()).unwrap()
    });
    let members = ["before", "after", "use_before", "use_after"].map(str::to_owned);
    write(&folder.join("Cargo.toml"), &manifest(&members));
    std::fs::copy(
        tablature_tests::workspace::root().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )
    .unwrap();

    cargo(&folder, &["check", "--package", "use_before", "--examples"]);
    let (_, said) = run(
        &folder,
        &["check", "--package", "use_after", "--examples", "--keep-going"],
    );
    let changes = compare(&trees[0], &trees[1]);
    for case in &cases {
        let broken = said.contains(&format!("(example \"{}\")", case.name));
        let told = changes
            .iter()
            .filter(|it| it.item.starts_with(&format!("{}::", case.name)));
        let called = told.clone().any(|it| it.verdict == Verdict::Breaking);
        assert!(told.count() > 0, "{}: {changes:?}", case.name);
        assert_eq!(broken, called, "{}: {said}", case.name);
    }
}

/// The crate of the programs, which use one side.
fn programs(side: &str, cases: &[Case]) -> Vec<File> {
    let manifest = format!(
        "[package]\nname = \"use_{side}\"\nedition.workspace = true\n\n[dependencies]\n\
         api = {{ path = \"../{side}\", package = \"{side}\", features = {:?} }}\n",
        cases.iter().map(|it| it.name.replace('_', "-")).collect::<Vec<_>>()
    );
    let program = |case: &Case| {
        let text = format!(
            "#![allow(warnings)]\nuse api::{}::*;\nuse api::runtime::Operation;\nfn main() {{ {} }}\n",
            case.name, case.program
        );
        (format!("examples/{}.rs", case.name), text)
    };
    let fixed = [
        ("Cargo.toml".to_owned(), manifest),
        ("src/lib.rs".to_owned(), String::new()),
    ];
    let files = fixed.into_iter().chain(cases.iter().map(program));
    files.map(|(path, text)| File { path, text }).collect()
}
