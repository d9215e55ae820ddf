//! Lowers security requirements and schemes.

use tablature_openapi::Spanned;
use tablature_openapi::document::{ParameterLocation, SecurityRequirement, SecuritySchemeKind};

use crate::ir;
use crate::lower::ask::input::Input;

/// Alternatives of what an operation needs. Each is the schemes that are needed together.
pub fn requirements(input: &Input<'_>, alternatives: &[SecurityRequirement]) -> Vec<Vec<ir::SecurityScheme>> {
    alternatives
        .iter()
        .map(|it| {
            it.schemes
                .iter()
                .filter_map(|(name, scopes)| scheme(input, name, scopes))
                .collect()
        })
        .collect()
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
        SecuritySchemeKind::OAuth2 { .. } => ir::SecurityScheme::OAuth2 { name, scopes },
        SecuritySchemeKind::OpenIdConnect { .. } => ir::SecurityScheme::OpenIdConnect { name, scopes },
        SecuritySchemeKind::MutualTls => ir::SecurityScheme::MutualTls { name },
    })
}
