//! Chooses the alternative of an operation's security that a credential meets, and what is sent for each of its schemes.

use super::credential::Kind;
use super::{AuthError, Credential, Location, SecurityScheme};

/// Where the secret of a credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `Authorization: Bearer`.
    Bearer,
    /// A header of this name.
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// Wherever the credential itself says.
    Own,
}

impl Target {
    /// Whether it is the header `Authorization`, which there is one of, for a credential of a kind.
    pub(super) fn is_authorization(self, kind: &Kind) -> bool {
        match (kind, self) {
            (Kind::Bearer(_) | Kind::Basic { .. }, _) | (Kind::Token(_), Self::Bearer) => true,
            (Kind::Token(_), Self::Header(name)) => name.eq_ignore_ascii_case("authorization"),
            (Kind::Header { name, .. }, _) => name.eq_ignore_ascii_case("authorization"),
            _ => false,
        }
    }
}

impl SecurityScheme {
    /// The name that the API's description gives it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::ApiKey { name, .. }
            | Self::Http { name, .. }
            | Self::OAuth2 { name, .. }
            | Self::OpenIdConnect { name, .. }
            | Self::MutualTls { name } => name,
        }
    }

    /// Whether the connection meets it, and not the request.
    fn is_of_connection(&self) -> bool {
        matches!(self, Self::MutualTls { .. })
    }

    /// Where a credential of a kind goes, if the scheme takes it.
    fn target(&self, kind: &Kind) -> Option<Target> {
        let is_http = |wanted: &str| matches!(self, Self::Http { scheme, .. } if scheme.eq_ignore_ascii_case(wanted));
        match (self, kind) {
            (
                Self::ApiKey {
                    location, parameter, ..
                },
                Kind::Token(_),
            ) => Some(match location {
                Location::Header => Target::Header(parameter),
                Location::Query => Target::Query(parameter),
                Location::Cookie => Target::Cookie(parameter),
            }),
            (Self::OAuth2 { .. } | Self::OpenIdConnect { .. }, Kind::Token(_)) => Some(Target::Bearer),
            (Self::Http { .. }, Kind::Token(_)) => is_http("bearer").then_some(Target::Bearer),
            (Self::OAuth2 { .. } | Self::OpenIdConnect { .. }, Kind::Bearer(_)) => Some(Target::Own),
            (Self::Http { .. }, Kind::Bearer(_)) => is_http("bearer").then_some(Target::Own),
            (Self::Http { .. }, Kind::Basic { .. }) => is_http("basic").then_some(Target::Own),
            (_, Kind::Header { .. }) => Some(Target::Own),
            _ => None,
        }
    }
}

/// Where a token goes: as the first alternative says that needs nothing beside it, and as a bearer token where the
/// operation documents no scheme.
pub(super) fn of_token(kind: &Kind, security: &[&[SecurityScheme]]) -> Result<Target, AuthError> {
    let mut refusal = None;
    for alternative in security.iter().filter(|it| !it.is_empty()) {
        let of_request: Vec<_> = alternative.iter().filter(|it| !it.is_of_connection()).collect();
        match (of_request.as_slice(), *alternative) {
            ([only], _) => match only.target(kind) {
                Some(target) => return Ok(target),
                None => refusal.get_or_insert(AuthError::Scheme { name: only.name() }),
            },
            ([], [first, ..]) => refusal.get_or_insert(AuthError::Scheme { name: first.name() }),
            (several, _) => refusal.get_or_insert_with(|| AuthError::Together {
                names: several.iter().map(|it| it.name()).collect(),
            }),
        };
    }
    refusal.map_or(Ok(Target::Bearer), Err)
}

/// The credentials of the first alternative whose schemes all have one, each with where it goes.
pub(super) fn of_schemes<'c>(
    named: &'c [(String, Credential)],
    security: &[&[SecurityScheme]],
) -> Result<Vec<(&'c Credential, Target)>, AuthError> {
    let credential = |scheme: &SecurityScheme| {
        let named = named.iter().find(|(name, _)| name == scheme.name());
        named.map(|(_, credential)| credential)
    };
    let mut fewest: Option<Vec<&'static str>> = None;
    for alternative in security.iter().filter(|it| !it.is_empty()) {
        let of_request = || alternative.iter().filter(|it| !it.is_of_connection());
        let missing: Vec<_> = of_request()
            .filter(|it| credential(it).is_none())
            .map(SecurityScheme::name)
            .collect();
        if missing.is_empty() {
            let found = of_request().filter_map(|it| Some((it, credential(it)?)));
            let target = |(scheme, it): (&SecurityScheme, &'c Credential)| {
                let refused = AuthError::Scheme { name: scheme.name() };
                scheme.target(&it.kind).map(|target| (it, target)).ok_or(refused)
            };
            return found.map(target).collect();
        }
        if fewest.as_ref().is_none_or(|it| missing.len() < it.len()) {
            fewest = Some(missing);
        }
    }
    match fewest {
        // Without any credential, too, where the operation says so.
        Some(names) if security.iter().all(|it| !it.is_empty()) => Err(AuthError::Missing { names }),
        _ => Ok(Vec::new()),
    }
}
