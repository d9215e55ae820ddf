//! Documents: text to nodes, nodes to documents, documents to a crate.

use std::collections::BTreeSet;

use tablature_codegen::{Config, Runtime, generate};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::reader::Care;
use tablature_openapi::{Documents, Report, json, yaml};

use super::{Target, outcome};
use crate::seeds;

/// A JSON text.
pub(super) const JSON: Target = Target {
    name: "json",
    seeds: documents,
    is_json: false,
    run: |input| {
        let Ok(text) = std::str::from_utf8(input) else {
            return Ok(0);
        };
        let mut report = Report::new();
        let node = json::parse(0, text, &mut report);
        within(&node, &report, text)?;
        let peer = serde_json::from_str::<serde::de::IgnoredAny>(text);
        match (&node, peer) {
            (Some(_), Err(error)) if !error.to_string().starts_with("recursion") => {
                Err(format!("read, and serde_json says: {error}"))
            }
            _ => Ok(outcome(&(codes(&report), node.is_some()))),
        }
    },
};

/// A YAML text.
pub(super) const YAML: Target = Target {
    name: "yaml",
    seeds: documents,
    is_json: false,
    run: |input| {
        let text = String::from_utf8_lossy(input);
        let mut report = Report::new();
        let node = yaml::parse(0, &text, &mut report);
        within(&node, &report, &text)?;
        if node.is_none() && !report.has_errors() {
            return Err("not read, and nothing said".to_owned());
        }
        Ok(outcome(&(codes(&report), node.is_some())))
    },
};

/// A document.
pub(super) const LOAD: Target = Target {
    name: "load",
    seeds: documents,
    is_json: true,
    run: |input| {
        let (documents, report) = load(input);
        Ok(outcome(&(codes(&report), documents.documents().len())))
    },
};

/// A crate.
pub(super) const GENERATE: Target = Target {
    name: "generate",
    seeds: documents,
    is_json: true,
    run: |input| {
        let (documents, report) = load(input);
        if report.has_errors() {
            return Ok(outcome(&codes(&report)));
        }
        let config = Config::new("made-up", "cargo xtask codegen", Runtime::Workspace);
        match generate(&documents, &config) {
            Ok(generated) => {
                for file in &generated.files {
                    let parts = file.path.split('/');
                    if file.path.starts_with('/') || parts.into_iter().any(|it| it.is_empty() || it == "..") {
                        return Err(format!("a file outside of the crate\n{}", file.path));
                    }
                }
                Ok(outcome(&(codes(&generated.warnings), generated.models)))
            }
            Err(report) if report.has_errors() => Ok(outcome(&codes(&report))),
            Err(_) => Err("not emitted, and nothing said".to_owned()),
        }
    },
};

/// An overlay, applied to the document of a fixture.
pub(super) const OVERLAY: Target = Target {
    name: "overlay",
    seeds: || {
        let folders = [
            "overlays",
            "tests/fixtures/ok/overlays",
            "tests/fixtures/err/overlays",
            "tests/fixtures/err/overlay_limits",
        ];
        seeds::files(&folders, &["fix.yaml", "kubernetes.yaml", "other.json"])
    },
    is_json: false,
    run: |input| {
        const DOCUMENT: &str = include_str!("../../../tests/fixtures/ok/overlays/pets.json");
        let text = String::from_utf8_lossy(input);
        let mut read = |name: &str| match name {
            "pets.json" => Ok(DOCUMENT.to_owned()),
            "overlay.yaml" => Ok(text.clone().into_owned()),
            _ => Err("there is no such file".to_owned()),
        };
        let (entries, overlays) = (["pets.json".to_owned()], ["overlay.yaml".to_owned()]);
        let (documents, report) = Documents::load_overlaid(&entries, &overlays, Care::Foreign, &mut read);
        let sources = documents.sources();
        for found in report.iter() {
            let span = sources.written(found.span);
            let file = sources.get(span.source).map(|it| it.text.as_str()).unwrap_or_default();
            // The first byte of an object may be a part of a character.
            if !file.is_char_boundary(span.start as usize) || span.end as usize > file.len() {
                return Err(format!("a place outside of the text\n{span:?} of {}", file.len()));
            }
        }
        let node = documents
            .documents()
            .first()
            .and_then(|it| documents.effective(it.span.source));
        if let Some(node) = node {
            let printed = format!("{node:#}");
            let again = json::parse(0, &printed, &mut Report::new());
            if !again.is_some_and(|it| it.same_value(node)) {
                return Err(format!("the document is not what is printed\n{printed}"));
            }
        }
        Ok(outcome(&(codes(&report), node.is_some())))
    },
};

fn documents() -> Vec<Vec<u8>> {
    let folders = ["tests/fixtures/ok", "tests/fixtures/err", "schema"];
    seeds::files(&folders, &[".json", ".yaml"])
}

fn load(input: &[u8]) -> (Documents, Report) {
    let text = String::from_utf8_lossy(input);
    let mut read = |name: &str| match name {
        "document.json" | "document.yaml" => Ok(text.clone().into_owned()),
        _ => Err("there is no such file".to_owned()),
    };
    let is_json = text.trim_start().starts_with('{');
    let name = if is_json { "document.json" } else { "document.yaml" };
    Documents::load(&[name.to_owned()], &mut read)
}

/// The kinds of diagnostics.
fn codes(report: &Report) -> BTreeSet<&'static str> {
    report.iter().map(|it| it.code).collect()
}

/// Checks that all places are in the text, between characters.
fn within(node: &Option<Node>, report: &Report, text: &str) -> Result<(), String> {
    let mut spans: Vec<_> = report.iter().map(|it| it.span).collect();
    let mut open: Vec<&Node> = node.iter().collect();
    while let Some(node) = open.pop() {
        spans.push(node.span);
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => {
                spans.extend(entries.iter().map(|(key, _)| key.span));
                open.extend(entries.iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    let outside = |it: &tablature_openapi::Span| text.get(it.start as usize..it.end as usize).is_none();
    match spans.into_iter().find(outside) {
        Some(span) => Err(format!("a place outside of the text\n{span:?} of {}", text.len())),
        None => Ok(()),
    }
}
