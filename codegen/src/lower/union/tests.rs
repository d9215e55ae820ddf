//! Tests that tell the variants of a union apart where no discriminator does.

use tablature_openapi::Diagnostic;
use tablature_openapi::document::Schema;
use tablature_openapi::node::{Node, Value};

use super::Member;
use crate::ir::{Condition, JsonKind, Scalar, Test};
use crate::lower::context::Context;
use crate::lower::shape::{Shape, text};

/// The tests, in the order in which they are made; none where variants that no test tells apart are allowed.
pub fn lower<'d>(context: &mut Context<'d>, members: &[Member<'d>]) -> Option<Vec<Test>> {
    let found = context.report.iter().count();
    let mut tests = Vec::new();
    for (index, member) in members.iter().enumerate() {
        if member.kind.is_none() {
            let message = "this schema has no single JSON type, so it cannot be told from the others";
            context.unsupported(
                "ambiguous-union",
                member.schema.span,
                message,
                "give it a `type`, or add a `discriminator`",
            );
        } else if members.iter().take(index).all(|it| it.kind != member.kind) {
            let alike: Vec<usize> = (index..members.len())
                .filter(|it| members.get(*it).is_some_and(|it| it.kind == member.kind))
                .collect();
            tests.extend(of_one_kind(context, members, &alike));
        }
    }
    // An integer is a number too: it goes to the variant that takes integers, if there is one.
    tests.sort_by_key(|it: &Test| it.kind == JsonKind::Number);
    let told = context.report.iter().skip(found).any(|it| it.code == "ambiguous-union");
    (!told || !context.is_allowed("ambiguous-union")).then_some(tests)
}

/// The tests for variants of the same JSON type.
fn of_one_kind<'d>(context: &mut Context<'d>, members: &[Member<'d>], alike: &[usize]) -> Vec<Test> {
    let members: Vec<(usize, &Member<'d>)> = alike
        .iter()
        .filter_map(|it| members.get(*it).map(|member| (*it, member)))
        .collect();
    match members.as_slice() {
        [] => Vec::new(),
        [(variant, member)] => test(*variant, member, Condition::Always).into_iter().collect(),
        [(_, first), ..] => match first.kind {
            Some(JsonKind::Object) => objects(context, members),
            Some(JsonKind::Array) => lists(context, members),
            Some(JsonKind::String) => strings(context, members),
            _ => {
                report(
                    context,
                    first,
                    members.get(1).map(|(_, it)| *it),
                    "have the same JSON type",
                );
                Vec::new()
            }
        },
    }
}

fn test(variant: usize, member: &Member<'_>, condition: Condition) -> Option<Test> {
    Some(Test {
        variant,
        kind: member.kind?,
        condition,
    })
}

/// Lists are told apart by their items, where those are of different JSON types.
fn lists<'d>(context: &mut Context<'d>, members: Vec<(usize, &Member<'d>)>) -> Vec<Test> {
    let mut seen: Vec<(Option<JsonKind>, &Member<'d>)> = Vec::new();
    let mut tests = Vec::new();
    for (variant, member) in members {
        let kind = member
            .shape
            .items
            .as_ref()
            .and_then(|items| item_kind(context, items.schema));
        let clash = seen
            .iter()
            .find(|(it, _)| it.is_none() || kind.is_none() || *it == kind);
        if let Some((_, other)) = clash {
            report(
                context,
                member,
                Some(other),
                "are lists whose items have the same JSON type",
            );
        }
        seen.push((kind, member));
        tests.extend(test(variant, member, Condition::Decodes));
    }
    tests
}

fn item_kind<'d>(context: &mut Context<'d>, items: &'d Schema) -> Option<JsonKind> {
    let target = context.target(items);
    super::json_kind(&Shape::of(context, target))
}

/// Strings are told apart by their values; one of them may take any string, and comes last.
fn strings<'d>(context: &mut Context<'d>, mut members: Vec<(usize, &Member<'d>)>) -> Vec<Test> {
    members.sort_by_key(|(variant, it)| (it.shape.values.is_none(), *variant));
    let mut tests = Vec::new();
    let mut free: Option<&Member<'d>> = None;
    for (variant, member) in members {
        match &member.shape.values {
            Some(values) => {
                let texts = values.iter().filter_map(|it| text(it)).map(Scalar::Text).collect();
                let condition = Condition::Members {
                    present: Vec::new(),
                    equal: vec![(String::new(), texts)],
                };
                tests.extend(test(variant, member, condition));
            }
            None => {
                if let Some(other) = free {
                    report(context, member, Some(other), "take any string");
                }
                free = Some(member);
                tests.extend(test(variant, member, Condition::Always));
            }
        }
    }
    tests
}

/// Objects are told apart by members with constant values, and by required members that the others do not have.
fn objects<'d>(context: &mut Context<'d>, members: Vec<(usize, &Member<'d>)>) -> Vec<Test> {
    for (index, (_, a)) in members.iter().enumerate() {
        for (_, b) in members.iter().skip(index + 1) {
            if !constants_clash(&a.shape, &b.shape)
                && !requires_more(&a.shape, &b.shape)
                && !requires_more(&b.shape, &a.shape)
            {
                report(
                    context,
                    b,
                    Some(a),
                    "are objects that no constant and no required member tells apart",
                );
            }
        }
    }
    let mut order: Vec<(usize, &Member<'d>)> = Vec::new();
    let mut rest = members;
    while !rest.is_empty() {
        // What requires a member that a later one does not have is looked for first.
        let free = rest.iter().position(|(_, it)| {
            rest.iter().all(|(_, other)| {
                std::ptr::eq(*it, *other)
                    || constants_clash(&it.shape, &other.shape)
                    || requires_more(&it.shape, &other.shape)
            })
        });
        order.push(rest.remove(free.unwrap_or(0)));
    }
    let tests = order.into_iter().filter_map(|(variant, it)| {
        let present = it.shape.required.iter().map(|it| it.value.clone());
        let equal = constants(&it.shape);
        let present = present.filter(|name| equal.iter().all(|(it, _)| it != name)).collect();
        test(variant, it, Condition::Members { present, equal })
    });
    tests.collect()
}

/// Required members with constant values.
fn constants(shape: &Shape<'_>) -> Vec<(String, Vec<Scalar>)> {
    let required = shape
        .required
        .iter()
        .map(|it| (it.value.clone(), constant_values(shape, &it.value)));
    required.filter(|(_, values)| !values.is_empty()).collect()
}

/// The texts that a member must have one of: those of its `const`, or of its `enum`.
pub fn constant_texts(shape: &Shape<'_>, name: &str) -> Vec<String> {
    let values = constant_values(shape, name).into_iter();
    values
        .filter_map(|it| if let Scalar::Text(text) = it { Some(text) } else { None })
        .collect()
}

/// The values that a member must have one of: those of its `const`, or of its `enum`.
fn constant_values(shape: &Shape<'_>, name: &str) -> Vec<Scalar> {
    let Some(property) = shape.properties.iter().find(|it| it.name == name) else {
        return Vec::new();
    };
    let schemas = &property.value.schemas;
    let constant = schemas.iter().flat_map(|it| &it.constant);
    let values = schemas.iter().flat_map(|it| &it.enumeration).flat_map(|it| &it.value);
    constant.chain(values).filter_map(scalar).collect()
}

fn scalar(node: &Node) -> Option<Scalar> {
    match &node.value {
        Value::String(text) => Some(Scalar::Text(text.clone())),
        Value::Bool(value) => Some(Scalar::Bool(*value)),
        Value::Number(number) => number
            .as_i128()
            .and_then(|it| i64::try_from(it).ok())
            .map(Scalar::Integer),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn constants_clash(a: &Shape<'_>, b: &Shape<'_>) -> bool {
    constants(a).iter().any(|(name, values)| {
        let others = constant_values(b, name);
        !others.is_empty() && values.iter().all(|it| !others.contains(it))
    })
}

/// Whether `a` requires a member that `b` does not have.
fn requires_more(a: &Shape<'_>, b: &Shape<'_>) -> bool {
    a.required
        .iter()
        .any(|it| b.properties.iter().all(|property| property.name != it.value))
}

fn report(context: &mut Context<'_>, a: &Member<'_>, b: Option<&Member<'_>>, why: &str) {
    let message = format!("two schemas of this choice {why}");
    let mut diagnostic = Diagnostic::error("ambiguous-union", a.schema.span, message)
        .help("add a `discriminator`, or constants that differ");
    if let Some(b) = b {
        diagnostic = diagnostic.related(b.schema.span, "the other one");
    }
    context.refuse(diagnostic);
}
