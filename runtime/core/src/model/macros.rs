//! The macros that make a table a model, and its rules a check.

/// Makes a struct with a field `unknown: Unknown` and a [`Model`](crate::model::Model) table
/// readable and writable, and gives it `unknown()` and `unknown_mut()`.
#[macro_export]
macro_rules! model {
    ($name:ident) => {
        impl $name {
            /// The members that the schema does not know, and explicit nulls of those it knows.
            #[must_use]
            pub fn unknown(&self) -> &$crate::model::Unknown {
                &self.unknown
            }

            /// The members that the schema does not know, to change.
            pub fn unknown_mut(&mut self) -> &mut $crate::model::Unknown {
                &mut self.unknown
            }
        }

        impl $crate::model::KeepUnknown for $name {
            fn kept(&self) -> &$crate::model::Unknown {
                &self.unknown
            }

            fn kept_mut(&mut self) -> &mut $crate::model::Unknown {
                &mut self.unknown
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::model::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::model::deserialize(deserializer)
            }
        }
    };
}

/// Gives a model with [`Validate`](crate::model::Validate) rules the method `validate()`.
#[macro_export]
macro_rules! validate {
    ($name:ident) => {
        impl $name {
            /// Checks the values of the members, also those of models inside, against what is
            /// documented for them. Nothing does so unasked.
            ///
            /// # Errors
            /// All that is not as documented, each with its place.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::model::Violations> {
                $crate::model::validate(self)
            }
        }
    };
}

/// Gives a union with [`ValidateVariant`](crate::model::ValidateVariant) rules the method `validate()`.
#[macro_export]
macro_rules! validate_union {
    ($name:ident) => {
        impl $name {
            /// Checks what it holds, also what models inside hold, against what is documented for it. Nothing
            /// does so unasked.
            ///
            /// # Errors
            /// All that is not as documented, each with its place.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::model::Violations> {
                $crate::model::validate_variant(self)
            }
        }
    };
}

/// Makes a list or a map of itself readable and writable as what it holds.
#[macro_export]
macro_rules! wrapper {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
