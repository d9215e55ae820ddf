//! Intersects the values of `enum` and `const` over the parts of a schema.

use tablature_openapi::Span;
use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Value, ValueSet};

use crate::codes;
use crate::ir::Scalar;
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;

impl<'d> Shape<'d> {
    /// Takes the values that every part with values has.
    pub(super) fn take_values(&mut self, input: &Input<'d>) {
        let mut first: Option<Span> = None;
        for (span, values) in self.parts.clone().into_iter().flat_map(lists) {
            self.nullable |= values.iter().any(|it| matches!(it.value, Value::Null));
            let values: Vec<&'d Node> = values
                .into_iter()
                .filter(|it| !matches!(it.value, Value::Null))
                .collect();
            let (Some(known), Some(first)) = (&mut self.values, first) else {
                first = Some(span);
                self.values = Some(values);
                continue;
            };
            let before = known.len();
            let has_values = !values.is_empty();
            let values: ValueSet<'d> = values.into_iter().collect();
            known.retain(|it| values.get(it).is_some());
            if known.is_empty() && before > 0 && has_values {
                self.contradicted(input, (span, "none of these values is one of another part"), first);
                return;
            }
        }
        self.leave_out_other_types(input, first);
    }

    /// Leaves out values that are of none of the types, and tells of them.
    fn leave_out_other_types(&mut self, input: &Input<'d>, list: Option<Span>) {
        let (Some(values), Some(list)) = (&self.values, list) else {
            return;
        };
        if self.types.is_empty() || values.is_empty() {
            return;
        }
        let types = &self.types;
        // YAML has texts without quotes, and takes some of them for something else.
        let is_text = self.is_only(JsonType::String) && is_yaml(input, list);
        let (fitting, others): (Vec<&'d Node>, Vec<&'d Node>) = values
            .iter()
            .partition(|it| types.iter().any(|ty| is_of(it, *ty)) || is_text && text(it).is_some());
        for node in fitting.iter().filter(|it| it.as_str().is_none() && is_text) {
            let message = "this value is not a string: it is read as the text that is written here";
            let diagnostic = codes::VALUE_TYPE.at(node.span, message).as_warning();
            input.report(diagnostic.help("put it between quotes"));
        }
        let help = "correct the type or the values";
        let place = self.parts.iter().flat_map(|it| &it.types).map(|it| it.span).next();
        if fitting.is_empty() {
            let message = "none of the values is of the schema's type: nothing matches it";
            let diagnostic = codes::VALUE_TYPE.at(list, message).help(help);
            input.refuse(match place {
                Some(place) => diagnostic.related(place, "the type"),
                None => diagnostic,
            });
            self.is_contradicted = true;
            return;
        }
        for other in others {
            let message = "this value is not of the schema's type: it is left out";
            input.report(codes::VALUE_TYPE.at(other.span, message).as_warning().help(help));
        }
        self.types
            .retain(|ty| fitting.iter().any(|it| is_of(it, *ty)) || is_text);
        self.values = Some(fitting);
    }
}

fn is_yaml(input: &Input<'_>, place: Span) -> bool {
    let source = input.documents.sources().get(place.source);
    source.is_some_and(|it| !it.name.ends_with(".json"))
}

/// A value as a text, where the schema's type is string: as it is written, if it is one of those that YAML takes
/// for something else.
pub fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The lists of values of a part.
fn lists(part: &Schema) -> Vec<(Span, Vec<&Node>)> {
    let values = part.enumeration.iter().map(|it| (it.span, it.value.iter().collect()));
    let constant = part.constant.iter().map(|it| (it.span, vec![it]));
    values.chain(constant).collect()
}

/// Whether a value is of a type.
pub fn is_of(node: &Node, ty: JsonType) -> bool {
    match (&node.value, ty) {
        (Value::Null, JsonType::Null)
        | (Value::Bool(_), JsonType::Boolean)
        | (Value::Number(_), JsonType::Number)
        | (Value::String(_), JsonType::String)
        | (Value::Array(_), JsonType::Array)
        | (Value::Object(_), JsonType::Object) => true,
        (Value::Number(number), JsonType::Integer) => number.is_integer(),
        _ => false,
    }
}

/// A value that can be compared with that of a member.
pub fn scalar(node: &Node) -> Option<Scalar> {
    match &node.value {
        Value::String(text) => Some(Scalar::Text(text.clone())),
        Value::Bool(value) => Some(Scalar::Bool(*value)),
        Value::Number(number) => number
            .as_i128()
            .and_then(|it| i64::try_from(it).ok())
            .map(Scalar::Integer),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
