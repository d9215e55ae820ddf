//! Whether a replacement whose answer was lost was done: the object before, as it was sent, and as it is now.

use serde_json::{Map, Value};

/// What became of a replacement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All that was to change is as it was sent.
    Done,
    /// All that was to change is as it was before.
    NotDone,
    /// It is neither.
    Unknown,
}

/// Compares what was to change of an object: `before` is what was read, `after` what is read now.
pub(super) fn outcome(before: &[u8], sent: &[u8], after: &[u8]) -> Outcome {
    let parse = |text| serde_json::from_slice::<Value>(text).ok();
    let (Some(before), Some(sent), Some(after)) = (parse(before), parse(sent), parse(after)) else {
        return Outcome::Unknown;
    };
    let mut seen = Seen::default();
    seen.compare(&before, &sent, &after);
    match seen {
        Seen { unlike_sent: false, .. } => Outcome::Done,
        Seen {
            unlike_before: false, ..
        } => Outcome::NotDone,
        _ => Outcome::Unknown,
    }
}

/// What the places that were to change are unlike.
#[derive(Default)]
struct Seen {
    unlike_sent: bool,
    unlike_before: bool,
}

impl Seen {
    fn compare(&mut self, before: &Value, sent: &Value, after: &Value) {
        match (before, sent, after) {
            _ if before == sent => {}
            (Value::Object(before), Value::Object(sent), Value::Object(after)) => {
                for name in before
                    .keys()
                    .chain(sent.keys().filter(|name| !before.contains_key(*name)))
                {
                    self.compare(member(before, name), member(sent, name), member(after, name));
                }
            }
            (Value::Array(before), Value::Array(sent), Value::Array(after))
                if before.len() == sent.len() && sent.len() == after.len() =>
            {
                for ((before, sent), after) in before.iter().zip(sent).zip(after) {
                    self.compare(before, sent, after);
                }
            }
            _ => {
                self.unlike_sent |= !covers(after, sent);
                self.unlike_before |= after != before;
            }
        }
    }
}

/// A member of an object. One that is not there is the same as a null one.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> &'a Value {
    object.get(name).unwrap_or(&Value::Null)
}

/// Whether `after` is `sent`, and perhaps what the server adds to it.
fn covers(after: &Value, sent: &Value) -> bool {
    match (after, sent) {
        (Value::Object(after), Value::Object(sent)) => {
            sent.iter().all(|(name, value)| covers(member(after, name), value))
        }
        (Value::Array(after), Value::Array(sent)) => {
            after.len() == sent.len() && after.iter().zip(sent).all(|(after, sent)| covers(after, sent))
        }
        _ => after == sent,
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, outcome};

    #[test]
    fn only_what_was_to_change_counts() {
        let counted = |count: u32, version: u32| format!(r#"{{"version":{version},"data":{{"count":{count}}}}}"#);
        let (before, sent) = (counted(1, 7), counted(2, 7));
        let what = |after: &str| outcome(before.as_bytes(), sent.as_bytes(), after.as_bytes());
        assert_eq!(what(&counted(2, 8)), Outcome::Done);
        assert_eq!(what(&counted(1, 7)), Outcome::NotDone);
        assert_eq!(what(&counted(1, 9)), Outcome::NotDone);
        assert_eq!(what(&counted(3, 9)), Outcome::Unknown);
        assert_eq!(what("{}"), Outcome::Unknown);
        assert_eq!(what("not JSON"), Outcome::Unknown);
    }

    #[test]
    fn what_a_server_adds_is_no_difference() {
        for (before, sent, after, expected) in [
            (
                r#"{"p":[]}"#,
                r#"{"p":[{"a":1}]}"#,
                r#"{"p":[{"a":1,"b":2}]}"#,
                Outcome::Done,
            ),
            (
                r#"{"p":[{"a":1,"b":2}]}"#,
                r#"{"p":[{"a":1}]}"#,
                r#"{"p":[{"a":1,"b":2}]}"#,
                Outcome::NotDone,
            ),
            (r#"{"p":1}"#, r#"{"p":null}"#, r#"{}"#, Outcome::Done),
            (r#"{"p":1}"#, r#"{}"#, r#"{"p":1}"#, Outcome::NotDone),
            (r#"{"p":[1,2]}"#, r#"{"p":[1]}"#, r#"{"p":[1,2]}"#, Outcome::NotDone),
            (r#"{"p":1}"#, r#"{"p":1}"#, r#"{"p":2}"#, Outcome::Done),
        ] {
            let found = outcome(before.as_bytes(), sent.as_bytes(), after.as_bytes());
            assert_eq!(found, expected, "{before} {sent} {after}");
        }
    }
}
