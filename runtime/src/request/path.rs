//! The path and query of a request, from a route and the values for it.

use percent_encoding::utf8_percent_encode;

use super::Problem;
use crate::parameter::{UNRESERVED, encoded_length};
use crate::parts::{Parts, PathValue};

/// The server's prefix, the route with its values, and the query.
pub(super) fn target(route: &'static str, prefix: &str, parts: &Parts, problems: &mut Vec<Problem>) -> String {
    // The exact length spares the allocation that shrinks or shares what is too long.
    let values: usize = parts.path.iter().map(length).sum();
    let names: usize = parts.path.iter().map(|value| value.name.len() + 2).sum();
    let query = parts.query.as_str();
    let length =
        (prefix.len() + route.len() + values + query.len() + usize::from(!query.is_empty())).saturating_sub(names);
    let mut target = String::with_capacity(length);

    target.push_str(prefix);
    for (index, segment) in route.split('/').enumerate() {
        if index > 0 {
            target.push('/');
        }
        push_segment(segment, parts, &mut target, problems);
    }
    for PathValue { name, .. } in &parts.path {
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

fn length(value: &PathValue) -> usize {
    if value.is_encoded {
        value.text.len()
    } else {
        encoded_length(&value.text)
    }
}

/// A segment of a route, with any number of values in it.
fn push_segment(segment: &'static str, parts: &Parts, target: &mut String, problems: &mut Vec<Problem>) {
    let start = target.len();
    let mut last = None;
    let mut rest = segment;
    while let Some((before, name, after)) = next_parameter(rest) {
        target.push_str(before);
        match parts.path.iter().find(|value| value.name == name) {
            Some(value) if value.text.is_empty() => problems.push(Problem::EmptyPathValue {
                parameter: name.to_owned(),
            }),
            Some(value) => {
                if value.is_encoded {
                    target.push_str(&value.text);
                } else {
                    target.extend(utf8_percent_encode(&value.text, UNRESERVED));
                }
                last = Some(name);
            }
            // That it can't be written has been said.
            None if parts.has_problem(name) => {}
            None => problems.push(Problem::MissingPathValue {
                parameter: name.to_owned(),
            }),
        }
        rest = after;
    }
    target.push_str(rest);
    // Clients and servers resolve these two as relative paths, however they are encoded, and some
    // servers drop what follows a `;` before they do.
    let Some(parameter) = last else {
        return;
    };
    let segment = target.get(start..).and_then(|segment| segment.split(';').next());
    if let Some(segment @ ("." | "..")) = segment {
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
