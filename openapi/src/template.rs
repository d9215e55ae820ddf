//! Parses templates with `{names}`: routes and server URLs.

/// The parts of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    /// The names in braces, in order.
    pub names: Vec<&'a str>,
    /// The template with all names left out: equal for templates that differ in names only.
    pub shape: String,
}

impl<'a> Template<'a> {
    /// Reads a template, or says what is wrong with it.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let mut names: Vec<&str> = Vec::new();
        let mut shape = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((literal, opened)) = rest.split_once('{') {
            check_literal(literal)?;
            let (name, after) = opened.split_once('}').ok_or("a `{` without its `}`")?;
            if name.contains('{') {
                return Err("a `{` within braces".to_owned());
            }
            if name.is_empty() {
                return Err("braces without a name".to_owned());
            }
            if names.contains(&name) {
                return Err(format!("`{{{name}}}` twice"));
            }
            names.push(name);
            shape.push_str(literal);
            shape.push_str("{}");
            rest = after;
        }
        check_literal(rest)?;
        shape.push_str(rest);
        Ok(Self { names, shape })
    }
}

fn check_literal(text: &str) -> Result<(), String> {
    if text.contains('}') {
        return Err("a `}` without its `{`".to_owned());
    }
    Ok(())
}

/// A path of a document, whose writer may have added what is no part of a path: a query tells
/// variants of an operation apart, a fragment only entries of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route<'a> {
    /// The template of the path.
    pub path: &'a str,
    /// What stands after `?`, to be sent as it is; it has no names in braces.
    pub query: Option<&'a str>,
    /// What stands after `#`, which is not sent.
    pub fragment: Option<&'a str>,
}

impl<'a> Route<'a> {
    /// Takes a key of the Paths Object apart.
    pub fn parse(text: &'a str) -> Self {
        let split = |text: &'a str, mark| match text.split_once(mark) {
            Some((before, after)) => (before, Some(after)),
            None => (text, None),
        };
        let (text, fragment) = split(text, '#');
        let (path, query) = split(text, '?');
        Self { path, query, fragment }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes() {
        for (text, path, query, fragment) in [
            ("/a/{b}", "/a/{b}", None, None),
            ("/a?b=c&d#e?f", "/a", Some("b=c&d"), Some("e?f")),
            ("/a#b", "/a", None, Some("b")),
            ("/a?", "/a", Some(""), None),
        ] {
            assert_eq!(Route::parse(text), Route { path, query, fragment });
        }
    }

    #[test]
    fn templates() {
        let parsed = Template::parse("/a/{b}-{c}:run");
        let expected = Template {
            names: vec!["b", "c"],
            shape: "/a/{}-{}:run".to_owned(),
        };
        assert_eq!(parsed, Ok(expected));
        for (text, fault) in [
            ("/{a", "a `{` without its `}`"),
            ("/a}", "a `}` without its `{`"),
            ("/{a}/b}", "a `}` without its `{`"),
            ("/{{a}}", "a `{` within braces"),
            ("/{}", "braces without a name"),
            ("/{a}/{a}", "`{a}` twice"),
        ] {
            assert_eq!(Template::parse(text), Err(fault.to_owned()), "{text}");
        }
    }
}
