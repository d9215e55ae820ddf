//! The server that is tested against.

use std::env;
use std::sync::Arc;

use tablature_apis::client::transport::Tls;
use tablature_apis::client::{Client, ClientBuilder};
use tablature_apis::runtime::{Credential, Server};

use crate::fake::{Fake, TOKEN};

/// The server that is tested against.
#[derive(Clone)]
pub struct Target {
    pub server: Server,
    pub token: Option<String>,
    tls: Tls,
    /// Keeps the server in this process alive.
    _fake: Option<Arc<Fake>>,
}

impl Target {
    /// A server in this process.
    pub fn fake() -> Self {
        let fake = Fake::start();
        Self {
            server: Server::new(&fake.url()).unwrap(),
            token: Some(TOKEN.to_owned()),
            tls: Tls::new(),
            _fake: Some(Arc::new(fake)),
        }
    }

    /// The server that the environment names.
    pub fn real() -> Option<Self> {
        let server = env::var("TABLATURE_E2E_SERVER")
            .ok()
            .filter(|server| !server.is_empty())?;
        let tls = match env::var_os("TABLATURE_E2E_CA_FILE").filter(|path| !path.is_empty()) {
            Some(path) => Tls::new().ca_pem(std::fs::read(path).unwrap()),
            None => Tls::new(),
        };
        Some(Self {
            server: Server::new(&server).unwrap(),
            token: env::var("TABLATURE_E2E_TOKEN").ok().filter(|token| !token.is_empty()),
            tls,
            _fake: None,
        })
    }

    /// A client of the server, with a bearer token whatever the API documents.
    pub fn client(&self) -> ClientBuilder {
        let builder = self.stranger();
        match &self.token {
            Some(token) => builder.credential(Credential::bearer(token.as_str())),
            None => builder,
        }
    }

    /// A client that shows no credential.
    pub fn stranger(&self) -> ClientBuilder {
        Client::builder(self.server.clone())
            .tls(self.tls.clone())
            .user_agent("tablature-e2e")
    }
}
