//! The files of kubectl: where a cluster is, whom to trust, and who is calling.

mod check;
mod cluster;
mod entry;
mod error;
mod exec;
mod impersonation;
mod in_cluster;
mod user;
mod yaml;

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;
use tablature_client::credentials::CredentialSource;
use tablature_client::retry::RetryPolicy;
use tablature_client::transport::{Proxy, Tls};
use tablature_client::{Client, ClientBuilder};
use tablature_runtime::{Json, Server};

pub use error::KubeconfigError;
pub use in_cluster::{InClusterError, InferError};

use crate::retry_after;
use entry::Entry;
use yaml::YamlError;

/// One or several files of kubectl. Where several have an entry of the same name, the first counts.
///
/// A program that an entry names (`exec`) is run when its token or certificate is needed, without a shell, and for a
/// minute at most. Plugins (`auth-provider`) are errors that name them, once a context needs them. Keys that are not
/// known are passed over. Where kubectl would ask for a user's name, nobody is calling.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")] {
/// use tablature_kubernetes::kubeconfig::Kubeconfig;
///
/// let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Kubeconfig {
    files: Vec<File>,
    context: Option<String>,
}

#[derive(Clone)]
struct File {
    /// What paths in it are relative to.
    folder: PathBuf,
    content: Json,
}

/// What a context says.
#[non_exhaustive]
pub struct Connection {
    /// Where the cluster is.
    pub server: Server,
    /// Whom to trust, and the client certificate if there is one.
    pub tls: Tls,
    /// The proxy on the way to the cluster; that of the environment if there is none here.
    pub proxy: Option<Proxy>,
    /// Who is calling, unless that is told by a client certificate or not at all.
    pub credential: Option<Box<dyn CredentialSource>>,
    /// Headers, a value each, by which the caller acts as somebody else.
    pub impersonation: Vec<(String, String)>,
    /// The namespace to use unless another is named; where there is none, kubectl takes `default`.
    pub namespace: Option<String>,
}

impl Kubeconfig {
    /// The files that the environment variable `KUBECONFIG` names, else `~/.kube/config`. Of several,
    /// those that are not there are passed over.
    ///
    /// # Errors
    /// If there is no file, or one cannot be read.
    pub fn load() -> Result<Self, KubeconfigError> {
        let named = env::var_os("KUBECONFIG").filter(|value| !value.is_empty());
        let paths: Vec<PathBuf> = match &named {
            Some(value) => env::split_paths(value)
                .filter(|path| !path.as_os_str().is_empty())
                .collect(),
            None => home()
                .map(|home| home.join(".kube").join("config"))
                .into_iter()
                .collect(),
        };
        Self::merge(paths)
    }

    /// The files at these paths, merged as kubectl merges those of `KUBECONFIG`: of several entries of one name, and of
    /// several current contexts, the first counts. Those that are not there are passed over.
    ///
    /// # Errors
    /// If there is no file, or one cannot be read.
    pub fn merge(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Result<Self, KubeconfigError> {
        let paths: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
        let there: Vec<_> = paths.iter().filter(|path| path.exists()).collect();
        if there.is_empty() {
            let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
            return Err(KubeconfigError::absent(&names.join(" or ")));
        }
        let files: Result<Vec<_>, _> = there.into_iter().map(|path| File::read(path)).collect();
        Ok(Self {
            files: files?,
            context: None,
        })
    }

    /// The file at `path`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, KubeconfigError> {
        Ok(Self {
            files: vec![File::read(path.as_ref())?],
            context: None,
        })
    }

    /// A file's text; paths in it are relative to `folder`.
    ///
    /// # Errors
    /// If it is not YAML, or kubectl takes no such file: with two entries of one name, say.
    pub fn parse(text: &str, folder: impl Into<PathBuf>) -> Result<Self, KubeconfigError> {
        Ok(Self {
            files: vec![File::parse(text, folder.into()).map_err(|error| KubeconfigError::new(&error))?],
            context: None,
        })
    }

    /// Chooses a context by name; the current one unless set.
    #[must_use]
    pub fn context(mut self, name: impl Into<String>) -> Self {
        self.context = Some(name.into());
        self
    }

    /// What the context says.
    ///
    /// # Errors
    /// If the context, its cluster or its user is not there, or has what is not supported.
    pub fn connection(&self) -> Result<Connection, KubeconfigError> {
        let current = || {
            self.files
                .iter()
                .find_map(|file| text(&file.content, "/current-context"))
        };
        let name = self
            .context
            .clone()
            .or_else(current)
            .ok_or_else(|| KubeconfigError::new("there is no current context, and none is chosen"))?;
        let context = self.entry("context", &name)?;
        let cluster = self.entry("cluster", &context.required("cluster")?)?;
        let server = cluster::server(&cluster)?;
        let mut tls = cluster::tls(&cluster, &server)?;
        let mut impersonation = Vec::new();
        let credential = match context.text("user") {
            Some(user) => {
                let user = self.entry("user", &user)?;
                tls = user::tls(&user, tls)?;
                impersonation = impersonation::headers(&user)?;
                user::credential(&user, &cluster)?
            }
            None => None,
        };
        Ok(Connection {
            server,
            tls,
            proxy: cluster::proxy(&cluster)?,
            credential,
            impersonation,
            namespace: context.text("namespace"),
        })
    }

    /// The `kind` of that name, in the first file that has it.
    fn entry<'a>(&'a self, kind: &'static str, name: &str) -> Result<Entry<'a>, KubeconfigError> {
        let found = self.files.iter().find_map(|file| {
            let content =
                items(&file.content, &format!("/{kind}s")).find(|item| item.tag("name").as_deref() == Some(name))?;
            Some(Entry::new(
                kind,
                name,
                &file.folder,
                content.get(kind).unwrap_or_default(),
            ))
        });
        found.ok_or_else(|| KubeconfigError::new(format_args!("there is no {kind} `{name}`")))
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, KubeconfigError> {
        let wrong =
            |error: &dyn fmt::Display| KubeconfigError::new(format_args!("{} cannot be read: {error}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Self::parse(&Zeroizing::new(text), folder).map_err(|error| wrong(&error))
    }

    fn parse(text: &str, folder: PathBuf) -> Result<Self, YamlError> {
        let content = yaml::read(text)?;
        match &check::problems(&content)[..] {
            [] => Ok(Self { folder, content }),
            problems => Err(YamlError::Content(problems.join("; "))),
        }
    }
}

fn home() -> Option<PathBuf> {
    env::var_os("HOME")
        .or_else(|| env::var_os("USERPROFILE"))
        .map(PathBuf::from)
}

fn text(json: &Json, place: &str) -> Option<String> {
    let text = json.get(place)?.as_str()?.into_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// The items of the list at `place`.
fn items(json: &Json, place: &str) -> impl Iterator<Item = Json> {
    let list = json.get(place).unwrap_or_default();
    (0..).map_while(move |index| list.get(&format!("/{index}")))
}

impl Connection {
    /// Begins a client with all of it, which waits as long as the `Status` of a failure asks for.
    #[must_use]
    pub fn builder(self) -> ClientBuilder {
        let retry = RetryPolicy::default().asked(retry_after);
        let mut builder = Client::builder(self.server).tls(self.tls).retry(retry);
        if let Some(proxy) = self.proxy {
            builder = builder.proxy(proxy);
        }
        for (name, value) in &self.impersonation {
            builder = builder.append_header(name, value);
        }
        match self.credential {
            Some(credential) => builder.credential(credential),
            None => builder,
        }
    }

    /// The namespace to use unless another is named: that of the context or of the pod, else `default`.
    #[must_use]
    pub fn default_namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or("default")
    }
}

impl fmt::Debug for Kubeconfig {
    /// Without the contents, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folders: Vec<_> = self.files.iter().map(|file| &file.folder).collect();
        f.debug_struct("Kubeconfig")
            .field("folders", &folders)
            .field("context", &self.context)
            .finish()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("server", &self.server)
            .field("tls", &self.tls)
            .field("proxy", &self.proxy)
            .field("credential", &self.credential.as_ref().map(|_| "<redacted>"))
            .field("impersonation", &self.impersonation)
            .field("namespace", &self.namespace)
            .finish()
    }
}
