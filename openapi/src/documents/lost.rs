//! Reports references that lead nowhere.

use super::Section;
use super::reference::{self, Unusable};
use super::visit::Form;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Spanned;

/// Why a reference leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The file could not be read, which was reported.
    Unread,
    /// It is to nothing that can be looked up.
    Unusable(Unusable),
    /// The document, as written in the reference, has no such component.
    Dangling {
        /// The index of the document.
        document: usize,
        /// The file, as written.
        file: String,
        /// The name that is not there.
        name: String,
    },
    /// There is no such place in the file; what to do about it, if that is known.
    Missing(Option<String>),
}

/// The finding on a reference, unless it was reported; `near` is the nearest name of a component.
pub(super) fn finding(
    form: Form,
    section: Option<Section>,
    text: &Spanned<String>,
    lost: &Lost,
    near: Option<&str>,
) -> Option<Diagnostic> {
    let written = &text.value;
    let dangling = |message: String| codes::DANGLING_REFERENCE.at(text.span, message);
    let did_you_mean = |it: String| format!("did you mean `{it}`?");
    Some(match (lost, section) {
        (Lost::Unread, _) => return None,
        (Lost::Dangling { file, .. }, Some(section)) if form == Form::Reference => {
            let near = near.map(|it| reference::write(file, &["components", section.key(), it]));
            dangling(format!("`{written}` does not exist")).maybe_help(near.map(did_you_mean))
        }
        (Lost::Dangling { .. }, Some(section)) => {
            let near = near.map(str::to_owned);
            dangling(format!("`{written}` does not exist in `{section}`")).maybe_help(near.map(did_you_mean))
        }
        (Lost::Dangling { .. }, None) => dangling(format!("`{written}` does not exist")),
        (Lost::Missing(help), _) => dangling(format!("`{written}` does not exist")).maybe_help(help.clone()),
        (Lost::Unusable(why), section) => unusable(section, text, why),
    })
}

fn unusable(section: Option<Section>, text: &Spanned<String>, why: &Unusable) -> Diagnostic {
    let (at, written) = (text.span, &text.value);
    let expected = section.map_or("a part of a document", Section::thing);
    match why {
        Unusable::Remote => {
            let message = format!("expected a reference to a file, found the address `{written}`");
            codes::REMOTE_REFERENCE.at(at, message)
        }
        Unusable::Malformed(what) => {
            let message = format!("expected a reference, found {what} in `{written}`");
            codes::MALFORMED_REFERENCE.at(at, message)
        }
        Unusable::OtherSection(found) => {
            let message = format!("expected a reference to {expected}, found one to {}", found.thing());
            codes::WRONG_REFERENCE.at(at, message)
        }
        Unusable::NoComponent => {
            let message = format!("expected a reference to {expected}, found `{written}`, which is none");
            codes::WRONG_REFERENCE.at(at, message)
        }
    }
}
