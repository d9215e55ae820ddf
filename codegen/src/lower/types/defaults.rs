//! Lowers defaults of members to constants and accessors; values that were not sent are never made up.

use tablature_openapi::document::Schema;
use tablature_openapi::node::Value;

use crate::ir::DefaultValue;
use crate::lower::ask::{Ask, default_values};

/// The default of a member, where it is a value of its schema.
pub fn of_member<'d>(ask: &Ask<'d>, schema: &'d Schema) -> Option<DefaultValue> {
    let node = schema.default.as_ref().or(ask.target(schema).default.as_ref())?;
    if !default_values::is_valid(ask, schema, node) {
        return None;
    }
    let (text, json) = match &node.value {
        Value::Null => return None,
        Value::String(text) => (Some(text.clone()), node.to_string()),
        // `5.0` is an integer, too.
        Value::Number(number) => (
            None,
            number.as_i128().map_or_else(|| node.to_string(), |it| it.to_string()),
        ),
        _ => (None, node.to_string()),
    };
    Some(DefaultValue { text, json })
}
