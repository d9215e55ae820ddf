//! Regular expressions of ECMA-262, as far as they go.

#[cfg(feature = "pattern")]
mod translate;

/// Whether the pattern is found in the text; `None` if that cannot be told.
#[cfg(not(feature = "pattern"))]
pub(super) fn is_match(_: &'static str, _: &str) -> Option<bool> {
    None
}

#[cfg(feature = "pattern")]
pub(super) use compiled::{compile, is_match};

#[cfg(feature = "pattern")]
mod compiled {
    use std::collections::HashMap;
    use std::sync::{Arc, OnceLock, PoisonError, RwLock};

    use regex_lite::Regex;

    use super::translate::translate;

    /// Compiling costs far more than matching, and there are no more patterns than rules.
    type Compiled = RwLock<HashMap<&'static str, Option<Arc<Regex>>>>;

    static COMPILED: OnceLock<Compiled> = OnceLock::new();

    /// Whether the pattern is found in the text; `None` if that cannot be told.
    pub(in super::super) fn is_match(pattern: &'static str, text: &str) -> Option<bool> {
        Some(compiled(pattern)?.is_match(text))
    }

    /// The pattern in the terms of the engine; `None` where it has none for it.
    pub(in super::super) fn compile(pattern: &str) -> Option<Regex> {
        translate(pattern).and_then(|pattern| Regex::new(&pattern).ok())
    }

    fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
        let all = COMPILED.get_or_init(Compiled::default);
        if let Some(known) = all.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
            return known.clone();
        }
        let new = compile(pattern).map(Arc::new);
        let mut all = all.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(pattern).or_insert(new).clone()
    }
}
