//! Pages that Redoc or Swagger UI lay out of an OpenAPI document: where that document is.

use crate::text;

/// Where the document of a page is: a place in its text, and what to say of it.
pub(super) fn document(page: &str) -> Option<(usize, String)> {
    held(page).or_else(|| named(page))
}

/// The document that Redoc leaves in a page that it has laid out before.
fn held(page: &str) -> Option<(usize, String)> {
    let state = page.find("__redoc_state")?;
    let spec = state + page.get(state..)?.find("\"spec\"")?;
    let data = spec + page.get(spec..)?.find("\"data\"")?;
    let start = data + page.get(data..)?.find('{')?;
    let message = "the page is laid out of an OpenAPI document, which begins here and says all that the page does";
    Some((start, message.to_owned()))
}

/// The address that a page loads its document from.
fn named(page: &str) -> Option<(usize, String)> {
    let after = |mark: &str| page.find(mark).map(|it| it + mark.len());
    let bundle = after("SwaggerUIBundle(").and_then(|it| Some(it + page.get(it..)?.find("url:")? + "url:".len()));
    let start = after("spec-url=").or_else(|| after("Redoc.init(")).or(bundle)?;
    let (quote, address) = page.get(start..)?.trim_start().split_at_checked(1)?;
    let address = address.split_once(quote).filter(|_| matches!(quote, "\"" | "'"))?.0;
    let address = text::first_words(address);
    Some((
        start,
        format!("the page is laid out of an OpenAPI document, `{address}`"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_where_pages_name_them() {
        for (page, expected) in [
            ("<redoc spec-url='./lamps.yaml'></redoc>", Some("./lamps.yaml")),
            ("<script>Redoc.init(\"/lamps.json\", {})</script>", Some("/lamps.json")),
            (
                "SwaggerUIBundle({ dom_id: '#x', url: \"/v1/lamps\" })",
                Some("/v1/lamps"),
            ),
            ("SwaggerUIBundle({ url: address })", None),
            ("Redoc.init(", None),
            ("<p>SwaggerUIBundle( and spec-url=</p>", None),
        ] {
            let found = document(page).map(|(_, message)| message);
            assert_eq!(found.is_some(), expected.is_some(), "{page}");
            let named = expected.is_none_or(|it| found.is_some_and(|message| message.ends_with(&format!("`{it}`"))));
            assert!(named, "{page}");
        }
        let page = "<script>const __redoc_state = {\"menu\":{},\"spec\":{\"data\": {\"openapi\":\"3.0.0\"}}};</script>";
        let start = document(page).and_then(|(start, _)| page.get(start..));
        assert!(start.is_some_and(|it| it.starts_with("{\"openapi\"")));
    }
}
