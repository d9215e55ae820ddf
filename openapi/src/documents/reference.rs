//! The text of a `$ref`, taken apart.

/// What a reference is to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target<'a> {
    /// The file, as written; empty for the file that the reference stands in.
    pub(super) file: &'a str,
    /// The key of the component map.
    pub(super) section: String,
    /// The name in it.
    pub(super) name: String,
}

/// Why a reference is to nothing that can be looked up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// To an address, and nothing is fetched.
    Remote,
    /// To a component of another kind: the key of its map.
    OtherSection(String),
    /// To no component, but to what is said.
    Unsupported(&'static str),
    /// It does not follow the rules of references; says which one.
    Malformed(&'static str),
}

impl Unusable {
    /// A `%` that encodes nothing.
    pub(super) const NOT_ENCODED: Self = Self::Malformed("a `%` without two hexadecimal digits");
}

/// Takes a reference apart.
pub(super) fn parse(text: &str) -> Result<Target<'_>, Unusable> {
    let Some((file, fragment)) = text.split_once('#') else {
        return Err(Unusable::Unsupported("a whole file"));
    };
    if fragment.is_empty() {
        return Err(Unusable::Unsupported("a whole document"));
    }
    let fragment = decode(fragment).ok_or(Unusable::NOT_ENCODED)?;
    let Some(pointer) = fragment.strip_prefix('/') else {
        return Err(Unusable::Unsupported("an anchor"));
    };
    let mut tokens = pointer.split('/');
    match (tokens.next(), tokens.next(), tokens.next(), tokens.next()) {
        (Some("components"), Some(section), Some(name), None) => Ok(Target {
            file,
            section: unescape(section)?,
            name: unescape(name)?,
        }),
        (Some("components"), Some(_), Some(_), Some(_)) => Err(Unusable::Unsupported("a part of a component")),
        (Some("paths"), ..) => Err(Unusable::Unsupported("a part of `paths`")),
        _ => Err(Unusable::Unsupported("something that is not a component")),
    }
}

/// Whether a file, as written in a reference, is an address and no relative name.
pub(super) fn is_remote(file: &str) -> bool {
    let scheme = file.split_once(':').map_or("", |(scheme, _)| scheme);
    let in_scheme = |it: char| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.');
    let has_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic());
    (has_scheme && scheme.chars().all(in_scheme)) || file.starts_with("//")
}

/// Resolves `%` and two hexadecimal digits.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// Resolves the escapes of JSON Pointer.
fn unescape(token: &str) -> Result<String, Unusable> {
    let mut parts = token.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (escaped, rest) = match part.split_at_checked(1) {
            Some(("0", rest)) => ('~', rest),
            Some(("1", rest)) => ('/', rest),
            _ => return Err(Unusable::Malformed("a `~` without `0` or `1`")),
        };
        text.push(escaped);
        text.push_str(rest);
    }
    Ok(text)
}

/// The reference to a component, as it is written.
pub(super) fn write(file: &str, section: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    format!("{file}#/components/{section}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let target = |file, section: &str, name: &str| {
            Ok(Target {
                file,
                section: section.to_owned(),
                name: name.to_owned(),
            })
        };
        for (text, parsed) in [
            ("#/components/schemas/A", target("", "schemas", "A")),
            (
                "x/b.json#/components/parameters/a~1b%7E0c~0",
                target("x/b.json", "parameters", "a/b~c~"),
            ),
            ("b.json", Err(Unusable::Unsupported("a whole file"))),
            ("#", Err(Unusable::Unsupported("a whole document"))),
            ("#A", Err(Unusable::Unsupported("an anchor"))),
            ("#/paths/~1a/get", Err(Unusable::Unsupported("a part of `paths`"))),
            (
                "#/components/schemas/A/items",
                Err(Unusable::Unsupported("a part of a component")),
            ),
            (
                "#/$defs/A",
                Err(Unusable::Unsupported("something that is not a component")),
            ),
            (
                "#/components/schemas/%4",
                Err(Unusable::Malformed("a `%` without two hexadecimal digits")),
            ),
            (
                "#/components/schemas/~2",
                Err(Unusable::Malformed("a `~` without `0` or `1`")),
            ),
        ] {
            assert_eq!(parse(text), parsed, "{text}");
        }
    }

    #[test]
    fn addresses() {
        for text in ["https://a.b/c.json", "urn:x:y", "//a/b", "C:/x.json"] {
            assert!(is_remote(text), "{text}");
        }
        for text in ["", "a.json", "./a:b.json", "a/b:c", "../a", ":a"] {
            assert!(!is_remote(text), "{text}");
        }
    }
}
