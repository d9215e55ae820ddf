//! Finds the constants that the members of a variant must have.

use crate::ir::Scalar;
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::scalar;

/// A member and the values of which it must have one.
pub type Constant = (String, Vec<Scalar>);

/// Required members with constant values.
pub fn required<'d>(input: &Input<'d>, shape: &Shape<'d>) -> Vec<Constant> {
    let names = shape.required.iter().map(|it| it.value.as_str());
    some(names.map(|it| (it.to_owned(), of(input, shape, it))))
}

/// Members with constant values that may be absent.
pub fn optional<'d>(input: &Input<'d>, shape: &Shape<'d>) -> Vec<Constant> {
    let is_required = |name: &str| shape.required.iter().any(|it| it.value == name);
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

/// The texts that a member must have one of.
pub fn texts<'d>(input: &Input<'d>, shape: &Shape<'d>, name: &str) -> Vec<String> {
    let values = of(input, shape, name).into_iter();
    values
        .filter_map(|it| if let Scalar::Text(text) = it { Some(text) } else { None })
        .collect()
}
