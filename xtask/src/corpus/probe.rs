//! Documents that name the schemas of samples, so that each has a type of a known name.

use std::fs;
use std::path::{Path, PathBuf};

use tablature_openapi::node::Node;
use tablature_openapi::syntax::Syntax;
use tablature_openapi::{Report, json as json_text};

use super::samples::{self, Sample};
use tablature::Error;
use tablature::paths;

/// The module of the document that names schemas, which is that of its file.
pub(super) const MODULE: &str = "probe";

/// Documents that are emitted together, and what their types are to read.
#[derive(Debug)]
pub(super) struct Probe {
    /// What the samples are from, for people.
    pub name: String,
    /// The documents.
    pub documents: Vec<PathBuf>,
    /// The samples.
    pub samples: Vec<Sample>,
}

/// The type that a sample is read as.
pub(super) fn type_name(samples: &[Sample], index: usize) -> String {
    let schema = &samples[index].schema;
    let first = samples.iter().position(|it| it.schema == *schema);
    format!("Probe{}", first.unwrap_or(index))
}

/// The document, and beside it one that names the schemas of its examples; nothing if it has none.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn of_document(file: &Path, name: &str, folder: &Path) -> Result<Option<Probe>, Error> {
    let bytes = fs::read(file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    let text = String::from_utf8_lossy(&bytes);
    let syntax = Syntax::of(&file.to_string_lossy(), &text);
    let Some(node) = syntax.parse(0, &text, &mut Report::new()) else {
        return Ok(None);
    };
    let samples = samples::of_document(&node);
    if samples.is_empty() {
        return Ok(None);
    }
    let document = folder.join(format!("{MODULE}.json"));
    let to_file = encoded(&paths::relative(folder, file));
    let schemas = samples.iter().enumerate().filter_map(|(index, sample)| {
        let name = type_name(&samples, index);
        let reference = format!("{to_file}#{}", encoded(&sample.schema));
        (name == format!("Probe{index}")).then(|| format!("\"{name}\":{{\"$ref\":\"{reference}\"}}"))
    });
    write_document(&document, &schemas.collect::<Vec<_>>().join(","))?;
    Ok(Some(Probe {
        name: name.to_owned(),
        documents: vec![file.to_owned(), document],
        samples,
    }))
}

/// The groups of a file of the JSON Schema Test Suite: a document each, whose one schema is that of the group.
///
/// # Errors
/// When a file cannot be read or written, or is none of that suite.
pub(super) fn of_suite(file: &Path, name: &str, folder: &Path) -> Result<Vec<Probe>, Error> {
    let text = fs::read_to_string(file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    let foreign = || Error::Usage {
        problem: format!("{name} is no file of the JSON Schema Test Suite"),
    };
    let root = json_text::parse(0, &text, &mut Report::new());
    let root = root.as_ref().ok_or_else(foreign)?;
    let mut probes = Vec::new();
    for (index, group) in root.as_array().ok_or_else(foreign)?.iter().enumerate() {
        let text = |key| group.get(key).and_then(Node::as_str).unwrap_or_default();
        let tests = group.get("tests").and_then(Node::as_array).ok_or_else(foreign)?;
        let document = folder.join(index.to_string()).join(format!("{MODULE}.json"));
        let schema = samples::text(group.get("schema").ok_or_else(foreign)?);
        write_document(&document, &format!("\"Probe0\":{}", own_references(&schema)))?;
        let samples = tests.iter().filter_map(|test| {
            let valid = test.get("valid")?.as_bool()?;
            samples::both("", test.get("data")?, Some(valid)).pop()
        });
        probes.push(Probe {
            name: format!("{name}: {}", text("description")),
            documents: vec![document],
            samples: samples.collect(),
        });
    }
    Ok(probes)
}

/// The schema with what leads to its own root leading to the component that it becomes.
fn own_references(schema: &str) -> String {
    if schema.contains("\"$id\":") {
        return schema.to_owned();
    }
    let root = "\"$ref\":\"#/components/schemas/Probe0";
    schema
        .replace("\"$ref\":\"#/", &format!("{root}/"))
        .replace("\"$ref\":\"#\"", &format!("{root}\""))
}

/// Writes a document of these schemas.
fn write_document(file: &Path, schemas: &str) -> Result<(), Error> {
    let io = |cause| Error::io("write", file.to_string_lossy(), cause);
    fs::create_dir_all(file.parent().unwrap_or(file)).map_err(io)?;
    let head = r#"{"openapi":"3.1.0","info":{"title":"Probe","version":"1"},"components":{"schemas":{"#;
    fs::write(file, format!("{head}{schemas}}}}}}}\n")).map_err(io)
}

/// The text as it may stand in a reference.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_the_root_follow_the_schema() {
        let moved = own_references(r##"{"a":{"$ref":"#"},"b":{"$ref":"#/$defs/x"},"c":{"$ref":"#name"}}"##);
        let root = "#/components/schemas/Probe0";
        let expected =
            format!(r##"{{"a":{{"$ref":"{root}"}},"b":{{"$ref":"{root}/$defs/x"}},"c":{{"$ref":"#name"}}}}"##);
        assert_eq!(moved, expected);
        assert_eq!(
            own_references(r##"{"$id":"x","$ref":"#"}"##),
            r##"{"$id":"x","$ref":"#"}"##
        );
        assert_eq!(encoded("/paths/~1a~1{b}"), "/paths/~1a~1%7Bb%7D");
    }
}
