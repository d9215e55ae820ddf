//! The functions of RFC 9535, and the types of their arguments.

use super::pattern::Compiled;
use super::{Condition, Operand, Pattern, Query};
use crate::node::{Node, Value};

/// What may be compared, or be a condition alone.
pub(super) enum Term {
    Literal(Node),
    Query(Query),
    /// A function that gives a value.
    Value(Operand),
    /// A function that says yes or no.
    Condition(Condition),
}

/// What a function is given.
pub(super) enum Argument {
    Value(Operand),
    /// A query that may select several nodes.
    Nodes(Query),
    /// A condition, which none of the functions takes.
    Condition,
}

impl From<Term> for Argument {
    fn from(term: Term) -> Self {
        match term {
            Term::Literal(node) => Self::Value(Operand::Literal(node)),
            Term::Value(operand) => Self::Value(operand),
            Term::Query(query) => Self::Nodes(query),
            Term::Condition(_) => Self::Condition,
        }
    }
}

impl Argument {
    fn value(&self) -> Result<Operand, String> {
        match self {
            Self::Value(operand) => Ok(operand.clone()),
            Self::Nodes(query) if query.is_singular() => Ok(Operand::Singular(query.clone())),
            _ => Err("expected a value or a query for one node as argument".to_owned()),
        }
    }

    fn nodes(&self) -> Result<Query, String> {
        match self {
            Self::Nodes(query) => Ok(query.clone()),
            _ => Err("expected a query as argument".to_owned()),
        }
    }
}

/// A function with its arguments.
pub(super) fn call(name: &str, arguments: &[Argument]) -> Result<Term, String> {
    match (name, arguments) {
        ("length", [value]) => Ok(Term::Value(Operand::Length(Box::new(value.value()?)))),
        ("count", [nodes]) => Ok(Term::Value(Operand::Count(nodes.nodes()?))),
        ("value", [nodes]) => Ok(Term::Value(Operand::OnlyNode(nodes.nodes()?))),
        ("match" | "search", [text, pattern]) => matches(name == "match", text, pattern),
        ("length" | "count" | "value", _) => Err(format!("`{name}` takes one argument")),
        ("match" | "search", _) => Err(format!("`{name}` takes two arguments")),
        _ => Err(format!(
            "unknown function `{name}`: there are `length`, `count`, `value`, `match` and `search`"
        )),
    }
}

fn matches(whole: bool, text: &Argument, pattern: &Argument) -> Result<Term, String> {
    let text = text.value()?;
    let pattern = match pattern.value()? {
        Operand::Literal(node) => match &node.value {
            Value::String(text) => Pattern::Written(Compiled::new(text, whole)?),
            _ => return Err("expected a pattern, which is a string".to_owned()),
        },
        operand => Pattern::Read(operand),
    };
    Ok(Term::Condition(Condition::Matches { text, pattern, whole }))
}
