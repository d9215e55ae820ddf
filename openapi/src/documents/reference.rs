//! Parses the text of a `$ref`.

use super::Section;

/// What a reference is to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target<'a> {
    /// The file, as written; empty for the file that the reference stands in.
    pub(super) file: &'a str,
    /// The place in it.
    pub(super) fragment: Fragment,
}

/// A place in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// The keys and indices that lead to it; none for the whole file.
    Pointer(Vec<String>),
    /// The schema with this `$anchor`.
    Anchor(String),
}

/// Why a reference is to nothing that can be looked up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// To an address, and nothing is fetched.
    Remote,
    /// To a thing of another kind.
    OtherSection(Section),
    /// To a part of a document that nothing else can stand in place of.
    NoComponent,
    /// It does not follow the rules of references; says which one.
    Malformed(&'static str),
}

impl Unusable {
    /// A `%` that encodes nothing.
    pub(super) const NOT_ENCODED: Self = Self::Malformed("a `%` without two hexadecimal digits");
}

/// Takes a reference apart.
pub(super) fn parse(text: &str) -> Result<Target<'_>, Unusable> {
    let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
    let fragment = self::fragment(fragment)?;
    Ok(Target { file, fragment })
}

/// Takes apart what stands behind `#`.
pub(crate) fn fragment(text: &str) -> Result<Fragment, Unusable> {
    pointer(&decode(text).ok_or(Unusable::NOT_ENCODED)?)
}

/// Takes apart a JSON Pointer, or the name of an anchor.
pub(crate) fn pointer(text: &str) -> Result<Fragment, Unusable> {
    Ok(match text.strip_prefix('/') {
        Some(pointer) => Fragment::Pointer(pointer.split('/').map(unescape).collect::<Result<_, _>>()?),
        None if text.is_empty() => Fragment::Pointer(Vec::new()),
        None => Fragment::Anchor(text.to_owned()),
    })
}

/// Whether a file, as written in a reference, is an address and no relative name.
pub(crate) fn is_remote(file: &str) -> bool {
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

/// The reference to a place, as it is written.
pub(super) fn write(file: &str, tokens: &[&str]) -> String {
    format!("{file}#{}", write_pointer(tokens).replace('%', "%25"))
}

/// The JSON Pointer to a place.
pub(super) fn write_pointer<T: AsRef<str>>(tokens: &[T]) -> String {
    let mut pointer = String::new();
    for token in tokens {
        pointer.push('/');
        pointer.push_str(&token.as_ref().replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let to = |file, tokens: &[&str]| {
            let tokens = tokens.iter().map(|it| (*it).to_owned());
            let fragment = Fragment::Pointer(tokens.collect());
            Ok(Target { file, fragment })
        };
        for (text, parsed) in [
            ("#/components/schemas/A", to("", &["components", "schemas", "A"])),
            ("x/b.json#/a~1b%7E0c~0/", to("x/b.json", &["a/b~c~", ""])),
            ("#/paths/~1a%7Bid%7D/get", to("", &["paths", "/a{id}", "get"])),
            ("b.json", to("b.json", &[])),
            ("#", to("", &[])),
            (
                "b.json#A",
                Ok(Target {
                    file: "b.json",
                    fragment: Fragment::Anchor("A".to_owned()),
                }),
            ),
            ("#/%4", Err(Unusable::NOT_ENCODED)),
            ("#/~2", Err(Unusable::Malformed("a `~` without `0` or `1`"))),
        ] {
            assert_eq!(parse(text), parsed, "{text}");
        }
        assert_eq!(write("b.json", &["a/b~", "%"]), "b.json#/a~1b~0/%25");
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
