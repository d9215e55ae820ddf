//! Selectors of labels and fields.

use serde_json::Value;

use super::answer::Failure;
use super::http::Request;

/// What an object has to be like.
pub struct Selector(Vec<Requirement>);

enum Requirement {
    /// A label is one of these, or is not.
    Label { key: String, values: Vec<String>, is: bool },
    /// There is such a label, or is not.
    There { key: String, is: bool },
    /// The name is this one, or is not.
    Name { name: String, is: bool },
}

impl Selector {
    pub fn of(request: &Request) -> Result<Self, Failure> {
        let mut all = Vec::new();
        for part in split(request.query("labelSelector").unwrap_or_default()) {
            all.push(label(part)?);
        }
        for part in split(request.query("fieldSelector").unwrap_or_default()) {
            let (key, is, value) =
                comparison(part).ok_or_else(|| Failure::bad_request("unable to parse the field selector"))?;
            if key != "metadata.name" {
                return Err(Failure::bad_request(format!("field label not supported: {key}")));
            }
            all.push(Requirement::Name { name: value, is });
        }
        Ok(Self(all))
    }

    pub fn matches(&self, object: &Value) -> bool {
        let label = |key: &str| object["metadata"]["labels"][key].as_str();
        self.0.iter().all(|requirement| match requirement {
            Requirement::Label { key, values, is } => {
                label(key).is_some_and(|label| values.iter().any(|value| value == label)) == *is
            }
            Requirement::There { key, is } => label(key).is_some() == *is,
            Requirement::Name { name, is } => (object["metadata"]["name"] == name.as_str()) == *is,
        })
    }
}

/// The parts between commas, but not those in parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = text.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn comparison(part: &str) -> Option<(String, bool, String)> {
    for (operator, is) in [("!=", false), ("==", true), ("=", true)] {
        if let Some((key, value)) = part.split_once(operator) {
            return Some((key.trim().to_owned(), is, value.trim().to_owned()));
        }
    }
    None
}

fn label(part: &str) -> Result<Requirement, Failure> {
    if let Some((key, is, value)) = comparison(part) {
        return Ok(Requirement::Label {
            key,
            values: vec![value],
            is,
        });
    }
    for (operator, is) in [(" notin ", false), (" in ", true)] {
        if let Some((key, values)) = part.split_once(operator) {
            let values = values.trim().trim_start_matches('(').trim_end_matches(')').split(',');
            return Ok(Requirement::Label {
                key: key.trim().to_owned(),
                values: values.map(|value| value.trim().to_owned()).collect(),
                is,
            });
        }
    }
    let (key, is) = part.strip_prefix('!').map_or((part, true), |key| (key, false));
    if key.contains(' ') {
        return Err(Failure::bad_request("unable to parse requirement"));
    }
    Ok(Requirement::There {
        key: key.to_owned(),
        is,
    })
}
