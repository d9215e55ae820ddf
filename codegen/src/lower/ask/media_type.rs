//! Reads media types: the part before the parameters, and whether it is JSON or YAML.

/// Whether bodies of a media type are JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a media type says no more than that a body is JSON.
pub fn is_plain_json(media_type: &str) -> bool {
    ["application/json", "text/json"].contains(&essence(media_type).as_str())
}

/// Whether a media type is a range that JSON is in, or all that is made of it.
pub fn is_range_of_json(media_type: &str) -> bool {
    ["*/*", "application/*", "application/*+json"].contains(&essence(media_type).as_str())
}

/// Whether bodies of a media type are YAML, of which JSON is a part.
pub fn is_yaml(essence: &str) -> bool {
    ["application/yaml", "application/x-yaml", "text/yaml"].contains(&essence) || essence.ends_with("+yaml")
}

/// A media type without its parameters, as it is written.
pub fn without_parameters(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// A media type without its parameters, lower case.
pub fn essence(media_type: &str) -> String {
    without_parameters(media_type).to_ascii_lowercase()
}

/// What a variant or method of a media type is named after: `application/json-patch+json` is `json-patch`, `image/*` is `image`.
pub fn label(media_type: &str) -> &str {
    let essence = without_parameters(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", essence));
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    match subtype.split_once('+') {
        Some((name, "json" | "yaml")) => name,
        _ if subtype == "*" && kind != "*" => kind,
        _ => subtype,
    }
}
