//! Lowers defaults of members to constants and accessors; values that were not sent are never made up.

use tablature_openapi::document::Schema;
use tablature_openapi::node::Value;

use crate::ir::{DefaultValue, Type};

/// The default of a member, where its type can say it as a constant.
pub fn of_member(schema: &Schema, target: &Schema, ty: &Type) -> Option<DefaultValue> {
    let node = schema.default.as_ref().or(target.default.as_ref())?;
    match (&node.value, ty) {
        (Value::Bool(value), Type::Bool) => Some(DefaultValue::Bool(*value)),
        (Value::Number(number), Type::I32) => number
            .as_i128()
            .and_then(|it| i32::try_from(it).ok())
            .map(|it| DefaultValue::Integer(it.into())),
        (Value::Number(number), Type::I64) => number
            .as_i128()
            .and_then(|it| i64::try_from(it).ok())
            .map(DefaultValue::Integer),
        (Value::String(text), Type::String | Type::Named(_)) => Some(DefaultValue::Text(text.clone())),
        _ => None,
    }
}
