//! A request as text, as it goes over the wire, its credential redacted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use tablature_apis::runtime::auth;
use tablature_apis::runtime::auth::Credential;
use tablature_apis::runtime::bytes::Bytes;
use tablature_apis::runtime::http::Request;
use tablature_apis::runtime::{Operation, Server};
use tablature_tests::workspace::root;

/// The requests of an API, in the order they were added.
pub struct Sent {
    server: Server,
    text: String,
    /// Names of query parameters that each operation has sent.
    parameters: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Sent {
    pub fn to(server: Server) -> Self {
        Self {
            server,
            text: String::new(),
            parameters: BTreeMap::new(),
        }
    }

    /// Adds the request of an operation with only what is required.
    pub fn required<O: Operation>(&mut self, operation: &O) {
        self.add("required", operation);
    }

    /// Adds the request of an operation with all of its parameters.
    pub fn all<O: Operation>(&mut self, operation: &O) {
        self.add("all", operation);
    }

    fn add<O: Operation>(&mut self, what: &str, operation: &O) {
        let mut request = operation.request(&self.server).unwrap();
        auth::apply(&mut request, &Credential::token("a-secret"), O::SECURITY).unwrap();
        let sent = show(&request);
        assert!(!sent.contains("a-secret"));
        assert_eq!(sent.matches("<redacted>").count(), 1, "{sent}");
        self.text.push_str(&format!("## {} ({what})\n{sent}\n", O::NAME));
        let names = query(&request).into_iter().map(|(name, _)| name);
        self.parameters.entry(O::NAME).or_default().extend(names);
    }

    /// The text, once it is known that no operation and no parameter of the document is missing.
    pub fn complete(self, document: &str) -> String {
        let documented = documented(document);
        let names = |map: &BTreeMap<_, _>| -> Vec<String> { map.keys().map(ToString::to_string).collect() };
        assert_eq!(names(&self.parameters), documented.keys().cloned().collect::<Vec<_>>());
        for (operation, parameters) in &documented {
            assert_eq!(&self.parameters[operation.as_str()], parameters, "{operation}");
        }
        self.text
    }
}

/// Method and address, headers sorted by name, body.
fn show(request: &Request<Bytes>) -> String {
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| match value.is_sensitive() {
            true => format!("{name}: <redacted>\n"),
            false => format!("{name}: {}\n", value.to_str().unwrap()),
        })
        .collect();
    headers.sort();
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    let body = if body.is_empty() { body } else { format!("\n{body}\n") };
    format!("{} {}\n{}{body}", request.method(), request.uri(), headers.concat())
}

/// The pairs of a query, decoded as a server decodes them.
pub fn query(request: &Request<Bytes>) -> Vec<(String, String)> {
    decode_query(request.uri().query().unwrap_or_default())
}

/// The pairs of a query: `%` sequences decoded, `+` left as it is.
pub fn decode_query(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// The query parameters of each operation of a document in `schema/`.
fn documented(document: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read(root().join("schema").join(document)).unwrap();
    let document: Value = serde_json::from_slice(&text).unwrap();
    let resolve = |item: &Value| match item["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => item.clone(),
    };
    let list = |value: &Value| -> Vec<Value> {
        value["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(resolve)
            .collect()
    };
    let mut operations = BTreeMap::new();
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path
            .as_object()
            .unwrap()
            .values()
            .filter(|it| it["operationId"].is_string())
        {
            let parameters = [list(path), list(operation)].concat();
            let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
            let names = query
                .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
                .collect();
            operations.insert(operation["operationId"].as_str().unwrap().to_owned(), names);
        }
    }
    operations
}
