//! Decides whether a schema, or all schemas that describe one value, take `null`.

use tablature_openapi::document::{JsonType, Schema};

use crate::lower::ask::schema::has_shape;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::merged::Described;
use crate::lower::context::Context;

/// Whether all that describe a value, and say anything of its shape, take `null`.
pub fn takes_null<'d>(context: &mut Context<'d>, it: &Described<'d>) -> bool {
    let mut shaped = it.schemas.iter().filter(|it| has_shape(it)).peekable();
    if shaped.peek().is_none() {
        return is_nullable(context, it.schema);
    }
    shaped.all(|it| is_nullable(context, it))
}

/// Whether `null` is one of the values that a schema takes, itself or what it refers to.
pub fn is_nullable<'d>(context: &mut Context<'d>, schema: &'d Schema) -> bool {
    if schema.types.iter().any(|it| it.value == JsonType::Null) {
        return true;
    }
    let target = context.target(schema);
    if std::ptr::eq(target, schema) {
        Shape::of(context, schema).nullable
    } else {
        is_nullable(context, target)
    }
}
