//! `--print-ir`: what the documents are lowered to, as JSON, before any code is made of it.

use serde::Serialize;
use tablature_codegen::ir::Crate;
use tablature_openapi::nearest::nearest;

use crate::Error;

/// The whole intermediate representation, or what in it has a name: a type with the types inside it, an operation, a
/// webhook or a set of optional parameters.
///
/// # Errors
/// When nothing has the name.
pub(super) fn text(krate: &Crate, name: &str) -> Result<String, Error> {
    let mut search = Search {
        name,
        known: Vec::new(),
        found: Vec::new(),
    };
    if name.is_empty() {
        search.found.push(json(krate)?);
    }
    for api in krate.apis() {
        for file in &api.models {
            let names = file.items.iter().map(|it| it.name.as_str());
            search.offer(&names.collect::<Vec<_>>(), file)?;
        }
        for set in &api.parameter_sets {
            search.offer(&[set.name.as_str()], set)?;
        }
        for operation in api.operations() {
            search.offer(&[operation.name.as_str(), &operation.id], operation)?;
        }
        for webhook in api.webhooks() {
            search.offer(&[webhook.name.as_str(), &webhook.id], webhook)?;
        }
    }
    search.outcome()
}

/// What is looked for, and what was found.
struct Search<'a> {
    name: &'a str,
    known: Vec<String>,
    found: Vec<String>,
}

impl Search<'_> {
    /// Takes a value that has these names if one of them is looked for.
    fn offer(&mut self, names: &[&str], value: &impl Serialize) -> Result<(), Error> {
        if names.contains(&self.name) {
            self.found.push(json(value)?);
        }
        self.known.extend(names.iter().map(|it| (*it).to_owned()));
        Ok(())
    }

    fn outcome(self) -> Result<String, Error> {
        if !self.found.is_empty() {
            return Ok(self.found.concat());
        }
        let near = nearest(self.name, self.known.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |it| format!(", did you mean `{it}`?"));
        Err(Error::Usage {
            problem: format!(
                "--print-ir {}: no type, operation, webhook or set of parameters has this name{near}",
                self.name
            ),
        })
    }
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(value).map_err(|cause| Error::Usage {
        problem: format!("--print-ir: {cause}"),
    })?;
    Ok(text + "\n")
}
