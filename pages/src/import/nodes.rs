//! Every table of members of all pages, and which of them each member refers to.

use std::collections::{BTreeSet, HashMap};

use tablature_openapi::Span;

use crate::facts::{Cell, Page, Role, Row};
use crate::import::names;
use crate::types::{self, Type, short_name, without_version};

/// A table of members.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The place of the table.
    pub(super) span: Span,
    /// The page, as an index.
    pub(super) page: usize,
    /// Page and table as documents name them.
    pub(super) table: String,
    /// The members.
    pub(super) members: Vec<Row>,
    /// The type that the whole is, where the page says so instead of listing members.
    pub(super) alias: Option<Row>,
    /// Where the object is used.
    pub(super) role: Role,
    /// The operations that the table belongs to.
    pub(super) operations: Vec<usize>,
    /// The name, with the number of its shape.
    pub(super) name: Option<String>,
    /// Whether it is a whole body.
    pub(super) is_body: bool,
    /// The chapter that it is a part of, and its path there: `Service` and `.spec`.
    pub(super) part_of: Option<(String, String)>,
    /// The number in the title of the table.
    number: Option<String>,
    /// The name that the component shall have.
    pub(super) wanted: String,
    /// What each row refers to: the models that its type names, in their order, or its own table.
    pub(super) links: Vec<Vec<Link>>,
}

/// The tables that a reference can be to: one, or several that the page does not tell apart.
pub(super) type Link = Vec<usize>;

/// All tables of members.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    /// The tables, in the order of the pages.
    pub(super) list: Vec<Node>,
    /// Those with a name, by the last part of the name.
    by_name: HashMap<String, Vec<usize>>,
    /// The parts of chapters, by page and path: `Service.spec`.
    parts: HashMap<(usize, String), usize>,
}

impl Node {
    /// The members, or the one row that says what the whole is.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.members.iter().chain(&self.alias)
    }
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct From<'a> {
    /// The page, as an index.
    pub(super) page: usize,
    /// Where the object that it stands in is used.
    pub(super) role: &'a Role,
    /// The operations that its table belongs to.
    pub(super) operations: &'a [usize],
}

impl Nodes {
    /// The tables of some pages, with all references followed.
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut nodes = Self::default();
        for (page, it) in pages.iter().enumerate() {
            nodes.add(page, it);
        }
        let links: Vec<_> = (0..nodes.list.len()).map(|it| nodes.links(it)).collect();
        for (node, links) in nodes.list.iter_mut().zip(links) {
            node.links = links;
        }
        nodes
    }

    fn add(&mut self, page: usize, facts: &Page) {
        for (index, table) in facts.tables.iter().enumerate() {
            let Some(model) = table.model() else { continue };
            let name = model
                .name
                .known()
                .map(|name| model.full_name.clone().unwrap_or_else(|| name.clone()));
            if name.is_none() && !model.whole {
                continue;
            }
            let part_of = name.as_deref().and_then(|it| chapter(it, &model.role));
            let number = self.list.len();
            let mut members = table.rows.clone();
            let alias = members.pop_if(|it| it.name == Cell::Absent);
            let mut seen = BTreeSet::new();
            members.retain(|it| it.name.known().is_some_and(|it| seen.insert(it.clone())));
            if let Some(name) = &name {
                let bare = without_version(name).to_owned();
                self.by_name
                    .entry(short_name(&bare).to_owned())
                    .or_default()
                    .push(number);
                if part_of.is_some() {
                    self.parts.entry((page, bare)).or_insert(number);
                }
            }
            let wanted = match (&name, &part_of) {
                (Some(name), Some(_)) => names::part(name),
                (Some(name), None) => names::component(short_name(without_version(name))),
                (None, _) => String::new(),
            };
            self.list.push(Node {
                span: table.span,
                page,
                table: format!("{}#{}", facts.key, index + 1),
                members,
                alias,
                role: model.role.clone(),
                operations: table.operations.clone(),
                is_body: name.is_none(),
                name,
                part_of,
                number: table.number.clone(),
                wanted,
                links: Vec::new(),
            });
        }
    }

    fn links(&self, number: usize) -> Vec<Vec<Link>> {
        let Some(node) = self.list.get(number) else {
            return Vec::new();
        };
        let from = From {
            page: node.page,
            role: &node.role,
            operations: &node.operations,
        };
        let link = |row: &Row| match self.part(node, row) {
            Some(part) => vec![vec![part]],
            None => self.link(from, row, Some(number)),
        };
        node.rows().map(link).collect()
    }

    /// The part of a chapter below a member: that of `ports[]` for the items of `ports`.
    fn part(&self, node: &Node, row: &Row) -> Option<usize> {
        let (kind, path) = node.part_of.as_ref()?;
        let name = row.name.known()?;
        self.parts.get(&(node.page, format!("{kind}{path}.{name}"))).copied()
    }

    /// The tables that the type of a row refers to, or that an object without a type of its own is described in.
    pub(super) fn link(&self, from: From<'_>, row: &Row, own: Option<usize>) -> Vec<Link> {
        let full = types::parse_full(&row.full_type);
        let parsed = full.or_else(|| row.type_text.known().and_then(|it| types::parse(it)));
        match parsed {
            Some(it) if is_object(&it) => vec![self.joined(from, row, own)],
            Some(it) => {
                let names = types::models_within(&it).into_iter();
                names.map(|name| self.named(from, name)).collect()
            }
            None => Vec::new(),
        }
    }

    /// The tables of a model by its name: those of the same page, use, operation and number first.
    fn named(&self, from: From<'_>, name: &str) -> Link {
        let bare = without_version(name);
        // A sentence may have the plural: an array of Lamps.
        let of_name = |it: &'_ str| self.by_name.get(short_name(it)).map(|all| (it.to_owned(), all));
        let found = of_name(bare).or_else(|| of_name(bare.strip_suffix('s')?));
        let Some((bare, all)) = found else {
            return Vec::new();
        };
        let score = |number: &usize| {
            let node = self.list.get(*number)?;
            let known = node.name.as_deref()?;
            let same_page = node.page == from.page;
            let overlaps = node.operations.iter().any(|it| from.operations.contains(it));
            let scores = [
                (without_version(known) == bare, 32),
                (same_page, 16),
                (known == name && same_page, 8),
                (node.role == *from.role, 4),
                (node.role == Role::Definition, 2),
                (same_page && overlaps, 1),
            ];
            Some(
                scores
                    .iter()
                    .filter(|(holds, _)| *holds)
                    .map(|(_, score)| score)
                    .sum::<u32>(),
            )
        };
        best(all, score)
    }

    /// The table of an object: the one that its description names, else the one titled like the member.
    fn joined(&self, from: From<'_>, row: &Row, own: Option<usize>) -> Link {
        let Some(name) = row.name.known() else {
            return Vec::new();
        };
        let near = self.list.iter().enumerate().filter(|(number, node)| {
            let same_use = node.role == *from.role && node.operations == from.operations;
            Some(*number) != own && node.page == from.page && same_use && node.name.is_some()
        });
        let mentioned = mentioned(&row.text);
        let by_number = near
            .clone()
            .filter(|(_, it)| it.number.is_some() && it.number.as_deref() == mentioned);
        let found: Link = by_number.map(|(number, _)| number).collect();
        if !found.is_empty() {
            return found;
        }
        let wanted = name.to_lowercase();
        let fits = |title: &str| {
            let title = title.to_lowercase();
            title == wanted || format!("{title}s") == wanted || title == format!("{wanted}s")
        };
        let titled = near.filter(|(_, it)| it.name.as_deref().is_some_and(fits));
        let found: Link = titled.map(|(number, _)| number).collect();
        let exact = |it: &usize| self.list.get(*it).and_then(|it| it.name.as_deref()) == Some(name);
        let exactly: Link = found.iter().copied().filter(exact).collect();
        if exactly.is_empty() { found } else { exactly }
    }
}

/// The numbers with the greatest score.
fn best(all: &[usize], score: impl Fn(&usize) -> Option<u32>) -> Link {
    let scored: Vec<_> = all.iter().filter_map(|it| Some((score(it)?, *it))).collect();
    let most = scored.iter().map(|(score, _)| *score).max();
    let found: BTreeSet<_> = scored
        .iter()
        .filter(|(it, _)| Some(*it) == most)
        .map(|(_, it)| *it)
        .collect();
    found.into_iter().collect()
}

/// Whether a type is an object, or a list of objects, whose members stand elsewhere.
pub(super) fn is_object(it: &Type) -> bool {
    match it {
        Type::Object => true,
        Type::Array(item) => item.as_deref().is_none_or(is_object),
        _ => false,
    }
}

/// The number of the table that a description points to: `see Table 3`, `详见表3`.
fn mentioned(text: &str) -> Option<&str> {
    let rest = ["Table ", "表"]
        .iter()
        .find_map(|word| text.split_once(word))?
        .1
        .trim_start();
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end).filter(|it| !it.is_empty())
}

/// The chapter that a model is a part of: `Service.spec.ports[]` is `.spec.ports[]` of `Service`.
fn chapter(name: &str, role: &Role) -> Option<(String, String)> {
    if *role != Role::Definition {
        return None;
    }
    let (kind, path) = name.split_at(name.find('.').unwrap_or(name.len()));
    let is_kind = kind.starts_with(|it: char| it.is_ascii_uppercase());
    is_kind.then(|| (kind.to_owned(), path.to_owned()))
}

/// The names of the members that must be given.
pub(super) fn required(members: &[Row]) -> Vec<&String> {
    let required = members.iter().filter(|it| it.required == Cell::Known(true));
    required
        .filter_map(|it| it.name.known())
        .filter(|it| !it.ends_with("[]"))
        .collect()
}
