//! Questions to the documents, each answered once. Nothing in here knows Rust types or names.

pub mod children;
pub mod default_values;
pub mod drafts;
pub mod duplicates;
pub mod form_bodies;
pub mod input;
pub mod media_type;
pub mod nested_values;
pub mod operation_site;
pub mod schema;
pub mod secrets;
pub mod shape;
pub mod short_names;
pub mod webhook_site;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::{Documents, Report};

use crate::lower::ask::children::Children;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::has_shape;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::merged::Described;
use crate::lower::options::Options;

/// What the documents say. Each question is answered once, and what is wrong is found with the first answer.
pub struct Ask<'d> {
    input: Input<'d>,
    /// What extends schemas with a discriminator.
    pub children: Children,
    shapes: RefCell<HashMap<Question, Rc<Shape<'d>>>>,
}

/// The schemas of which a shape is made, by their addresses: the one that stands in the place, then all.
#[derive(PartialEq, Eq, Hash)]
struct Question {
    is_choice: bool,
    schemas: Vec<*const Schema>,
}

impl<'d> Deref for Ask<'d> {
    type Target = Input<'d>;

    fn deref(&self) -> &Input<'d> {
        &self.input
    }
}

impl<'d> Ask<'d> {
    /// Nothing asked yet of these documents.
    pub fn new(documents: &'d Documents, options: &'d Options) -> Self {
        let input = Input::new(documents, options);
        Self {
            children: children::find(documents, &input.all_schemas()),
            input,
            shapes: RefCell::default(),
        }
    }

    /// The shape of a schema.
    pub fn shape(&self, schema: &'d Schema) -> Rc<Shape<'d>> {
        self.shape_of_all(schema, &[schema])
    }

    /// The shape of a schema that several schemas describe together.
    pub fn shape_of_all(&self, schema: &'d Schema, together: &[&'d Schema]) -> Rc<Shape<'d>> {
        self.once(false, schema, together, || Shape::of_all(&self.input, schema, together))
    }

    /// The shape of one of the choices of a schema, with what stands beside the choices.
    pub fn shape_of_choice(&self, schema: &'d Schema, beside: &'d Schema) -> Rc<Shape<'d>> {
        let together = [beside, schema];
        self.once(true, schema, &together, || {
            let inner = self.shape(self.target(schema));
            Shape::of_choice(&self.input, schema, &together, inner.choices.clone())
        })
    }

    fn once(
        &self,
        is_choice: bool,
        schema: &'d Schema,
        together: &[&'d Schema],
        answer: impl FnOnce() -> Shape<'d>,
    ) -> Rc<Shape<'d>> {
        let schemas = std::iter::once(schema).chain(together.iter().copied());
        let schemas = schemas.map(std::ptr::from_ref).collect();
        let question = Question { is_choice, schemas };
        if let Some(known) = self.shapes.borrow().get(&question) {
            return Rc::clone(known);
        }
        let shape = Rc::new(answer());
        self.shapes.borrow_mut().insert(question, Rc::clone(&shape));
        shape
    }

    /// Whether all schemas that describe a value, and say anything of its shape, take `null`.
    pub fn takes_null(&self, value: &Described<'d>) -> bool {
        let mut shaped = value.schemas.iter().filter(|it| has_shape(it)).peekable();
        if shaped.peek().is_none() {
            return self.is_nullable(value.schema);
        }
        shaped.all(|it| self.is_nullable(it))
    }

    /// Whether `null` is one of the values that a schema takes, itself or what it refers to.
    fn is_nullable(&self, schema: &'d Schema) -> bool {
        if schema.types.iter().any(|it| it.value == JsonType::Null) {
            return true;
        }
        let target = self.target(schema);
        if std::ptr::eq(target, schema) {
            self.shape(schema).nullable
        } else {
            self.is_nullable(target)
        }
    }

    /// All findings.
    pub fn into_report(self) -> Report {
        self.input.into_report()
    }
}
