//! Every place of a string in the documents of the fixtures: values, and keys that are names.
//!
//! Which keys are names is asked of the model: an object that takes a key nobody has heard of is a map.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Documents, Report, Spanned, json, yaml};
use tablature_tests::emitted::entries;
use tablature_tests::workspace::{children, name, root};

use super::payloads::Payload;

/// A document of a fixture.
#[derive(Debug)]
pub(super) struct Subject {
    /// The case that it is of.
    pub case: String,
    /// The folder of its document.
    pub folder: PathBuf,
    /// The name of its document there.
    pub name: String,
    /// The document.
    root: Node,
}

/// A place in a document.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// The last steps to it, with `*` for names and numbers: places of the same shape are read alike.
    pub shape: String,
    /// The index of a member or an item at each step.
    steps: Vec<usize>,
    /// Whether the last member's key is meant, not its value.
    is_key: bool,
}

/// The documents of the fixtures that are emitted, and one of what only documents, small ones first.
pub(super) fn subjects() -> Vec<Subject> {
    let fixtures = children(&root().join("tests/fixtures/ok")).into_iter();
    let own = (
        vec!["documentation.json".to_owned()],
        root().join("tests/tests/it/taint"),
    );
    let inputs = fixtures.map(|it| (entries(&it), it)).chain([own]);
    let mut subjects: Vec<_> = inputs
        .flat_map(|(names, folder)| names.into_iter().map(move |it| Subject::read(folder.clone(), it)))
        .collect();
    // What several documents have is tried in the smallest of them; one of the size of an API would take minutes.
    subjects.sort_by_cached_key(|it| text(&it.root).len());
    subjects.truncate(subjects.partition_point(|it| text(&it.root).len() < 20_000));
    subjects
}

impl Subject {
    fn read(folder: PathBuf, file: String) -> Self {
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        let mut report = Report::new();
        let parsed = if file.ends_with(".json") {
            json::parse(0, &text, &mut report)
        } else {
            yaml::parse(0, &text, &mut report)
        };
        Self {
            case: name(&folder),
            folder,
            name: file,
            root: parsed.unwrap(),
        }
    }

    /// Its positions, one of each shape that is not known.
    pub(super) fn positions(&self, known: &dyn Fn(&str) -> bool, maps: &mut BTreeMap<String, bool>) -> Vec<Position> {
        let mut finder = Finder {
            subject: self,
            known,
            found: BTreeMap::new(),
            maps,
        };
        finder.walk(&self.root, "", &mut Vec::new());
        finder.found.into_values().collect()
    }

    /// The document with a payload in places of it, as JSON.
    pub(super) fn tainted(&self, positions: &[Position], payload: &Payload) -> String {
        let mut root = self.root.clone();
        let mut renamed = BTreeMap::new();
        for position in positions {
            let (last, way) = position.steps.split_last().unwrap();
            let node = way.iter().fold(&mut root, |node, step| child(node, *step));
            if !position.is_key {
                let Value::String(text) = &mut child(node, *last).value else {
                    unreachable!("a string was found here")
                };
                put(text, payload);
                continue;
            }
            let Value::Object(members) = &mut node.value else {
                unreachable!("a key is of an object")
            };
            let key = &mut members[*last].0.value;
            let before = key.clone();
            put(key, payload);
            if let Some(section) = position
                .shape
                .strip_prefix("/components/")
                .and_then(|it| it.strip_suffix("/* (key)"))
            {
                let reference = |key: &str| match section {
                    "securitySchemes" => format!("{SCHEME}{key}"),
                    _ => format!("#/components/{section}/{}", pointer(key)),
                };
                renamed.insert(reference(&before), reference(key));
            }
        }
        rename(&mut root, &renamed);
        text(&root)
    }
}

/// What stands before the name of a security scheme among what is renamed.
const SCHEME: &str = "scheme ";

/// A key as references write it.
fn pointer(key: &str) -> String {
    let escaped = key.replace('~', "~0").replace('/', "~1");
    escaped
        .bytes()
        .map(|it| {
            if it.is_ascii_alphanumeric() || b"~._-".contains(&it) {
                char::from(it).to_string()
            } else {
                format!("%{it:02X}")
            }
        })
        .collect()
}

/// Has references follow the components that they are to.
fn rename(node: &mut Node, renamed: &BTreeMap<String, String>) {
    match &mut node.value {
        Value::String(text) => {
            if let Some(new) = renamed.get(text) {
                text.clone_from(new);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| rename(it, renamed)),
        Value::Object(members) => {
            for (key, value) in members {
                // Requirements name a scheme by a key.
                let scheme = renamed.get(&format!("{SCHEME}{}", key.value));
                if let Some(new) = scheme.filter(|_| value.as_array().is_some()) {
                    new[SCHEME.len()..].clone_into(&mut key.value);
                }
                rename(value, renamed);
            }
        }
        _ => {}
    }
}

struct Finder<'a> {
    subject: &'a Subject,
    known: &'a dyn Fn(&str) -> bool,
    found: BTreeMap<String, Position>,
    /// Whether the objects of a shape are maps, as far as asked.
    maps: &'a mut BTreeMap<String, bool>,
}

impl Finder<'_> {
    fn walk(&mut self, node: &Node, shape: &str, steps: &mut Vec<usize>) {
        match &node.value {
            Value::String(_) => self.add(shape.to_owned(), steps, false),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    steps.push(index);
                    self.walk(item, &shape_of(shape, "*"), steps);
                    steps.pop();
                }
            }
            Value::Object(members) if !members.is_empty() => {
                let is_map = self.is_map(shape, steps);
                for (index, (key, value)) in members.iter().enumerate() {
                    steps.push(index);
                    let inner = shape_of(shape, if is_map { "*" } else { &key.value });
                    if is_map {
                        self.add(format!("{inner} (key)"), steps, true);
                    }
                    self.walk(value, &inner, steps);
                    steps.pop();
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, shape: String, steps: &[usize], is_key: bool) {
        if !(self.known)(&shape) {
            let steps = steps.to_owned();
            self.found
                .entry(shape.clone())
                .or_insert(Position { shape, steps, is_key });
        }
    }

    /// Whether an object takes a key that nobody has heard of.
    fn is_map(&mut self, shape: &str, steps: &[usize]) -> bool {
        if let Some(known) = self.maps.get(shape) {
            return *known;
        }
        let Subject { folder, name, root, .. } = self.subject;
        let mut probed = root.clone();
        let node = steps.iter().fold(&mut probed, |node, step| child(node, *step));
        let Value::Object(members) = &mut node.value else {
            return false;
        };
        let Some((first, mut value)) = members.first().cloned() else {
            return false;
        };
        if let Value::Object(inner) = &mut value.value {
            // Else what is within would stand twice.
            inner.clear();
        }
        let at = members.len();
        members.push((first, value));
        // What is a name depends on what it names: anything, a path, a media type, a status.
        let is_map = [
            "nobodyhasheardofthis",
            "/nobodyhasheardofthis",
            "nobody/hasheardofthis",
            "599",
        ]
        .into_iter()
        .any(|key| {
            let node = steps.iter().fold(&mut probed, |node, step| child(node, *step));
            if let Value::Object(members) = &mut node.value {
                key.clone_into(&mut members[at].0.value);
            }
            let text = text(&probed);
            let (_, report) = Documents::load(std::slice::from_ref(name), &mut |asked| {
                if asked == name {
                    Ok(text.clone())
                } else {
                    fs::read_to_string(folder.join(asked)).map_err(|it| it.to_string())
                }
            });
            !report.iter().any(|it| it.message.contains(key))
        });
        self.maps.insert(shape.to_owned(), is_map);
        is_map
    }
}

/// Members that are read alike.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The shape of what is a step further.
fn shape_of(shape: &str, step: &str) -> String {
    const STEPS: usize = 4;
    let step = if METHODS.contains(&step) { "*" } else { step };
    let mut steps: Vec<&str> = shape.split('/').chain([step]).collect();
    steps.drain(..steps.len().saturating_sub(STEPS));
    steps.join("/")
}

fn child(node: &mut Node, step: usize) -> &mut Node {
    match &mut node.value {
        Value::Array(items) => &mut items[step],
        Value::Object(members) => &mut members[step].1,
        _ => unreachable!("a way goes through lists and objects"),
    }
}

fn put(text: &mut String, payload: &Payload) {
    if payload.replaces {
        text.clear();
    }
    text.push_str(&payload.text);
}

/// The text of a document.
fn text(root: &Node) -> String {
    match &root.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.as_str().to_owned(),
        Value::String(text) => serde_json::to_string(text).unwrap(),
        Value::Array(items) => format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let member = |(key, value): &(Spanned<String>, Node)| {
                format!("{}:{}", serde_json::to_string(&key.value).unwrap(), text(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
    }
}
