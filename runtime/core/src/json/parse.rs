//! JSON text to tree, with numbers kept as text.

use super::reader::Reader;
use super::{Error, Tree, read};

/// The text has been checked when it was read; what is odd all the same is an error, not a panic.
pub(crate) fn parse(text: &str) -> Result<Tree<'_>, Error> {
    let mut reader = Reader::new(text);
    let tree = reader.tree();
    let tree = tree.and_then(|tree| reader.end().map(|()| tree));
    tree.map_err(|_| match read::too_deep(text) {
        true => Error::too_deep(),
        // A lone surrogate is the one thing that JSON text may hold and a string may not.
        false => Error::new("a string of a JSON value has half of a surrogate pair"),
    })
}
