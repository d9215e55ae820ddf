//! Reads the YAML of a kubeconfig file as JSON: plain scalars are what kubectl takes them for, by YAML 1.1.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle};
use secrecy::zeroize::Zeroizing;
use tablature_runtime::Json;
use tablature_runtime::json::{Kind, MAX_DEPTH, escape_to};

/// How long the JSON may become, in bytes: aliases of aliases make much of little.
const LONGEST: usize = 16 << 20;

/// Why a text is not read. Nothing of the text is told, since it holds secrets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum YamlError {
    /// The text is not YAML from this line and column on, both from 1.
    Syntax(usize, usize),
    /// A key is a list or an object.
    Key,
    /// The aliases make too much of the text.
    TooLong,
    /// There is a second document.
    SecondDocument,
    /// It is YAML, but no such file, for these reasons.
    Content(String),
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(line, column) => write!(f, "it is not YAML at line {line}, column {column}"),
            Self::Key => f.write_str("a key is a list or an object"),
            Self::TooLong => write!(f, "its aliases make more than {LONGEST} bytes of it"),
            Self::SecondDocument => f.write_str("it has more than one YAML document"),
            Self::Content(problems) => f.write_str(problems),
        }
    }
}

/// Reads a text; one without a value is `null`.
pub(super) fn read(text: &str) -> Result<Json, YamlError> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut writer = Writer {
        out: Zeroizing::new(String::with_capacity(text.len() * 2)),
        open: Vec::new(),
        anchors: HashMap::new(),
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, _) = event.map_err(|error| YamlError::Syntax(error.marker().line(), error.marker().col() + 1))?;
        if matches!(event, Event::DocumentStart(..)) {
            documents += 1;
            if documents > 1 {
                return Err(YamlError::SecondDocument);
            }
        }
        writer.take(event)?;
    }
    if writer.out.is_empty() {
        return Ok(Json::null());
    }
    // What the writer makes is JSON, unless lists and objects nest too deep.
    writer.out.parse().map_err(|_| YamlError::TooLong)
}

/// Writes the JSON of a text's events.
struct Writer {
    out: Zeroizing<String>,
    open: Vec<Open>,
    /// Where the JSON of what has an anchor stands.
    anchors: HashMap<usize, Range<usize>>,
}

/// A list or an object that has not come to its end.
struct Open {
    is_object: bool,
    /// How many items, or keys and values, have begun.
    begun: usize,
    anchor: usize,
    start: usize,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) -> Result<(), YamlError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_key = self.begin();
                let start = self.out.len();
                match constant(&text).filter(|_| !is_key && style == ScalarStyle::Plain && tag.is_none()) {
                    Some(constant) => self.out.push_str(constant),
                    None => escape_to(&text, &mut self.out),
                }
                self.end(anchor, start);
            }
            Event::SequenceStart(_, anchor, _) => self.start(anchor, false)?,
            Event::MappingStart(_, anchor, _) => self.start(anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.out.push(if open.is_object { '}' } else { ']' });
                    self.end(open.anchor, open.start);
                }
            }
            Event::Alias(anchor) => self.alias(anchor)?,
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, anchor: usize, is_object: bool) -> Result<(), YamlError> {
        if self.begin() {
            return Err(YamlError::Key);
        }
        self.open.push(Open {
            is_object,
            begun: 0,
            anchor,
            start: self.out.len(),
        });
        self.out.push(if is_object { '{' } else { '[' });
        Ok(())
    }

    fn alias(&mut self, anchor: usize) -> Result<(), YamlError> {
        let is_key = self.begin();
        let json = self.anchors.get(&anchor).and_then(|range| self.out.get(range.clone()));
        let json = Zeroizing::new(json.unwrap_or("null").to_owned());
        if is_key && !json.starts_with('"') {
            return Err(YamlError::Key);
        }
        if self.out.len() + json.len() > LONGEST {
            return Err(YamlError::TooLong);
        }
        self.out.push_str(&json);
        Ok(())
    }

    /// Writes what stands before the next value. Whether that is a key.
    fn begin(&mut self) -> bool {
        let Some(open) = self.open.last_mut() else {
            return false;
        };
        let is_value = open.is_object && open.begun % 2 == 1;
        if is_value {
            self.out.push(':');
        } else if open.begun > 0 {
            self.out.push(',');
        }
        open.begun += 1;
        open.is_object && !is_value
    }

    /// Notes where the JSON of a value with an anchor stands; 0 is none.
    fn end(&mut self, anchor: usize, start: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, start..self.out.len());
        }
    }
}

/// What a plain scalar is that is not text.
fn constant(text: &str) -> Option<&str> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some("null"),
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => Some("true"),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => Some("false"),
        _ => Some(text).filter(|text| is_number(text)),
    }
}

/// Whether this is a number also to JSON.
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && text
            .parse::<Json>()
            .is_ok_and(|json| matches!(json.kind(), Kind::Integer | Kind::Number))
}

#[cfg(test)]
mod tests {
    use super::{YamlError, read};

    #[test]
    fn values_are_text_constants_lists_and_objects() {
        for (yaml, json) in [
            ("", "null"),
            ("# nothing\n", "null"),
            (
                "a: b\nc: [d, \"e\\n\", 'true', true, 12, '12', 1.2.3, ~]",
                r#"{"a":"b","c":["d","e\n","true",true,12,"12","1.2.3",null]}"#,
            ),
            ("- {}\n- []\n- x: |\n    y\n    z\n", r#"[{},[],{"x":"y\nz\n"}]"#),
            ("true: !!str true\n1: !!str\n", r#"{"true":"true","1":""}"#),
            (
                "a: &x {b: &y c}\nd: *x\ne: [*y]\n*y : f",
                r#"{"a":{"b":"c"},"d":{"b":"c"},"e":["c"],"c":"f"}"#,
            ),
            (r#"{"a": {"b": null}}"#, r#"{"a":{"b":null}}"#),
        ] {
            assert_eq!(read(yaml).map(|it| it.to_string()).as_deref(), Ok(json), "{yaml}");
        }
    }

    #[test]
    fn what_is_not_read_is_told_without_a_word_of_it() {
        let bomb = (1..30).fold("a0: &a0 [x, x, x]\n".to_owned(), |text, it| {
            let before = it - 1;
            text + &format!("a{it}: &a{it} [*a{before}, *a{before}, *a{before}]\n")
        });
        for (yaml, error) in [
            ("a: b\nsecret: \"x", YamlError::Syntax(2, 9)),
            ("a:\n\tsecret", YamlError::Syntax(2, 2)),
            ("a: *secret", YamlError::Syntax(1, 4)),
            ("[a]: b", YamlError::Key),
            ("a: 1\n---\nb: 2", YamlError::SecondDocument),
            (&bomb, YamlError::TooLong),
        ] {
            let found = read(yaml).err();
            let told = found.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(!told.contains("secret"), "{told}");
            assert_eq!(found, Some(error), "{yaml}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
