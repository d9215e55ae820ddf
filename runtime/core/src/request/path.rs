//! The path and query of a request, from a route and the values for it.

use memchr::memchr;

use super::Problem;
use super::route::{Piece, Route};
use crate::parts::{Parts, PathValue};

/// The server's prefix, the route with its values, and the query.
pub(super) fn target(route: &Route, prefix: &str, parts: &Parts, problems: &mut Vec<Problem>) -> Vec<u8> {
    let query = parts.query.as_bytes();
    // The exact length spares the allocation that shrinks or shares what is too long.
    let mut target = Vec::with_capacity(length(route.text, prefix, parts));
    target.extend_from_slice(prefix.as_bytes());
    // A bit for each of the first values.
    let mut used = 0_u64;
    let mut has_dots = false;
    let rest = route.cut(|index, Piece { before, name }| {
        target.extend_from_slice(before);
        let Some((index, value)) = find(parts, index, name) else {
            // That it cannot be written may have been said.
            let parameter = String::from_utf8_lossy(name).into_owned();
            if !parts.has_problem(&parameter) {
                problems.push(Problem::MissingPathValue { parameter });
            }
            return;
        };
        used |= 1_u64.checked_shl(index as u32).unwrap_or(0);
        let text = value.text.as_bytes();
        target.extend_from_slice(text);
        match text.first() {
            Some(first) => has_dots |= *first == b'.',
            None => problems.push(Problem::EmptyPathValue {
                parameter: value.name.to_owned(),
            }),
        }
    });
    target.extend_from_slice(rest);
    if has_dots {
        check_dots(route.text, parts, problems);
    }
    if used.count_ones() as usize != parts.path.len() {
        let unknown = parts.path.iter().filter(|value| !has_parameter(route, value.name));
        problems.extend(unknown.map(|value| Problem::UnknownPathValue {
            parameter: value.name.to_owned(),
        }));
    }
    if !query.is_empty() {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    target
}

/// The value of a parameter, which is at `likely` where values are set in the order of the route.
#[inline]
fn find<'a>(parts: &'a Parts, likely: usize, name: &[u8]) -> Option<(usize, &'a PathValue)> {
    let is_named = |value: &&PathValue| value.name.as_bytes() == name;
    if let Some(value) = parts.path.get(likely).filter(is_named) {
        return Some((likely, value));
    }
    parts.path.iter().enumerate().find(|(_, value)| is_named(value))
}

fn length(route: &str, prefix: &str, parts: &Parts) -> usize {
    let (mut values, mut names) = (0, 0);
    for value in &parts.path {
        values += value.text.len();
        names += value.name.len() + 2;
    }
    let query = parts.query.as_bytes().len();
    (prefix.len() + route.len() + values + query + usize::from(query > 0)).saturating_sub(names)
}

/// Clients and servers resolve `.` and `..` as relative paths, however they are encoded, and some
/// servers drop what follows a `;` before they do.
fn check_dots(route: &'static str, parts: &Parts, problems: &mut Vec<Problem>) {
    let value = |name| parts.path.iter().find(|value| value.name == name);
    for segment in route.split('/') {
        let (mut text, mut last, mut rest) = (String::new(), None, segment);
        while let Some((before, name, after)) = next_parameter(rest) {
            text.push_str(before);
            if let Some(PathValue { text: value, .. }) = value(name).filter(|value| !value.text.is_empty()) {
                text.push_str(value.as_str());
                last = Some(name);
            }
            rest = after;
        }
        text.push_str(rest);
        let segment = text.split(';').next().unwrap_or_default();
        if let (Some(parameter), "." | "..") = (last, segment) {
            problems.push(Problem::DotPathValue {
                parameter: parameter.to_owned(),
                segment: segment.to_owned(),
            });
        }
    }
}

fn has_parameter(route: &Route, name: &str) -> bool {
    let mut found = false;
    route.cut(|_, piece| found |= piece.name == name.as_bytes());
    found
}

/// What is before the first parameter, its name, and what is after it.
fn next_parameter(route: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let open = memchr(b'{', route.as_bytes())?;
    let (before, rest) = (route.get(..open)?, route.get(open + 1..)?);
    let close = memchr(b'}', rest.as_bytes())?;
    Some((before, rest.get(..close)?, rest.get(close + 1..)?))
}
