//! Flattens a variant into pairs of JSON type and shape, looking through nested choices.

use std::rc::Rc;

use tablature_openapi::document::{JsonType, Schema};

use crate::ir::JsonKind;
use crate::lower::ask::Ask;
use crate::lower::ask::schema::is_int_or_string;
use crate::lower::ask::shape::Shape;

/// How many choices among choices are looked into.
const MOST: usize = 256;

/// A JSON type that a variant takes, and what the document says of such values.
#[derive(Clone)]
pub struct Leaf<'d> {
    /// The variant, as an index.
    pub variant: usize,
    /// The JSON type.
    pub kind: JsonKind,
    /// What the document says.
    pub shape: Rc<Shape<'d>>,
}

/// The shape of a schema together with what stands beside the choice that it is of.
pub fn shape_of<'d>(ask: &Ask<'d>, schema: &'d Schema, beside: Option<&'d Schema>) -> Rc<Shape<'d>> {
    match beside {
        Some(beside) => ask.shape_of_choice(schema, beside),
        None => ask.shape(ask.target(schema)),
    }
}

/// What a variant of this shape takes; nothing where it takes any value.
pub fn of<'d>(ask: &Ask<'d>, shape: &Rc<Shape<'d>>, variant: usize) -> Vec<Leaf<'d>> {
    let mut leaves = Vec::new();
    let takes_any = !collect(ask, shape, variant, &mut Vec::new(), &mut leaves);
    if takes_any { Vec::new() } else { leaves }
}

/// Whether the types are known. What was `seen` on the way takes no more than it did there.
fn collect<'d>(
    ask: &Ask<'d>,
    shape: &Rc<Shape<'d>>,
    variant: usize,
    seen: &mut Vec<Rc<Shape<'d>>>,
    leaves: &mut Vec<Leaf<'d>>,
) -> bool {
    if seen.iter().any(|it| Rc::ptr_eq(it, shape)) {
        return true;
    }
    seen.push(Rc::clone(shape));
    let mut leaf = |kind| {
        leaves.push(Leaf {
            variant,
            kind,
            shape: Rc::clone(shape),
        });
    };
    if is_int_or_string(shape.schema) {
        leaf(JsonKind::Integer);
        leaf(JsonKind::String);
        return true;
    }
    if !shape.choices.is_empty() && seen.len() < MOST {
        let beside = (!shape.properties.is_empty()).then_some(shape.schema);
        let inner = shape.choices.clone();
        return inner.into_iter().all(|it| {
            let inner = shape_of(ask, it, beside);
            collect(ask, &inner, variant, seen, leaves)
        });
    }
    let kinds = kinds(shape);
    kinds.iter().for_each(|it| leaf(*it));
    !kinds.is_empty()
}

/// The JSON types of a shape beside `null`; none where it takes any value.
fn kinds(shape: &Shape<'_>) -> Vec<JsonKind> {
    let takes = |ty| shape.types.contains(&ty);
    let all = [
        (takes(JsonType::Boolean), JsonKind::Bool),
        (takes(JsonType::Integer) && !takes(JsonType::Number), JsonKind::Integer),
        (takes(JsonType::Number), JsonKind::Number),
        (takes(JsonType::String), JsonKind::String),
        (takes(JsonType::Array), JsonKind::Array),
        (
            takes(JsonType::Object) || shape.types.is_empty() && !shape.required.is_empty(),
            JsonKind::Object,
        ),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind).collect()
}
