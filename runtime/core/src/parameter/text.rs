//! Parameters that are one text: in the path, and in headers.

use super::style::{Shape, Style};
use crate::node::Node;

/// The text of a value in the style `simple`, `label` or `matrix`; `None` if there is nothing to
/// write. Names and values go through `encode`, what is between them does not.
pub(crate) fn text(
    name: &str,
    value: &Node,
    style: Style,
    explode: bool,
    encode: impl Fn(&str) -> Result<String, String>,
) -> Result<Option<String>, String> {
    let shape = Shape::new(value, style)?;
    if shape == Shape::Absent {
        return Ok(None);
    }
    Ok(Some(match style {
        Style::Simple => simple(shape, explode, &encode)?,
        Style::Label => label(shape, explode, &encode)?,
        Style::Matrix => matrix(&encode(name)?, shape, explode, &encode)?,
        _ => return Err(format!("the style {} is not one of this place", style.name())),
    }))
}

type Encode<'a> = &'a dyn Fn(&str) -> Result<String, String>;

fn join(texts: Vec<String>, separator: &str, encode: Encode<'_>) -> Result<String, String> {
    let texts: Vec<String> = texts.iter().map(|text| encode(text)).collect::<Result<_, _>>()?;
    Ok(texts.join(separator))
}

fn assign(members: &[(String, String)], separator: &str, encode: Encode<'_>) -> Result<String, String> {
    let pair = |(name, value): &(String, String)| Ok(format!("{}={}", encode(name)?, encode(value)?));
    let pairs: Vec<String> = members.iter().map(pair).collect::<Result<_, String>>()?;
    Ok(pairs.join(separator))
}

fn simple(shape: Shape, explode: bool, encode: Encode<'_>) -> Result<String, String> {
    match shape {
        Shape::Object(members) if explode => assign(&members, ",", encode),
        shape => join(shape.flat(), ",", encode),
    }
}

fn label(shape: Shape, explode: bool, encode: Encode<'_>) -> Result<String, String> {
    if explode && !matches!(shape, Shape::Text(_)) {
        // A dot is never encoded, so that one in a value would look like one between two.
        let undotted = |text: &str| match text.contains('.') {
            true => Err("a value has a `.`, which the style label has between two".to_owned()),
            false => encode(text),
        };
        let text = match shape {
            Shape::Object(members) => assign(&members, ".", &undotted)?,
            shape => join(shape.flat(), ".", &undotted)?,
        };
        return Ok(format!(".{text}"));
    }
    Ok(format!(".{}", join(shape.flat(), ",", encode)?))
}

fn matrix(name: &str, shape: Shape, explode: bool, encode: Encode<'_>) -> Result<String, String> {
    let assigned = |name: &str, value: &str| match value {
        "" => format!(";{name}"),
        _ => format!(";{name}={value}"),
    };
    Ok(match shape {
        Shape::List(items) if explode => {
            let items: Vec<String> = items.iter().map(|item| encode(item)).collect::<Result<_, _>>()?;
            items.iter().map(|item| assigned(name, item)).collect()
        }
        Shape::Object(members) if explode => format!(";{}", assign(&members, ";", encode)?),
        shape => assigned(name, &join(shape.flat(), ",", encode)?),
    })
}
