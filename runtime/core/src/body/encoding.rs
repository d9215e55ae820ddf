//! What a description says of single members of a form.

use crate::parameter::Style;

/// How a member of a form is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The name of the member.
    pub property: &'static str,
    /// The media type. Of several, or of a range such as `image/*`, a file names one.
    pub content_type: Option<&'static str>,
    /// The style, which goes before the media type.
    pub style: Option<Style>,
    /// Whether items and members stand for themselves; by default only in the style `form`.
    pub explode: Option<bool>,
    /// Whether reserved characters stay as they are; not those that would end the value.
    pub allow_reserved: bool,
}

impl Encoding {
    /// The style and whether it explodes; `None` if the media type decides.
    pub(super) fn style(&self) -> Option<(Style, bool)> {
        if self.style.is_none() && self.explode.is_none() && !self.allow_reserved {
            return None;
        }
        let style = self.style.unwrap_or(Style::Form);
        Some((style, self.explode.unwrap_or(style == Style::Form)))
    }
}
