//! Finds the constants that the members of a variant must have.

use tablature_openapi::document::JsonType;

use crate::ir::Scalar;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::object_kind;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::scalar;

/// A member and the values of which it must have one.
pub type Constant = (String, Vec<Scalar>);

/// Required members with constant values.
pub fn required<'d>(input: &Input<'d>, shape: &Shape<'d>) -> Vec<Constant> {
    some(
        shape
            .required_in_answers()
            .map(|it| (it.to_owned(), of(input, shape, it))),
    )
}

/// Members with constant values that may be absent.
pub fn optional<'d>(input: &Input<'d>, shape: &Shape<'d>) -> Vec<Constant> {
    let is_required = |name: &str| shape.required_in_answers().any(|it| it == name);
    let names = shape.properties.iter().map(|it| it.name).filter(|it| !is_required(it));
    some(names.map(|it| (it.to_owned(), of(input, shape, it))))
}

fn some(constants: impl Iterator<Item = Constant>) -> Vec<Constant> {
    constants.filter(|(_, values)| !values.is_empty()).collect()
}

/// The values that a member must have one of: those of its `const`, or of its `enum`.
fn of<'d>(input: &Input<'d>, shape: &Shape<'d>, name: &str) -> Vec<Scalar> {
    let Some(property) = shape.properties.iter().find(|it| it.name == name) else {
        return Vec::new();
    };
    let mut common: Option<Vec<Scalar>> = None;
    for schema in property.value.schemas.iter().map(|it| input.target(it)) {
        let values = schema.enumeration.iter().flat_map(|it| &it.value);
        let found: Option<Vec<Scalar>> = schema.constant.iter().chain(values).map(scalar).collect();
        let found = found.unwrap_or_default();
        match &mut common {
            _ if found.is_empty() => {}
            Some(known) => known.retain(|it| found.contains(it)),
            None => common = Some(found),
        }
    }
    common.unwrap_or_default()
}

/// The values of a discriminating member that a schema fixes, `kind` as its objects of Kubernetes have it.
pub fn tags<'d>(input: &Input<'d>, shape: &Shape<'d>, name: &str) -> Vec<Scalar> {
    let values = of(input, shape, name);
    if values.is_empty() && name == "kind" {
        let kind = shape.parts.iter().find_map(|it| object_kind(it));
        return kind.map(|(_, kind)| Scalar::Text(kind)).into_iter().collect();
    }
    let values = values.into_iter();
    values
        .map(|it| match it {
            Scalar::Text(text) => tag(input, shape, name, &text),
            // YAML takes some texts without quotes for something else.
            other if is_of(input, shape, name, JsonType::String) => Scalar::Text(other.to_string()),
            other => other,
        })
        .collect()
}

/// The value of a discriminating member that the key of a mapping stands for, by the type of the member.
pub fn tag<'d>(input: &Input<'d>, shape: &Shape<'d>, name: &str, key: &str) -> Scalar {
    let integer = || {
        key.parse()
            .ok()
            .filter(|_| is_of(input, shape, name, JsonType::Integer))
    };
    let boolean = || {
        key.parse()
            .ok()
            .filter(|_| is_of(input, shape, name, JsonType::Boolean))
    };
    let number = integer().map(Scalar::Integer);
    let other = number.or_else(|| boolean().map(Scalar::Bool));
    other.unwrap_or_else(|| Scalar::Text(key.to_owned()))
}

/// Whether a member takes values of this type and no others beside `null`.
fn is_of<'d>(input: &Input<'d>, shape: &Shape<'d>, name: &str, ty: JsonType) -> bool {
    let members = shape.properties.iter().filter(|it| it.name == name);
    let mut schemas = members.flat_map(|it| &it.value.schemas).map(|it| input.target(it));
    schemas.any(|it| {
        let types = it.types.iter().map(|it| it.value).filter(|it| *it != JsonType::Null);
        types.collect::<Vec<_>>() == [ty]
    })
}
