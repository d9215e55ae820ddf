//! Diagnostics as a SARIF 2.1.0 log.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tablature_openapi::diagnostic::Code;

use super::line::{Finding, Place, severity};
use crate::explain;

/// The name of the folder that names of files start from.
const ROOT: &str = "%SRCROOT%";

/// What stands in a path as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The log of one run: the findings with the rules that they go by, and why the command could not be carried out.
pub(super) fn log(findings: &[Finding]) -> String {
    let (results, failures): (Vec<_>, Vec<_>) = findings.iter().partition(|it| it.code.is_some());
    let found: BTreeSet<&str> = results.iter().filter_map(|it| it.code).collect();
    let rules: Vec<&Code> = explain::codes()
        .into_iter()
        .filter(|it| found.contains(it.name))
        .collect();
    let notification = |it: &&Finding| json!({ "level": it.severity, "message": { "text": it.message } });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tablature",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": failures.iter().map(notification).collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The folder that names of files start from." } } },
            "results": results.iter().map(|it| result(it, &rules)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &&Code) -> Value {
    let why = code.why.trim();
    let (first, _) = why.split_once(". ").unwrap_or((why.trim_end_matches('.'), ""));
    let mut rule = json!({
        "id": code.name,
        "shortDescription": { "text": format!("{first}.") },
        "fullDescription": { "text": why },
        "defaultConfiguration": { "level": severity(code.severity) },
    });
    if let Some(help) = code.help {
        rule["help"] = json!({ "text": help });
    }
    rule
}

fn result(finding: &Finding, rules: &[&Code]) -> Value {
    let helps = finding.help.iter().map(|it| format!("\nhelp: {it}"));
    let text = std::iter::once(finding.message.clone())
        .chain(helps)
        .collect::<String>();
    let mut result = json!({
        "ruleId": finding.code,
        "level": finding.severity,
        "message": { "text": text },
    });
    if let Some(index) = rules.iter().position(|it| Some(it.name) == finding.code) {
        result["ruleIndex"] = index.into();
    }
    let mut places = finding.places.iter().map(location);
    result["locations"] = places.next().into_iter().collect();
    let related: Vec<Value> = places.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn location(place: &Place) -> Value {
    let Place {
        file,
        bytes,
        position,
        label,
    } = place;
    let uri = utf8_percent_encode(&file.replace('\\', "/"), PATH).to_string();
    let artifact = match file.starts_with('/') {
        true => json!({ "uri": format!("file://{uri}") }),
        false => json!({ "uri": uri, "uriBaseId": ROOT }),
    };
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": artifact,
        "region": {
            "startLine": position.start.line,
            "startColumn": position.start.column,
            "endLine": position.end.line,
            "endColumn": position.end.column,
            "byteOffset": bytes.start,
            "byteLength": bytes.end.saturating_sub(bytes.start),
        },
    } });
    if !label.is_empty() {
        location["message"] = json!({ "text": label });
    }
    location
}
