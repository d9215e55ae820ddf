//! Merges `additionalProperties` and `patternProperties` of the parts of a schema.

use tablature_openapi::document::{JsonType, Schema};

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::has_shape;
use crate::lower::ask::schema::only_reference;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::merged::Described;

impl<'d> Shape<'d> {
    /// Takes the schema of other members, where all of them have one and the same type.
    pub(super) fn take_others(&mut self, input: &Input<'d>) {
        let parts = self.parts.clone();
        let stated = || parts.iter().filter_map(|it| it.additional_properties.as_deref());
        let mut rest: Option<Described<'d>> = None;
        for schema in stated().filter(|it| it.boolean.is_none()) {
            match &mut rest {
                Some(known) => known.add(input, schema, (schema.span, "each member without a name")),
                None => rest = Some(Described::by(schema)),
            }
        }
        let patterns: Vec<&'d Schema> = parts
            .iter()
            .flat_map(|it| &it.pattern_properties)
            .map(|(_, it)| it)
            .collect();
        let Some(first) = patterns.first() else {
            self.additional = rest;
            return;
        };
        let is_closed = stated().any(|it| it.boolean == Some(false));
        let alike = patterns.iter().copied().chain(rest.as_ref().map(|it| it.schema));
        let alike = alike.into_iter().all(|it| same_type(input, first, it));
        // Where a model has fields, members of another type are kept beside what is typed.
        let is_typed = alike && (is_closed || rest.is_some() || !self.properties.is_empty());
        if is_typed {
            self.additional = Some(Described::by(first));
            return;
        }
        let message = if alike {
            "members that match no pattern may be anything, so all are kept as any JSON"
        } else {
            "members are of different types by the patterns of their names, so all are kept as any JSON"
        };
        let help = if alike {
            "say `additionalProperties: false` where there are no others"
        } else {
            "read them by name, each as its type"
        };
        input.report(codes::PATTERN_PROPERTIES.at(first.span, message).help(help));
    }
}

/// Whether two schemas are certainly of one type.
fn same_type(input: &Input<'_>, a: &Schema, b: &Schema) -> bool {
    let plain = |it: &Schema| {
        let types: Vec<JsonType> = it.types.iter().map(|it| it.value).collect();
        let is_scalar = !types.is_empty() && types.iter().all(|it| !matches!(it, JsonType::Array | JsonType::Object));
        let is_plain = is_scalar && it.reference.is_none() && it.all_of.is_empty() && it.enumeration.is_none();
        let format = it.format.as_ref().map(|it| it.value.clone());
        (is_plain && it.constant.is_none()).then_some((types, format))
    };
    let id = |it: &Schema| {
        let reference = only_reference(it)?;
        input.schema_id(reference.span, &reference.value)
    };
    std::ptr::eq(a, b)
        || !has_shape(a) && !has_shape(b)
        || plain(a).is_some() && plain(a) == plain(b)
        || id(a).is_some() && id(a) == id(b)
}
