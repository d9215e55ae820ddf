//! Emits the first page of the crate's documentation: an example, the modules and the cargo features.

use super::example::{constructed, imports, printed};
use super::{api_list, manifest};
use crate::ir::{
    Api, Body, BodyFormat, Constructor, Content, Crate, Field, ItemKind, Model, Module, Operation, Presence, Tag, Type,
};

/// What each cargo feature gives that is about the runtime.
const RUNTIME: &[(&str, &str)] = &[
    ("chrono", "conversions of date-times to and from the types of `chrono`"),
    ("client", "`client` sends calls, through a transport of your own"),
    ("jiff", "conversions of date-times to and from the types of `jiff`"),
    ("kubeconfig", "clusters and users as `kubectl` is set up for them"),
    (
        "pattern",
        "documented patterns are checked, too, where a model is validated",
    ),
    ("reqwest", "`client`, and a transport for async programs"),
    ("tokio", "`client`, which waits by the time of tokio"),
    ("tower", "`client`, and a transport that is any service of tower"),
    ("tracing", "`client`, and a span for each attempt"),
    ("ureq", "`client`, and a transport for blocking programs"),
];

/// The crate, its modules and its cargo features; a module of another crate has none.
pub fn docs(krate: &Crate) -> Vec<String> {
    let mut lines = krate.docs.clone();
    if krate.operations() > 0 {
        lines.extend([
            String::new(),
            format!("Every operation stands on one line of `{}`.", api_list::PATH),
        ]);
    }
    if krate.modules.iter().all(|it| it.features.apis.is_empty()) {
        return lines;
    }
    lines.extend(["", "| Module | Cargo feature |", "| --- | --- |"].map(str::to_owned));
    for Module { api, features, .. } in &krate.modules {
        let features: Vec<String> = features.apis.iter().map(|it| format!("`{it}`")).collect();
        lines.push(format!("| `{}` | {} |", api.module, features.join(" or ")));
    }
    if !krate.default_features.is_empty() {
        lines.extend(["", "By default all of it is compiled."].map(str::to_owned));
    }
    lines.extend(["", "| Cargo feature | What it gives |", "| --- | --- |"].map(str::to_owned));
    let tags = krate
        .modules
        .iter()
        .flat_map(|it| it.features.tags.iter().map(move |tag| (it, tag)));
    let tags = tags.map(|(it, (tag, feature))| format!("| `{feature}` | `{}::{tag}` |", it.api.module));
    lines.extend(tags);
    for feature in manifest::runtime_features(krate).keys() {
        let gives = RUNTIME
            .iter()
            .find(|(name, _)| name == feature)
            .map_or("", |(_, gives)| gives);
        lines.push(format!("| `{feature}` | {gives} |"));
    }
    lines
}

/// The operation of the example, and the object that it takes, or nothing: one that creates an object, else one that
/// only reads, else any.
fn chosen(krate: &Crate) -> Option<((&Module, &Tag, &Operation), String)> {
    let of = |module| move |tag| (module, tag);
    let tags = krate.modules.iter().flat_map(|it| it.api.tags.iter().map(of(it)));
    let operations = tags.flat_map(|(module, tag)| tag.operations.iter().map(move |it| (module, tag, it)));
    let operations: Vec<_> = operations.filter(|(_, _, it)| is_made(it)).collect();
    let by = |method| operations.iter().filter(move |(_, _, it)| it.method == method);
    let mut taking = by("POST").chain(by("PUT")).chain(by("PATCH"));
    let with_object = taking.find_map(|it| Some((*it, object(krate, it.2)?)));
    with_object.or_else(|| Some((*by("GET").chain(&operations).next()?, String::new())))
}

/// A program that makes an object, where an operation takes one, and sends it.
pub fn example(krate: &Crate, package: &str) -> Vec<String> {
    let Some(((module, tag, operation), object)) = chosen(krate) else {
        return Vec::new();
    };
    let (library, name) = (package.replace('-', "_"), &operation.name);
    let Module { api, features, .. } = module;
    let body = if object.is_empty() { "body" } else { "object" };
    let (arguments, variables) = constructed(operation, body);
    let variables: String = variables
        .iter()
        .filter(|it| object.is_empty() || !it.starts_with("object: "))
        .map(|it| format!(", {it}"))
        .collect();
    let features = match features.tags.get(&tag.module) {
        Some(tag) => vec![format!("feature = {tag:?}")],
        None => features.any.iter().map(|it| format!("feature = {it:?}")).collect(),
    };
    let condition = format!("#[cfg(all(feature = \"reqwest\", any({})))]", features.join(", "));
    // The types of what the example is given are named above it.
    let above = imports(&library, api).into_iter();
    let above = above
        .filter(|(path, _)| variables.contains(path))
        .map(|(_, path)| format!("# {condition} use {path};"));
    let opened = [String::new(), "```no_run".to_owned()];
    let lines = [
        format!("# {condition}"),
        format!("# async fn example(_: (){variables}) -> Result<(), Box<dyn std::error::Error>> {{"),
        format!("use {library}::client::Client;"),
    ];
    let models = object
        .contains("models::")
        .then(|| format!("use {library}::{}::models;", api.module));
    let (server, of_runtime) = server(api, operation, &library);
    let mut uses = vec![format!("use {library}::{}::{}::{name};", api.module, tag.module)];
    uses.extend(models);
    uses.sort();
    let call = [
        format!("use {library}::runtime::{of_runtime};"),
        String::new(),
        format!("let server = {server};"),
        "let client = Client::builder(server).credential(Credential::token(\"secret\")).reqwest()?;".to_owned(),
    ];
    let made = (!object.is_empty()).then(|| format!("let object = {object};"));
    let sent = [
        format!("let response = {name}::new({arguments}).send(&client).await?;"),
        "println!(\"{} {:?}\", response.status(), response.body());".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    opened
        .into_iter()
        .chain(above)
        .chain(lines)
        .chain(uses)
        .chain(call)
        .chain(made)
        .chain(sent)
        .collect()
}

/// The server of the example, which is the first that is documented with its whole address, and what it takes of the
/// runtime.
fn server(api: &Api, operation: &Operation, library: &str) -> (String, &'static str) {
    let is_served = operation.servers.is_none() && api.servers.first().is_some_and(|it| it.url.contains("://"));
    match is_served {
        true => (format!("{library}::{}::SERVERS[0].server()?", api.module), "Credential"),
        false => (
            "Server::new(\"https://api.example.com\")?".to_owned(),
            "{Credential, Server}",
        ),
    }
}

/// Whether an operation is made by `new`, and has none of the names that the example imports.
fn is_made(it: &Operation) -> bool {
    let is_free = !["Client", "Credential", "Server"].contains(&it.name.as_str());
    is_free && matches!(it.constructor, Constructor::New { .. }) && it.deprecated.is_none()
}

/// The object that an operation takes, made from nothing.
fn object<'c>(krate: &'c Crate, operation: &Operation) -> Option<String> {
    let Constructor::New {
        body: Some(Body::One(content)),
        ..
    } = &operation.constructor
    else {
        return None;
    };
    let Content {
        ty,
        format: BodyFormat::Json,
        ..
    } = content
    else {
        return None;
    };
    let model = model(krate, ty)?;
    let field = named(model).map(|it| (it, format!("{:?}", it.wire))).or_else(|| {
        let inner = |it: &'c Field| Some((it, named(self::model(krate, &it.ty)?)?));
        let (field, name) = model.fields.iter().filter(|it| is_set(it)).find_map(inner)?;
        let inner = format!("{}::default().{}({:?})", printed(&field.ty), name.name, name.wire);
        Some((field, inner))
    });
    let (field, value) = field?;
    Some(format!("{}::default().{}({value})", printed(ty), field.name))
}

/// The model that a type is, if one can be made without any member.
fn model<'c>(krate: &'c Crate, ty: &Type) -> Option<&'c Model> {
    let Type::Named(name) = ty else {
        return None;
    };
    let home = krate.apis().find(|it| it.module == name.home)?;
    let item = Api::items(home).find(|it| it.name == name.name)?;
    match &item.kind {
        ItemKind::Model(model) if model.required.is_empty() => Some(model),
        _ => None,
    }
}

/// The member that names an object.
fn named(model: &Model) -> Option<&Field> {
    let is_name = |it: &&Field| it.wire == "name" && it.ty == Type::String && is_set(it);
    model.fields.iter().find(is_name)
}

fn is_set(it: &Field) -> bool {
    it.presence == Presence::Optional && it.deprecated.is_none()
}

#[cfg(test)]
mod tests {
    use super::RUNTIME;
    use crate::ir::RUNTIME_FEATURES;

    #[test]
    fn each_feature_of_the_runtime_is_explained() {
        assert!(RUNTIME.iter().map(|(name, _)| name).eq(RUNTIME_FEATURES));
    }
}
