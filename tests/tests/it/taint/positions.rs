//! Every place of a string in the documents of the fixtures: values, and keys that are names.
//!
//! Which keys are names is asked of the model: an object that takes a key nobody has heard of is a map.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Documents, Report, json, yaml};
use tablature_tests::emitted::entries;
use tablature_tests::workspace::{children, name, root};

use super::payloads::Payload;

/// A place of the model, and where a document has it.
#[derive(Debug)]
pub(super) struct Position {
    /// The way to it, with `*` for names and numbers.
    pub shape: String,
    /// The first document that has it.
    pub instance: Instance,
}

/// A place in a document.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    /// The case that it is of.
    pub case: String,
    /// The folder of its document.
    pub folder: PathBuf,
    /// The name of its document there.
    pub name: String,
    /// The document.
    pub root: std::rc::Rc<Node>,
    /// The way to the place.
    pub path: Path,
}

/// The way to a value or to a key: the index of a member or an item at each step.
#[derive(Clone, Debug)]
pub(super) struct Path {
    steps: Vec<usize>,
    /// Whether the last member's key is meant, not its value.
    is_key: bool,
}

/// All positions of the fixtures that are emitted, and of `schema/`, by shape.
pub(super) fn all() -> Vec<Position> {
    let mut found: BTreeMap<String, Instance> = BTreeMap::new();
    let fixtures = children(&root().join("tests/fixtures/ok")).into_iter();
    let mut inputs: Vec<_> = fixtures.map(|it| (entries(&it), it)).collect();
    let schema = root().join("schema");
    inputs.extend(["huawei-cci.json", "openshift.json"].map(|it| (vec![it.to_owned()], schema.clone())));
    for (names, folder) in inputs {
        for name_of in names {
            let text = fs::read_to_string(folder.join(&name_of)).unwrap();
            let mut report = Report::new();
            let parsed = if name_of.ends_with(".json") {
                json::parse(0, &text, &mut report)
            } else {
                yaml::parse(0, &text, &mut report)
            };
            let root = std::rc::Rc::new(parsed.unwrap());
            let template = Instance {
                case: name(&folder),
                folder: folder.clone(),
                name: name_of,
                root: root.clone(),
                path: Path {
                    steps: Vec::new(),
                    is_key: false,
                },
            };
            Finder {
                template: &template,
                found: &mut found,
                maps: BTreeMap::new(),
            }
            .walk(&root, "", &mut Vec::new());
        }
    }
    found
        .into_iter()
        .map(|(shape, instance)| Position { shape, instance })
        .collect()
}

struct Finder<'a> {
    template: &'a Instance,
    found: &'a mut BTreeMap<String, Instance>,
    /// Whether the objects of a shape are maps, as far as asked.
    maps: BTreeMap<String, bool>,
}

impl Finder<'_> {
    fn walk(&mut self, node: &Node, shape: &str, steps: &mut Vec<usize>) {
        match &node.value {
            Value::String(_) => self.add(shape.to_owned(), steps, false),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    steps.push(index);
                    self.walk(item, &format!("{shape}/*"), steps);
                    steps.pop();
                }
            }
            Value::Object(members) if !members.is_empty() => {
                let is_map = self.is_map(shape, steps);
                for (index, (key, value)) in members.iter().enumerate() {
                    steps.push(index);
                    let inner = format!("{shape}/{}", if is_map { "*" } else { &key.value });
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
        self.found.entry(shape).or_insert_with(|| Instance {
            path: Path {
                steps: steps.to_owned(),
                is_key,
            },
            ..self.template.clone()
        });
    }

    /// Whether an object takes a key that nobody has heard of.
    fn is_map(&mut self, shape: &str, steps: &[usize]) -> bool {
        if let Some(known) = self.maps.get(shape) {
            return *known;
        }
        let Instance { folder, name, root, .. } = self.template;
        let mut probed = (**root).clone();
        let mut node = &mut probed;
        for step in steps {
            node = child(node, *step);
        }
        let Value::Object(members) = &mut node.value else {
            return false;
        };
        let probe = members.first().cloned().map(|(key, value)| {
            let key = tablature_openapi::Spanned::new("nobodyhasheardofthis".to_owned(), key.span);
            (key, value)
        });
        members.extend(probe);
        let text = text(&probed);
        let (_, report) = Documents::load(std::slice::from_ref(name), &mut |asked| {
            if asked == name {
                Ok(text.clone())
            } else {
                fs::read_to_string(folder.join(asked)).map_err(|it| it.to_string())
            }
        });
        let is_map = !report.iter().any(|it| it.message.contains("nobodyhasheardofthis"));
        self.maps.insert(shape.to_owned(), is_map);
        is_map
    }
}

fn child(node: &mut Node, step: usize) -> &mut Node {
    match &mut node.value {
        Value::Array(items) => &mut items[step],
        Value::Object(members) => &mut members[step].1,
        _ => unreachable!("a way goes through lists and objects"),
    }
}

/// The document with a payload in a place, as JSON.
pub(super) fn tainted(root: &Node, path: &Path, payload: &Payload) -> String {
    let mut root = root.clone();
    let (last, way) = path.steps.split_last().unwrap();
    let mut node = &mut root;
    for step in way {
        node = child(node, *step);
    }
    if path.is_key {
        let Value::Object(members) = &mut node.value else {
            unreachable!("a key is of an object")
        };
        put(&mut members[*last].0.value, payload);
    } else {
        let Value::String(text) = &mut child(node, *last).value else {
            unreachable!("a string was found here")
        };
        put(text, payload);
    }
    text(&root)
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
            let member = |(key, value): &(tablature_openapi::Spanned<String>, Node)| {
                format!("{}:{}", serde_json::to_string(&key.value).unwrap(), text(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
    }
}
