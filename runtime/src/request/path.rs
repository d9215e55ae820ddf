//! The path and query of a request, from a route and the values for it.

use smallvec::SmallVec;

use super::Problem;
use crate::parts::Parts;

/// The server's prefix, the route with its values, and the query.
pub(super) fn target(route: &'static str, prefix: &str, parts: &Parts, problems: &mut Vec<Problem>) -> Vec<u8> {
    let mut target = Target {
        // The exact length spares the allocation that shrinks or shares what is too long.
        text: Vec::with_capacity(length(route, prefix, parts)),
        segment: prefix.len(),
        last: None,
        problems,
    };
    target.text.extend_from_slice(prefix.as_bytes());
    let mut used = SmallVec::<[bool; 8]>::from_elem(false, parts.path.len());
    let mut rest = route;
    while let Some((before, name, after)) = next_parameter(rest) {
        target.literal(before);
        rest = after;
        let mut values = parts.path.iter().zip(&mut used);
        match values.find(|(value, _)| value.name == name) {
            Some((value, used)) => {
                *used = true;
                target.value(name, value.text.as_bytes());
            }
            // That it can't be written has been said.
            None if parts.has_problem(name) => {}
            None => target.problems.push(Problem::MissingPathValue {
                parameter: name.to_owned(),
            }),
        }
    }
    target.literal(rest);
    target.end_segment();
    for (value, _) in parts.path.iter().zip(&used).filter(|(_, used)| !**used) {
        target.problems.push(Problem::UnknownPathValue {
            parameter: value.name.to_owned(),
        });
    }
    if !parts.query.as_bytes().is_empty() {
        target.text.push(b'?');
        target.text.extend_from_slice(parts.query.as_bytes());
    }
    target.text
}

fn length(route: &str, prefix: &str, parts: &Parts) -> usize {
    let values: usize = parts.path.iter().map(|value| value.text.len()).sum();
    let names: usize = parts.path.iter().map(|value| value.name.len() + 2).sum();
    let query = parts.query.as_bytes().len();
    (prefix.len() + route.len() + values + query + usize::from(query > 0)).saturating_sub(names)
}

/// The text that is being written, encoded.
struct Target<'a> {
    text: Vec<u8>,
    /// Where its last segment begins.
    segment: usize,
    /// The last parameter of that segment.
    last: Option<&'static str>,
    problems: &'a mut Vec<Problem>,
}

impl Target<'_> {
    fn literal(&mut self, text: &str) {
        let mut segments = text.as_bytes().split(|byte| *byte == b'/');
        self.text.extend_from_slice(segments.next().unwrap_or_default());
        for segment in segments {
            self.end_segment();
            self.text.push(b'/');
            self.segment = self.text.len();
            self.text.extend_from_slice(segment);
        }
    }

    fn value(&mut self, parameter: &'static str, value: &[u8]) {
        if value.is_empty() {
            self.problems.push(Problem::EmptyPathValue {
                parameter: parameter.to_owned(),
            });
        } else {
            self.text.extend_from_slice(value);
            self.last = Some(parameter);
        }
    }

    /// Clients and servers resolve `.` and `..` as relative paths, however they are encoded, and some
    /// servers drop what follows a `;` before they do.
    fn end_segment(&mut self) {
        let Some(parameter) = self.last.take() else {
            return;
        };
        let segment = self.text.get(self.segment..).unwrap_or_default();
        let segment = match segment.split(|byte| *byte == b';').next() {
            Some(b".") => ".",
            Some(b"..") => "..",
            _ => return,
        };
        self.problems.push(Problem::DotPathValue {
            parameter: parameter.to_owned(),
            segment: segment.to_owned(),
        });
    }
}

fn next_parameter(route: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let open = route.bytes().position(|byte| byte == b'{')?;
    let (before, rest) = (route.get(..open)?, route.get(open + 1..)?);
    let close = rest.bytes().position(|byte| byte == b'}')?;
    Some((before, rest.get(..close)?, rest.get(close + 1..)?))
}
