//! Collects the alternatives of `oneOf` or `anyOf`, and warns if several parts of an `allOf` have their own.

use tablature_openapi::Span;
use tablature_openapi::document::{JsonType, Schema};

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;

/// The schemas of a `oneOf` or `anyOf` without `null`, and the place of the first.
struct Group<'d> {
    place: Span,
    choices: Vec<&'d Schema>,
}

impl<'d> Shape<'d> {
    /// Takes the choices. A list of which one choice is a part of the shape says nothing more of its values, as where a
    /// parent lists the children that extend it. A value that must match one of each of several lists has no type in
    /// Rust: what they say is not emitted, and told of.
    pub(super) fn take_choices(&mut self, input: &Input<'d>) {
        let mut groups: Vec<Group<'d>> = Vec::new();
        for part in self.parts.clone() {
            for list in [&part.one_of, &part.any_of] {
                let Some(first) = list.first() else { continue };
                self.nullable |= list.iter().any(|it| input.is_null(it));
                let is = |it: &'d Schema, part: &Schema| std::ptr::eq(input.target(it), part);
                // A schema that lists itself takes what the others take.
                let choices = list.iter().filter(|it| !input.is_null(it) && !is(it, part));
                let choices: Vec<&'d Schema> = choices.collect();
                if choices.iter().any(|it| self.parts.iter().any(|part| is(it, part))) {
                    continue;
                }
                let is_known = groups.iter().any(|it| same(input, &it.choices, &choices));
                if !choices.is_empty() && !is_known {
                    groups.push(Group {
                        place: first.span,
                        choices,
                    });
                }
            }
        }
        if let [first, .., last] = groups.as_slice() {
            let is_object = self.types.is_empty() || self.types.contains(&JsonType::Object);
            let message = if !self.properties.is_empty() {
                "values must match one of each of several choices: what these say of members is not emitted, and \
                 kept as unknown members"
            } else if is_object {
                "values must match one of each of several choices: emitted as any JSON"
            } else {
                "values must match one of each of several choices: which they match is not checked"
            };
            let diagnostic = codes::SEVERAL_CHOICES
                .at(last.place, message)
                .related(first.place, "the other choice");
            input.report(diagnostic);
            if self.properties.is_empty() && is_object {
                self.additional = None;
                self.required.clear();
            }
            self.discriminator = None;
            return;
        }
        self.choices = groups.into_iter().flat_map(|it| it.choices).collect();
    }
}

/// Whether both are lists of the same components.
fn same(input: &Input<'_>, a: &[&Schema], b: &[&Schema]) -> bool {
    let id = |it: &Schema| input.referenced_id(it);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| id(a).is_some() && id(a) == id(b))
}
