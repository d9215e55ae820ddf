//! JSON Patch, RFC 6902.

use serde::de::{self, Deserializer};
use serde::ser::{self, SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::Pointer;
use crate::Json;
use crate::body::BodyError;
use crate::json;
use crate::model::{self, KeepUnknown, Member, Model, ReadMember, Unknown, WriteMembers};

/// A JSON Patch, RFC 6902: operations that are made in order, all or none.
///
/// A path or a value that cannot be is kept, and comes out when the patch is encoded.
///
/// ```
/// use tablature_runtime::patch::{JsonPatch, Pointer};
///
/// let label = Pointer::new(["metadata", "labels", "example.com/tier"]);
/// let patch = JsonPatch::new().test("/spec/type", "ClusterIP").add(label, "web");
/// assert_eq!(patch.operations().len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPatch {
    operations: Vec<PatchOperation>,
    error: Option<BodyError>,
}

/// An operation of a JSON Patch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the members are those of RFC 6902")]
pub enum PatchOperation {
    /// Adds a member or replaces it, or inserts an item before the one at `path`.
    Add { path: Pointer, value: Json },
    /// Removes what is at `path`.
    Remove { path: Pointer },
    /// Replaces what is at `path`.
    Replace { path: Pointer, value: Json },
    /// Moves what is at `from`.
    Move { from: Pointer, path: Pointer },
    /// Copies what is at `from`.
    Copy { from: Pointer, path: Pointer },
    /// Fails the whole patch unless `value` is at `path`.
    Test { path: Pointer, value: Json },
}

impl JsonPatch {
    /// A patch without operations.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The operations, in order.
    #[must_use]
    pub fn operations(&self) -> &[PatchOperation] {
        &self.operations
    }

    /// Adds an operation.
    #[must_use]
    pub fn push(mut self, operation: PatchOperation) -> Self {
        self.operations.push(operation);
        self
    }

    /// Adds a member or replaces it, or inserts an item before the one at `path`.
    #[must_use]
    pub fn add(self, path: impl AsRef<str>, value: impl Serialize) -> Self {
        self.with_value(path.as_ref(), &value, |path, value| PatchOperation::Add { path, value })
    }

    /// Removes what is at `path`.
    #[must_use]
    pub fn remove(self, path: impl AsRef<str>) -> Self {
        self.with(
            path.as_ref()
                .parse()
                .map(|path| PatchOperation::Remove { path })
                .map_err(|error| BodyError::new(&error)),
        )
    }

    /// Replaces what is at `path`.
    #[must_use]
    pub fn replace(self, path: impl AsRef<str>, value: impl Serialize) -> Self {
        self.with_value(path.as_ref(), &value, |path, value| PatchOperation::Replace {
            path,
            value,
        })
    }

    /// Moves what is at `from` to `path`.
    #[must_use]
    pub fn move_(self, from: impl AsRef<str>, path: impl AsRef<str>) -> Self {
        self.with_from(from.as_ref(), path.as_ref(), |from, path| PatchOperation::Move {
            from,
            path,
        })
    }

    /// Copies what is at `from` to `path`.
    #[must_use]
    pub fn copy(self, from: impl AsRef<str>, path: impl AsRef<str>) -> Self {
        self.with_from(from.as_ref(), path.as_ref(), |from, path| PatchOperation::Copy {
            from,
            path,
        })
    }

    /// Fails the whole patch unless `value` is at `path`.
    #[must_use]
    pub fn test(self, path: impl AsRef<str>, value: impl Serialize) -> Self {
        self.with_value(path.as_ref(), &value, |path, value| PatchOperation::Test {
            path,
            value,
        })
    }

    fn with(mut self, operation: Result<PatchOperation, BodyError>) -> Self {
        match operation {
            Ok(operation) => self.operations.push(operation),
            Err(error) => _ = self.error.get_or_insert(error),
        }
        self
    }

    fn with_value(
        self,
        path: &str,
        value: &impl Serialize,
        operation: impl FnOnce(Pointer, Json) -> PatchOperation,
    ) -> Self {
        let path = path
            .parse()
            .map_err(|error: super::PointerError| BodyError::new(&error));
        let made = path.and_then(|path| {
            let value = Json::from_serialize(value)
                .map_err(|error| BodyError::new(&format_args!("the value for `{path}`: {error}")))?;
            Ok(operation(path, value))
        });
        self.with(made)
    }

    fn with_from(self, from: &str, path: &str, operation: impl FnOnce(Pointer, Pointer) -> PatchOperation) -> Self {
        let made = from.parse().and_then(|from| Ok(operation(from, path.parse()?)));
        self.with(made.map_err(|error: super::PointerError| BodyError::new(&error)))
    }
}

impl Extend<PatchOperation> for JsonPatch {
    fn extend<I: IntoIterator<Item = PatchOperation>>(&mut self, operations: I) {
        self.operations.extend(operations);
    }
}

impl FromIterator<PatchOperation> for JsonPatch {
    fn from_iter<I: IntoIterator<Item = PatchOperation>>(operations: I) -> Self {
        Self {
            operations: operations.into_iter().collect(),
            error: None,
        }
    }
}

impl Serialize for JsonPatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.error {
            Some(error) => Err(ser::Error::custom(error.reason())),
            None => serializer.collect_seq(&self.operations),
        }
    }
}

impl<'de> Deserialize<'de> for JsonPatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            operations: Vec::deserialize(deserializer)?,
            error: None,
        })
    }
}

impl Serialize for PatchOperation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (op, path, from, value) = match self {
            Self::Add { path, value } => ("add", path, None, Some(value)),
            Self::Remove { path } => ("remove", path, None, None),
            Self::Replace { path, value } => ("replace", path, None, Some(value)),
            Self::Move { from, path } => ("move", path, Some(from), None),
            Self::Copy { from, path } => ("copy", path, Some(from), None),
            Self::Test { path, value } => ("test", path, None, Some(value)),
        };
        let length = 2 + usize::from(from.is_some()) + usize::from(value.is_some());
        let mut map = serializer.serialize_map(Some(length))?;
        map.serialize_entry("op", op)?;
        if let Some(from) = from {
            map.serialize_entry("from", from.as_str())?;
        }
        map.serialize_entry("path", path.as_str())?;
        if let Some(value) = value {
            map.serialize_entry("value", value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for PatchOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire: Wire = model::deserialize(deserializer)?;
        wire.operation().map_err(de::Error::custom)
    }
}

/// An operation on the wire, whose members may come in any order; others are ignored.
#[derive(Default)]
struct Wire {
    op: String,
    path: String,
    from: Option<String>,
    value: Option<Json>,
    unknown: Unknown,
}

impl Wire {
    fn operation(self) -> Result<PatchOperation, json::Error> {
        let Self {
            op,
            path,
            from,
            value,
            unknown,
        } = self;
        let path: Pointer = path.parse().map_err(|error| json::Error::new(&error))?;
        let missing = |member: &str| json::Error::new(&format_args!("missing field `{member}` of operation `{op}`"));
        // A `null` is a value like any other here.
        let value = value
            .or_else(|| unknown.get("value").cloned())
            .ok_or_else(|| missing("value"));
        let from = from.ok_or_else(|| missing("from"));
        let from = from.and_then(|from| from.parse().map_err(|error| json::Error::new(&error)));
        match op.as_str() {
            "add" => value.map(|value| PatchOperation::Add { path, value }),
            "remove" => Ok(PatchOperation::Remove { path }),
            "replace" => value.map(|value| PatchOperation::Replace { path, value }),
            "move" => from.map(|from| PatchOperation::Move { from, path }),
            "copy" => from.map(|from| PatchOperation::Copy { from, path }),
            "test" => value.map(|value| PatchOperation::Test { path, value }),
            _ => Err(json::Error::new(&format_args!(
                "unknown operation `{}`",
                crate::error::excerpt(&op)
            ))),
        }
    }
}

impl Model for Wire {
    const NAME: &'static str = "JSON Patch operation";
    const MEMBERS: &'static [Member] = &[
        Member::required("op"),
        Member::required("path"),
        Member::optional("from"),
        Member::optional("value"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.required(&mut self.op),
            1 => value.required(&mut self.path),
            2 => value.optional(&mut self.from),
            _ => value.optional(&mut self.value),
        }
    }

    fn write<W: WriteMembers>(&self, _: &mut W) {}
}

impl KeepUnknown for Wire {
    fn kept(&self) -> &Unknown {
        &self.unknown
    }

    fn kept_mut(&mut self) -> &mut Unknown {
        &mut self.unknown
    }
}
