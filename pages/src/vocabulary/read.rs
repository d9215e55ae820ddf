//! The text of a vocabulary file to words.

use std::collections::HashMap;

use tablature_openapi::codes::WRONG_VALUE;
use tablature_openapi::document::Version;
use tablature_openapi::node::{Node, Value};
use tablature_openapi::reader::{Context, ObjectReader};
use tablature_openapi::{Report, SourceId, Span, json};

use super::{Column, Fact, Headings, METHODS, Section, Vocabulary, key};
use crate::template::Template;
use crate::types;

/// The keys of the columns.
const COLUMNS: [(&str, Column); 10] = [
    ("name", Column::Name),
    ("required", Column::Required),
    ("type", Column::Type),
    ("place", Column::Location),
    ("description", Column::Description),
    ("status", Column::Status),
    ("body", Column::Body),
    ("default", Column::Default),
    ("method", Column::Method),
    ("uri", Column::Uri),
];

/// The keys of the sections.
const SECTIONS: [(&str, Section); 16] = [
    ("path", Section::Path),
    ("query", Section::Query),
    ("header", Section::Header),
    ("form", Section::Form),
    ("response-header", Section::ResponseHeader),
    ("request-body", Section::RequestBody),
    ("response-body", Section::ResponseBody),
    ("uri", Section::Uri),
    ("request", Section::Request),
    ("response", Section::Response),
    ("request-example", Section::RequestExample),
    ("response-example", Section::ResponseExample),
    ("statuses", Section::Statuses),
    ("model", Section::Model),
    ("operations", Section::Operations),
    ("prose", Section::Prose),
];

/// The keys of the facts that prose can state.
const FACTS: [(&str, Fact); 6] = [
    ("default", Fact::Default),
    ("values", Fact::Values),
    ("range", Fact::Range),
    ("length", Fact::Length),
    ("unit", Fact::Unit),
    ("deprecated", Fact::Deprecated),
];

/// Adds the words of a file.
pub(super) fn extend(vocabulary: &mut Vocabulary, source: SourceId, text: &str, report: &mut Report) {
    let Some(node) = json::parse(source, text, report) else {
        return;
    };
    let mut cx = Context::new(Version::V3_2);
    if let Some(mut object) = ObjectReader::new(&node, "vocabulary", &mut cx) {
        object.read("columns", |it, cx| {
            terms(it, "columns", &COLUMNS, &mut vocabulary.columns, cx)
        });
        object.read("sections", |it, cx| {
            terms(it, "sections", &SECTIONS, &mut vocabulary.sections, cx)
        });
        let templates = object.strings("statuses").into_iter();
        vocabulary
            .statuses
            .extend(templates.filter_map(|it| key(&it.value)).map(|it| Template::of(&it)));
        for (list, required) in [("required", true), ("optional", false)] {
            let words = object.strings(list).into_iter().map(|it| it.value.to_lowercase());
            vocabulary.required.extend(words.map(|it| (it, required)));
        }
        vocabulary
            .nothing
            .extend(object.strings("nothing").into_iter().map(|it| it.value.to_lowercase()));
        vocabulary.success = object
            .string("success")
            .map(|it| it.value)
            .or(vocabulary.success.take());
        let models = object.strings("models").into_iter();
        vocabulary.models.extend(models.map(|it| Template::of(&it.value)));
        vocabulary
            .models
            .sort_by_key(|it| std::cmp::Reverse(it.literal_length()));
        let lines = object.strings("operations").into_iter();
        vocabulary.operations.extend(lines.map(|it| Template::of(&it.value)));
        let marks = object.strings("nested").into_iter().map(|it| it.value);
        vocabulary.nested.extend(marks.filter(|it| !it.is_empty()));
        if let Some(headings) = object.read("headings", headings) {
            vocabulary.headings = Some(headings);
        }
        let beginnings = object.strings("optional-text").into_iter();
        vocabulary.optional_text.extend(beginnings.map(|it| it.value));
        let phrases_of = object.strings("returns").into_iter();
        vocabulary.returns.extend(phrases_of.map(|it| Template::of(&it.value)));
        object.read("types", |it, cx| type_words(it, &mut vocabulary.types, cx));
        object.read("examples", |it, cx| examples(it, &mut vocabulary.examples, cx));
        object.read("answers", |it, cx| answers(it, &mut vocabulary.answers, cx));
        object.read("prose", |it, cx| phrases(it, &mut vocabulary.prose, cx));
        object.finish();
    }
    report.extend(cx.report);
}

/// The words of each kind, by key.
fn terms<T: Copy>(
    node: &Node,
    what: &'static str,
    kinds: &[(&'static str, T)],
    to: &mut HashMap<String, T>,
    cx: &mut Context,
) -> Option<()> {
    let mut object = ObjectReader::new(node, what, cx)?;
    for (name, kind) in kinds {
        let words = object.strings(name).into_iter();
        to.extend(words.filter_map(|it| key(&it.value)).map(|it| (it, *kind)));
    }
    object.finish();
    Some(())
}

/// How operations are written as headings.
fn headings(node: &Node, cx: &mut Context) -> Option<Headings> {
    let mut object = ObjectReader::new(node, "headings", cx)?;
    let method = object.required_string("method");
    let path = object.required_string("path");
    let parameters = object.string("parameters");
    let level = object.read("level", level);
    object.finish();
    if let Some(it) = parameters
        .as_ref()
        .filter(|it| !matches!(it.value.as_str(), "query" | "body"))
    {
        cx.push(WRONG_VALUE.at(it.span, "`parameters` is `query` or `body`"));
    }
    let in_body = parameters.is_some_and(|it| it.value == "body");
    if !path.value.starts_with('/') || !path.value.contains("{name}") {
        let message = "the path of headings starts with `/` and has `{name}` for the heading";
        cx.push(WRONG_VALUE.at(path.span, message));
        return None;
    }
    Some(Headings {
        level,
        method: method.value,
        path: path.value,
        in_body,
    })
}

/// The level of a heading.
fn level(node: &Node, cx: &mut Context) -> Option<u8> {
    let level = match &node.value {
        Value::Number(number) => number.as_str().parse().ok(),
        _ => None,
    };
    let level = level.filter(|it| (1..=6).contains(it));
    if level.is_none() {
        cx.push(WRONG_VALUE.at(node.span, "the level of a heading is a number from 1 to 6"));
    }
    level
}

/// The phrases before examples.
fn examples(node: &Node, to: &mut Vec<(String, Section)>, cx: &mut Context) -> Option<()> {
    let mut object = ObjectReader::new(node, "examples", cx)?;
    for (key, section) in [
        ("request", Section::RequestExample),
        ("response", Section::ResponseExample),
    ] {
        let phrases = object.strings(key).into_iter();
        to.extend(phrases.map(|it| (it.value, section)));
    }
    object.finish();
    Some(())
}

/// The type of the answers to each method.
fn answers(node: &Node, to: &mut HashMap<String, String>, cx: &mut Context) -> Option<()> {
    let mut object = ObjectReader::new(node, "answers", cx)?;
    let found = METHODS.map(|it| (it, object.string(it)));
    object.finish();
    for (method, text) in found {
        let Some(text) = text else { continue };
        check_type(&text.value.replace("{type}", "String"), text.span, cx);
        to.insert(method.to_owned(), text.value);
    }
    Some(())
}

/// The types that words of the site mean.
fn type_words(node: &Node, to: &mut HashMap<String, String>, cx: &mut Context) -> Option<()> {
    let object = ObjectReader::new(node, "types", cx)?;
    for (word, meaning) in object.finish_names().0 {
        match &meaning.value {
            Value::String(text) => {
                check_type(text, meaning.span, cx);
                to.insert(word.value.to_lowercase(), text.clone());
            }
            _ => cx.push(WRONG_VALUE.at(meaning.span, "the meaning of a word is a type")),
        }
    }
    Some(())
}

fn check_type(text: &str, span: Span, cx: &mut Context) {
    if types::parse(text).is_none() {
        let message = format!("`{text}` is not a type that is understood");
        cx.push(WRONG_VALUE.at(span, message));
    }
}

/// The phrases of each fact.
fn phrases(node: &Node, to: &mut Vec<(Fact, Template)>, cx: &mut Context) -> Option<()> {
    let mut object = ObjectReader::new(node, "prose", cx)?;
    for (name, fact) in FACTS {
        let phrases = object.strings(name).into_iter();
        to.extend(phrases.map(|it| (fact, Template::of(&it.value))));
    }
    object.finish();
    to.sort_by_key(|(_, it)| std::cmp::Reverse(it.literal_length()));
    Some(())
}
