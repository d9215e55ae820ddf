//! Merges all that a schema says of a value: its keywords, those of its `allOf`, and those behind a reference.

mod additional;
mod alternatives;
pub mod enum_values;
pub mod merged;
pub mod value_texts;

use tablature_openapi::document::{Discriminator, JsonType, Schema};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::common;
use crate::lower::ask::shape::merged::Described;

/// The parts of a schema as one.
#[derive(Clone)]
pub struct Shape<'d> {
    /// The schema itself, for what is said of it in its place.
    pub schema: &'d Schema,
    /// Its types without `null`; where it names none, those that its keywords speak of.
    pub types: Vec<JsonType>,
    /// Whether it names no type, so that values of other types than its keywords speak of are as good.
    pub is_typeless: bool,
    /// Whether it takes `null`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<&'d Spanned<String>>,
    /// The values of `enum` or `const` without `null`.
    pub values: Option<Vec<&'d Node>>,
    /// Properties, in order.
    pub properties: Vec<Property<'d>>,
    /// Names of properties that must be there.
    pub required: Vec<&'d Spanned<String>>,
    /// The schema of members that are no property, where all have the same.
    pub additional: Option<Described<'d>>,
    /// The schema of items.
    pub items: Option<Described<'d>>,
    /// The schemas of the first items.
    pub prefix_items: &'d [Schema],
    /// The members of `oneOf` or `anyOf` without `null`.
    pub choices: Vec<&'d Schema>,
    /// What tells the choices apart.
    pub discriminator: Option<&'d Discriminator>,
    /// Whether its parts contradict each other, and the run allows that: it is any JSON.
    pub is_contradicted: bool,
    /// The schemas that say all this.
    pub parts: Vec<&'d Schema>,
}

/// A property and the place of its key.
#[derive(Clone)]
pub struct Property<'d> {
    /// Its name.
    pub name: &'d str,
    /// The place of its key.
    pub key: Span,
    /// What describes it.
    pub value: Described<'d>,
    /// Whether only requests have it.
    pub is_write_only: bool,
}

impl<'d> Shape<'d> {
    /// The shape of a schema that several schemas describe together.
    pub fn of_all(input: &Input<'d>, schema: &'d Schema, together: &[&'d Schema]) -> Self {
        let mut shape = Self::without_choices(input, schema, together);
        shape.take_choices(input);
        shape.finish(input, together);
        shape
    }

    /// The shape of one of the choices of a schema, with what stands beside the choices. `inner` are the choices of
    /// the choice itself.
    pub fn of_choice(input: &Input<'d>, schema: &'d Schema, together: &[&'d Schema], inner: Vec<&'d Schema>) -> Self {
        let mut shape = Self::without_choices(input, schema, together);
        shape.choices = inner;
        shape.finish(input, together);
        shape.discriminator = None;
        shape
    }

    fn without_choices(input: &Input<'d>, schema: &'d Schema, together: &[&'d Schema]) -> Self {
        let mut parts = Vec::new();
        for part in together {
            input.all_of(part, &mut parts);
        }
        let mut shape = Self {
            schema,
            types: Vec::new(),
            is_typeless: false,
            nullable: false,
            format: None,
            values: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            items: None,
            prefix_items: &[],
            choices: Vec::new(),
            discriminator: None,
            is_contradicted: false,
            parts,
        };
        shape.take_types(input);
        for part in shape.parts.clone() {
            shape.take(input, part);
        }
        shape.take_values(input);
        shape.take_others(input);
        shape
    }

    fn finish(&mut self, input: &Input<'d>, together: &[&'d Schema]) {
        self.imply_types();
        self.drop_ineffective(input);
        self.nullable |= self.is_nullable(together);
    }

    /// The types that all parts name.
    fn take_types(&mut self, input: &Input<'d>) {
        let mut first: Option<Span> = None;
        for part in self.parts.clone() {
            let named = part.types.iter().filter(|it| it.value != JsonType::Null);
            let types: Vec<JsonType> = named.clone().map(|it| it.value).collect();
            let Some(span) = named.clone().next().map(|it| it.span) else {
                continue;
            };
            let Some(first) = first else {
                first = Some(span);
                self.types = types;
                continue;
            };
            let both = common(&self.types, &types);
            if both.is_empty() {
                self.contradicted(
                    input,
                    (span, "no value is of this type and of that of another part"),
                    first,
                );
                return;
            }
            self.types = both;
        }
    }

    /// Reports parts that no value matches together.
    fn contradicted(&mut self, input: &Input<'d>, (span, message): (Span, &str), other: Span) {
        self.is_contradicted = true;
        let diagnostic = codes::ALL_OF_CONFLICT
            .at(span, message)
            .related(other, "the other part")
            .help("leave one of them, or make them `oneOf`");
        input.refuse(diagnostic);
    }

    fn take(&mut self, input: &Input<'d>, part: &'d Schema) {
        self.take_format(part);
        for (name, property) in &part.properties {
            self.add(input, name, property.key, &property.item);
        }
        for name in &part.required {
            if self.required.iter().all(|it| it.value != name.value) {
                self.required.push(name);
            }
        }
        if let Some(items) = part.items.as_deref() {
            match &mut self.items {
                Some(known) => known.add(input, items, (items.span, "an item of this list")),
                None => self.items = Some(Described::by(items)),
            }
        }
        if self.prefix_items.is_empty() {
            self.prefix_items = &part.prefix_items;
        }
        self.discriminator = self.discriminator.or(part.discriminator.as_deref());
    }

    /// Of two formats of integers the one with fewer values stands, of others the first.
    fn take_format(&mut self, part: &'d Schema) {
        let small = |it: &Spanned<String>| match it.value.as_str() {
            "int8" | "uint8" | "int16" | "uint16" | "int32" => 0,
            "uint32" => 1,
            "int64" => 2,
            _ => 3,
        };
        let Some(format) = &part.format else { return };
        let is_smaller = self.format.is_none_or(|known| small(format) < small(known));
        if is_smaller {
            self.format = Some(format);
        }
    }

    /// Adds a property, or what another part says of one.
    fn add(&mut self, input: &Input<'d>, name: &'d str, key: Span, schema: &'d Schema) {
        let is_write_only = schema.write_only || input.target(schema).write_only;
        match self.properties.iter_mut().find(|it| it.name == name) {
            Some(known) => {
                known.value.add(input, schema, (key, &format!("`{name}`")));
                known.is_write_only |= is_write_only;
            }
            None => self.properties.push(Property {
                name,
                key,
                value: Described::at(key, schema),
                is_write_only,
            }),
        }
    }

    /// A part of `allOf` that takes null does not make the whole take it, unless all of them do.
    fn is_nullable(&self, together: &[&'d Schema]) -> bool {
        let mut typed = self.parts.iter().filter(|it| !it.types.is_empty()).peekable();
        let takes_null = |it: &&Schema| it.types.iter().any(|ty| ty.value == JsonType::Null);
        let all = typed.peek().is_some() && typed.all(takes_null);
        all || together.iter().any(takes_null)
    }

    /// Types that the keywords speak of, where none is named.
    fn imply_types(&mut self) {
        if !self.types.is_empty() || !self.choices.is_empty() {
            return;
        }
        self.is_typeless = self.values.is_none();
        if !self.properties.is_empty() || self.additional.is_some() {
            self.types.push(JsonType::Object);
        } else if self.items.is_some() || !self.prefix_items.is_empty() {
            self.types.push(JsonType::Array);
        } else if let Some(values) = &self.values {
            if values.iter().all(|it| matches!(it.value, Value::String(_))) {
                self.types.push(JsonType::String);
            } else if values.iter().all(|it| it.as_number().is_some_and(|it| it.is_integer())) {
                self.types.push(JsonType::Integer);
            }
        }
    }

    /// Takes away what is said of objects where no value is an object, and tells of it.
    fn drop_ineffective(&mut self, input: &Input<'d>) {
        if self.types.is_empty() || self.types.contains(&JsonType::Object) {
            return;
        }
        if let Some(property) = self.properties.first() {
            let message = "no value of this schema is an object, so `properties` says nothing";
            input.report(codes::KEYWORD_WITHOUT_EFFECT.at(property.key, message));
        }
        self.properties.clear();
        self.required.clear();
        self.additional = None;
    }

    /// The JSON types of its values where these are several and not all that there are. An integer is a number.
    pub fn several_types(&self) -> Option<Vec<JsonType>> {
        let has_numbers = self.types.contains(&JsonType::Number);
        let types = self.types.iter().copied();
        let types: Vec<JsonType> = types.filter(|it| !has_numbers || *it != JsonType::Integer).collect();
        (2..5).contains(&types.len()).then_some(types)
    }

    /// The members that are there wherever a value is read: a server does not send what is `writeOnly`.
    pub fn required_in_answers(&self) -> impl Iterator<Item = &'d str> + '_ {
        let is_write_only = |name: &str| self.properties.iter().any(|it| it.is_write_only && it.name == name);
        let names = self.required.iter().map(|it| it.value.as_str());
        names.filter(move |it| !is_write_only(it))
    }

    /// What it says of values of one type.
    pub fn of_type(&self, ty: JsonType) -> Self {
        let mut one = self.clone();
        one.types = vec![ty];
        one.is_typeless = false;
        one.nullable = false;
        one.values = one
            .values
            .map(|it| it.into_iter().filter(|it| enum_values::is_of(it, ty)).collect());
        if ty != JsonType::Object {
            one.properties.clear();
            one.required.clear();
            one.additional = None;
        }
        if ty != JsonType::Array {
            one.items = None;
            one.prefix_items = &[];
        }
        let has_format = matches!(ty, JsonType::String | JsonType::Integer | JsonType::Number);
        one.format = one.format.filter(|_| has_format);
        one
    }

    /// Whether it takes `null` and nothing else.
    pub fn is_only_null(&self) -> bool {
        let names_null = |it: &&Schema| !it.types.is_empty() && it.types.iter().all(|it| it.value == JsonType::Null);
        let has_no_value = self.values.as_ref().is_some_and(Vec::is_empty);
        self.nullable && self.choices.is_empty() && (has_no_value || self.parts.iter().any(names_null))
    }

    /// Whether it takes this type and no other beside `null`.
    pub fn is_only(&self, ty: JsonType) -> bool {
        self.types == [ty]
    }
}
