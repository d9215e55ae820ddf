//! Holds a member, item or value that several parts of a schema may describe.

use tablature_openapi::Span;
use tablature_openapi::document::{JsonType, Schema};

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::{DATE_TIME, common, has_shape, only_choice, says_more_than_type};

/// What one or several schemas say of a value together.
#[derive(Clone)]
pub struct Described<'d> {
    /// The schema that says most of the shape.
    pub schema: &'d Schema,
    /// The place to tell of: that of its key, or its own.
    place: Span,
    /// All of the schemas.
    pub schemas: Vec<&'d Schema>,
    /// Whether none of them says all that the others say of the shape.
    pub is_merged: bool,
    /// Whether they contradict each other, and the run allows that: it is any JSON.
    pub is_contradicted: bool,
}

/// How two descriptions of one value go together.
enum Both<'d> {
    /// One says all of the shape that the other says.
    One(&'d Schema),
    /// Each says something of its own.
    Merged,
    /// No value matches both.
    None,
}

impl<'d> Described<'d> {
    /// What one schema says.
    pub fn by(schema: &'d Schema) -> Self {
        Self::at(schema.span, schema)
    }

    /// What one schema says, told of at another place.
    pub fn at(place: Span, schema: &'d Schema) -> Self {
        Self {
            schema,
            place,
            schemas: vec![schema],
            is_merged: false,
            is_contradicted: false,
        }
    }

    /// Adds what another schema says of the same; a contradiction is reported at the place and by the name.
    pub fn add(&mut self, input: &Input<'d>, schema: &'d Schema, (place, what): (Span, &str)) {
        self.schemas.push(schema);
        match both(input, self.schema, schema) {
            Both::One(schema) => self.schema = schema,
            Both::Merged => self.is_merged = true,
            Both::None => {
                self.is_contradicted = true;
                let message = format!("{what} is described twice by the parts of `allOf`, as different types");
                let diagnostic = codes::ALL_OF_CONFLICT
                    .at(place, message)
                    .related(self.place, "the other description")
                    .help("leave one of them");
                input.refuse(diagnostic);
            }
        }
    }
}

fn both<'d>(input: &Input<'d>, a: &'d Schema, b: &'d Schema) -> Both<'d> {
    let (behind_a, behind_b) = (behind(input, a), behind(input, b));
    if std::ptr::eq(behind_a, behind_b) || !has_shape(behind_b) {
        return Both::One(a);
    }
    if !has_shape(behind_a) {
        return Both::One(b);
    }
    let (types_a, types_b) = (types(behind_a), types(behind_b));
    if !types_a.is_empty() && !types_b.is_empty() && common(&types_a, &types_b).is_empty() {
        return Both::None;
    }
    let alike = types_a == types_b && format(behind_a) == format(behind_b);
    if alike && !says_more(behind_a) {
        return Both::One(b);
    }
    if alike && !says_more(behind_b) {
        return Both::One(a);
    }
    Both::Merged
}

/// What a schema comes down to, through references and choices of one.
fn behind<'d>(input: &Input<'d>, schema: &'d Schema) -> &'d Schema {
    let mut target = input.target(schema);
    // A circle of references has been reported on reading.
    for _ in 0..64 {
        let Some(choice) = only_choice(target).filter(|_| target.properties.is_empty()) else {
            break;
        };
        target = input.target(choice);
    }
    target
}

fn types(schema: &Schema) -> Vec<JsonType> {
    let types = schema.types.iter().map(|it| it.value);
    types.filter(|it| *it != JsonType::Null).collect()
}

fn format(schema: &Schema) -> Option<&str> {
    // Of a string one format alone changes the type.
    let format = schema.format.as_ref().map(|it| it.value.as_str());
    format.filter(|it| *it == DATE_TIME || types(schema) != [JsonType::String])
}

/// Whether it says more of the shape than a type and a format.
fn says_more(schema: &Schema) -> bool {
    schema.reference.is_some() || !schema.all_of.is_empty() || says_more_than_type(schema)
}
