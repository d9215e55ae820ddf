//! Parameters that are pairs of names and values: in the query, in cookies and in forms.

use super::style::{Shape, Style};
use crate::node::Node;

/// A name and its values, not encoded yet.
#[derive(Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// What is between the values.
    pub(crate) separator: char,
}

impl Pair {
    fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            values: vec![value.into()],
            separator: ',',
        }
    }

    /// The separator as it stands in a query or a form.
    pub(crate) fn encoded_separator(&self) -> &'static str {
        match self.separator {
            ' ' => "%20",
            '|' => "%7C",
            _ => ",",
        }
    }
}

/// The pairs of a value; none if there is nothing to write.
pub(crate) fn pairs(name: &str, value: &Node, style: Style, explode: bool) -> Result<Vec<Pair>, String> {
    if let (Style::Form, true, Node::Object(members)) = (style, explode, value) {
        return exploded(members);
    }
    let separator = match style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name.to_owned(), value, &mut pairs)?;
            return Ok(pairs);
        }
        Style::Form | Style::Cookie => ',',
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => return Err(format!("the style {} is not one of this place", style.name())),
    };
    Ok(match Shape::new(value, style)? {
        Shape::Absent => Vec::new(),
        Shape::Text(text) => vec![Pair::new(name, text)],
        Shape::List(items) if explode => items.into_iter().map(|item| Pair::new(name, item)).collect(),
        Shape::Object(members) if explode => members
            .into_iter()
            .map(|(name, value)| Pair::new(name, value))
            .collect(),
        shape => {
            let values = shape.flat();
            // A comma can be told from one in a value by its encoding; these two cannot.
            if separator != ',' && values.iter().any(|value| value.contains(separator)) {
                return Err(format!(
                    "a value has a `{separator}`, which the style {} has between two",
                    style.name()
                ));
            }
            vec![Pair {
                name: name.to_owned(),
                values,
                separator,
            }]
        }
    })
}

/// `name=value` for each member, and one for each item of a member that is a list: OpenAPI has no form for these, and
/// this is what servers read.
fn exploded(members: &[(String, Node)]) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        let values = match value {
            Node::Object(_) => Err(format!(
                "member `{name}` is {}, for which the style form has no form",
                value.kind()
            ))?,
            _ => Shape::new(value, Style::Form).map_err(|reason| format!("member `{name}`: {reason}"))?,
        };
        let values = values.flat();
        pairs.extend(values.into_iter().map(|value| Pair::new(name, value)));
    }
    Ok(pairs)
}

/// `name[member][member]`; an item of a list is a member with its number as the name.
fn deep(name: String, value: &Node, pairs: &mut Vec<Pair>) -> Result<(), String> {
    match value {
        Node::Null => {}
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, pairs)?;
            }
        }
        Node::Object(members) => {
            for (member, value) in members {
                if member.contains(['[', ']']) {
                    return Err(format!(
                        "the name of member `{member}` has a bracket, which the style deepObject has around names"
                    ));
                }
                deep(format!("{name}[{member}]"), value, pairs)?;
            }
        }
        _ => pairs.push(Pair::new(name, value.text().unwrap_or_default())),
    }
    Ok(())
}
