//! Lowers constraints of members to validation rules.

use std::cmp::Ordering;

use tablature_openapi::Spanned;
use tablature_openapi::document::Schema;
use tablature_openapi::node::Number;

use crate::codes;
use crate::ir::MOST_STEPS;
use crate::ir::{Rule, RuleKind, Step, Subject};
use crate::lower::ask::Ask;
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::only_choice;
use crate::lower::ask::secrets::is_secret;
use crate::lower::ask::shape::Shape;

/// The rules that the schemas of a member or a variant state, of its items and values too.
pub fn of_named<'d>(ask: &Ask<'d>, name: &str, schemas: &[&'d Schema]) -> Vec<Rule> {
    of(ask, &Subject::Named(name.to_owned()), schemas)
}

/// The rules of the members of a model that have no field.
pub fn of_others<'d>(ask: &Ask<'d>, shape: &Shape<'d>) -> Vec<Rule> {
    if shape.parts.iter().any(|it| !it.pattern_properties.is_empty()) {
        return Vec::new();
    }
    let parts = shape.parts.iter();
    let schemas: Vec<&'d Schema> = parts.filter_map(|it| it.additional_properties.as_deref()).collect();
    of(ask, &Subject::Others, &schemas)
}

/// The rule of how many members a model has.
pub fn of_itself(shape: &Shape<'_>, is_secret: bool) -> Option<Rule> {
    let kind = map(&shape.parts)?;
    Some(Rule {
        subject: Subject::Itself,
        steps: Vec::new(),
        kind,
        is_secret,
    })
}

fn of<'d>(ask: &Ask<'d>, subject: &Subject, schemas: &[&'d Schema]) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut collector = Collector {
        input: ask,
        subject,
        steps: Vec::new(),
        rules: &mut rules,
        is_secret: is_secret(ask, schemas),
    };
    collector.value(schemas);
    rules
}

struct Collector<'a, 'd> {
    input: &'a Input<'d>,
    subject: &'a Subject,
    steps: Vec<Step>,
    rules: &'a mut Vec<Rule>,
    is_secret: bool,
}

impl<'d> Collector<'_, 'd> {
    /// The rules of a value that all these schemas describe.
    fn value(&mut self, schemas: &[&'d Schema]) {
        let (parts, is_model) = parts(self.input, schemas);
        let kinds = kinds(&parts);
        if self.steps.len() > MOST_STEPS {
            if let (Some(part), true) = (schemas.first(), is_model || !kinds.is_empty()) {
                let message = "what is asked of values in more than four lists or maps is not checked";
                let diagnostic = codes::UNCHECKED_KEYWORD.at(part.span, message);
                self.input
                    .report(diagnostic.help("move an inner list to `components/schemas`"));
            }
            return;
        }
        self.rules.extend(kinds.into_iter().map(|kind| Rule {
            subject: self.subject.clone(),
            steps: self.steps.clone(),
            kind,
            is_secret: self.is_secret,
        }));
        if is_model {
            return;
        }
        let items: Vec<&'d Schema> = parts.iter().filter_map(|it| it.items.as_deref()).collect();
        if parts.iter().all(|it| it.prefix_items.is_empty()) {
            self.inside(Step::Items, &items);
        }
        let first = parts.iter().find(|it| !it.prefix_items.is_empty());
        for (index, item) in first.iter().flat_map(|it| &it.prefix_items).enumerate() {
            self.inside(Step::Item(index), &[item]);
        }
        if parts.iter().all(|it| it.pattern_properties.is_empty()) {
            let values = parts.iter().filter_map(|it| it.additional_properties.as_deref());
            self.inside(Step::Values, &values.collect::<Vec<_>>());
        }
    }

    fn inside(&mut self, step: Step, schemas: &[&'d Schema]) {
        // One step beyond the most is looked at, to tell of it.
        if !schemas.is_empty() && self.steps.len() <= MOST_STEPS {
            self.steps.push(step);
            self.value(schemas);
            self.steps.pop();
        }
    }
}

/// The parts of some schemas that state rules where they stand, and whether they are a model, whose own parts
/// state its own rules.
fn parts<'d>(input: &Input<'d>, schemas: &[&'d Schema]) -> (Vec<&'d Schema>, bool) {
    let mut parts = Vec::new();
    let mut own: Vec<&'d Schema> = Vec::new();
    for schema in schemas {
        let mut schema = *schema;
        input.all_of(schema, &mut parts);
        // What `oneOf: [X, null]` asks is what X asks.
        for _ in 0..64 {
            let target = input.target(schema);
            let Some(choice) = only_choice(target) else {
                input.all_of(target, &mut own);
                break;
            };
            input.all_of(choice, &mut parts);
            schema = choice;
        }
    }
    let is_model = own
        .iter()
        .any(|it| !it.properties.is_empty() || !it.required.is_empty());
    if is_model {
        parts.retain(|part| own.iter().all(|it| !std::ptr::eq(*it, *part)));
    }
    (parts, is_model)
}

fn kinds(parts: &[&Schema]) -> Vec<RuleKind> {
    let mut kinds = text(parts);
    kinds.extend(numbers(parts));
    kinds.extend(list(parts));
    kinds.extend(map(parts));
    kinds
}

/// The largest of lower bounds, the smallest of upper ones.
fn tightest<'s>(
    parts: &[&'s Schema],
    of: fn(&'s Schema) -> Option<&'s Spanned<Number>>,
    tighter: Ordering,
) -> Option<String> {
    let bounds = parts.iter().filter_map(|it| of(it)).map(|it| &it.value);
    let found = bounds.reduce(|a, b| if b.compare(a) == Some(tighter) { b } else { a });
    found.map(|it| it.as_str().to_owned())
}

fn largest<'s>(parts: &[&'s Schema], of: fn(&'s Schema) -> Option<&'s Spanned<u64>>) -> Option<u64> {
    parts.iter().filter_map(|it| of(it)).map(|it| it.value).max()
}

fn smallest<'s>(parts: &[&'s Schema], of: fn(&'s Schema) -> Option<&'s Spanned<u64>>) -> Option<u64> {
    parts.iter().filter_map(|it| of(it)).map(|it| it.value).min()
}

/// Texts that several parts state, each once.
fn each_once<'s>(parts: &[&'s Schema], of: fn(&'s Schema) -> Option<&'s str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in parts.iter().filter_map(|it| of(it)) {
        if out.iter().all(|it| it != text) {
            out.push(text.to_owned());
        }
    }
    out
}

fn text(parts: &[&Schema]) -> Vec<RuleKind> {
    let min = largest(parts, |it| it.limits.min_length.as_ref());
    let max = smallest(parts, |it| it.limits.max_length.as_ref());
    let mut patterns = each_once(parts, |it| it.limits.pattern.as_ref().map(|it| it.value.as_str())).into_iter();
    let pattern = patterns.next();
    let first = (min.is_some() || max.is_some() || pattern.is_some()).then_some(RuleKind::Text { min, max, pattern });
    let others = patterns.map(|it| RuleKind::Text {
        min: None,
        max: None,
        pattern: Some(it),
    });
    first.into_iter().chain(others).collect()
}

fn numbers(parts: &[&Schema]) -> Vec<RuleKind> {
    let min = tightest(parts, |it| it.limits.minimum.as_ref(), Ordering::Greater);
    let max = tightest(parts, |it| it.limits.maximum.as_ref(), Ordering::Less);
    let above = tightest(parts, |it| it.limits.exclusive_minimum.as_ref(), Ordering::Greater);
    let below = tightest(parts, |it| it.limits.exclusive_maximum.as_ref(), Ordering::Less);
    let mut steps = each_once(parts, |it| it.limits.multiple_of.as_ref().map(|it| it.value.as_str())).into_iter();
    let multiple_of = steps.next();
    let is_bounded = [&min, &max, &above, &below, &multiple_of]
        .into_iter()
        .any(Option::is_some);
    let first = is_bounded.then_some(RuleKind::Number {
        min,
        max,
        above,
        below,
        multiple_of,
    });
    let others = steps.map(|it| RuleKind::Number {
        min: None,
        max: None,
        above: None,
        below: None,
        multiple_of: Some(it),
    });
    first.into_iter().chain(others).collect()
}

fn list(parts: &[&Schema]) -> Option<RuleKind> {
    let min = largest(parts, |it| it.limits.min_items.as_ref());
    let max = smallest(parts, |it| it.limits.max_items.as_ref());
    let unique = parts.iter().any(|it| it.limits.unique_items);
    (min.is_some() || max.is_some() || unique).then_some(RuleKind::List { min, max, unique })
}

fn map(parts: &[&Schema]) -> Option<RuleKind> {
    let min = largest(parts, |it| it.limits.min_properties.as_ref());
    let max = smallest(parts, |it| it.limits.max_properties.as_ref());
    (min.is_some() || max.is_some()).then_some(RuleKind::Map { min, max })
}
