//! Reads media types, and chooses the one that a file is sent as among those that are documented.

use http::HeaderValue;

use super::File;

/// What a file is sent as that names no media type, where it is documented or nothing is.
const BYTES: &str = "application/octet-stream";

/// A media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    let end = memchr::memchr(b';', media_type.as_bytes());
    media_type
        .get(..end.unwrap_or(media_type.len()))
        .map_or("", str::trim_ascii)
}

/// Whether a media type is JSON or made of it.
pub(crate) fn is_json(media_type: &str) -> bool {
    let subtype = essence(media_type).split_once('/').map_or("", |(_, subtype)| subtype);
    let suffix = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
    suffix.eq_ignore_ascii_case("json")
}

/// The documented media types of a list such as `image/png, image/*`.
pub(super) fn documented(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|it| !it.is_empty())
}

/// Whether a media type is one of a list of media types and ranges, whatever its parameters.
pub(super) fn is_documented(list: &str, media_type: &str) -> bool {
    documented(list).any(|it| matches(essence(it), essence(media_type)))
}

/// The media type that a file is sent as: its own, else the only documented one, else that of bytes.
pub(super) fn of_file<'a>(file: &'a File, list: Option<&'a str>) -> Result<&'a str, String> {
    let only = list.filter(|it| !it.contains([',', '*']));
    let media_type = file.media_type.as_deref().or(only).unwrap_or(BYTES);
    match list {
        Some(list) if !is_documented(list, media_type) => Err(match &file.media_type {
            Some(own) => format!(
                "the media type `{}` of the file is not documented: `{list}` is",
                own.escape_debug()
            ),
            None => format!("the file needs a media type of `{list}`: set it with `File::media_type`"),
        }),
        _ if HeaderValue::from_str(media_type).is_err() => {
            Err("the media type has characters that cannot be sent".to_owned())
        }
        _ => Ok(media_type),
    }
}

/// Whether a media type is in a range, in which `*` stands for any text: `*/*`, `image/*`, `application/*+json`.
fn matches(range: &str, media_type: &str) -> bool {
    let Some((kind, subtype)) = media_type.split_once('/') else {
        return false;
    };
    let has = |pattern: &str, text: &str| match pattern.split_once('*') {
        Some((start, end)) => {
            let rest = text.len().checked_sub(end.len()).filter(|rest| *rest >= start.len());
            let at = |from, to| text.get(from..to);
            rest.is_some_and(|rest| {
                at(0, start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
                    && at(rest, text.len()).is_some_and(|it| it.eq_ignore_ascii_case(end))
            })
        }
        None => pattern.eq_ignore_ascii_case(text),
    };
    match range.split_once('/') {
        Some((range_kind, range_subtype)) => has(range_kind, kind) && has(range_subtype, subtype),
        None => range == "*",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_a_star_in_either_half() {
        for (list, media_type, expected) in [
            ("image/*", "image/png", true),
            ("image/*", "IMAGE/svg+xml; charset=utf-8", true),
            ("image/*", "text/plain", false),
            ("image/*", "image", false),
            ("*/*", "a/b", true),
            ("*", "a/b", true),
            ("application/*+json", "application/vnd.x+json", true),
            ("application/*+json", "application/json", false),
            ("application/*+json", "application/é+json", true),
            ("image/png, image/jpeg", "image/jpeg", true),
            ("image/png, image/jpeg", "image/gif", false),
            ("", "image/gif", false),
        ] {
            assert_eq!(is_documented(list, media_type), expected, "{media_type} in {list}");
        }
    }
}
