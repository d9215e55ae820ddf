//! Makes the conditions that tell objects apart: constants of members, and members that are required.

use crate::ir::{Condition, JsonKind, Members, Scalar, Test};
use crate::lower::ask::input::Input;
use crate::lower::ask::shape::Shape;
use crate::lower::types::union::alternatives::Leaf;
use crate::lower::types::union::constants;
use crate::lower::types::union::constants::Constant;

/// More open questions than this, and no object of the choice is decided.
const QUESTIONS: usize = 16;

/// What every object of a variant has.
struct Candidate<'a, 'd> {
    leaf: &'a Leaf<'d>,
    has: Members,
}

/// The members of a variant that have constant values.
struct Constants {
    variant: usize,
    required: Vec<Constant>,
    optional: Vec<Constant>,
}

impl Constants {
    fn of<'d>(input: &Input<'d>, leaf: &Leaf<'d>) -> Self {
        Self {
            variant: leaf.variant,
            required: constants::required(input, &leaf.shape),
            optional: constants::optional(input, &leaf.shape),
        }
    }
}

/// The tests in the order in which they are made. What may be of several variants is found before it can be taken
/// for one of them.
pub fn tests<'d>(input: &Input<'d>, leaves: &[&Leaf<'d>]) -> Vec<Test> {
    let constants: Vec<Constants> = leaves.iter().map(|it| Constants::of(input, it)).collect();
    let candidates = leaves.iter().zip(&constants);
    let candidates = candidates.map(|(it, own)| candidate(it, own, &constants)).collect();
    let mut tests: Vec<Test> = Vec::new();
    let ordered = ordered(candidates);
    for (index, it) in ordered.iter().enumerate() {
        for other in ordered
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != index)
            .map(|(_, it)| it)
        {
            if let Some(both) = undecided(it, other) {
                question(&mut tests, both, [it.leaf.variant, other.leaf.variant]);
            }
        }
        answer(&mut tests, it);
    }
    let questions = tests.iter().filter(|it| it.variants.len() > 1).count();
    if questions > QUESTIONS {
        let mut variants: Vec<usize> = leaves.iter().map(|it| it.variant).collect();
        variants.dedup();
        return reachable(vec![test(variants, Members::default())]);
    }
    reachable(tests)
}

/// The tests up to one that takes all objects.
fn reachable(mut tests: Vec<Test>) -> Vec<Test> {
    let last = tests
        .iter()
        .position(|it| it.condition == Condition::Members(Members::default()));
    tests.truncate(last.map_or(tests.len(), |it| it + 1));
    for test in &mut tests {
        if test.condition == Condition::Members(Members::default()) {
            test.condition = Condition::Always;
        }
    }
    tests
}

fn test(variants: Vec<usize>, members: Members) -> Test {
    Test {
        variants,
        kind: JsonKind::Object,
        condition: Condition::Members(members),
    }
}

/// Adds the test of a variant, unless nothing is left for it by the questions before.
fn answer(tests: &mut Vec<Test>, candidate: &Candidate<'_, '_>) {
    let mut has = candidate.has.clone();
    for asked in tests.iter().filter(|it| it.variants.len() > 1) {
        let Condition::Members(asked) = &asked.condition else {
            continue;
        };
        if covers(asked, &has) {
            return;
        }
        // Where a member is not there has been asked: here it is.
        let (there, maybe) = has.maybe.into_iter().partition(|(name, _)| *asked == without(name));
        has.maybe = maybe;
        has.equal.extend::<Vec<Constant>>(there);
    }
    tests.push(test(vec![candidate.leaf.variant], has));
}

fn without(name: &str) -> Members {
    Members {
        absent: vec![name.to_owned()],
        ..Members::default()
    }
}

/// Adds a question, unless one that was asked before covers it.
fn question(tests: &mut Vec<Test>, both: Members, variants: [usize; 2]) {
    let asked = tests
        .iter_mut()
        .find(|it| it.variants.len() > 1 && matches!(&it.condition, Condition::Members(asked) if covers(asked, &both)));
    let test = match asked {
        Some(asked) => asked,
        None => {
            tests.push(test(Vec::new(), both));
            let Some(last) = tests.last_mut() else { return };
            last
        }
    };
    test.variants.extend(variants);
    test.variants.sort_unstable();
    test.variants.dedup();
}

fn candidate<'a, 'd>(leaf: &'a Leaf<'d>, own: &Constants, all: &[Constants]) -> Candidate<'a, 'd> {
    let required = leaf.shape.required_in_answers().map(str::to_owned);
    let is_constant = |name: &String| own.required.iter().any(|(it, _)| it == name);
    let mut present: Vec<String> = required.filter(|it| !is_constant(it)).collect();
    present.sort_unstable();
    let tells = |(name, values): &&Constant| {
        let others = all.iter().filter(|it| it.variant != leaf.variant);
        let mut constants = others.flat_map(|it| it.required.iter().chain(&it.optional));
        constants.any(|(other, others)| other == name && common(values, others).is_empty())
    };
    Candidate {
        leaf,
        has: Members {
            present,
            equal: own.required.clone(),
            maybe: own.optional.iter().filter(tells).cloned().collect(),
            absent: Vec::new(),
        },
    }
}

/// Those that ask for more first.
fn ordered<'a, 'd>(mut rest: Vec<Candidate<'a, 'd>>) -> Vec<Candidate<'a, 'd>> {
    let mut ordered = Vec::new();
    while !rest.is_empty() {
        let goes_first = |it: &Candidate<'_, '_>, other: &Candidate<'_, '_>| {
            requires_more(&other.leaf.shape, &it.leaf.shape)
                && !requires_more(&it.leaf.shape, &other.leaf.shape)
                && both(&it.has, &other.has).is_some()
        };
        let free = rest
            .iter()
            .position(|it| !rest.iter().any(|other| goes_first(it, other)));
        ordered.push(rest.remove(free.unwrap_or(0)));
    }
    ordered
}

/// What an object has that may be of either variant, where nothing says which.
fn undecided(a: &Candidate<'_, '_>, b: &Candidate<'_, '_>) -> Option<Members> {
    let (x, y) = (&a.leaf.shape, &b.leaf.shape);
    if a.leaf.variant == b.leaf.variant || requires_more(x, y) || requires_more(y, x) {
        return None;
    }
    both(&a.has, &b.has)
}

/// Whether `a` requires a member that `b` does not have.
fn requires_more(a: &Shape<'_>, b: &Shape<'_>) -> bool {
    a.required_in_answers().any(|it| {
        b.properties.iter().all(|property| property.name != it)
            && b.required.iter().all(|required| required.value != it)
    })
}

/// What objects have that are of both; nothing where there are none.
fn both(a: &Members, b: &Members) -> Option<Members> {
    let mut equal = a.equal.clone();
    for constant in &b.equal {
        narrow(&mut equal, constant)?;
    }
    let mut maybe: Vec<Constant> = Vec::new();
    let mut absent: Vec<String> = a.absent.iter().chain(&b.absent).cloned().collect();
    for (name, values) in a.maybe.iter().chain(&b.maybe) {
        if equal.iter().any(|(it, _)| it == name) {
            narrow(&mut equal, &(name.clone(), values.clone()))?;
        } else if let Some((_, known)) = maybe.iter_mut().find(|(it, _)| it == name) {
            *known = common(known, values);
            if known.is_empty() {
                absent.push(name.clone());
            }
        } else {
            maybe.push((name.clone(), values.clone()));
        }
    }
    maybe.retain(|(name, _)| !absent.contains(name));
    let mut present: Vec<String> = a.present.iter().chain(&b.present).cloned().collect();
    present.sort_unstable();
    present.dedup();
    present.retain(|name| equal.iter().all(|(it, _)| it != name));
    let possible = !absent.iter().any(|it| present.contains(it));
    possible.then_some(Members {
        present,
        equal,
        maybe,
        absent,
    })
}

fn narrow(equal: &mut Vec<Constant>, (name, values): &Constant) -> Option<()> {
    match equal.iter_mut().find(|(it, _)| it == name) {
        Some((_, known)) => {
            *known = common(known, values);
            (!known.is_empty()).then_some(())
        }
        None => {
            equal.push((name.clone(), values.clone()));
            Some(())
        }
    }
}

fn common(a: &[Scalar], b: &[Scalar]) -> Vec<Scalar> {
    a.iter().filter(|it| b.contains(it)).cloned().collect()
}

/// Whether all that the narrower condition holds for fulfils the wider one.
fn covers(wider: &Members, narrower: &Members) -> bool {
    let is_present = |name: &String| narrower.present.contains(name) || narrower.equal.iter().any(|(it, _)| it == name);
    let is_equal = |(name, values): &Constant| {
        let known = narrower.equal.iter().find(|(it, _)| it == name);
        known.is_some_and(|(_, known)| known.iter().all(|it| values.contains(it)))
    };
    let may_be = |constant: &Constant| {
        is_equal(constant)
            || narrower.absent.contains(&constant.0)
            || narrower
                .maybe
                .iter()
                .any(|(name, known)| *name == constant.0 && known.iter().all(|it| constant.1.contains(it)))
    };
    wider.present.iter().all(is_present)
        && wider.equal.iter().all(is_equal)
        && wider.maybe.iter().all(may_be)
        && wider.absent.iter().all(|it| narrower.absent.contains(it))
}
