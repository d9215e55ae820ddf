//! Asks for what a reader needs from other files, by the place of the reference.

use std::collections::HashMap;
use std::rc::Rc;

use crate::node::Node;
use crate::span::{Span, Spanned};

/// The nodes that are read in place of references, by the place of the reference.
///
/// A reader has no files. It leaves out what it cannot have, and whoever reads looks that up and
/// reads once more.
#[derive(Debug, Default)]
pub(crate) struct Inlined {
    /// What was looked up; `None` where it was not found, which was reported.
    pub(crate) nodes: HashMap<Span, Option<Rc<Node>>>,
    /// What is to be looked up.
    pub(crate) missing: Vec<Spanned<String>>,
    /// The references that are being read in place.
    pub(crate) within: Vec<Span>,
}
