//! Tokens as a person writes them.

use quote::ToTokens;

/// The tokens on one line, without the spaces that `proc_macro2` puts between all of them.
pub(super) fn tidy(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" , ", ", "),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" : ", ": "),
        ("[ ", "["),
        (" ]", "]"),
        ("' ", "'"),
        (" - > ", " -> "),
        (" ->", " ->"),
        (", )", ")"),
        (",)", ")"),
        ("{ ", "{"),
        (" }", "}"),
        (",}", "}"),
        ("< ", "<"),
        (",>", ">"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

#[test]
fn signatures_are_tidy() {
    let signature: syn::Signature = syn::parse_str(
        "fn name(mut self, a: &'static [Option<Vec<T>>], b: impl Into<crate::A>,) -> Result<Self, &str>",
    )
    .unwrap();
    assert_eq!(
        tidy(&signature),
        "fn name(mut self, a: &'static [Option<Vec<T>>], b: impl Into<crate::A>) -> Result<Self, &str>"
    );
}
