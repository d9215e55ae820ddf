//! Connections that follow the certificates: made anew when a file changes, or another certificate is shown.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{fs, io};

use super::{Identity, ServerName, Tls, TlsError};
use crate::transport::{Connect, TransportError, TransportErrorKind};

/// The connections of the current certificates, each kind of a `C`.
pub(crate) struct Renewed<C> {
    make: Box<Make<C>>,
    state: Mutex<State<C>>,
}

/// When the files of certificates were written, and how long they are.
type Stamp = Vec<Option<(SystemTime, u64)>>;

/// Makes connections.
type Make<C> = dyn Fn(&Connect) -> Result<C, TlsError> + Send + Sync;

struct State<C> {
    connect: Connect,
    stamp: Stamp,
    usual: C,
    /// Those of the client certificate that came as the last credential.
    shown: Option<(Arc<Identity>, C)>,
}

impl<C: Clone> Renewed<C> {
    pub(crate) fn new(
        connect: &Connect,
        make: impl Fn(&Connect) -> Result<C, TlsError> + Send + Sync + 'static,
    ) -> Result<Self, TlsError> {
        if let Some(name) = connect.tls.named() {
            name.check()?;
        }
        let state = State {
            connect: connect.clone(),
            // The files may have changed since they were read: the first request looks.
            stamp: Stamp::default(),
            usual: make(connect)?,
            shown: None,
        };
        Ok(Self {
            make: Box::new(make),
            state: Mutex::new(state),
        })
    }

    /// The connections that show `identity`, or the certificate that the client was built with.
    pub(crate) fn get(&self, identity: Option<&Arc<Identity>>) -> Result<C, TransportError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = state.connect.tls.stamp();
        if stamp != state.stamp {
            // While a file is being written, the old certificates are good.
            if let Ok((connect, usual)) = self.read_again(&state.connect) {
                state.connect = connect;
                state.usual = usual;
                state.stamp = stamp;
                state.shown = None;
            }
        }
        let Some(identity) = identity else {
            return Ok(state.usual.clone());
        };
        if let Some((_, made)) = state.shown.as_ref().filter(|(shown, _)| Arc::ptr_eq(shown, identity)) {
            return Ok(made.clone());
        }
        let connect = Connect {
            tls: state.connect.tls.with_identity(identity),
            ..state.connect.clone()
        };
        let made = (self.make)(&connect).map_err(|error| TransportError::new(TransportErrorKind::Tls, error))?;
        state.shown = Some((Arc::clone(identity), made.clone()));
        Ok(made)
    }

    fn read_again(&self, connect: &Connect) -> Result<(Connect, C), TlsError> {
        let connect = Connect {
            tls: connect.tls.read_again().map_err(TlsError::new)?,
            ..connect.clone()
        };
        let made = (self.make)(&connect)?;
        Ok((connect, made))
    }
}

impl Tls {
    fn with_identity(&self, identity: &Arc<Identity>) -> Self {
        Self {
            identity: Some(Arc::clone(identity)),
            ..self.clone()
        }
    }

    pub(crate) fn named(&self) -> Option<&ServerName> {
        self.server_name.as_ref()
    }

    /// By which it is seen that a file has changed; empty where there is no file.
    fn stamp(&self) -> Stamp {
        let client = self.identity_files.iter().flat_map(|(one, other)| [one, other]);
        let stamp = |path| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        self.ca_file.iter().chain(client).map(stamp).collect()
    }

    /// The same with what stands in the files now.
    fn read_again(&self) -> io::Result<Self> {
        let mut tls = self.clone();
        if let Some(path) = &self.ca_file {
            tls = tls.ca_file(path)?;
        }
        if let Some((certificates, key)) = &self.identity_files {
            tls = tls.client_files(certificates, key)?;
        }
        Ok(tls)
    }
}
