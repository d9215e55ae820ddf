//! Checking values against rules.

mod pattern;
mod place;

use std::collections::HashSet;

use serde::Serialize;

use super::rule::{Bounds, Check, Rule, Size, Step, Subject};
use super::{Member, Requirement, Validate, ValidateVariant, Violation, Violations};
use crate::Json;
use crate::excerpt::excerpt;
use crate::json::{canonical_number, compare_numbers, escape_to, is_multiple};
use crate::node::Node;
use crate::union::Union;
use place::Place;

/// Checks the values of the members of `model`, also those of models inside, against its rules.
///
/// Patterns are checked by the feature `pattern`; without it, and where one has no translation, it
/// counts as met. [`Violations::skipped`] tells which.
///
/// # Errors
/// All that is not as documented, each with its place.
pub fn validate<T: Validate + Serialize>(model: &T) -> Result<(), Violations> {
    checked(model, |checker, node| checker.object(node, T::RULES, Place::Top))
}

/// Checks what a union holds, as [`validate`] does.
///
/// # Errors
/// All that is not as documented, each with its place.
pub fn validate_variant<T: ValidateVariant + Serialize>(union: &T) -> Result<(), Violations> {
    checked(union, |checker, node| checker.variant(node, union.rules(), Place::Top))
}

/// Checks a value, as [`validate`] does. Each of the rules is one of the value itself.
///
/// # Errors
/// All that is not as documented, each with its place.
pub fn validate_value<T: Serialize + ?Sized>(value: &T, rules: &[Rule]) -> Result<(), Violations> {
    checked(value, |checker, node| checker.variant(node, rules, Place::Top))
}

/// The rules of the variant as which a union reads a value; none where it reads none.
#[must_use]
pub fn of_variant<T: ValidateVariant + Union>(value: &Json) -> &'static [Rule] {
    T::read(value.clone()).map_or(&[], |union| union.rules())
}

/// Whether the regular expression of a rule, of ECMA-262, can be checked: it needs neither a look around nor a
/// reference to a group.
#[cfg(feature = "pattern")]
#[must_use]
pub fn is_checkable(pattern: &str) -> bool {
    pattern::compile(pattern).is_some()
}

fn checked<T: Serialize + ?Sized>(value: &T, check: impl FnOnce(&mut Checker<'_>, &Node)) -> Result<(), Violations> {
    let mut found = Violations::default();
    match Node::new(value) {
        Ok(node) => check(
            &mut Checker {
                found: &mut found,
                secret: false,
            },
            &node,
        ),
        Err(error) => found.all.push(Violation {
            path: error.path().unwrap_or_default().to_owned(),
            expected: Requirement::Written,
            value: excerpt(error.message()).to_string(),
        }),
    }
    if found.all.is_empty() { Ok(()) } else { Err(found) }
}

/// What a size that is too small, and one that is too large, should be.
type Kinds = (fn(u64) -> Requirement, fn(u64) -> Requirement);

struct Checker<'a> {
    found: &'a mut Violations,
    /// Whether what is checked is secret.
    secret: bool,
}

impl Checker<'_> {
    fn object(&mut self, node: &Node, rules: &[Rule], place: Place<'_>) {
        let Node::Object(members) = node else {
            return;
        };
        for rule in rules {
            let subject = |name: &str| match rule.subject {
                Subject::Member(member) => name == member,
                Subject::Others(known) => known.iter().map(Member::name).all(|it| name != it),
                Subject::Itself => false,
            };
            if let Subject::Itself = rule.subject {
                self.rule(node, rule, place);
            }
            for (name, value) in members.iter().filter(|(name, _)| subject(name)) {
                self.rule(value, rule, Place::Member(&place, name));
            }
        }
    }

    fn variant(&mut self, node: &Node, rules: &[Rule], place: Place<'_>) {
        for rule in rules {
            self.rule(node, rule, place);
        }
    }

    fn rule(&mut self, node: &Node, rule: &Rule, place: Place<'_>) {
        let steps = rule.steps.get(..rule.depth).unwrap_or_default();
        let outer = self.secret;
        self.secret |= rule.secret;
        self.steps(node, steps, &rule.check, place);
        self.secret = outer;
    }

    fn steps(&mut self, node: &Node, steps: &[Step], check: &Check, place: Place<'_>) {
        match (steps.split_first(), node) {
            (None, _) => self.check(node, check, place),
            (Some((Step::Items, rest)), Node::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.steps(item, rest, check, Place::Item(&place, index));
                }
            }
            (Some((Step::Item(index), rest)), Node::List(items)) => {
                if let Some(item) = items.get(*index) {
                    self.steps(item, rest, check, Place::Item(&place, *index));
                }
            }
            (Some((Step::Values, rest)), Node::Object(members)) => {
                for (name, value) in members {
                    self.steps(value, rest, check, Place::Member(&place, name));
                }
            }
            _ => {}
        }
    }

    fn check(&mut self, node: &Node, check: &Check, place: Place<'_>) {
        match (check, node) {
            (Check::Rules(rules), Node::Object(_)) => self.object(node, rules(), place),
            (Check::Variant(rules), _) => self.variant(node, rules(&Json::from_text(&node.to_json())), place),
            (Check::Text { size, pattern }, Node::String(text)) => {
                let length = text.chars().count();
                let kinds: Kinds = (Requirement::MinLength, Requirement::MaxLength);
                self.size(length, *size, kinds, node, place);
                if let Some(pattern) = pattern {
                    self.expect(
                        pattern::is_match(pattern, text),
                        Requirement::Pattern(pattern),
                        pattern,
                        node,
                        place,
                    );
                }
            }
            (Check::Number(bounds), Node::Number(text)) => self.number(text, bounds, node, place),
            (Check::List { size, unique }, Node::List(items)) => {
                let kinds: Kinds = (Requirement::MinItems, Requirement::MaxItems);
                self.size(items.len(), *size, kinds, node, place);
                if *unique && !is_unique(items) {
                    self.violation(Requirement::UniqueItems, node, place);
                }
            }
            (Check::Map(size), Node::Object(members)) => {
                let kinds: Kinds = (Requirement::MinProperties, Requirement::MaxProperties);
                self.size(members.len(), *size, kinds, node, place);
            }
            _ => {}
        }
    }

    fn size(&mut self, size: usize, allowed: Size, (min, max): Kinds, node: &Node, place: Place<'_>) {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        if let Some(bound) = allowed.min.filter(|bound| size < *bound) {
            self.violation(min(bound), node, place);
        }
        if let Some(bound) = allowed.max.filter(|bound| size > *bound) {
            self.violation(max(bound), node, place);
        }
    }

    fn number(&mut self, text: &str, bounds: &Bounds, node: &Node, place: Place<'_>) {
        let compared = |bound: &&'static str| compare_numbers(text, bound);
        let broken = [
            bounds
                .at_least
                .filter(|it| compared(it).is_lt())
                .map(Requirement::AtLeast),
            bounds
                .at_most
                .filter(|it| compared(it).is_gt())
                .map(Requirement::AtMost),
            bounds.above.filter(|it| compared(it).is_le()).map(Requirement::Above),
            bounds.below.filter(|it| compared(it).is_ge()).map(Requirement::Below),
        ];
        for expected in broken.into_iter().flatten() {
            self.violation(expected, node, place);
        }
        if let Some(step) = bounds.multiple_of {
            self.expect(
                is_multiple(text, step),
                Requirement::MultipleOf(step),
                step,
                node,
                place,
            );
        }
    }

    /// Notes what is not met, or could not be checked.
    fn expect(
        &mut self,
        is_met: Option<bool>,
        expected: Requirement,
        rule: &'static str,
        node: &Node,
        place: Place<'_>,
    ) {
        match is_met {
            Some(true) => {}
            Some(false) => self.violation(expected, node, place),
            None if self.found.skipped.contains(&rule) => {}
            None => self.found.skipped.push(rule),
        }
    }

    fn violation(&mut self, expected: Requirement, node: &Node, place: Place<'_>) {
        self.found.all.push(Violation {
            path: place.to_string(),
            expected,
            value: match self.secret {
                true => "<redacted>".to_owned(),
                false => excerpt(&node.to_json()).to_string(),
            },
        });
    }
}

fn is_unique(items: &[Node]) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().all(|item| {
        let mut text = String::new();
        canonical(item, &mut text);
        seen.insert(text)
    })
}

/// Writes a text that two values share if they are the same JSON value.
fn canonical(node: &Node, out: &mut String) {
    match node {
        Node::Number(text) => out.push_str(&canonical_number(text)),
        Node::List(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Node::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            out.push('{');
            for (name, value) in members {
                escape_to(name, out);
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        _ => out.push_str(&node.to_json()),
    }
}
