//! Lowers servers: those of an API, and those of operations that are served elsewhere.

use std::collections::BTreeMap;

use tablature_openapi::Spanned;
use tablature_openapi::document::Server;

use crate::codes;
use crate::ir;
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site;
use crate::lower::ask::operation_site::Site;
use crate::lower::operations::selection;
use crate::names::{Case, Ident, Scope};

/// What tells servers apart: everything but descriptions.
pub type Key = Vec<(String, Vec<(String, String, Vec<String>)>)>;

/// The servers of a document.
#[derive(Default)]
pub struct Servers {
    /// Those of the API.
    pub api: Vec<ir::Server>,
    /// Those of operations that are served elsewhere.
    pub own: Vec<ir::OwnServers>,
    names: BTreeMap<Key, Ident>,
}

/// The servers of a document. Where all operations have one and the same of their own, those are the API's.
pub fn of_document(input: &Input<'_>, document: usize) -> Servers {
    let root = &input.document(document).servers;
    let lifted = operation_site::sites(input, document)
        .map(own)
        .min_by_key(|it| words(it));
    let is_lifted = |first: &&[Server]| {
        let mut all = operation_site::sites(input, document).map(own);
        !first.is_empty() && all.all(|it| key(it) == key(first))
    };
    let api = lifted.filter(is_lifted).unwrap_or(root);
    let mut lists: BTreeMap<Key, &[Server]> = BTreeMap::new();
    for site in selection::wanted(input, document) {
        let (own, key) = (own(site), key(own(site)));
        if !own.is_empty() && key != self::key(api) {
            let list = lists.entry(key).or_insert(own);
            if words(own) < words(list) {
                *list = own;
            }
        }
    }
    let wires: Vec<String> = lists.values().map(|it| wire(it)).collect();
    let names = Scope::reserving(&["SERVERS"]).claim_all(Case::Constant, wires.iter().map(String::as_str));
    let mut own: Vec<ir::OwnServers> = lists
        .values()
        .zip(&names)
        .map(|(servers, name)| ir::OwnServers {
            name: name.clone(),
            servers: servers.iter().map(server).collect(),
        })
        .collect();
    own.sort_by(|a, b| a.name.cmp(&b.name));
    let used = api.iter().chain(lists.values().copied().flatten());
    used.for_each(|it| check(input, it));
    Servers {
        api: api.iter().map(server).collect(),
        own,
        names: lists.into_keys().zip(names).collect(),
    }
}

impl Servers {
    /// The servers of an operation, where they are not the API's.
    pub fn of(&self, site: Site<'_>) -> Option<&ir::OwnServers> {
        let name = self.names.get(&key(own(site)))?;
        self.own.iter().find(|it| it.name == *name)
    }
}

/// The servers that the operation states, or its path.
fn own<'d>(site: Site<'d>) -> &'d [Server] {
    let own = &site.operation.servers;
    if own.is_empty() { &site.item.servers } else { own }
}

/// Descriptions, by which one of several lists of the same servers is chosen, whatever their order.
fn words(servers: &[Server]) -> Vec<String> {
    servers.iter().map(|it| text(it.description.as_ref())).collect()
}

fn key(servers: &[Server]) -> Key {
    if servers.is_empty() {
        // What the specification takes for none.
        return vec![("/".to_owned(), Vec::new())];
    }
    let variables = |server: &Server| {
        let variables = server.variables.iter().map(|(name, it)| {
            let values = it.values.iter().map(|it| it.value.clone()).collect();
            (name.value.clone(), it.default.value.clone(), values)
        });
        variables.collect()
    };
    servers.iter().map(|it| (it.url.value.clone(), variables(it))).collect()
}

/// Warns of a URL that no request can be sent to as it stands.
fn check(input: &Input<'_>, server: &Server) {
    let Spanned { value: url, span } = &server.url;
    let odd = |it: char| it.is_whitespace() || !it.is_ascii() || matches!(it, '?' | '#');
    let (message, help) = if url.contains(odd) {
        let what = "the URL of a server has what no address of one has: a space, a query, a fragment, or a letter beyond ASCII";
        (what, "name the server when the program runs: `Server::new`")
    } else if !url.contains("://") && !url.starts_with('{') {
        let what = "the URL of a server is relative to where the document is, which the emitted crate does not know";
        (what, "give the base when the program runs: `SERVERS[0].at(&base, &[])`")
    } else {
        return;
    };
    input.report(codes::SERVER_WITHOUT_ADDRESS.at(*span, message).help(help));
}

/// What the servers of operations are called: after the first of them.
fn wire(servers: &[Server]) -> String {
    let url = servers.first().map_or("", |it| it.url.value.as_str());
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    format!("servers {url}")
}

fn server(server: &Server) -> ir::Server {
    let variables = server.variables.iter().map(|(name, variable)| ir::ServerVariable {
        name: name.value.clone(),
        default: variable.default.value.clone(),
        values: variable.values.iter().map(|it| it.value.clone()).collect(),
        description: text(variable.description.as_ref()),
    });
    ir::Server {
        url: server.url.value.clone(),
        description: text(server.description.as_ref()),
        variables: variables.collect(),
    }
}

fn text(it: Option<&Spanned<String>>) -> String {
    it.map(|it| it.value.trim().to_owned()).unwrap_or_default()
}
