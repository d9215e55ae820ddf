//! Where a cluster of a file of kubectl is, and whom to trust.

use tablature_client::transport::{Proxy, Tls};
use tablature_runtime::Server;

use super::KubeconfigError;
use super::entry::{Entry, Material};

/// Where `cluster` is. Without a scheme that is plain HTTP, as to kubectl.
pub(super) fn server(cluster: &Entry<'_>) -> Result<Server, KubeconfigError> {
    let url = cluster.required("server")?;
    let url = if url.contains("://") {
        url
    } else {
        format!("http://{url}")
    };
    Server::new(&url).map_err(|error| cluster.wrong(&format!("`server`: {error}")))
}

/// Whom to trust of `cluster`, which is at `server`.
pub(super) fn tls(cluster: &Entry<'_>, server: &Server) -> Result<Tls, KubeconfigError> {
    let mut tls = match cluster.material("certificate-authority")? {
        Some(Material::Data(pem)) => Tls::new().ca_pem(pem.to_vec()),
        Some(Material::File(path)) => Tls::new()
            .ca_file(&path)
            .map_err(|error| cluster.unreadable("certificate-authority", &path, &error))?,
        None => Tls::new(),
    };
    if cluster.is_true("insecure-skip-tls-verify") {
        if tls.ca().is_some() {
            return Err(cluster.wrong("has a `certificate-authority` with `insecure-skip-tls-verify`"));
        }
        tls = tls.dangerously_skip_verification();
    }
    if let Some(name) = cluster.text("tls-server-name") {
        tls = tls.server_name(server.host(), name);
    }
    Ok(tls)
}

/// The proxy on the way to `cluster`.
pub(super) fn proxy(cluster: &Entry<'_>) -> Result<Option<Proxy>, KubeconfigError> {
    let Some(url) = cluster.text("proxy-url") else {
        return Ok(None);
    };
    let proxy = Proxy::new(&url).map_err(|error| cluster.wrong(&format!("`proxy-url`: {error}")))?;
    Ok(Some(proxy))
}
