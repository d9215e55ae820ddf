//! Parameters that are lists, objects or documents.

use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use super::Parts;
use super::encoded::Encoded;
use crate::body::{essence, form, is_json};
use crate::json;
use crate::node::Node;
use crate::parameter::{Place, RESERVED, Style, UNRESERVED, encode_reserved, pairs, text};
use crate::request::Problem;

impl Parts {
    /// Sets a parameter in a style of OpenAPI; all earlier values of that name go.
    ///
    /// `value` is a single value, a list of such or an object of such; with [`Style::DeepObject`] also
    /// an object of objects and lists, where an item has its number as its name. `null`, an empty
    /// list and an empty object are not written, and neither is `null` in a list or an object.
    pub fn styled<T>(&mut self, place: Place, name: &'static str, style: Style, explode: bool, value: &T)
    where
        T: Serialize + ?Sized,
    {
        self.set(name, |parts| {
            let node = node(value)?;
            match place {
                Place::Path => parts.styled_path(name, style, explode, &node),
                Place::Query => parts.styled_query(name, style, explode, false, &node),
                Place::Header => parts.styled_header(name, style, explode, &node),
                Place::Cookie => parts.styled_cookie(name, style, explode, &node),
            }
        });
    }

    /// Sets a parameter in a style of OpenAPI, with the reserved characters of RFC 3986 in its values
    /// as they are, `&` and `+` too, and with `%` as it is before two hexadecimal digits; only `#`,
    /// which would end the query, is encoded. In a path, a header or a cookie this is
    /// [`styled`](Self::styled).
    pub fn styled_reserved<T>(&mut self, place: Place, name: &'static str, style: Style, explode: bool, value: &T)
    where
        T: Serialize + ?Sized,
    {
        if place != Place::Query {
            return self.styled(place, name, style, explode, value);
        }
        self.set(name, |parts| {
            parts.styled_query(name, style, explode, true, &node(value)?)
        });
    }

    /// Sets a parameter to a document of `media_type`: JSON, a form, or anything else that is one
    /// text; all earlier values of that name go.
    pub fn content<T>(&mut self, place: Place, name: &'static str, media_type: &'static str, value: &T)
    where
        T: Serialize + ?Sized,
    {
        self.set(name, |parts| {
            let text = document(media_type, value)?;
            match place {
                Place::Path => parts.path(name, text),
                Place::Query => parts.query(name, text),
                Place::Header if is_json(media_type) => parts.header(name, ascii_json(&text)),
                Place::Header => parts.header(name, text),
                Place::Cookie => {
                    let text = utf8_percent_encode(&text, UNRESERVED).to_string();
                    parts.cookies.set(name, vec![(name.to_owned(), text)]);
                }
            }
            Ok(())
        });
    }

    /// Makes a document of `media_type` the whole query: a form, JSON, or anything else that is one
    /// text. What is set afterwards comes after it.
    pub fn querystring<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        self.set("querystring", |parts| {
            let text = document(media_type, value)?;
            let encoded: String = match is_form(media_type) {
                true => text,
                false => utf8_percent_encode(&text, UNRESERVED).collect(),
            };
            parts.query.set_whole(&encoded);
            Ok(())
        });
    }

    /// Sets a cookie; all earlier values of that name go.
    pub fn cookie(&mut self, name: &str, value: impl crate::ParameterValue) {
        self.set(name, |parts| {
            let value = value.into_text();
            check_cookie(&value)?;
            parts.cookies.set(name, vec![(name.to_owned(), value)]);
            Ok(())
        });
    }

    /// Sets a parameter, or keeps why that cannot be.
    fn set(&mut self, name: &str, set: impl FnOnce(&mut Self) -> Result<(), String>) {
        self.problems.retain(|problem| !is_of(problem, name));
        if let Err(reason) = set(self) {
            self.problems.push(Problem::Parameter {
                parameter: name.to_owned(),
                reason,
            });
        }
    }

    /// Whether it is kept why a parameter cannot be set.
    pub(crate) fn has_problem(&self, name: &str) -> bool {
        self.problems.iter().any(|problem| is_of(problem, name))
    }

    fn styled_path(&mut self, name: &'static str, style: Style, explode: bool, node: &Node) -> Result<(), String> {
        let encode = |text: &str| Ok(utf8_percent_encode(text, UNRESERVED).to_string());
        let text = text(name, node, style, explode, encode)?;
        self.set_path(name, Encoded::from(&*text.unwrap_or_default()));
        Ok(())
    }

    fn styled_query(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        is_reserved: bool,
        node: &Node,
    ) -> Result<(), String> {
        let pairs = pairs(name, node, style, explode)?;
        self.query.set_pairs(name, &pairs, |value, out| {
            if is_reserved {
                encode_reserved(value, RESERVED, out);
            } else {
                out.extend(utf8_percent_encode(value, UNRESERVED));
            }
        });
        Ok(())
    }

    /// Values in headers are not encoded, so that what stands between them must not stand in them.
    fn styled_header(&mut self, name: &str, style: Style, explode: bool, node: &Node) -> Result<(), String> {
        if style != Style::Simple {
            return Err(format!("the style {} is not one of headers", style.name()));
        }
        let is_single = !matches!(node, Node::List(_) | Node::Object(_));
        let checked = |text: &str| match text.contains(',') && !is_single {
            true => Err("a value has a `,`, which a header has between two".to_owned()),
            false => Ok(text.to_owned()),
        };
        match text(name, node, style, explode, checked)? {
            Some(text) => self.header(name, text),
            None => self.headers.retain(|header| !header.is_named(name)),
        }
        Ok(())
    }

    fn styled_cookie(&mut self, name: &str, style: Style, explode: bool, node: &Node) -> Result<(), String> {
        if !matches!(style, Style::Form | Style::Cookie) {
            return Err(format!("the style {} is not one of cookies", style.name()));
        }
        let mut cookies = Vec::new();
        for pair in pairs(name, node, style, explode)? {
            let mut values = Vec::with_capacity(pair.values.len());
            for value in &pair.values {
                if style == Style::Form {
                    values.push(utf8_percent_encode(value, UNRESERVED).to_string());
                } else {
                    check_cookie(value)?;
                    values.push(value.clone());
                }
            }
            cookies.push((pair.name, values.join(",")));
        }
        self.cookies.set(name, cookies);
        Ok(())
    }
}

fn is_of(problem: &Problem, name: &str) -> bool {
    matches!(problem, Problem::Parameter { parameter, .. } if parameter == name)
}

fn node<T: Serialize + ?Sized>(value: &T) -> Result<Node, String> {
    Node::new(value).map_err(|error| error.to_string())
}

fn is_form(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn document<T: Serialize + ?Sized>(media_type: &str, value: &T) -> Result<String, String> {
    if is_form(media_type) {
        return form::encode(value, &[]).map_err(|error| error.reason().to_owned());
    }
    if is_json(media_type) {
        return json::to_string(value).map_err(|error| error.to_string());
    }
    let node = node(value)?;
    match node.text() {
        Some(text) => Ok(text.into_owned()),
        None => Err(format!(
            "the value is {}, which {media_type} has no form for",
            node.kind()
        )),
    }
}

/// JSON in which every character is one that a header takes: others can only be in strings, where
/// they can be escaped.
fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                ascii.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    ascii
}

/// What a cookie can hold (RFC 6265, section 4.1.1).
fn check_cookie(value: &str) -> Result<(), String> {
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if quoted.unwrap_or(value).bytes().all(is_plain) {
        Ok(())
    } else {
        Err("the value has characters that a cookie cannot hold".to_owned())
    }
}
