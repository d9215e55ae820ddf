//! All models of all pages: those with one name and one meaning are one component, others get names of their own.
//!
//! Two models are the same if their members have the same names and types, the same ones are required, and what they
//! refer to is the same in turn. A set of tables that may be the same is therefore split until nothing in it differs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tablature_openapi::{Report, Span};

use crate::codes;
use crate::facts::{Cell, Page, Role, Row};
use crate::import::nodes::{From, Link, Node, Nodes};
use crate::import::schema::Links;
use crate::import::{model, names, object};
use crate::json::Json;
use crate::types;

/// The models as components.
#[derive(Debug, Default)]
pub(super) struct Pool {
    nodes: Nodes,
    /// The component of each table.
    component: Vec<String>,
    /// The tables of each component; the first one is what its schema is made of.
    tables: BTreeMap<String, Vec<usize>>,
    /// Models that no page describes, and where they are named first.
    missing: BTreeMap<String, Span>,
    /// The references that were told to be to one of several models.
    ambiguous: BTreeSet<(Span, String)>,
    /// The tables that something refers to.
    used: BTreeSet<usize>,
}

impl Pool {
    /// Takes in the models of all pages.
    pub(super) fn of(pages: &[Page], report: &mut Report) -> Self {
        for page in pages {
            incomplete(page, report);
        }
        let mut nodes = Nodes::of(pages);
        twins(&mut nodes.list, pages);
        let classes = classes(&nodes.list);
        name_bodies(&mut nodes.list, &classes, pages);
        let mut pool = Self {
            nodes,
            ..Self::default()
        };
        pool.name(&classes, report);
        pool
    }

    /// Gives each class of tables with one name a component.
    fn name(&mut self, classes: &[usize], report: &mut Report) {
        let mut known: HashMap<(&str, usize), String> = HashMap::new();
        let mut count: HashMap<&str, (usize, Span)> = HashMap::new();
        self.component = vec![String::new(); self.nodes.list.len()];
        // What has a name keeps it; bodies are named after that.
        let (named, bodies): (Vec<_>, Vec<_>) =
            (0..self.nodes.list.len()).partition(|it| self.nodes.list.get(*it).is_some_and(|it| !it.is_body));
        for number in named.into_iter().chain(bodies) {
            let (Some(node), Some(class)) = (self.nodes.list.get(number), classes.get(number)) else {
                continue;
            };
            let component = known.entry((&node.wanted, *class)).or_insert_with(|| {
                let (times, first) = count.entry(&node.wanted).or_insert((0, node.span));
                *times += 1;
                if *times == 1 {
                    return node.wanted.clone();
                }
                let name = format!("{}{times}", node.wanted);
                let message = format!("`{}` has another shape here: it becomes `{name}`", node.wanted);
                let found = codes::OTHER_SHAPE.at(node.span, message);
                report.push(found.related(*first, "the first one"));
                name
            });
            if let Some(place) = self.component.get_mut(number) {
                place.clone_from(component);
            }
            self.tables.entry(component.clone()).or_default().push(number);
        }
    }

    /// The schema of what the type of a row refers to.
    pub(super) fn reference(&mut self, from: From<'_>, row: &Row, report: &mut Report) -> Links {
        let links = self.nodes.link(from, row, None);
        self.follow(&links, row, report)
    }

    /// The components that the links of a row are to.
    fn follow(&mut self, links: &[Link], row: &Row, report: &mut Report) -> Links {
        let parsed = row.type_text.known().and_then(|it| types::parse(it));
        let names = parsed.as_ref().map(types::models_within).unwrap_or_default();
        let links = links.iter().enumerate();
        links
            .filter_map(|(index, link)| self.component_of(link, names.get(index).copied(), row, report))
            .collect()
    }

    /// The component that a link is to, if it is to one.
    fn component_of(&mut self, link: &Link, name: Option<&str>, row: &Row, report: &mut Report) -> Option<Json> {
        let components: BTreeSet<_> = link.iter().filter_map(|it| self.component.get(*it)).cloned().collect();
        let mut found = components.iter();
        match (found.next(), found.next(), name) {
            (Some(one), None, _) => {
                self.used.extend(link);
                Some(component_reference(one))
            }
            (Some(_), Some(_), _) => {
                let shown = row.type_text.known().cloned().unwrap_or_default();
                if self.ambiguous.insert((row.span, shown.clone())) {
                    let list: Vec<_> = components.iter().map(|it| format!("`{it}`")).collect();
                    let message = format!(
                        "`{shown}` of `{}` may be {}: it stays a free-form object",
                        row.shown(),
                        list.join(" or ")
                    );
                    let found = codes::AMBIGUOUS_MODEL.at(row.span, message);
                    report.push(found);
                }
                self.used.extend(link);
                name.map(|_| object([("type", Json::text("object"))]))
            }
            (None, _, Some(name)) => {
                let component = names::component(types::short_name(name));
                self.missing.entry(component.clone()).or_insert(row.span);
                Some(component_reference(&component))
            }
            (None, _, None) => None,
        }
    }

    /// The schema of a whole body that a page describes by a table of its own, and the name of the table.
    pub(super) fn body(&mut self, page: usize, operation: usize, role: &Role) -> Option<(Json, String)> {
        let is_it = |it: &Node| it.is_body && it.page == page && it.role == *role && it.operations.contains(&operation);
        let number = self.nodes.list.iter().position(is_it)?;
        self.used.insert(number);
        let reference = component_reference(self.component.get(number)?);
        Some((reference, self.nodes.list.get(number)?.table.clone()))
    }

    /// All schemas, and how many they are. Reports the models that no page describes, and those that nothing uses.
    pub(super) fn schemas(&mut self, report: &mut Report, rows: &mut BTreeMap<Span, Json>) -> (Json, usize) {
        let mut schemas = BTreeMap::new();
        for (name, tables) in self.tables.clone() {
            let nodes: Vec<Node> = tables
                .iter()
                .filter_map(|it| self.nodes.list.get(*it))
                .cloned()
                .collect();
            let Some(first) = nodes.first() else { continue };
            let links: Vec<Links> = first
                .rows()
                .zip(&first.links)
                .map(|(row, links)| self.follow(links, row, report))
                .collect();
            for node in nodes.iter().skip(1) {
                self.used.extend(node.links.iter().flatten().flatten());
            }
            let documented: Vec<_> = nodes.iter().map(|it| it.table.as_str()).collect();
            let schema = model::schema(first, &links, &documented);
            for row in nodes.iter().flat_map(|it| &it.members) {
                let name = row.name.known().map_or("", String::as_str);
                let property = schema.member("properties").and_then(|it| it.member(name));
                rows.extend(property.map(|it| (row.span, it.clone())));
            }
            schemas.insert(name, schema);
        }
        for (name, span) in &self.missing {
            let message = format!("no page describes the model `{name}`: it becomes a free-form object");
            report.push(codes::MISSING_MODEL.at(*span, message));
            schemas.entry(name.clone()).or_insert_with(undescribed);
        }
        self.unused(report);
        let count = schemas.len();
        (Json::Object(schemas.into_iter().collect()), count)
    }

    fn unused(&self, report: &mut Report) {
        for (number, node) in self.nodes.list.iter().enumerate() {
            if node.role != Role::Definition && !node.is_body && !self.used.contains(&number) {
                let name = node.name.as_deref().unwrap_or_default();
                let message = format!("nothing refers to the model `{name}` of the {}", role_words(&node.role));
                report.push(codes::UNUSED_MODEL.at(node.span, message));
            }
        }
    }
}

/// Which members must be given, where a table has no such column: what the tables say that have it and are the same
/// otherwise, those of the same page first. Pages tell it of the request, and leave the column out of the response. A
/// body whose example lacks such a member has no twin.
fn twins(nodes: &mut [Node], pages: &[Page]) {
    type Key = (String, Vec<(String, String)>);
    let key = |it: &Node| -> Key {
        let (members, _) = model::shape(it);
        let members = members
            .into_iter()
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()));
        (it.wanted.clone(), members.collect())
    };
    let is_told = |it: &Node| it.members.iter().any(|it| it.required != Cell::Absent);
    let mut told: HashMap<Key, Vec<usize>> = HashMap::new();
    for (number, node) in nodes.iter().enumerate().filter(|(_, it)| is_told(it)) {
        told.entry(key(node)).or_default().push(number);
    }
    for number in 0..nodes.len() {
        let Some(node) = nodes.get(number).filter(|it| !is_told(it)) else {
            continue;
        };
        let found = told.get(&key(node)).into_iter().flatten();
        let found: Vec<&Node> = found.filter_map(|it| nodes.get(*it)).collect();
        let near: Vec<&Node> = found.iter().copied().filter(|it| it.page == node.page).collect();
        let agree = |of: &[&Node]| {
            let cells = of
                .iter()
                .map(|it| it.members.iter().map(|it| it.required.clone()).collect::<Vec<_>>());
            let mut cells: Vec<_> = cells.collect();
            cells.dedup();
            <[_; 1]>::try_from(cells).ok().map(|[it]| it)
        };
        let cells = agree(&found).or_else(|| agree(&near));
        let names = node.members.iter().filter_map(|it| it.name.known());
        let wanted = names
            .zip(cells.iter().flatten())
            .filter(|(_, it)| **it == Cell::Known(true));
        let wanted: Vec<_> = wanted.map(|(name, _)| name.as_str()).collect();
        if pages.get(node.page).is_some_and(|it| model::lacks(it, node, &wanted)) {
            continue;
        }
        let Some(node) = nodes.get_mut(number) else { continue };
        for (row, cell) in node.members.iter_mut().zip(cells.into_iter().flatten()) {
            row.required = cell;
        }
    }
}

/// The class of each table: those of one class do not differ, nor does what they refer to.
fn classes(nodes: &[Node]) -> Vec<usize> {
    let mut classes = vec![0; nodes.len()];
    let mut count = 0;
    loop {
        let mut known = HashMap::new();
        let mut next = Vec::with_capacity(nodes.len());
        for (node, class) in nodes.iter().zip(&classes) {
            let refers = |links: &Vec<Link>| -> BTreeSet<(&str, usize)> {
                let target = |it: &usize| Some((nodes.get(*it)?.wanted.as_str(), *classes.get(*it)?));
                links.iter().flatten().filter_map(target).collect()
            };
            let links: Vec<_> = node.links.iter().map(refers).collect();
            let signature = (*class, model::shape(node), links);
            let number = known.len();
            next.push(*known.entry(signature).or_insert(number));
        }
        let found = known.len();
        drop(known);
        classes = next;
        if found == count {
            return classes;
        }
        count = found;
    }
}

/// Names for bodies: an example tells their kind, or else they are the model with the same members.
fn name_bodies(nodes: &mut [Node], classes: &[usize], pages: &[Page]) {
    let mut by_class: HashMap<usize, String> = HashMap::new();
    let mut taken: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (node, class) in nodes.iter().zip(classes).filter(|(it, _)| !it.is_body) {
        by_class.entry(*class).or_insert_with(|| node.wanted.clone());
        taken.entry(node.wanted.clone()).or_default().insert(*class);
    }
    let lists: Vec<Option<String>> = nodes.iter().map(|it| list_name(it, nodes)).collect();
    for ((node, class), list) in nodes
        .iter_mut()
        .zip(classes)
        .zip(lists)
        .filter(|((it, _), _)| it.is_body)
    {
        let Some(page) = pages.get(node.page) else { continue };
        // `List` alone is what a server calls a list of anything.
        let kind = model::kind(page, node).filter(|it| it != "List").or(list);
        // An example may show what servers answer, not what the table says: members count first.
        let same = |it: &String| taken.get(it).is_some_and(|it| it.contains(class));
        let free = |it: &String| !taken.contains_key(it);
        let wanted = kind
            .clone()
            .filter(same)
            .or_else(|| by_class.get(class).cloned())
            .or_else(|| kind.filter(free))
            .unwrap_or_else(|| names::component(&model::body_name(page, node)));
        node.wanted.clone_from(&wanted);
        by_class.entry(*class).or_insert_with(|| wanted.clone());
        taken.entry(wanted).or_default().insert(*class);
    }
}

/// The name of a list of objects with its own metadata, by what its items are: `PodList`.
fn list_name(node: &Node, nodes: &[Node]) -> Option<String> {
    let member = |name: &str| {
        node.members
            .iter()
            .position(|it| it.name.known().is_some_and(|it| it == name))
    };
    member("metadata")?;
    let [link] = node.links.get(member("items")?)?.as_slice() else {
        return None;
    };
    let item = &nodes.get(*link.first()?)?.wanted;
    (!item.is_empty()).then(|| format!("{item}List"))
}

/// Says which models of a page have no name, and which rows stand twice.
fn incomplete(page: &Page, report: &mut Report) {
    for (index, table) in page.tables.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for row in table.rows.iter().filter(|_| table.model().is_some()) {
            if let Some(name) = row.name.known().filter(|it| !seen.insert(*it)) {
                let message = format!("table {} has a row `{name}` already: the first one counts", index + 1);
                report.push(codes::REPEATED_ROW.at(row.span, message));
            }
        }
        if table.model().is_some_and(|it| it.name.known().is_none() && !it.whole) {
            let message = format!("the model of table {} has no name: it is left out", index + 1);
            report.push(codes::NAMELESS_MODEL.at(table.span, message));
        }
    }
}

/// What is noted of a model that no page describes.
pub(crate) const UNDESCRIBED: &str = "No page that was imported describes it.";

/// The schema of a model that no page describes.
fn undescribed() -> Json {
    object([
        ("type", Json::text("object")),
        ("x-draft", Json::Bool(true)),
        ("x-note", Json::text(UNDESCRIBED)),
    ])
}

pub(crate) fn component_reference(component: &str) -> Json {
    Json::reference(format!("#/components/schemas/{component}"))
}

fn role_words(role: &Role) -> String {
    match role {
        Role::Request => "request".to_owned(),
        Role::Response(status) => format!("response {status}"),
        Role::Definition => "page".to_owned(),
    }
}
