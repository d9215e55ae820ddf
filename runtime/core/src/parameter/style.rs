//! The styles in which OpenAPI writes parameters, after RFC 6570.

use crate::node::Node;

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header of its own.
    Header,
    /// In the header `Cookie`.
    Cookie,
}

/// How a parameter that may be a list or an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `ids=1,2`, exploded `ids=1&ids=2`: in the query, and in cookies
    Form,
    /// `1,2`: in the path, and in headers
    Simple,
    /// `.1,2`, exploded `.1.2`: in the path
    Label,
    /// `;ids=1,2`, exploded `;ids=1;ids=2`: in the path
    Matrix,
    /// `ids=1%202`: in the query
    SpaceDelimited,
    /// `ids=1%7C2`: in the query
    PipeDelimited,
    /// `ids%5Ba%5D=1`, that is `ids[a]=1`: in the query
    DeepObject,
    /// As `Form`, but without percent-encoding: in cookies
    Cookie,
}

impl Style {
    /// The name in a description.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}

/// A value that every style knows.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    /// Nothing: `null`, or a list or an object with nothing in it.
    Absent,
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Shape {
    /// What is `null` inside does not count, as in RFC 6570.
    pub(super) fn new(node: &Node, style: Style) -> Result<Self, String> {
        let text = |node: &Node, place: &str| match node.text() {
            Some(text) => Ok(text.into_owned()),
            None => Err(format!(
                "{place} is {}, for which the style {} has no form",
                node.kind(),
                style.name()
            )),
        };
        Ok(match node {
            Node::Null => Self::Absent,
            Node::List(items) => {
                let items = items.iter().enumerate().filter(|(_, item)| **item != Node::Null);
                let items = items.map(|(index, item)| text(item, &format!("item {index}")));
                Self::List(items.collect::<Result<_, _>>()?).or_absent()
            }
            Node::Object(members) => {
                let members = members.iter().filter(|(_, value)| *value != Node::Null);
                let members =
                    members.map(|(name, value)| Ok((name.clone(), text(value, &format!("member `{name}`"))?)));
                Self::Object(members.collect::<Result<_, String>>()?).or_absent()
            }
            _ => Self::Text(text(node, "the value")?),
        })
    }

    fn or_absent(self) -> Self {
        match &self {
            Self::List(items) if items.is_empty() => Self::Absent,
            Self::Object(members) if members.is_empty() => Self::Absent,
            _ => self,
        }
    }

    /// The items, or the names and values of the members in turn.
    pub(super) fn flat(self) -> Vec<String> {
        match self {
            Self::Absent => Vec::new(),
            Self::Text(text) => vec![text],
            Self::List(items) => items,
            Self::Object(members) => members.into_iter().flat_map(|(name, value)| [name, value]).collect(),
        }
    }
}
