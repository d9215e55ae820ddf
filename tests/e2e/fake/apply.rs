//! Server-side apply: who owns which fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::answer::Failure;
use super::merge;

/// The fields that each manager owns, as JSON Pointers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owners(BTreeMap<String, BTreeSet<String>>);

/// Fields that are owned as a whole.
const ATOMIC: [&str; 1] = ["/spec/selector"];
/// What says which object it is, and is nobody's.
const IDENTITY: [&str; 4] = ["/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"];

impl Owners {
    /// Applies what `manager` wants, to an object that may not be there yet.
    pub fn apply(&mut self, object: &Value, wanted: &Value, manager: &str, force: bool) -> Result<Value, Failure> {
        let mut fields = BTreeSet::new();
        collect(wanted, "", &mut fields);
        let mut result = object.clone();
        merge::strategic(&mut result, wanted);
        for field in ATOMIC {
            if let Some(value) = wanted.pointer(field) {
                *result.pointer_mut(field).unwrap() = value.clone();
            }
        }
        self.check(object, &result, manager, &fields, force)?;
        let earlier = self.0.insert(manager.to_owned(), fields).unwrap_or_default();
        for field in earlier {
            if !self.0.values().any(|fields| fields.contains(&field)) {
                remove(&mut result, &field);
            }
        }
        result["metadata"]["managedFields"] = self.managed();
        Ok(result)
    }

    fn check(
        &mut self,
        object: &Value,
        result: &Value,
        manager: &str,
        fields: &BTreeSet<String>,
        force: bool,
    ) -> Result<(), Failure> {
        let mut causes = Vec::new();
        for (other, owned) in self.0.iter_mut().filter(|(other, _)| *other != manager) {
            let taken: Vec<_> = owned
                .intersection(fields)
                .filter(|field| object.pointer(field) != result.pointer(field))
                .cloned()
                .collect();
            for field in taken {
                causes.push(json!({
                    "reason": "FieldManagerConflict", "message": format!("conflict with {other:?}"),
                    "field": field.replace('/', "."),
                }));
                if force {
                    owned.remove(&field);
                }
            }
        }
        if causes.is_empty() || force {
            return Ok(());
        }
        let mut failure = Failure::conflict(format!("Apply failed with {} conflict", causes.len()));
        failure.causes = causes;
        Err(failure)
    }

    fn managed(&self) -> Value {
        let entries = self
            .0
            .keys()
            .map(|manager| json!({"manager": manager, "operation": "Apply", "apiVersion": "v1"}));
        entries.collect()
    }
}

/// The fields of a value: its leaves, and what is owned as a whole.
fn collect(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if !ATOMIC.contains(&path) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(member, &format!("{path}/{name}"), fields);
            }
        }
        _ if IDENTITY.contains(&path) => {}
        _ => drop(fields.insert(path.to_owned())),
    }
}

fn remove(object: &mut Value, field: &str) {
    if let Some((parent, name)) = field.rsplit_once('/')
        && let Some(Value::Object(members)) = object.pointer_mut(parent)
    {
        members.remove(&name.replace("~1", "/").replace("~0", "~"));
    }
}
