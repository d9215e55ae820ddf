//! Emits the example in the documentation of an operation: building the request and sending it.

use proc_macro2::TokenStream;

use super::types::{Within, ty};
use super::writing;
use crate::ir::{Answer, Api, Argument, Constructor, Operation, Scalar, Tag, Type};

/// The example of an operation that is made by `new`, as lines of documentation. It is compiled as a test.
pub fn example(package: &str, api: &Api, tag: &Tag, operation: &Operation) -> Vec<String> {
    if !matches!(operation.constructor, Constructor::New { .. }) {
        return Vec::new();
    }
    let (library, name) = (package.replace('-', "_"), &operation.name);
    let (arguments, variables) = constructed(operation, "body");
    let variables: String = variables.iter().map(|it| format!(", {it}")).collect();
    let (answer, body) = match &operation.answer {
        Answer::Empty => (String::new(), ""),
        Answer::Json(ty) | Answer::ByStatus(ty) => (format!("let answer: {} = ", printed(ty)), ".into_body()"),
        _ => ("let answer = ".to_owned(), ".into_body()"),
    };
    let uses = |path: &str| variables.contains(path) || answer.contains(path);
    let imports = imports(&library, api).into_iter().filter(|(path, _)| uses(path));
    let lines = ["", "# Example", "", "```no_run", "# #[cfg(feature = \"client\")] {"].map(str::to_owned);
    let code = [
        format!("# use {library}::{}::{}::{name};", api.module, tag.module),
        format!("# use {library}::client;"),
        format!("# async fn example(client: &client::Client{variables}) -> Result<(), client::Error> {{"),
        format!("{answer}{name}::new({arguments}).send(client).await?{body};"),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    let imports = imports.map(|(_, path)| format!("# use {path};"));
    lines.into_iter().chain(imports).chain(code).collect()
}

/// What the types of an example may begin with, and what has to be imported for it.
pub fn imports(library: &str, api: &Api) -> [(&'static str, String); 3] {
    [
        ("BTreeMap", "std::collections::BTreeMap".to_owned()),
        ("models::", format!("{library}::{}::models", api.module)),
        ("runtime::", format!("{library}::runtime")),
    ]
}

/// The arguments of an operation's `new`, and the variables that they are of, with their types.
pub fn constructed(operation: &Operation, body_name: &str) -> (String, Vec<String>) {
    let mut variables = Vec::new();
    let mut values: Vec<String> = operation
        .arguments()
        .iter()
        .map(|it| value(it, &mut variables))
        .collect();
    if let Constructor::New { body: Some(body), .. } = &operation.constructor {
        variables.push(format!("{body_name}: {}", printed(body.ty())));
        let borrowed = if writing::is_borrowed(body) { "&" } else { "" };
        values.push(format!("{borrowed}{body_name}"));
    }
    (values.join(", "), variables)
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
            let clashes = ["client", "answer", "object", "server"].contains(&argument.name.as_str());
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
pub fn printed(it: &Type) -> String {
    spaceless(&ty(it, Within::Operations))
}

/// The tokens of a type without spaces between them.
pub fn spaceless(tokens: &TokenStream) -> String {
    let tokens = tokens.to_string();
    tokens
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" <", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
}
