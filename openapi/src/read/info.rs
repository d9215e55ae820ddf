//! Reads the Info Object, tags, and other documentation.

use crate::codes;
use crate::document::{Extensions, Info, Tag, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};

pub(super) fn info(node: &Node, cx: &mut Context) -> Option<Info> {
    let mut object = ObjectReader::new(node, "Info Object", cx)?.later(&[("summary", Version::V3_1)]);
    let title = object.required_string("title");
    let version = object.required_text("version");
    let summary = object.string("summary");
    let description = object.string("description");
    object.string("termsOfService");
    object.read("contact", |node, cx| {
        let mut object = ObjectReader::new(node, "Contact Object", cx)?;
        for key in ["name", "url", "email"] {
            object.string(key);
        }
        Some(object.finish())
    });
    object.read("license", |node, cx| {
        let later = &[("identifier", Version::V3_1)];
        let mut object = ObjectReader::new(node, "License Object", cx)?.later(later);
        object.required_string("name");
        for key in ["identifier", "url"] {
            object.string(key);
        }
        Some(object.finish())
    });
    let extensions = object.finish();
    Some(Info {
        span: node.span,
        title,
        version,
        summary,
        description,
        extensions,
    })
}

/// What stands in for an Info Object that could not be read, so that the rest is checked too.
pub(super) fn absent(span: Span) -> Info {
    Info {
        span,
        title: Spanned::new(String::new(), span),
        version: Spanned::new(String::new(), span),
        summary: None,
        description: None,
        extensions: Extensions::new(),
    }
}

/// Checks `externalDocs`, which nothing is made of.
pub(super) fn external_documentation(object: &mut ObjectReader<'_, '_>) {
    object.read("externalDocs", |node, cx| {
        let mut object = ObjectReader::new(node, "External Documentation Object", cx)?;
        object.required_string("url");
        object.string("description");
        Some(object.finish())
    });
}

pub(super) fn tags(object: &mut ObjectReader<'_, '_>) -> Vec<Tag> {
    let tags = object.list("tags", tag);
    for (index, tag) in tags.iter().enumerate() {
        let mut before = tags.iter().take(index);
        if let Some(first) = before.find(|it| it.name.value == tag.name.value) {
            let message = format!("the tag `{}` is declared twice", tag.name.value);
            let found = codes::DUPLICATE_TAG.at(tag.name.span, message);
            object.context().push(found.related(first.name.span, "first here"));
        }
        let Some(parent) = &tag.parent else { continue };
        if !tags.iter().any(|it| it.name.value == parent.value) {
            let message = format!("`parent` must be the name of a tag, found `{}`", parent.value);
            object.context().push(codes::UNKNOWN_TAG.at(parent.span, message));
        }
    }
    tags
}

fn tag(node: &Node, cx: &mut Context) -> Option<Tag> {
    const LATER: &[(&str, Version)] = &[
        ("summary", Version::V3_2),
        ("parent", Version::V3_2),
        ("kind", Version::V3_2),
    ];
    let mut object = ObjectReader::new(node, "Tag Object", cx)?.later(LATER);
    let name = object.required_string("name");
    let summary = object.string("summary");
    let description = object.string("description");
    let parent = object.string("parent");
    let kind = object.string("kind");
    external_documentation(&mut object);
    Some(Tag {
        name,
        summary,
        description,
        parent,
        kind,
        extensions: object.finish(),
    })
}
