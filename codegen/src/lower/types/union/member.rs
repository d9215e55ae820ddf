//! Describes a variant of a union before its type is known.

use std::rc::Rc;

use tablature_openapi::document::Schema;

use crate::lower::ask::shape::Shape;
use crate::lower::types::union::alternatives::Leaf;
use crate::lower::types::union::plain_forms::Form;

/// A variant before its type is known.
pub struct Member<'d> {
    /// The schema in `oneOf` or `anyOf`.
    pub schema: &'d Schema,
    /// Its shape, with what stands beside the choices.
    pub shape: Rc<Shape<'d>>,
    /// The JSON types that it takes.
    pub leaves: Vec<Leaf<'d>>,
    /// What its values are, where that is no more than a JSON type.
    pub form: Option<Form>,
    /// Others of the same form: only one of them is a variant.
    pub alike: Vec<&'d Schema>,
}
