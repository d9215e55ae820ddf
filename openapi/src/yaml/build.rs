//! Builds a tree from YAML events, with a stack of its own, so that no nesting overflows.

use crate::codes;
use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};

use super::anchor::{Anchors, Size};
use super::{message, node, place};
use crate::diagnostic::{Diagnostic, Report};
use crate::json::MAXIMUM_DEPTH;
use crate::node::{Node, Value};
use crate::source::SourceId;
use crate::span::{Span, Spanned};

/// What ends the reading.
type Fault = Box<Diagnostic>;

/// Makes a tree of events.
pub(super) struct Builder<'t> {
    source: SourceId,
    text: &'t str,
    open: Vec<Frame>,
    anchors: Anchors,
    /// The end of the token before: between it and a node stand only its properties.
    before: u32,
    /// What was found that does not end the reading.
    pub(super) report: Report,
    /// The whole tree, when it is complete.
    pub(super) root: Option<Node>,
}

/// An array or object whose end has not come.
struct Frame {
    span: Span,
    in_brackets: bool,
    anchor: usize,
    size: Size,
    holds: Holds,
}

enum Holds {
    Items(Vec<Node>),
    Entries {
        entries: Vec<(Spanned<String>, Node)>,
        /// What `<<` brings.
        merged: Vec<Node>,
        /// The key whose value comes next.
        key: Option<Key>,
    },
}

enum Key {
    Name(Spanned<String>),
    Merge,
    /// It was none, which was reported; its value is dropped.
    Refused,
}

impl<'t> Builder<'t> {
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        Self {
            source,
            text,
            open: Vec::new(),
            anchors: Anchors::default(),
            before: 0,
            report: Report::new(),
            root: None,
        }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event<'_>, at: &granit_parser::Span) -> Result<(), Fault> {
        let span = place::span(self.source, at);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = place::scalar(self.text, span, style, self.before);
                let tag = tag.as_deref().map(|tag| (tag, tag_span(span, at)));
                self.scalar(&text, style, anchor, tag, span)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "seq", span, at);
                self.start(style, anchor, span, Holds::Items(Vec::new()))?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "map", span, at);
                let holds = Holds::Entries {
                    entries: Vec::new(),
                    merged: Vec::new(),
                    key: None,
                };
                self.start(style, anchor, span, holds)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            _ => {}
        }
        self.before = span.end;
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<(&Tag, Span)>,
        span: Span,
    ) -> Result<(), Fault> {
        if let Some(key) = self.awaited_key() {
            let absent = style == ScalarStyle::Plain && span.start == span.end && tag.is_none();
            *key = Some(match text {
                "<<" if style == ScalarStyle::Plain && tag.is_none() => Key::Merge,
                _ if absent => Key::Refused,
                _ => Key::Name(Spanned::new(text.to_owned(), span)),
            });
            if absent {
                self.report.push(node::not_a_key(span, "nothing"));
            }
            let node = node::string(text, span);
            return self.keep(anchor, &node, Size::of_leaf(&node));
        }
        let node = node::scalar(text, style, tag, span, &mut self.report);
        let size = Size::of_leaf(&node);
        self.keep(anchor, &node, size)?;
        self.put(node, size);
        Ok(())
    }

    fn start(&mut self, style: StructureStyle, anchor: usize, span: Span, holds: Holds) -> Result<(), Fault> {
        self.check_depth(1, span)?;
        self.open.push(Frame {
            span,
            in_brackets: style == StructureStyle::Flow,
            anchor,
            size: Size::COLLECTION,
            holds,
        });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), Fault> {
        let Some(mut frame) = self.open.pop() else {
            return Ok(());
        };
        // The parser puts the end of an indented block where the next token begins.
        if frame.in_brackets {
            frame.span.end = end.end;
        }
        let value = match frame.holds {
            Holds::Items(items) => Value::Array(items),
            Holds::Entries { entries, merged, .. } => Value::Object(node::merge(entries, merged, &mut self.report)),
        };
        let node = Node {
            span: frame.span,
            value,
        };
        self.keep(frame.anchor, &node, frame.size)?;
        if let Some(key) = self.awaited_key() {
            *key = Some(Key::Refused);
            self.report.push(node::not_a_key(node.span, node.kind_name()));
        } else {
            self.put(node, frame.size);
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fault> {
        let Some(size) = self.anchors.size(anchor) else {
            let message = "an alias must not stand within what it stands for";
            return Err(Box::new(codes::YAML_ALIAS.at(span, message)));
        };
        self.check_depth(size.height, span)?;
        let node = self.anchors.copy(anchor).ok_or_else(|| node::too_many_copies(span))?;
        let node = Node { span, ..node };
        let Some(key) = self.awaited_key() else {
            self.put(node, size);
            return Ok(());
        };
        *key = Some(match node.as_str() {
            Some(text) => Key::Name(Spanned::new(text.to_owned(), span)),
            None => Key::Refused,
        });
        if node.as_str().is_none() {
            self.report.push(node::not_a_key(span, node.kind_name()));
        }
        Ok(())
    }

    /// Where the next key goes, if a key is what comes next.
    fn awaited_key(&mut self) -> Option<&mut Option<Key>> {
        match &mut self.open.last_mut()?.holds {
            Holds::Entries { key, .. } if key.is_none() => Some(key),
            _ => None,
        }
    }

    /// Puts a complete node where it stands.
    fn put(&mut self, node: Node, size: Size) {
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.span.end = frame.span.end.max(node.span.end);
        match &mut frame.holds {
            Holds::Items(items) => {
                frame.size.hold(size, 0);
                items.push(node);
            }
            Holds::Entries { entries, merged, key } => match key.take() {
                Some(Key::Name(name)) => {
                    frame.size.hold(size, 64 + name.value.len());
                    frame.span.end = frame.span.end.max(name.span.end);
                    entries.push((name, node));
                }
                Some(Key::Merge) => {
                    frame.size.hold(size, 0);
                    merged.push(node);
                }
                _ => {}
            },
        }
    }

    fn keep(&mut self, anchor: usize, node: &Node, size: Size) -> Result<(), Fault> {
        match self.anchors.keep(anchor, node, size) {
            true => Ok(()),
            false => Err(node::too_many_copies(node.span)),
        }
    }

    fn check_depth(&self, more: usize, span: Span) -> Result<(), Fault> {
        if self.open.len() + more <= MAXIMUM_DEPTH {
            return Ok(());
        }
        Err(Box::new(message::too_deep(span)))
    }

    fn check_tag(&mut self, tag: Option<&Tag>, expected: &str, span: Span, at: &granit_parser::Span) {
        if let Some(tag) = tag
            && !tag.is_yaml_core_schema_tag(expected)
            && tag.original() != "!"
        {
            self.report.push(node::wrong_tag(tag, tag_span(span, at)));
        }
    }
}

/// The place of a tag, or that of its node.
fn tag_span(node: Span, at: &granit_parser::Span) -> Span {
    at.tag_span().map_or(node, |it| place::span(node.source, &it))
}
