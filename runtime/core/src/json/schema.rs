//! JSON Schemas as documents state them, for emitted code.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The schema in `stated`, in which the values at these JSON Pointers are replaced by other schemas: the body of an
/// emitted `schemars::JsonSchema`. A text that is no schema takes anything.
#[doc(hidden)]
#[must_use]
pub fn schema<S>(stated: &str, references: impl IntoIterator<Item = (&'static str, S)>) -> S
where
    S: DeserializeOwned + From<bool> + Serialize,
{
    let read = || {
        let mut schema: Value = serde_json::from_str(stated)?;
        for (pointer, referred) in references {
            if let Some(reference) = schema.pointer_mut(pointer) {
                *reference = serde_json::to_value(referred)?;
            }
        }
        serde_json::from_value(schema)
    };
    read().unwrap_or_else(|_| S::from(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_where_they_stand() {
        let stated =
            r##"{"items": {"$ref": "#/a"}, "properties": {"a/b": {"$ref": "#/a"}}, "const": {"$ref": "#/a"}}"##;
        let referred = [("/items", Value::from(true)), ("/properties/a~1b", Value::from(false))];
        let expected = r##"{"const":{"$ref":"#/a"},"items":true,"properties":{"a/b":false}}"##;
        assert_eq!(schema::<Value>(stated, referred).to_string(), expected);
        assert_eq!(schema::<Value>("{", []), Value::from(true));
    }
}
