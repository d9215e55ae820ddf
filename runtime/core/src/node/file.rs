//! Files as members of models.

mod take;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeTuple, Serializer};

use crate::base64;
use take::NotAFile;
pub(crate) use take::take;

/// By this name a serializer knows a file before it is written as text.
pub(crate) const TOKEN: &str = "$tablature::File";

/// A file: a part of its own in a body of parts. Anywhere else, as in JSON, it is a text: its content as it stands, or
/// base64 of what is no text, since JSON has no bytes. It is read as the text stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The name, without a path. Many servers take a part for a file only if it has one.
    pub name: Option<String>,
    /// The media type. Without one it is the documented one, or `application/octet-stream` where that is documented or
    /// nothing is. Where several or a range such as `image/*` are documented, it has to be one of them.
    pub media_type: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

impl File {
    /// A file with a name.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: Some(name.into()),
            media_type: None,
            bytes: bytes.into(),
        }
    }

    /// Sets the media type.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// What stands for it where there are no parts: its text, or base64 where it is none.
    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(base64::encode(&self.bytes)),
        }
    }
}

impl From<Bytes> for File {
    /// A file without a name.
    fn from(bytes: Bytes) -> Self {
        Self {
            bytes,
            ..Self::default()
        }
    }
}

impl From<Vec<u8>> for File {
    /// A file without a name.
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TOKEN, &Content(self))
    }
}

/// What is inside the newtype: text, or for [`take`] the fields.
struct Content<'a>(&'a File);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if std::any::type_name::<S::Error>() != std::any::type_name::<NotAFile>() {
            return serializer.serialize_str(&self.0.to_text());
        }
        let mut fields = serializer.serialize_tuple(3)?;
        fields.serialize_element(&self.0.name)?;
        fields.serialize_element(&self.0.media_type)?;
        fields.serialize_element(&Raw(&self.0.bytes))?;
        fields.end()
    }
}

struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(FileVisitor)
    }
}

struct FileVisitor;

impl Visitor<'_> for FileVisitor {
    type Value = File;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file, as text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<File, E> {
        Ok(File::from(Bytes::copy_from_slice(text.as_bytes())))
    }
}
