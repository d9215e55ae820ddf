//! Tells the run and the documentation which values may be of several variants.

use std::collections::BTreeSet;

use crate::codes;
use crate::ir::{Choice, Condition, Docs, JsonKind, Members, Test, UnionVariant};
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;
use crate::lower::docs;
use crate::lower::types::union::member::Member;
use crate::markdown::code;

/// How many of several open questions are told.
const TOLD: usize = 3;

/// The documentation of the variant for all other values.
pub fn others() -> Docs {
    vec!["Anything else, kept as it is.".to_owned()]
}

/// Tells of what may be of several variants, and of variants that are never read; gives the documentation of `Other`.
pub fn note(
    input: &Input<'_>,
    shape: &Shape<'_>,
    members: &[Member<'_>],
    variants: &mut [UnionVariant],
    choice: &Choice,
) -> Docs {
    let read: BTreeSet<usize> = match choice {
        Choice::Tests(tests) => tests.iter().filter_map(|it| one(&it.variants)).collect(),
        Choice::Discriminator { mapping, default, .. } => mapping.iter().map(|(_, it)| *it).chain(*default).collect(),
    };
    for (_, variant) in variants
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| !read.contains(index))
    {
        variant.docs.push(String::new());
        variant
            .docs
            .push("Never read: decoding gives [`Other`](Self::Other).".to_owned());
    }
    let Choice::Tests(tests) = choice else { return others() };
    let open: Vec<&Test> = tests.iter().filter(|it| it.variants.len() > 1).collect();
    let Some(first) = open.first() else { return others() };
    let names = |test: &Test| -> Vec<String> {
        let names = test.variants.iter().filter_map(|it| variants.get(*it));
        names.map(|it| format!("`{}`", it.name)).collect()
    };
    let questions: Vec<String> = open
        .iter()
        .take(TOLD)
        .map(|it| format!("{} may be {}", value(it), listed(&names(it), "or")))
        .collect();
    let more = match open.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let message = format!("{}{more}: `Other` keeps such values as JSON", questions.join(", "));
    let mut diagnostic = codes::AMBIGUOUS_UNION
        .at(shape.schema.span, message)
        .help("add a `discriminator`, or constants that differ; `Json::decode` reads what `Other` holds");
    for member in first.variants.iter().filter_map(|it| members.get(*it)).take(2) {
        diagnostic = diagnostic.related(member.schema.span, "one of them");
    }
    input.report(diagnostic);
    docs::text_docs(&format!(
        "Anything else, kept as it is.\n\nSo is what may be several of the others, to be read with `Json::decode`: {}{more}.",
        questions.join(", ")
    ))
}

fn one(variants: &[usize]) -> Option<usize> {
    match variants {
        [only] => Some(*only),
        _ => None,
    }
}

/// The values of which a test asks, in words.
fn value(test: &Test) -> String {
    let kind = match test.kind {
        JsonKind::Bool => "a boolean",
        JsonKind::Integer => "an integer",
        JsonKind::Number => "a number",
        JsonKind::String => "a string",
        JsonKind::Array => "a list",
        JsonKind::Object => "an object",
    };
    match &test.condition {
        Condition::Members(members) => format!("{kind}{}", with(members)),
        Condition::Always | Condition::Decodes => kind.to_owned(),
    }
}

fn with(members: &Members) -> String {
    let equal = members.equal.iter().map(|(name, _)| name);
    let present: Vec<String> = equal.chain(&members.present).map(|it| code(it.as_str())).collect();
    let absent: Vec<String> = members.absent.iter().map(|it| code(it.as_str())).collect();
    match (present.is_empty(), absent.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!(" with {}", listed(&present, "and")),
        (true, false) => format!(" without {}", listed(&absent, "and")),
        (false, false) => format!(" with {}, without {}", listed(&present, "and"), listed(&absent, "and")),
    }
}

/// A list in words; of a long one the beginning.
fn listed(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if items.len() <= 4 => format!("{} {word} {last}", first.join(", ")),
        [a, b, c, rest @ ..] => format!("{a}, {b}, {c} {word} {} more", rest.len()),
        _ => items.join(", "),
    }
}
