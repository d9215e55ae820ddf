//! Lowers security requirements and schemes.

use std::collections::BTreeSet;

use tablature_openapi::document::{Document, ParameterLocation, RefOr, SecurityRequirement, SecuritySchemeKind};
use tablature_openapi::{Spanned, extension};

use crate::ir;
use crate::lower::ask::input::Input;

/// Alternatives of what an operation needs, where they are stated. Each is the schemes that are needed together.
pub fn requirements(
    input: &Input<'_>,
    alternatives: Option<&Vec<SecurityRequirement>>,
) -> Option<Vec<Vec<ir::SecurityScheme>>> {
    let schemes = |it: &SecurityRequirement| {
        let schemes = it.schemes.iter();
        schemes
            .filter_map(|(name, scopes)| scheme(input, name, scopes))
            .collect()
    };
    Some(alternatives?.iter().map(schemes).collect())
}

/// The types that fetch or make the credentials of a document's schemes, sorted.
pub fn credentials(document: &Document) -> Vec<String> {
    let schemes = document.components.security_schemes.values();
    let paths: BTreeSet<String> = schemes
        .filter_map(|it| match &it.item {
            RefOr::Item(scheme) => Some(extension::rust_credentials(&scheme.extensions)),
            RefOr::Ref(_) => None,
        })
        .flatten()
        .map(|it| it.value)
        .collect();
    paths.into_iter().collect()
}

fn scheme(input: &Input<'_>, name: &Spanned<String>, scopes: &[Spanned<String>]) -> Option<ir::SecurityScheme> {
    // A scheme that is nowhere has been reported on reading.
    let (_, scheme) = input.documents.security_scheme(&name.span, &name.value)?;
    let name = name.value.clone();
    let scopes = scopes.iter().map(|it| it.value.clone()).collect();
    Some(match &scheme.kind {
        SecuritySchemeKind::ApiKey {
            name: parameter,
            location,
        } => {
            let location = match location.value {
                ParameterLocation::Query | ParameterLocation::Querystring => ir::KeyLocation::Query,
                ParameterLocation::Cookie => ir::KeyLocation::Cookie,
                ParameterLocation::Header | ParameterLocation::Path => ir::KeyLocation::Header,
            };
            ir::SecurityScheme::ApiKey {
                name,
                location,
                parameter: parameter.value.clone(),
            }
        }
        SecuritySchemeKind::Http { scheme } => ir::SecurityScheme::Http {
            name,
            scheme: scheme.value.clone(),
        },
        SecuritySchemeKind::OAuth2 { token_url } => ir::SecurityScheme::OAuth2 {
            name,
            token_url: token_url.as_ref().map(|url| url.value.clone()),
            scopes,
        },
        SecuritySchemeKind::OpenIdConnect { .. } => ir::SecurityScheme::OpenIdConnect { name, scopes },
        SecuritySchemeKind::MutualTls => ir::SecurityScheme::MutualTls { name },
    })
}
