//! The path and query of a request, from a route and the values for it.

use percent_encoding::utf8_percent_encode;

use super::Problem;
use crate::parts::{Parts, UNRESERVED, encoded_length};

/// The server's prefix, the route with its values, and the query.
pub(super) fn target(route: &'static str, prefix: &str, parts: &Parts, problems: &mut Vec<Problem>) -> String {
    // The exact length spares the allocation that shrinks or shares what is too long.
    let values: usize = parts.path.iter().map(|(_, value)| encoded_length(value)).sum();
    let names: usize = parts.path.iter().map(|(name, _)| name.len() + 2).sum();
    let query = parts.query.as_str();
    let length =
        (prefix.len() + route.len() + values + query.len() + usize::from(!query.is_empty())).saturating_sub(names);
    let mut target = String::with_capacity(length);

    target.push_str(prefix);
    for (index, segment) in route.split('/').enumerate() {
        if index > 0 {
            target.push('/');
        }
        push_segment(segment, &parts.path, &mut target, problems);
    }
    for (name, _) in &parts.path {
        if !parameters(route).any(|parameter| parameter == *name) {
            problems.push(Problem::UnknownPathValue {
                parameter: (*name).to_owned(),
            });
        }
    }
    if !query.is_empty() {
        target.push('?');
        target.push_str(query);
    }
    target
}

/// A segment of a route, with any number of values in it.
fn push_segment(
    segment: &'static str,
    values: &[(&'static str, String)],
    target: &mut String,
    problems: &mut Vec<Problem>,
) {
    let start = target.len();
    let mut last = None;
    let mut rest = segment;
    while let Some((before, name, after)) = next_parameter(rest) {
        target.push_str(before);
        match values.iter().find(|(other, _)| *other == name) {
            Some((_, value)) if value.is_empty() => problems.push(Problem::EmptyPathValue {
                parameter: name.to_owned(),
            }),
            Some((_, value)) => {
                target.extend(utf8_percent_encode(value, UNRESERVED));
                last = Some(name);
            }
            None => problems.push(Problem::MissingPathValue {
                parameter: name.to_owned(),
            }),
        }
        rest = after;
    }
    target.push_str(rest);
    // Clients and servers resolve these two as relative paths, however they are encoded.
    let Some(parameter) = last else {
        return;
    };
    if let Some(segment @ ("." | "..")) = target.get(start..) {
        problems.push(Problem::DotPathValue {
            parameter: parameter.to_owned(),
            segment: segment.to_owned(),
        });
    }
}

fn parameters(route: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = route;
    std::iter::from_fn(move || {
        let (_, name, after) = next_parameter(rest)?;
        rest = after;
        Some(name)
    })
}

fn next_parameter(route: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = route.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
