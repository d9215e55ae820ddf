//! The types that pages name, whatever words they use.

/// A type as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Any value.
    Any,
    /// Text.
    String,
    /// A whole number, of 64 bits where the page says so.
    Integer {
        /// Whether the page says that it has 64 bits.
        long: bool,
    },
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An object of members that the page may list elsewhere.
    Object,
    /// A list; of what may be said elsewhere.
    Array(Option<Box<Type>>),
    /// An object with values of one type under any key.
    Map(Box<Type>),
    /// A model by its name.
    Model(String),
    /// One of several types: `Integer or String`.
    OneOf(Vec<Type>),
    /// An object with these members: `{ok: Boolean, note?: String}`.
    Members(Vec<Member>),
}

/// A member of an object that stands in the text of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Whether it must be given: a `?` after the name says that it need not.
    pub required: bool,
    /// Its type.
    pub kind: Type,
}

/// Reads the text of a type; `None` where it is none.
pub fn parse(text: &str) -> Option<Type> {
    parse_at(text, 0, false)
}

/// Reads the text of a type; names of models keep the number of their shape.
pub(crate) fn parse_full(text: &str) -> Option<Type> {
    parse_at(text, 0, true)
}

/// Whether a text is a type beyond doubt, and no word that could be a model's name.
pub(crate) fn is_certain(text: &str) -> bool {
    !matches!(parse(text), None | Some(Type::Model(_) | Type::OneOf(_)))
        || (text.contains(" object") && parse(text).is_some())
}

/// The length of the type that a text begins with, for a hole of a template: `{type}`.
pub(crate) fn leading(_: &str, text: &str) -> Option<usize> {
    let list = "Array of ".len();
    if text.get(..list).is_some_and(|it| it.eq_ignore_ascii_case("array of ")) {
        return leading("", text.get(list..)?).map(|it| list + it);
    }
    let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_'));
    let word = text.get(..end.unwrap_or(text.len()))?;
    // A word in lower case is one of the sentence.
    (word.starts_with(|it: char| it.is_ascii_uppercase()) && parse(word).is_some()).then_some(word.len())
}

/// Types are nested this deep at most.
const DEEPEST: usize = 16;

fn parse_at(text: &str, depth: usize, is_full: bool) -> Option<Type> {
    if depth > DEEPEST || text.len() > 300 {
        return None;
    }
    let text = text.trim().trim_end_matches(" schema").trim();
    if let Some(simple) = simple(text) {
        return Some(simple);
    }
    if let Some(members) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        return self::members(members, depth, is_full);
    }
    let lower = text.to_ascii_lowercase();
    let inner = |text: &str| parse_at(text, depth + 1, is_full);
    let array = |item: &str| Some(Type::Array(Some(Box::new(inner(item)?))));
    if lower.starts_with("array of ") {
        let item = text.get("array of ".len()..)?.trim();
        return array(singular(item)).or_else(|| array_of_several(item, depth, is_full));
    }
    if let Some(types) = several(text, &[" or ", "|"], depth, is_full) {
        return Some(types);
    }
    if let Some(item) = between(text, &lower, &["array<", "list<", "[]<", "set<"], '>') {
        return array(item);
    }
    if let Some(item) = between(text, &lower, &["array ("], ')').or_else(|| between(text, &lower, &["array("], ')')) {
        return array(item);
    }
    if let Some(value) = between(text, &lower, &["object ("], ')') {
        return Some(Type::Map(Box::new(inner(value)?)));
    }
    if let Some(pair) = between(
        text,
        &lower,
        &["map<", "map["],
        if lower.starts_with("map[") { ']' } else { '>' },
    ) {
        let (_, value) = pair.split_once(',')?;
        return Some(Type::Map(Box::new(inner(value)?)));
    }
    let name = lower
        .ends_with(" object")
        .then(|| text.get(..text.len() - " object".len()))
        .flatten();
    model(name.unwrap_or(text), name.is_some(), is_full)
}

/// The members of an object in braces.
fn members(text: &str, depth: usize, is_full: bool) -> Option<Type> {
    let mut open = 0_usize;
    let pieces = text.split(|it| {
        open = match it {
            '{' | '<' => open + 1,
            '}' | '>' => open.saturating_sub(1),
            _ => open,
        };
        it == ',' && open == 0
    });
    let member = |piece: &str| {
        let (name, kind) = piece.split_once(':')?;
        let bare = name.trim().trim_end_matches('?');
        is_wire_name(bare).then_some(())?;
        Some(Member {
            name: bare.to_owned(),
            required: !name.trim().ends_with('?'),
            kind: parse_at(kind, depth + 1, is_full)?,
        })
    };
    pieces.map(member).collect::<Option<_>>().map(Type::Members)
}

/// One of several types, with a word before the last one and commas between the others.
fn several(text: &str, words: &[&str], depth: usize, is_full: bool) -> Option<Type> {
    let last = words.iter().find(|it| text.contains(**it))?;
    let pieces = text.split(last).flat_map(|it| it.split(','));
    let pieces = pieces.map(str::trim).filter(|it| !it.is_empty());
    let types: Option<Vec<_>> = pieces.map(|it| parse_at(it, depth + 1, is_full)).collect();
    types.filter(|it| it.len() > 1).map(Type::OneOf)
}

/// The items of `Array of A, B and C`.
fn array_of_several(items: &str, depth: usize, is_full: bool) -> Option<Type> {
    let items = several(items, &[" and "], depth, is_full)?;
    Some(Type::Array(Some(Box::new(items))))
}

/// The types without parts.
fn simple(text: &str) -> Option<Type> {
    Some(match text.to_ascii_lowercase().as_str() {
        "string" | "strings" | "str" | "date" | "datetime" | "date-time" | "uuid" | "timestamp" => Type::String,
        "integer" | "integers" | "int" | "int32" | "short" => Type::Integer { long: false },
        "long" | "longs" | "int64" => Type::Integer { long: true },
        "number" | "numbers" | "float" | "floats" | "double" | "doubles" | "bigdecimal" => Type::Number,
        "boolean" | "booleans" | "bool" | "true" => Type::Boolean,
        "integer-or-string" | "intorstring" | "int-or-string" => {
            Type::OneOf(vec![Type::Integer { long: false }, Type::String])
        }
        "object" | "objects" | "json" => Type::Object,
        "array" | "arrays" | "list" => Type::Array(None),
        "any" | "any type" | "anytype" => Type::Any,
        _ => return None,
    })
}

/// The model with this name. A single word says that it is one only with `object` after it, or
/// if it looks like no word of prose.
fn model(name: &str, said: bool, is_full: bool) -> Option<Type> {
    let name = name.trim();
    // `Pod core/v1`: the kind and its version, as one edition of OpenShift has it.
    let (kind, version) = name.split_once(' ').unwrap_or((name, ""));
    let versioned = !version.is_empty() && version.contains('/') && is_name(&version.replace('/', "."));
    let wordy = kind.starts_with(|it: char| it.is_ascii_uppercase()) || kind.contains('.') || kind.contains('_');
    let fits = is_name(kind) && (version.is_empty() || versioned) && (said || wordy);
    let name = if is_full { kind } else { without_version(kind) };
    fits.then(|| Type::Model(name.to_owned()))
}

/// Whether a text can be the name of a model: letters, digits, `_`, `.`, `-`.
fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '.' | '-'))
        && !text.ends_with('.')
}

/// The text within brackets, if one of the beginnings stands before it.
fn between<'a>(text: &'a str, lower: &str, beginnings: &[&str], end: char) -> Option<&'a str> {
    let start = beginnings.iter().find(|it| lower.starts_with(**it))?.len();
    text.get(start..)?.trim_end().strip_suffix(end)
}

/// `strings` for an item of `Array of strings`, `X object` for one of `Array of X objects`.
fn singular(item: &str) -> &str {
    match item.strip_suffix("objects") {
        Some(_) => item.strip_suffix('s').unwrap_or(item),
        None if item.ends_with("arrays") => "array",
        None => item,
    }
}

/// The name without the number that CCI's generator gives a model of several shapes.
pub(crate) fn without_version(name: &str) -> &str {
    match name.rsplit_once("_v") {
        // Only long names are that generator's.
        Some((base, digits)) if base.contains('.') && is_number(digits) => base,
        _ => name,
    }
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

/// The text of a type as the lock has it: `_vN` taken off the names of models, on one line.
pub(crate) fn recorded(text: &str) -> String {
    let line = crate::text::one_line(text);
    let line = line.strip_suffix(" schema").unwrap_or(&line);
    let words = line.split_inclusive(|it: char| !(it.is_alphanumeric() || matches!(it, '_' | '.' | '-')));
    words
        .map(|word| {
            let end = word
                .trim_end_matches(|it: char| !(it.is_alphanumeric() || matches!(it, '_' | '.' | '-')))
                .len();
            let (name, rest) = word.split_at(end);
            format!("{}{rest}", without_version(name))
        })
        .collect()
}

/// The models within a type.
pub(crate) fn models_within(it: &Type) -> Vec<&str> {
    match it {
        Type::Model(name) => vec![name],
        Type::Array(item) => item.as_deref().map(models_within).unwrap_or_default(),
        Type::Map(value) => models_within(value),
        Type::OneOf(types) => types.iter().flat_map(models_within).collect(),
        Type::Members(members) => members.iter().flat_map(|it| models_within(&it.kind)).collect(),
        _ => Vec::new(),
    }
}

/// The last part of a model's name: `ServicePort` of `io.k8s.api.core.v1.ServicePort`.
pub fn short_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a text can be the name of a parameter or member.
pub(crate) fn is_wire_name(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 200
        && text.chars().all(|it| {
            it.is_ascii_alphanumeric()
                || matches!(
                    it,
                    '_' | '.' | '-' | '$' | '[' | ']' | '/' | '@' | '{' | '}' | ':' | '*' | '#'
                )
        })
        && text.chars().any(|it| it.is_ascii_alphanumeric() || it == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_all_words() {
        const INTEGER: Type = Type::Integer { long: false };
        fn one_of<const N: usize>(types: [Type; N]) -> Type {
            Type::OneOf(types.into())
        }
        let model = |name: &str| Type::Model(name.to_owned());
        let array = |item| Type::Array(Some(Box::new(item)));
        let map = |value| Type::Map(Box::new(value));
        for (text, expected) in [
            ("String", Type::String),
            ("Long", Type::Integer { long: true }),
            ("Array of strings", array(Type::String)),
            ("Array of\u{a0} a.b.C_v3\u{a0} objects", array(model("a.b.C"))),
            ("a.b.C object", model("a.b.C")),
            ("volumes object", model("volumes")),
            ("Map<String,String>", map(Type::String)),
            ("Map<String,a.b.C>", map(model("a.b.C"))),
            ("array (Condition)", array(model("Condition"))),
            ("array (object (string))", array(map(Type::String))),
            ("object (string)", map(Type::String)),
            ("ObjectMeta", model("ObjectMeta")),
            ("Status schema", model("Status")),
            ("array (Affinity core/v1)", array(model("Affinity"))),
            ("integer-or-string", one_of([INTEGER, Type::String])),
            ("Integer or String", one_of([INTEGER, Type::String])),
            ("A or B, or Boolean", one_of([model("A"), model("B"), Type::Boolean])),
            ("string | number", one_of([Type::String, Type::Number])),
            (
                "Array of A, B and C",
                array(one_of([model("A"), model("B"), model("C")])),
            ),
            ("Array of Array of A", array(array(model("A")))),
        ] {
            assert_eq!(
                parse(&text.replace('\u{a0}', " ").replace("  ", " ")),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn objects_in_braces_have_their_members() {
        let member = |name: &str, required, kind| Member {
            name: name.to_owned(),
            required,
            kind,
        };
        let note = Type::Members(vec![member("text", true, Type::String)]);
        let lamp = Type::OneOf(vec![Type::Model("Lamp".to_owned()), Type::Boolean]);
        let map = Type::Map(Box::new(Type::String));
        assert_eq!(
            parse("{result: Lamp or True, note?: {text: String}, by: Map<String,String>}"),
            Some(Type::Members(vec![
                member("result", true, lamp),
                member("note", false, note),
                member("by", true, map),
            ]))
        );
        for text in ["{}", "{ok}", "{ok: the first}", "{a b: String}"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn prose_is_no_type() {
        for text in [
            "",
            "name of the Service",
            "word",
            "The port.",
            "是",
            "optional",
            "a b object",
            "one or the other",
            "String or the other",
            "A and B",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"array (".repeat(1000)), None);
    }

    #[test]
    fn recorded_types_have_no_version() {
        assert_eq!(recorded("Array of  a.B_v2\n objects"), "Array of a.B objects");
        assert_eq!(recorded("Map<String,a.B_v2>"), "Map<String,a.B>");
        assert_eq!(recorded("`Status` schema"), "`Status`");
        assert_eq!(short_name("a.b.C"), "C");
    }
}
