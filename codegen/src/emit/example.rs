//! Emits the example in the documentation of an operation: building the request and reading the response.

use super::types::{Within, ty};
use super::writing;
use crate::ir::{Api, Argument, Constructor, Operation, Scalar, Tag, Type};

/// The example of an operation that is made by `new`, as lines of documentation. It is compiled as a test.
pub fn example(package: &str, api: &Api, tag: &Tag, operation: &Operation) -> Vec<String> {
    let Constructor::New { arguments, body, .. } = &operation.constructor else {
        return Vec::new();
    };
    let (library, name) = (package.replace('-', "_"), &operation.name);
    let mut variables = Vec::new();
    let mut values: Vec<String> = arguments.iter().map(|it| value(it, &mut variables)).collect();
    if let Some(body) = body {
        variables.push(format!("body: {}", printed(body.ty())));
        values.push(if writing::is_borrowed(body) { "&body" } else { "body" }.to_owned());
    }
    let variables: String = variables.iter().map(|it| format!(", {it}")).collect();
    let models = variables
        .contains("models::")
        .then(|| format!("# use {library}::{}::models;", api.module));
    let maps = variables
        .contains("BTreeMap")
        .then(|| "# use std::collections::BTreeMap;".to_owned());
    let lines = [
        String::new(),
        "# Example".to_owned(),
        String::new(),
        "```no_run".to_owned(),
    ];
    let code = [
        format!("# use {library}::{}::{}::{name};", api.module, tag.module),
        format!("# use {library}::runtime::{{self, Error, Operation, Server, bytes::Bytes, http}};"),
        format!("# fn example(server: &Server, response: http::Response<Bytes>{variables}) -> Result<(), Error> {{"),
        format!("let request = {name}::new({}).request(server)?;", values.join(", ")),
        "// Any HTTP client sends the request and receives the response.".to_owned(),
        format!("let answer = {name}::decode(response)?.into_body();"),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    lines.into_iter().chain(maps).chain(models).chain(code).collect()
}

/// A value of an argument: a literal where there is one, else a variable.
fn value(argument: &Argument, variables: &mut Vec<String>) -> String {
    let wire = &argument.parameter.wire;
    match (&argument.parameter.ty, &argument.example) {
        (Type::String, Some(Scalar::Text(text))) => format!("{text:?}"),
        (Type::String, _) => format!("{wire:?}"),
        (ty, Some(Scalar::Integer(number))) if is_of(ty, *number) => number.to_string(),
        (Type::I32 | Type::I64 | Type::U32 | Type::U64, _) => "1".to_owned(),
        (Type::F64, _) => "1.0".to_owned(),
        (Type::Bool, Some(Scalar::Bool(flag))) => flag.to_string(),
        (Type::Bool, _) => "true".to_owned(),
        (other, _) => {
            let clashes = ["server", "response"].contains(&argument.name.as_str());
            let name = format!("{}{}", argument.name, if clashes { "_" } else { "" });
            variables.push(format!("{name}: {}", printed(other)));
            name
        }
    }
}

/// Whether a number is a value of an integer type.
fn is_of(ty: &Type, number: i64) -> bool {
    match ty {
        Type::I32 => i32::try_from(number).is_ok(),
        Type::I64 => true,
        Type::U32 => u32::try_from(number).is_ok(),
        Type::U64 => number >= 0,
        _ => false,
    }
}

/// A type as a person would write it.
fn printed(it: &Type) -> String {
    let tokens = ty(it, Within::Operations).to_string();
    tokens
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" <", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
}
