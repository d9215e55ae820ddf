//! Parses the condition of a filter.

use super::function::{self, Argument, Term};
use super::parse::Parser;
use super::{Comparison, Condition, Fault, Operand, Query};
use crate::Span;
use crate::node::{Node, Number, Value};

/// `a || b`
pub(super) fn condition(parser: &mut Parser<'_>) -> Result<Condition, Fault> {
    let mut any = vec![all(parser)?];
    while separated(parser, "||") {
        any.push(all(parser)?);
    }
    Ok(single(any, Condition::Any))
}

/// `a && b`, which binds closer.
fn all(parser: &mut Parser<'_>) -> Result<Condition, Fault> {
    let mut all = vec![basic(parser)?];
    while separated(parser, "&&") {
        all.push(basic(parser)?);
    }
    Ok(single(all, Condition::All))
}

fn single(mut conditions: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.len() {
        1 => conditions.remove(0),
        _ => several(conditions),
    }
}

/// Passes an operator with the blanks around it.
fn separated(parser: &mut Parser<'_>, operator: &str) -> bool {
    let before = parser.cursor.at;
    parser.cursor.blanks();
    let found = parser.cursor.take(operator);
    match found {
        true => parser.cursor.blanks(),
        false => parser.cursor.at = before,
    }
    found
}

fn basic(parser: &mut Parser<'_>) -> Result<Condition, Fault> {
    let is_negated = parser.cursor.take("!");
    if is_negated {
        parser.cursor.blanks();
    }
    let start = parser.cursor.at;
    let inner = if parser.cursor.take("(") {
        parser.cursor.blanks();
        let inner = parser.deeper(condition)?;
        parser.cursor.blanks();
        parser.cursor.expect(")")?;
        inner
    } else {
        let term = term(parser)?;
        match comparison(parser).filter(|_| !is_negated) {
            Some(operator) => {
                let left = operand(parser, start, term)?;
                let start = parser.cursor.at;
                let right = self::term(parser)?;
                Condition::Compare(left, operator, operand(parser, start, right)?)
            }
            None => test(parser, start, term)?,
        }
    };
    Ok(match is_negated {
        true => Condition::Not(Box::new(inner)),
        false => inner,
    })
}

/// A term that is a condition alone.
fn test(parser: &Parser<'_>, start: usize, term: Term) -> Result<Condition, Fault> {
    match term {
        Term::Query(query) => Ok(Condition::Exists(query)),
        Term::Condition(condition) => Ok(condition),
        Term::Literal(_) | Term::Value(_) => {
            let message = "a value has to be compared: it is no condition";
            Err(parser.cursor.fault(start, parser.cursor.at, message))
        }
    }
}

/// A term that is compared.
pub(super) fn operand(parser: &Parser<'_>, start: usize, term: Term) -> Result<Operand, Fault> {
    let message = match term {
        Term::Literal(node) => return Ok(Operand::Literal(node)),
        Term::Value(operand) => return Ok(operand),
        Term::Query(query) if query.is_singular() => return Ok(Operand::Singular(query)),
        Term::Query(_) => "expected a query for one node, of names and indices only, since its value is compared",
        Term::Condition(_) => "expected a value, found a condition",
    };
    Err(parser.cursor.fault(start, parser.cursor.at, message))
}

fn comparison(parser: &mut Parser<'_>) -> Option<Comparison> {
    let operators = [
        ("==", Comparison::Equal),
        ("!=", Comparison::NotEqual),
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
    ];
    let found = operators.into_iter().find(|(text, _)| separated(parser, text));
    found.map(|(_, operator)| operator)
}

pub(super) fn term(parser: &mut Parser<'_>) -> Result<Term, Fault> {
    let start = parser.cursor.at;
    if let Some(string) = parser.cursor.string()? {
        return Ok(literal(Value::String(string)));
    }
    match parser.cursor.peek() {
        Some(root @ ('@' | '$')) => {
            parser.cursor.next();
            let segments = parser.segments(&mut Vec::new())?;
            let is_relative = root == '@';
            return Ok(Term::Query(Query { is_relative, segments }));
        }
        Some(it) if it == '-' || it.is_ascii_digit() => return number(parser),
        _ => {}
    }
    let Some(name) = parser.cursor.name() else {
        return Err(parser.cursor.expected("`@`, `$`, a literal or a function"));
    };
    if parser.cursor.take("(") {
        let arguments = parser.deeper(arguments)?;
        return function::call(&name, &arguments).map_err(|why| parser.cursor.fault(start, parser.cursor.at, why));
    }
    match name.as_str() {
        "true" => Ok(literal(Value::Bool(true))),
        "false" => Ok(literal(Value::Bool(false))),
        "null" => Ok(literal(Value::Null)),
        _ => {
            let message = format!("expected `true`, `false`, `null` or a function, found `{name}`");
            Err(parser.cursor.fault(start, parser.cursor.at, message))
        }
    }
}

/// What stands between the parentheses of a function, the first of which is passed.
fn arguments(parser: &mut Parser<'_>) -> Result<Vec<Argument>, Fault> {
    let mut arguments = Vec::new();
    parser.cursor.blanks();
    while !parser.cursor.take(")") {
        if !arguments.is_empty() {
            parser.cursor.expect(",")?;
            parser.cursor.blanks();
        }
        arguments.push(term(parser)?.into());
        parser.cursor.blanks();
    }
    Ok(arguments)
}

fn literal(value: Value) -> Term {
    Term::Literal(Node {
        span: Span::default(),
        value,
    })
}

fn number(parser: &mut Parser<'_>) -> Result<Term, Fault> {
    let cursor = &mut parser.cursor;
    let start = cursor.at;
    cursor.take("-");
    let whole = cursor.digits();
    let mut is_number = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
    if cursor.take(".") {
        is_number &= !cursor.digits().is_empty();
    }
    if cursor.take("e") || cursor.take("E") {
        let _ = cursor.take("+") || cursor.take("-");
        is_number &= !cursor.digits().is_empty();
    }
    let text = cursor.text.get(start..cursor.at).unwrap_or_default();
    match is_number {
        true => Ok(literal(Value::Number(Number::new(text)))),
        false => Err(cursor.fault(start, cursor.at, "expected a number of JSON")),
    }
}
