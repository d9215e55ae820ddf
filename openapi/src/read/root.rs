//! Reads the OpenAPI Object.

use super::{components, info, path_item, paths, security, server};
use crate::codes;
use crate::document::{Document, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};

const LATER: &[(&str, Version)] = &[
    ("webhooks", Version::V3_1),
    ("jsonSchemaDialect", Version::V3_1),
    ("$self", Version::V3_2),
];

/// Reads a document of a known version.
pub(crate) fn document(node: &Node, cx: &mut Context) -> Option<Document> {
    let version = cx.version;
    let mut object = ObjectReader::new(node, "OpenAPI Object", cx)?.later(LATER);
    object.take("openapi");
    let self_uri = object.string("$self");
    object.require("info");
    let info = object.read("info", info::info);
    check_dialect(&mut object);
    let servers = object.list("servers", server::server);
    let paths = object.read("paths", paths::paths);
    let webhooks = object.map("webhooks", |_, item, cx| path_item::path_item_or_reference(item, cx));
    let components = object.read("components", components::components);
    let security = object.read("security", security::requirements);
    let tags = info::tags(&mut object);
    info::external_documentation(&mut object);
    let nothing = !object.has("components") && !object.has("webhooks");
    if paths.is_none() && !object.has("paths") && (nothing || version == Version::V3_0) {
        let message = match version {
            Version::V3_0 => "missing key `paths` in the OpenAPI Object",
            _ => "one of `paths`, `components` and `webhooks` is missing in the OpenAPI Object",
        };
        let span = object.span().first_byte();
        object.context().push_lenient(codes::MISSING_KEY.at(span, message));
    }
    Some(Document {
        span: node.span,
        version,
        self_uri,
        extensions: object.finish(),
        info: info.unwrap_or_else(|| info::absent(node.span)),
        servers,
        paths: paths.unwrap_or_default(),
        webhooks,
        components: components.unwrap_or_default(),
        security,
        tags,
    })
}

/// Schemas are read in the dialect of OpenAPI, of which JSON Schema 2020-12 is the core.
fn check_dialect(object: &mut ObjectReader<'_, '_>) {
    let Some(dialect) = object.string("jsonSchemaDialect") else {
        return;
    };
    let uri = dialect.value.trim_end_matches('#');
    let known =
        uri.starts_with("https://spec.openapis.org/oas/3.") || uri == "https://json-schema.org/draft/2020-12/schema";
    if !known {
        let message = format!("unknown dialect `{uri}`, schemas are read as JSON Schema 2020-12");
        object.context().push(codes::UNKNOWN_DIALECT.at(dialect.span, message));
    }
}
