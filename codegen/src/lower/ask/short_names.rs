//! Takes off the names of component schemas what a document says that they begin with: `x-rust-strip-prefix`.

use tablature_openapi::{ComponentId, extension};

use crate::lower::ask::input::Input;

/// What the type of a component schema is called after.
pub fn short<'n>(input: &Input<'_>, document: usize, name: &'n str) -> &'n str {
    let prefix = extension::strip_prefix(&input.document(document).extensions);
    let short = prefix.and_then(|it| without(name, &it.value));
    short.unwrap_or(name)
}

/// What the type of a component schema is called after.
pub fn short_of<'n>(input: &Input<'_>, id: &'n ComponentId) -> &'n str {
    short(input, id.document, &id.name)
}

/// What is left of a name behind the longest beginning that a pattern stands for.
fn without<'n>(name: &'n str, pattern: &str) -> Option<&'n str> {
    let mut literals = pattern.split('*');
    let mut rest = name.strip_prefix(literals.next()?)?;
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        // The last one as far behind as can be, the others as early: so the beginning is the longest.
        let at = match literals.peek() {
            Some(_) => rest.find(literal),
            None => rest.rfind(literal),
        };
        rest = rest.get(at? + literal.len()..)?;
    }
    Some(rest).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn the_longest_beginning_is_taken_off() {
        for (name, pattern, expected) in [
            ("io.k8s.api.core.v1.Pod", "*.", Some("Pod")),
            ("io.k8s.api.core.v1.Pod", "io.k8s.", Some("api.core.v1.Pod")),
            ("io.k8s.api.core.v1.Pod", "io.*.v1.", Some("Pod")),
            ("io.a.b.a.c", "*.a.", Some("c")),
            ("io.a.b.a.c", "*.a.*.", Some("c")),
            ("Pod", "*.", None),
            ("a.", "*.", None),
            ("ab", "a", Some("b")),
            ("ab", "b", None),
        ] {
            assert_eq!(without(name, pattern), expected, "{name} without {pattern}");
        }
    }
}
