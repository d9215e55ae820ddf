//! The cluster that a pod runs in, and the choice between it and the files of kubectl.

use std::env;
use std::fmt;
use std::fs;
use std::path::Path;

use tablature_client::credentials::BearerFile;
use tablature_client::transport::Tls;
use tablature_runtime::Server;

use super::{Connection, Kubeconfig, KubeconfigError};

/// Where a pod finds the token, the authority and the namespace of its service account.
const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
const HOST: &str = "KUBERNETES_SERVICE_HOST";
const PORT: &str = "KUBERNETES_SERVICE_PORT";

impl Connection {
    /// The cluster that this program runs in as a pod, by its service account: host and port from the environment, the
    /// token from its file, which is read again every minute, the authority, which is read again when its file changes,
    /// and the namespace.
    ///
    /// # Errors
    /// If the program does not run in a pod with a service account.
    pub fn in_cluster() -> Result<Self, InClusterError> {
        Self::of_pod(Path::new(FOLDER), |name| env::var(name).ok())
    }

    /// What [`Kubeconfig::load`] gives; where there is no file of kubectl, [`in_cluster`](Self::in_cluster). A file that
    /// is there and wrong is an error.
    ///
    /// # Errors
    /// If there is neither, or a file of kubectl is wrong.
    pub fn infer() -> Result<Self, InferError> {
        Self::infer_from(Kubeconfig::load(), Self::in_cluster)
    }

    fn infer_from(
        files: Result<Kubeconfig, KubeconfigError>,
        in_cluster: impl FnOnce() -> Result<Self, InClusterError>,
    ) -> Result<Self, InferError> {
        match files.and_then(|files| files.connection()) {
            Ok(connection) => Ok(connection),
            Err(kubeconfig) if kubeconfig.is_absent() => in_cluster().map_err(|in_cluster| InferError {
                kubeconfig,
                in_cluster: Some(in_cluster),
            }),
            Err(kubeconfig) => Err(InferError {
                kubeconfig,
                in_cluster: None,
            }),
        }
    }

    fn of_pod(folder: &Path, variable: impl Fn(&str) -> Option<String>) -> Result<Self, InClusterError> {
        let set = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| InClusterError(format!("`{name}` is not set")))
        };
        let (host, port) = (set(HOST)?, set(PORT)?);
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        let url = format!("https://{host}:{port}");
        let server = Server::new(&url).map_err(|error| InClusterError(format!("`{HOST}` and `{PORT}`: {error}")))?;
        let ca = folder.join("ca.crt");
        let tls = Tls::new()
            .ca_file(&ca)
            .map_err(|error| InClusterError(format!("{} cannot be read: {error}", ca.display())))?;
        let token = folder.join("token");
        if !token.is_file() {
            return Err(InClusterError(format!("there is no file {}", token.display())));
        }
        let namespace = fs::read_to_string(folder.join("namespace")).ok();
        let namespace = namespace
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty());
        Ok(Self {
            server,
            tls,
            proxy: None,
            credential: Some(Box::new(BearerFile::new(token))),
            impersonation: Vec::new(),
            namespace,
        })
    }
}

/// Why the program does not run in a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InClusterError(String);

impl fmt::Display for InClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not in a pod of a cluster: {}", self.0)
    }
}

impl std::error::Error for InClusterError {}

/// Why no cluster is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferError {
    kubeconfig: KubeconfigError,
    in_cluster: Option<InClusterError>,
}

impl InferError {
    /// What is wrong with the files of kubectl.
    #[must_use]
    pub fn kubeconfig(&self) -> &KubeconfigError {
        &self.kubeconfig
    }

    /// Why the program does not run in a cluster, if that was asked.
    #[must_use]
    pub fn in_cluster(&self) -> Option<&InClusterError> {
        self.in_cluster.as_ref()
    }
}

impl fmt::Display for InferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kubeconfig.fmt(f)?;
        match &self.in_cluster {
            Some(error) => write!(f, "; and {error}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for InferError {}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::fs;

    use super::{Connection, HOST, Kubeconfig, KubeconfigError, PORT};

    const FILE: &str = "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n\
                        clusters: [{name: c, cluster: {server: 'https://file.example.com'}}]\n";

    #[test]
    fn a_pod_finds_its_cluster() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        for (name, text) in [("ca.crt", "authority"), ("token", "s3cret"), ("namespace", "shop\n")] {
            fs::write(folder.path().join(name), text)?;
        }
        for (host, expected) in [
            ("10.0.0.1", "https://10.0.0.1:6443"),
            ("fd00::1", "https://[fd00::1]:6443"),
        ] {
            let variable = |name: &str| match name {
                HOST => Some(host.to_owned()),
                PORT => Some("6443".to_owned()),
                _ => None,
            };
            let connection = Connection::of_pod(folder.path(), variable)?;
            assert_eq!(connection.server.to_string(), expected);
            assert_eq!(connection.default_namespace(), "shop");
            assert_eq!(connection.tls.ca(), Some(&b"authority"[..]));
            assert!(connection.credential.is_some() && !format!("{connection:?}").contains("s3cret"));
        }
        let refused = |set: &[&str]| {
            let found = Connection::of_pod(folder.path(), |name| set.contains(&name).then(|| "10.0.0.1".to_owned()));
            found.err().map(|error| error.to_string())
        };
        assert_eq!(
            refused(&[]).as_deref(),
            Some("not in a pod of a cluster: `KUBERNETES_SERVICE_HOST` is not set")
        );
        assert_eq!(
            refused(&[HOST]).as_deref(),
            Some("not in a pod of a cluster: `KUBERNETES_SERVICE_PORT` is not set")
        );
        assert!(refused(&[HOST, PORT]).is_some_and(|error| error.contains("`KUBERNETES_SERVICE_PORT`: ")));
        Ok(())
    }

    #[test]
    fn files_go_before_the_cluster_and_a_wrong_one_is_told() -> Result<(), Box<dyn Error>> {
        let none = || Connection::of_pod("".as_ref(), |_| None);
        let found = Connection::infer_from(Kubeconfig::parse(FILE, ""), none)?;
        assert_eq!(found.server.to_string(), "https://file.example.com");
        assert_eq!(found.default_namespace(), "default");
        let told = |files| Connection::infer_from(files, none).err().map(|error| error.to_string());
        assert_eq!(
            told(Err(KubeconfigError::absent("/etc/kubeconfig"))).as_deref(),
            Some(
                "kubeconfig: there is no file /etc/kubeconfig; \
                 and not in a pod of a cluster: `KUBERNETES_SERVICE_HOST` is not set"
            )
        );
        assert_eq!(
            told(Kubeconfig::parse("{}", "")).as_deref(),
            Some("kubeconfig: there is no current context, and none is chosen")
        );
        Ok(())
    }
}
