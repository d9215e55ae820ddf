//! The events of a watch.

#[cfg(feature = "client")]
mod blocking;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod execute;
#[cfg(feature = "client")]
mod follow;
#[cfg(feature = "client")]
mod patience;
mod read;
#[cfg(feature = "client")]
mod reflect;
#[cfg(feature = "client")]
mod session;
#[cfg(feature = "client")]
mod update;

#[cfg(feature = "client")]
pub use blocking::BlockingWatch;
#[cfg(feature = "client")]
pub use error::{Ending, WatchError};
#[cfg(feature = "client")]
pub use execute::ExecuteWatch;
#[cfg(feature = "client")]
pub use patience::Patience;
#[cfg(feature = "client")]
pub use reflect::{Reflector, Store, WaitError};
#[cfg(feature = "client")]
pub use update::{Update, Watch};

use serde::ser::{Serialize, SerializeMap, Serializer};
use tablature_runtime::Json;

use crate::Status;

/// Takes the bytes of a watch in pieces of any size, and gives [`Event`]s.
pub use tablature_runtime::stream::Decoder;

/// The annotation of the bookmark that ends the events for what was there before the watch.
const INITIAL_EVENTS_END: &str = "/metadata/annotations/k8s.io~1initial-events-end";

/// An event of a watch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<T> {
    /// An object is there.
    Added(T),
    /// An object has changed.
    Modified(T),
    /// An object is gone; this is its last state.
    Deleted(T),
    /// The watch has come to a version, with no event for an object.
    Bookmark(Bookmark),
    /// The watch has failed. The server ends it after this.
    Error(Box<Status>),
    /// An event of another type, or an error that is not a `Status`.
    Other {
        /// The type on the wire.
        event_type: String,
        /// The object on the wire.
        object: Json,
    },
}

impl<T> Event<T> {
    /// The object that the event is about.
    #[must_use]
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Added(object) | Self::Modified(object) | Self::Deleted(object) => Some(object),
            Self::Bookmark(_) | Self::Error(_) | Self::Other { .. } => None,
        }
    }

    /// Whether the watch has failed because its version is too old, so that a new list is needed.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        matches!(self, Self::Error(status) if status.is_expired())
    }

    /// The type on the wire.
    #[must_use]
    pub fn event_type(&self) -> &str {
        match self {
            Self::Added(_) => "ADDED",
            Self::Modified(_) => "MODIFIED",
            Self::Deleted(_) => "DELETED",
            Self::Bookmark(_) => "BOOKMARK",
            Self::Error(_) => "ERROR",
            Self::Other { event_type, .. } => event_type,
        }
    }
}

/// How far a watch has come: an object of which only the version is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark(Json);

impl Bookmark {
    /// The version from which a new watch would go on.
    #[must_use]
    pub fn resource_version(&self) -> Option<String> {
        Some(self.0.get("/metadata/resourceVersion")?.as_str()?.into_owned())
    }

    /// Whether all that was there before the watch has been told.
    #[must_use]
    pub fn is_initial_events_end(&self) -> bool {
        let annotation = self.0.get(INITIAL_EVENTS_END);
        annotation.is_some_and(|value| value.as_str().as_deref() == Some("true"))
    }

    /// The object on the wire.
    #[must_use]
    pub fn object(&self) -> &Json {
        &self.0
    }
}

impl<T: Serialize> Serialize for Event<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", self.event_type())?;
        match self {
            Self::Added(object) | Self::Modified(object) | Self::Deleted(object) => {
                map.serialize_entry("object", object)?;
            }
            Self::Bookmark(Bookmark(object)) | Self::Other { object, .. } => map.serialize_entry("object", object)?,
            Self::Error(status) => map.serialize_entry("object", status)?,
        }
        map.end()
    }
}
