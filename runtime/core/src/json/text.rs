//! JSON text that is kept in place when it is short, since most values of a union are.

const SHORT: usize = 22;
/// Shorter texts are copied: that takes less than to give back what an allocation has left.
const COPIED: usize = 1024;

#[derive(Clone)]
pub(super) enum Text {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<str>),
}

impl Text {
    pub(super) fn as_str(&self) -> &str {
        match self {
            // The bytes were a string, so the check cannot fail.
            Self::Short { length, bytes } => bytes
                .get(..usize::from(*length))
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .unwrap_or("null"),
            Self::Long(text) => text,
        }
    }

    fn short(text: &str) -> Option<Self> {
        let length = u8::try_from(text.len()).ok()?;
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self::Short { length, bytes })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::short(text).unwrap_or_else(|| Self::Long(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.len() < COPIED {
            return Self::from(text.as_str());
        }
        Self::Long(text.into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{COPIED, SHORT, Text};

    #[test]
    fn keeps_any_length() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 300, COPIED] {
            let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
            assert_eq!(Text::from(text.as_str()).as_str(), text);
            assert_eq!(Text::from(text.clone()).as_str(), text);
        }
        assert_eq!(size_of::<crate::Json>(), 24);
    }
}
