//! The patches that are partial objects.

use serde::de::{Deserializer, Error as _};
use serde::ser::{self, Serializer};
use serde::{Deserialize, Serialize};

use super::diff;
use crate::Json;
use crate::body::BodyError;
use crate::json::{self, Kind};
use crate::model;

/// A partial object, or why there is none: what the patches of [`partial_object!`](crate::partial_object!) hold.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialObject(Result<Json, BodyError>);

impl PartialObject {
    /// What `value` is, explicit nulls included.
    pub fn new(value: &(impl Serialize + ?Sized)) -> Self {
        Self(Json::from_serialize(value).map_err(BodyError::from).and_then(check))
    }

    /// What `value` is where it is the whole of an object: a model with its
    /// [body defaults](crate::model::Model::BODY_DEFAULTS).
    pub fn whole(value: &(impl Serialize + ?Sized)) -> Self {
        let text = model::whole(value).map_err(|error| BodyError::new(&error));
        Self(text.and_then(|text| check(text.parse()?)))
    }

    /// The object as JSON, unless there is none.
    #[must_use]
    pub fn as_json(&self) -> Option<&Json> {
        self.0.as_ref().ok()
    }
}

fn check(json: Json) -> Result<Json, BodyError> {
    if json.kind() == Kind::Object {
        Ok(json)
    } else {
        Err(BodyError::new("a patch must be an object"))
    }
}

impl Serialize for PartialObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(json) => json.serialize(serializer),
            Err(error) => Err(ser::Error::custom(error.reason())),
        }
    }
}

impl<'de> Deserialize<'de> for PartialObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        match check(json) {
            Ok(json) => Ok(Self(Ok(json))),
            Err(error) => Err(D::Error::custom(error.reason())),
        }
    }
}

/// Defines a kind of patch that is a partial object; one with `, whole` after its name says what the object is.
///
/// ```
/// tablature_runtime::partial_object! {
///     /// Members to replace.
///     MemberPatch
/// }
///
/// let patch = MemberPatch::new(std::collections::BTreeMap::from([("size", 3)]));
/// assert_eq!(patch.as_json().map(ToString::to_string).as_deref(), Some(r#"{"size":3}"#));
/// ```
#[macro_export]
macro_rules! partial_object {
    ($(#[$doc:meta])* $name:ident) => {
        $crate::partial_object!($(#[$doc])* $name, new);
    };
    ($(#[$doc:meta])* $name:ident, $new:ident) => {
        $(#[$doc])*
        ///
        /// It is made of any value that serializes as an object, since the required members of a
        /// model need not be in a patch. A value that cannot be a patch is kept, and comes out when
        /// the patch is encoded.
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        pub struct $name($crate::patch::PartialObject);

        impl $name {
            /// A patch of `value`, or of what it refers to, explicit nulls included.
            pub fn new(value: impl $crate::serde::Serialize) -> Self {
                Self($crate::patch::PartialObject::$new(&value))
            }

            /// The patch as JSON, unless it cannot be one.
            #[must_use]
            pub fn as_json(&self) -> ::core::option::Option<&$crate::Json> {
                self.0.as_json()
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}

partial_object! {
    /// A JSON Merge Patch, RFC 7396: its members replace those of the object, `null` removes, and
    /// lists are replaced as a whole.
    MergePatch
}

impl MergePatch {
    /// The patch that makes `after` of `before`: lists as a whole, numbers compared exactly.
    ///
    /// # Errors
    /// If one of them cannot be written as JSON or is not an object, or if `after` has an explicit
    /// `null` where `before` has none, which no merge patch can say; the error names the place.
    pub fn diff<T, U>(before: &T, after: &U) -> Result<Self, json::Error>
    where
        T: Serialize + ?Sized,
        U: Serialize + ?Sized,
    {
        let (before, after) = (Json::from_serialize(before)?, Json::from_serialize(after)?);
        if before.kind() != Kind::Object || after.kind() != Kind::Object {
            return Err(json::Error::new("a merge patch is made of two objects"));
        }
        let patch = diff::diff(&before, &after)?;
        Ok(Self(PartialObject(Ok(patch))))
    }

    /// What the patch makes of `value`.
    ///
    /// # Errors
    /// If the patch cannot be one, or `value` cannot be taken apart.
    pub fn apply(&self, value: &Json) -> Result<Json, json::Error> {
        match &self.0.0 {
            Ok(patch) => diff::apply(value, patch),
            Err(error) => Err(json::Error::new(error.reason())),
        }
    }
}
