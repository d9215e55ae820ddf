//! Which connections go through a proxy.

use std::net::IpAddr;

use http::Uri;
use http::uri::Scheme;

use super::Proxy;
use crate::transport::Connect;

/// Which connections go through a proxy.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    proxy: Option<Proxy>,
    /// The hosts that are reached without the proxy of the environment.
    exceptions: Option<Exceptions>,
    plain_http: bool,
}

impl Route {
    /// The proxy that was set, else that of the environment. The error is the name of a variable that names none.
    pub(crate) fn new(connect: &Connect) -> Result<Self, &'static str> {
        if let Some(proxy) = &connect.proxy {
            return Ok(Self {
                proxy: Some(proxy.clone()),
                exceptions: None,
                plain_http: connect.plain_http,
            });
        }
        let set = |name| std::env::var(name).ok().filter(|list| !list.is_empty());
        let exceptions = set("NO_PROXY").or_else(|| set("no_proxy")).unwrap_or_default();
        Ok(Self {
            proxy: Proxy::of_environment()?,
            exceptions: Some(Exceptions::parse(&exceptions)),
            plain_http: false,
        })
    }

    /// The proxy on the way to `uri`. Its operator could read what goes over plain HTTP.
    pub(crate) fn to(&self, uri: &Uri) -> Option<&Proxy> {
        let proxy = self.proxy.as_ref()?;
        let is_taken = uri.scheme() == Some(&Scheme::HTTPS) || self.plain_http;
        let host = uri.host()?;
        let is_excepted = |it: &Exceptions| it.contains(host, uri.port_u16());
        (is_taken && !self.exceptions.as_ref().is_some_and(is_excepted)).then_some(proxy)
    }

    pub(crate) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }
}

/// The hosts of `NO_PROXY`, between commas: a name, with the names below it; `.name`, only those; an address; a network
/// such as `10.0.0.0/8`; `*`, all. A port may follow a name or an address.
#[derive(Clone, Debug)]
struct Exceptions(Vec<String>);

impl Exceptions {
    fn parse(list: &str) -> Self {
        let entries = list.split(',').map(|entry| entry.trim().to_ascii_lowercase());
        Self(entries.filter(|entry| !entry.is_empty()).collect())
    }

    fn contains(&self, host: &str, port: Option<u16>) -> bool {
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .trim_end_matches('.')
            .to_ascii_lowercase();
        let address = host.parse::<IpAddr>().ok();
        // As with the HTTP client of Go, these never go to a proxy of the environment.
        let is_local = host == "localhost" || address.is_some_and(|address| address.is_loopback());
        is_local || self.0.iter().any(|entry| matches(entry, &host, address, port))
    }
}

fn matches(entry: &str, host: &str, address: Option<IpAddr>, port: Option<u16>) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = entry.split_once('/') {
        let network = network.parse::<IpAddr>().ok().zip(bits.parse().ok());
        return address
            .zip(network)
            .is_some_and(|(address, (network, bits))| is_in(address, network, bits));
    }
    if let Ok(entry) = entry.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        return address == Some(entry);
    }
    if let Some((entry, wanted)) = entry.rsplit_once(':') {
        return wanted.parse().ok() == Some(port.unwrap_or(443)) && matches(entry, host, address, port);
    }
    let entry = entry.strip_prefix('*').unwrap_or(entry);
    let name = entry.trim_start_matches('.');
    match host.strip_suffix(name) {
        Some("") => !entry.starts_with('.'),
        Some(before) => before.ends_with('.'),
        None => false,
    }
}

/// Whether the first `bits` of both are the same.
fn is_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let (one, other, length) = match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (u128::from(one.to_bits()), u128::from(other.to_bits()), 32),
        (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits(), other.to_bits(), 128),
        _ => return false,
    };
    bits <= length && (one ^ other).checked_shr(length - bits).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use http::Uri;

    use super::{Exceptions, Proxy, Route};

    #[test]
    fn plain_http_goes_to_a_proxy_only_where_that_is_allowed() {
        for (uri, plain_http, expected) in [
            ("https://a.example", false, true),
            ("http://a.example", false, false),
            ("http://a.example", true, true),
        ] {
            let route = Route {
                proxy: Proxy::new("http://p:1").ok(),
                exceptions: None,
                plain_http,
            };
            assert_eq!(route.to(&Uri::from_static(uri)).is_some(), expected, "{uri}");
        }
    }

    #[test]
    fn exceptions() {
        for (list, host, port, expected) in [
            ("", "a.example", None, false),
            ("*", "a.example", None, true),
            ("b.example, A.example", "a.example", None, true),
            ("example", "a.EXAMPLE.", None, true),
            ("xample", "a.example", None, false),
            (".example", "example", None, false),
            ("*.example", "a.example", None, true),
            ("a.example:443", "a.example", None, true),
            ("a.example:443", "a.example", Some(6443), false),
            ("10.0.0.1", "10.0.0.1", Some(6443), true),
            ("10.0.0.1:6443", "10.0.0.1", Some(6443), true),
            ("10.0.0.0/8", "10.20.0.1", None, true),
            ("10.0.0.0/8", "11.0.0.1", None, false),
            ("0.0.0.0/0", "11.0.0.1", None, true),
            ("10.0.0.0/33", "10.0.0.0", None, false),
            ("fd00::/8", "[fd12::1]", None, true),
            ("[fd12::1]", "[fd12::1]", None, true),
            ("", "localhost", None, true),
            ("", "127.0.0.1", None, true),
        ] {
            let found = Exceptions::parse(list).contains(host, port);
            assert_eq!(found, expected, "{list} {host} {port:?}");
        }
    }
}
