//! Reads security schemes and requirements.

use super::reference;
use crate::codes;
use crate::document::{ParameterLocation, RefOr, SecurityRequirement, SecurityScheme, SecuritySchemeKind, Version};
use crate::nearest::did_you_mean;
use crate::node::Node;
use crate::reader::{Context, ObjectReader, as_list, as_map, as_string};
use crate::span::Spanned;

/// Reads `security`.
pub(super) fn requirements(node: &Node, cx: &mut Context) -> Option<Vec<SecurityRequirement>> {
    let items = as_list(node, format_args!("`security`"), cx);
    Some(items.iter().map(|item| requirement(item, cx)).collect())
}

fn requirement(node: &Node, cx: &mut Context) -> SecurityRequirement {
    let entries = as_map(node, format_args!("the Security Requirement Object"), cx);
    let schemes = entries.map(|(name, scopes)| {
        let scopes = as_list(scopes, format_args!("the scopes of `{}`", name.value), cx);
        let scope = |it, cx: &mut Context| as_string(it, format_args!("a scope of `{}`", name.value), cx);
        (name.clone(), scopes.iter().filter_map(|it| scope(it, cx)).collect())
    });
    SecurityRequirement {
        span: node.span,
        schemes: schemes.collect(),
    }
}

const TYPES: [&str; 5] = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

const LATER: &[(&str, Version)] = &[("deprecated", Version::V3_2), ("oauth2MetadataUrl", Version::V3_2)];

/// Keys and the only type that they mean something with.
const OF_ONE_TYPE: [(&str, &str); 7] = [
    ("name", "apiKey"),
    ("in", "apiKey"),
    ("scheme", "http"),
    ("bearerFormat", "http"),
    ("flows", "oauth2"),
    ("oauth2MetadataUrl", "oauth2"),
    ("openIdConnectUrl", "openIdConnect"),
];

pub(super) fn scheme_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<SecurityScheme>> {
    reference::reference_or(node, cx, scheme)
}

fn scheme(node: &Node, cx: &mut Context) -> Option<SecurityScheme> {
    let version = cx.version;
    let mut object = ObjectReader::new(node, "Security Scheme Object", cx)?.later(LATER);
    let type_name = object.require_string("type");
    let description = object.string("description");
    let deprecated = object.flag("deprecated");
    let kind = type_name.as_ref().and_then(|it| kind(it, version, &mut object));
    let of_other_types = OF_ONE_TYPE.map(|(key, of)| (key, of, object.entry(key)));
    if let (Some(type_name), true) = (&type_name, kind.is_some()) {
        for (key, of, entry) in of_other_types {
            let Some((span, _)) = entry.filter(|_| of != type_name.value) else {
                continue;
            };
            let message = format!(
                "`{key}` means something with the type `{of}` only, found it with `{}`",
                type_name.value
            );
            object.context().push(codes::NO_EFFECT.at(span, message));
        }
    }
    // A scheme of an unknown kind stays, so that references to it are not reported too.
    let kind = kind.unwrap_or(SecuritySchemeKind::MutualTls);
    let extensions = object.finish();
    Some(SecurityScheme {
        span: node.span,
        kind,
        description,
        deprecated,
        extensions,
    })
}

fn kind(
    type_name: &Spanned<String>,
    version: Version,
    object: &mut ObjectReader<'_, '_>,
) -> Option<SecuritySchemeKind> {
    match type_name.value.as_str() {
        "apiKey" => {
            let name = object.required_string("name");
            let location = object.require_string("in")?;
            let location = key_location(location, object.context())?;
            Some(SecuritySchemeKind::ApiKey { name, location })
        }
        "http" => {
            let mut scheme = object.required_string("scheme");
            scheme.value.make_ascii_lowercase();
            object.string("bearerFormat");
            Some(SecuritySchemeKind::Http { scheme })
        }
        "oauth2" => {
            object.require("flows");
            object.string("oauth2MetadataUrl");
            Some(SecuritySchemeKind::OAuth2 {
                token_url: object.raw_object("flows").as_ref().and_then(token_url),
            })
        }
        "openIdConnect" => Some(SecuritySchemeKind::OpenIdConnect {
            url: object.required_string("openIdConnectUrl"),
        }),
        "mutualTLS" if version > Version::V3_0 || object.context().is_lenient() => Some(SecuritySchemeKind::MutualTls),
        other => {
            let help = match other {
                "mutualTLS" => Some("`mutualTLS` is of OpenAPI 3.1, and this document is of OpenAPI 3.0".to_owned()),
                _ => did_you_mean(other, TYPES),
            };
            let message = format!("unknown type of security scheme `{other}`");
            let found = codes::WRONG_VALUE.at(type_name.span, message);
            object.context().push(found.maybe_help(help));
            None
        }
    }
}

/// Where a program asks for tokens.
fn token_url(flows: &Node) -> Option<Spanned<String>> {
    [
        "clientCredentials",
        "authorizationCode",
        "password",
        "deviceAuthorization",
    ]
    .iter()
    .filter_map(|flow| flows.get(flow)?.get("tokenUrl"))
    .find_map(|url| Some(Spanned::new(url.as_str()?.to_owned(), url.span)))
}

fn key_location(text: Spanned<String>, cx: &mut Context) -> Option<Spanned<ParameterLocation>> {
    let location = match text.value.as_str() {
        "query" => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        other => {
            let message = format!("`in` of an API key must be `query`, `header` or `cookie`, found `{other}`");
            cx.push(codes::WRONG_VALUE.at(text.span, message));
            return None;
        }
    };
    Some(Spanned::new(location, text.span))
}
