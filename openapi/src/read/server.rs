//! Reads the Server Object.

use crate::codes;
use crate::document::{Server, ServerVariable, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;
use crate::template::Template;

pub(super) fn server(node: &Node, cx: &mut Context) -> Option<Server> {
    let mut object = ObjectReader::new(node, "Server Object", cx)?.later(&[("name", Version::V3_2)]);
    let url = object.required_string("url");
    let name = object.string("name");
    let description = object.string("description");
    let variables = object.map("variables", |_, node, cx| variable(node, cx));
    let extensions = object.finish();
    if !check_url(&url, &variables, cx) && cx.is_lenient() {
        return None;
    }
    Some(Server {
        url,
        name,
        description,
        variables,
        extensions,
    })
}

fn variable(node: &Node, cx: &mut Context) -> Option<ServerVariable> {
    let mut object = ObjectReader::new(node, "Server Variable Object", cx)?;
    let default = object.require_string("default");
    let values = object.strings("enum");
    if let (Some((span, _)), true) = (object.entry("enum"), values.is_empty()) {
        let message = "`enum` of the Server Variable Object must not be empty, and is ignored";
        object.context().push(codes::EMPTY_ENUM.at(span, message));
    }
    let description = object.string("description");
    let extensions = object.finish();
    if let Some(default) = default.as_ref().filter(|_| !values.is_empty())
        && !values.iter().any(|it| it.value == default.value)
    {
        let message = format!(
            "`default` must be one of the values of `enum`, found `{}`",
            default.value
        );
        let found = codes::WRONG_VALUE.at(default.span, message);
        cx.push(match cx.version {
            // Until 3.1 it only should be.
            Version::V3_0 => found.as_warning(),
            _ => found,
        });
    }
    let default = default.unwrap_or_else(|| Spanned::new(String::new(), node.span));
    Some(ServerVariable {
        default,
        values,
        description,
        extensions,
    })
}

/// Whether an address can be made of the URL. In a stranger's document a server without one is left out.
fn check_url(url: &Spanned<String>, variables: &[(Spanned<String>, ServerVariable)], cx: &mut Context) -> bool {
    let left_out = if cx.is_lenient() {
        ": the server is left out"
    } else {
        ""
    };
    let names = match Template::parse(&url.value) {
        Ok(template) => template.names,
        Err(fault) => {
            let message = format!("`url` of the Server Object has {fault}{left_out}");
            cx.push_lenient(codes::SERVER_TEMPLATE.at(url.span, message));
            return false;
        }
    };
    let mut is_whole = true;
    for name in &names {
        if !variables.iter().any(|(it, _)| it.value == *name) {
            let message = format!("the variable `{name}` of `url` is missing in `variables`{left_out}");
            let help = "describe it there with a `default`";
            cx.push_lenient(codes::SERVER_TEMPLATE.at(url.span, message).help(help));
            is_whole = false;
        }
    }
    for (name, _) in variables {
        if !names.contains(&name.value.as_str()) {
            let message = format!("the variable `{}` does not stand in `url`", name.value);
            cx.push(codes::NO_EFFECT.at(name.span, message));
        }
    }
    is_whole
}
