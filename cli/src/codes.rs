//! The codes of what is found in `tablature.toml`, each declared once.

tablature_openapi::codes! {
    /// A key is missing in `tablature.toml`. The run does not know what to do without it.
    CONFIG_MISSING_KEY = error "config-missing-key";

    /// `tablature.toml` is not TOML. What stands behind the place may be read in another way than it is meant.
    CONFIG_SYNTAX = error "config-syntax";

    /// `tablature.toml` has a key that nothing reads. It is mostly a misspelt one, whose meaning would be lost.
    CONFIG_UNKNOWN_KEY = error "config-unknown-key" help "`tablature explain --keys` lists all keys";

    /// The value of a key of `tablature.toml` is not one that the key can have. What it means is unknown.
    CONFIG_WRONG_VALUE = error "config-wrong-value";
}
