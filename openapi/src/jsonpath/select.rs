//! Selects nodes, segment by segment, and remembers how to come to them.

use std::cmp::Ordering;
use std::rc::Rc;

use super::budget::{Budget, Exhausted};
use super::pattern::Compiled;
use super::{Comparison, Condition, Operand, Pattern, Query, Segment, Selector, number};
use crate::node::{Node, Value};

/// How many nodes a segment may select: they are held in memory.
const MOST_FOUND: usize = 2_000_000;

/// A node that a query selects.
#[derive(Clone, Debug)]
pub struct Found<'n> {
    /// The node.
    pub node: &'n Node,
    path: Option<Rc<Link>>,
}

/// What a query selects.
#[derive(Debug)]
pub struct Selection<'n> {
    /// The nodes, none if some segment selects nothing.
    pub found: Vec<Found<'n>>,
    /// How many segments, from the first, select something.
    pub matched: usize,
    /// What the last of these segments selects.
    pub nearest: Vec<&'n Node>,
}

/// The last step to a node: the index of an entry or item.
#[derive(Debug)]
struct Link {
    index: usize,
    before: Option<Rc<Link>>,
}

impl Found<'_> {
    /// The indices of entries and items that lead to the node from the root.
    pub fn path(&self) -> Vec<usize> {
        let mut path = Vec::new();
        let mut link = &self.path;
        while let Some(step) = link {
            path.push(step.index);
            link = &step.before;
        }
        path.reverse();
        path
    }

    fn child<'n>(&self, index: usize, node: &'n Node) -> Found<'n> {
        let before = self.path.clone();
        let path = Some(Rc::new(Link { index, before }));
        Found { node, path }
    }
}

/// The nodes that segments select from a root.
pub(super) fn all<'n>(segments: &[Segment], root: &'n Node, budget: &Budget) -> Result<Selection<'n>, Exhausted> {
    let select = Select { root, budget };
    let mut found = vec![Found { node: root, path: None }];
    for (matched, segment) in segments.iter().enumerate() {
        let next = select.segment(segment, &found)?;
        if next.is_empty() {
            return Ok(Selection {
                found: next,
                matched,
                nearest: found.iter().map(|it| it.node).collect(),
            });
        }
        found = next;
    }
    Ok(Selection {
        found,
        matched: segments.len(),
        nearest: Vec::new(),
    })
}

/// A value that is compared; none is a value of its own.
enum Compared<'a> {
    Nothing,
    Node(&'a Node),
    Made(Node),
}

impl Compared<'_> {
    fn node(&self) -> Option<&Node> {
        match self {
            Self::Nothing => None,
            Self::Node(node) => Some(node),
            Self::Made(node) => Some(node),
        }
    }
}

struct Select<'n, 'b> {
    root: &'n Node,
    budget: &'b Budget,
}

impl<'n> Select<'n, '_> {
    fn segment(&self, segment: &Segment, nodes: &[Found<'n>]) -> Result<Vec<Found<'n>>, Exhausted> {
        let mut found = Vec::new();
        for node in nodes {
            match segment.descends {
                true => self.descend(&segment.selectors, node, &mut found)?,
                false => self.selectors(&segment.selectors, node, &mut found)?,
            }
        }
        Ok(found)
    }

    /// Selects from a node and from all that is within; as deep as the text is, which is bounded.
    fn descend(&self, selectors: &[Selector], node: &Found<'n>, found: &mut Vec<Found<'n>>) -> Result<(), Exhausted> {
        self.selectors(selectors, node, found)?;
        for (index, child) in children(node.node).enumerate() {
            self.budget.spend(1)?;
            if is_container(child) {
                self.descend(selectors, &node.child(index, child), found)?;
            }
        }
        Ok(())
    }

    fn selectors(&self, selectors: &[Selector], node: &Found<'n>, found: &mut Vec<Found<'n>>) -> Result<(), Exhausted> {
        for selector in selectors {
            self.budget.spend(1)?;
            match selector {
                Selector::Name(name) => {
                    let entries = node.node.as_object().unwrap_or_default();
                    self.budget.spend(entries.len() / 16)?;
                    let mut entries = entries.iter().enumerate();
                    if let Some((at, (_, child))) = entries.find(|(_, (key, _))| key.value == *name) {
                        self.push(node.child(at, child), found)?;
                    }
                }
                Selector::Index(index) => {
                    let items = node.node.as_array().unwrap_or_default();
                    let at = from_end(*index, items.len());
                    if let Some((at, child)) = at.and_then(|at| Some((at, items.get(at)?))) {
                        self.push(node.child(at, child), found)?;
                    }
                }
                Selector::Wildcard => {
                    for (index, child) in children(node.node).enumerate() {
                        self.push(node.child(index, child), found)?;
                    }
                }
                Selector::Slice { start, end, step } => {
                    let items = node.node.as_array().unwrap_or_default();
                    for at in slice(*start, *end, *step, items.len()) {
                        items
                            .get(at)
                            .map_or(Ok(()), |item| self.push(node.child(at, item), found))?;
                    }
                }
                Selector::Filter(condition) => {
                    for (index, child) in children(node.node).enumerate() {
                        self.budget.spend(1)?;
                        if self.holds(condition, child)? {
                            self.push(node.child(index, child), found)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn push(&self, node: Found<'n>, found: &mut Vec<Found<'n>>) -> Result<(), Exhausted> {
        self.budget.spend(1)?;
        if found.len() >= MOST_FOUND {
            return Err(Exhausted);
        }
        found.push(node);
        Ok(())
    }

    fn holds(&self, condition: &Condition, node: &'n Node) -> Result<bool, Exhausted> {
        match condition {
            Condition::Any(conditions) => {
                for condition in conditions {
                    if self.holds(condition, node)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(conditions) => {
                for condition in conditions {
                    if !self.holds(condition, node)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(condition) => Ok(!self.holds(condition, node)?),
            Condition::Exists(query) if query.is_singular() => Ok(self.singular(query, node)?.is_some()),
            Condition::Exists(query) => Ok(!self.query(query, node)?.is_empty()),
            Condition::Compare(left, operator, right) => {
                let (left, right) = (self.value(left, node)?, self.value(right, node)?);
                self.compare(left.node(), *operator, right.node())
            }
            Condition::Matches { text, pattern, whole } => {
                let text = self.value(text, node)?;
                let Some(text) = text.node().and_then(Node::as_str) else {
                    return Ok(false);
                };
                match pattern {
                    Pattern::Written(pattern) => pattern.is_match(text, self.budget),
                    Pattern::Read(operand) => {
                        let pattern = self.value(operand, node)?;
                        let Some(pattern) = pattern.node().and_then(Node::as_str) else {
                            return Ok(false);
                        };
                        match Compiled::read(pattern, *whole, self.budget)? {
                            Some(pattern) => pattern.is_match(text, self.budget),
                            None => Ok(false),
                        }
                    }
                }
            }
        }
    }

    /// The nodes of a query in a filter.
    fn query(&self, query: &Query, node: &'n Node) -> Result<Vec<Found<'n>>, Exhausted> {
        let node = if query.is_relative { node } else { self.root };
        let mut found = vec![Found { node, path: None }];
        for segment in &query.segments {
            found = self.segment(segment, &found)?;
        }
        Ok(found)
    }

    /// The one node of a query of names and indices.
    fn singular(&self, query: &Query, node: &'n Node) -> Result<Option<&'n Node>, Exhausted> {
        let mut node = if query.is_relative { node } else { self.root };
        for segment in &query.segments {
            self.budget.spend(1)?;
            let next = match segment.selectors.first() {
                Some(Selector::Name(name)) => {
                    self.budget.spend(node.as_object().unwrap_or_default().len() / 16)?;
                    node.get(name)
                }
                Some(Selector::Index(index)) => {
                    let items = node.as_array().unwrap_or_default();
                    from_end(*index, items.len()).and_then(|at| items.get(at))
                }
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    fn value<'a>(&self, operand: &'a Operand, node: &'n Node) -> Result<Compared<'a>, Exhausted>
    where
        'n: 'a,
    {
        let node = match operand {
            Operand::Literal(node) => Some(node),
            Operand::Singular(query) => self.singular(query, node)?,
            Operand::OnlyNode(query) => match self.query(query, node)?.as_slice() {
                [only] => Some(only.node),
                _ => None,
            },
            Operand::Count(query) => return Ok(Compared::Made(number(self.query(query, node)?.len()))),
            Operand::Length(operand) => {
                let value = self.value(operand, node)?;
                let length = match value.node().map(|it| &it.value) {
                    Some(Value::String(text)) => {
                        self.budget.spend(text.len() / 64)?;
                        text.chars().count()
                    }
                    Some(Value::Array(items)) => items.len(),
                    Some(Value::Object(entries)) => entries.len(),
                    _ => return Ok(Compared::Nothing),
                };
                return Ok(Compared::Made(number(length)));
            }
        };
        Ok(node.map_or(Compared::Nothing, Compared::Node))
    }

    fn compare(&self, left: Option<&Node>, operator: Comparison, right: Option<&Node>) -> Result<bool, Exhausted> {
        use Comparison as C;
        Ok(match operator {
            C::Equal => self.equal(left, right)?,
            C::NotEqual => !self.equal(left, right)?,
            C::Less => self.order(left, right)? == Some(Ordering::Less),
            C::Greater => self.order(left, right)? == Some(Ordering::Greater),
            C::LessOrEqual => self.order(left, right)? == Some(Ordering::Less) || self.equal(left, right)?,
            C::GreaterOrEqual => self.order(left, right)? == Some(Ordering::Greater) || self.equal(left, right)?,
        })
    }

    /// The order of two numbers or two strings.
    fn order(&self, left: Option<&Node>, right: Option<&Node>) -> Result<Option<Ordering>, Exhausted> {
        let (Some(left), Some(right)) = (left, right) else {
            return Ok(None);
        };
        Ok(match (&left.value, &right.value) {
            (Value::Number(a), Value::Number(b)) => {
                self.budget.spend((a.as_str().len() + b.as_str().len()) / 16)?;
                a.compare(b)
            }
            (Value::String(a), Value::String(b)) => {
                self.budget.spend(a.len().min(b.len()) / 64)?;
                Some(a.cmp(b))
            }
            _ => None,
        })
    }

    fn equal(&self, left: Option<&Node>, right: Option<&Node>) -> Result<bool, Exhausted> {
        match (left, right) {
            (Some(left), Some(right)) => self.same(left, right),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    fn same(&self, left: &Node, right: &Node) -> Result<bool, Exhausted> {
        self.budget.spend(1)?;
        match (&left.value, &right.value) {
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (a, b) in a.iter().zip(b) {
                    if !self.same(a, b)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
                for (key, a) in a {
                    self.budget.spend(b.len() / 16)?;
                    let same = right.get(&key.value).map(|b| self.same(a, b)).transpose()?;
                    if same != Some(true) {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Array(_) | Value::Object(_), _) => Ok(false),
            (Value::String(a), Value::String(b)) => {
                self.budget.spend(a.len().min(b.len()) / 64)?;
                Ok(a == b)
            }
            (Value::Number(a), Value::Number(b)) => {
                self.budget.spend((a.as_str().len() + b.as_str().len()) / 16)?;
                Ok(a.same_value(b))
            }
            _ => Ok(left.same_value(right)),
        }
    }
}

fn children(node: &Node) -> impl Iterator<Item = &Node> {
    let items = node.as_array().unwrap_or_default().iter();
    items.chain(node.as_object().unwrap_or_default().iter().map(|(_, value)| value))
}

fn is_container(node: &Node) -> bool {
    matches!(node.value, Value::Array(_) | Value::Object(_))
}

/// An index that counts from the end where it is negative.
fn from_end(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The indices of a slice, in its order.
fn slice(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Box<dyn Iterator<Item = usize>> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let counted = |index: i64| if index < 0 { length.saturating_add(index) } else { index };
    let Ok(stride) = usize::try_from(step.unsigned_abs()) else {
        return Box::new(std::iter::empty());
    };
    let index = |it: i64| usize::try_from(it).unwrap_or_default();
    match step.signum() {
        1 => {
            let from = counted(start.unwrap_or(0)).clamp(0, length);
            let to = counted(end.unwrap_or(length)).clamp(0, length);
            Box::new((index(from)..index(to)).step_by(stride))
        }
        -1 => {
            let from = start.map_or(length - 1, counted).clamp(-1, length - 1);
            let to = end.map_or(-1, counted).clamp(-1, length - 1);
            // One above each, since the last index may be before the first item.
            let above = index(to + 1)..index(from + 1);
            Box::new(above.rev().step_by(stride))
        }
        _ => Box::new(std::iter::empty()),
    }
}
