//! Sources of a crate as those of a module of another crate.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::emit::{CLIENT_FILE, Source, lints};

/// The crate that the output is a module of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The path of the module: `crate::api`.
    pub path: String,
    /// Whether the crate depends on `tablature-client`, so that the module may offer it.
    pub has_client: bool,
}

/// The source as the module has it, unless it is for the client and there is none: `lib.rs` is its `mod.rs`, `crate` is its path, and nothing depends on features.
pub fn moved(mut source: Source, host: &Host) -> Option<Source> {
    if source.path == CLIENT_FILE && !host.has_client {
        return None;
    }
    let below = source.path.strip_prefix("src/").unwrap_or(&source.path);
    source.path = if below == "lib.rs" { "mod.rs" } else { below }.to_owned();
    source.root.clone_from(&host.path);
    if !host.has_client {
        // Its program sends a call.
        source.example.clear();
    }
    for line in source.docs.iter_mut().chain(&mut source.example) {
        *line = linked(line, host);
    }
    for group in &mut source.groups {
        let items = std::mem::take(group).into_iter();
        *group = items.filter_map(|it| item(it, host)).collect();
    }
    source.groups.retain(|it| !it.is_empty());
    if let ("mod.rs", Some(first)) = (source.path.as_str(), source.groups.first_mut()) {
        *first = vec![lints(true)];
    }
    Some(source)
}

/// An item, unless it is for the client and there is none.
fn item(tokens: TokenStream, host: &Host) -> Option<TokenStream> {
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_conditional = match trees.get(..2) {
        Some([TokenTree::Punct(_), TokenTree::Group(it)]) => {
            it.stream().to_string().replace(' ', "") == "cfg(feature=\"client\")"
        }
        _ => false,
    };
    if is_conditional {
        trees.drain(..2);
    }
    (host.has_client || !is_conditional).then(|| rooted(trees, host))
}

/// The tokens with the path of the module in place of `crate`.
fn rooted(trees: Vec<TokenTree>, host: &Host) -> TokenStream {
    let colon = |it: Option<&TokenTree>| matches!(it, Some(TokenTree::Punct(it)) if it.as_char() == ':');
    let mut out: Vec<TokenTree> = Vec::with_capacity(trees.len());
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(it) if it == "crate" && colon(trees.get(index + 1)) => out.extend(path(host)),
            TokenTree::Group(it) => {
                let is_doc = it.delimiter() == Delimiter::Bracket && it.stream().to_string().starts_with("doc = ");
                let stream = match is_doc {
                    true => documentation(it.stream(), host),
                    false => rooted(it.stream().into_iter().collect(), host),
                };
                out.push(Group::new(it.delimiter(), stream).into());
            }
            other => out.push(other.clone()),
        }
    }
    out.into_iter().collect()
}

/// The path of the module as tokens.
fn path(host: &Host) -> Vec<TokenTree> {
    let mut trees: Vec<TokenTree> = Vec::new();
    for segment in host.path.split("::") {
        if !trees.is_empty() {
            trees.push(Punct::new(':', Spacing::Joint).into());
            trees.push(Punct::new(':', Spacing::Alone).into());
        }
        let segment = match segment.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(segment, Span::call_site()),
        };
        trees.push(segment.into());
    }
    trees
}

/// `doc = "..."` with links to items of the module.
fn documentation(tokens: TokenStream, host: &Host) -> TokenStream {
    let trees = tokens.into_iter().map(|tree| match &tree {
        TokenTree::Literal(it) => match syn::parse_str::<syn::LitStr>(&it.to_string()) {
            Ok(text) => Literal::string(&linked(&text.value(), host)).into(),
            Err(_) => tree,
        },
        _ => tree,
    });
    trees.collect()
}

/// A line of documentation. An example is not compiled: a test of documentation sees only what is public.
fn linked(line: &str, host: &Host) -> String {
    if line.trim() == "```no_run" {
        return line.replace("no_run", "ignore");
    }
    line.replace("](crate::", &format!("]({}::", host.path))
}
