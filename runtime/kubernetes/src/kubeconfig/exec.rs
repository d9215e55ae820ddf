//! Credentials from a program, as `exec` of a file of kubectl names it.

mod run;

use std::fmt::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tablature_client::credentials::{ClientCertificate, CredentialError, CredentialSource, Fetch, Lease, parse_date};
use tablature_runtime::json::escape_to;
use tablature_runtime::{Credential, Json};

use super::KubeconfigError;
use super::entry::{Entry, Material};
use super::{items, text};

/// The versions of the protocol between client and program.
const VERSIONS: [&str; 2] = [
    "client.authentication.k8s.io/v1",
    "client.authentication.k8s.io/v1beta1",
];
/// How long the program may take.
const LONGEST: Duration = Duration::from_secs(60);

/// A program that gives a token or a client certificate. It is run when one is needed, again before that ends, and when the server refuses
/// it.
#[derive(Clone)]
pub(super) struct Exec {
    command: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    version: String,
    /// What the program is told, as JSON.
    info: String,
    install_hint: Option<String>,
    interactive: bool,
}

impl Exec {
    /// The program of `user`, who calls `cluster`.
    pub(super) fn new(user: &Entry<'_>, cluster: &Entry<'_>) -> Result<Self, KubeconfigError> {
        let wrong = |what: &str| user.wrong(&format!("has an `exec` {what}"));
        let exec = user.at("/exec").unwrap_or_default();
        let command = text(&exec, "/command").ok_or_else(|| wrong("without a `command`"))?;
        let version = text(&exec, "/apiVersion").ok_or_else(|| wrong("without an `apiVersion`"))?;
        if !VERSIONS.contains(&version.as_str()) {
            return Err(wrong(&format!(
                "of `apiVersion: {version}`; {} are supported",
                VERSIONS.join(" and ")
            )));
        }
        let mode = text(&exec, "/interactiveMode");
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdin());
        let interactive = match mode.as_deref() {
            Some("Never") => false,
            Some("IfAvailable") => is_terminal,
            Some("Always") if is_terminal => true,
            Some("Always") => {
                return Err(wrong(
                    "that needs a terminal (`interactiveMode: Always`), and there is none",
                ));
            }
            None if version == VERSIONS[1] => is_terminal,
            None => return Err(wrong("without an `interactiveMode`")),
            Some(_) => {
                return Err(wrong(
                    "with an `interactiveMode` other than Never, IfAvailable and Always",
                ));
            }
        };
        let told = exec.get("/provideClusterInfo") == Some(Json::from(true));
        let folder = user.folder();
        Ok(Self {
            // A name is looked up in PATH, a path is relative to the file.
            command: if command.contains('/') {
                folder.join(command)
            } else {
                command.into()
            },
            arguments: arguments(&exec).map_err(wrong)?,
            environment: environment(&exec).map_err(wrong)?,
            info: info(&version, interactive, told.then_some(cluster)),
            version,
            install_hint: text(&exec, "/installHint"),
            interactive,
        })
    }

    /// Reads what the program has printed, of which nothing is told.
    fn read(&self, printed: &[u8]) -> Result<Lease, CredentialError> {
        let wrong = |what: &str| CredentialError::new(format_args!("{self} {what}"));
        let json = std::str::from_utf8(printed)
            .ok()
            .and_then(|text| text.parse::<Json>().ok());
        let json = json.ok_or_else(|| wrong("printed what is not JSON"))?;
        if text(&json, "/kind").as_deref() != Some("ExecCredential") {
            return Err(wrong("printed no ExecCredential"));
        }
        if text(&json, "/apiVersion").as_deref() != Some(&self.version) {
            return Err(wrong(&format!(
                "printed an ExecCredential that is not of {}",
                self.version
            )));
        }
        let lease = lease(&json).map_err(&wrong)?;
        match text(&json, "/status/expirationTimestamp") {
            None => Ok(lease),
            Some(date) => match parse_date(&date) {
                Some(end) => Ok(lease.until(end)),
                None => Err(wrong("gave an `expirationTimestamp` that is not a date")),
            },
        }
    }
}

fn arguments(exec: &Json) -> Result<Vec<String>, &'static str> {
    let text = |argument: Json| argument.as_str().map(std::borrow::Cow::into_owned);
    items(exec, "/args")
        .map(|argument| text(argument).ok_or("whose `args` are not all text"))
        .collect()
}

/// The names and values of variables.
fn environment(exec: &Json) -> Result<Vec<(String, String)>, &'static str> {
    let pair = |variable: Json| {
        let name = text(&variable, "/name").ok_or("with a variable without a name in `env`")?;
        let value = variable.get("/value").filter(|value| !value.is_null());
        let value = value.map_or(Some(String::new()), |value| {
            value.as_str().map(|text| text.into_owned())
        });
        Ok((name, value.ok_or("with a variable in `env` whose value is not text")?))
    };
    items(exec, "/env").map(pair).collect()
}

/// The token or the client certificate, or both, that a program has printed.
fn lease(json: &Json) -> Result<Lease, &'static str> {
    let token = text(json, "/status/token").map(|token| Credential::bearer(SecretString::from(token)));
    let certificate = match (
        text(json, "/status/clientCertificateData").map(Zeroizing::new),
        text(json, "/status/clientKeyData").map(Zeroizing::new),
    ) {
        (Some(certificate), Some(key)) => ClientCertificate::from_pem(certificate.as_bytes(), key.as_bytes()),
        (None, None) => {
            return token
                .map(Lease::new)
                .ok_or("gave neither a token nor a client certificate");
        }
        _ => return Err("gave a client certificate without a key, or a key without one"),
    };
    Ok(match token {
        Some(token) => Lease::new(certificate.with(token)),
        None => Lease::new(certificate),
    })
}

/// What the program is told in `KUBERNETES_EXEC_INFO`.
fn info(version: &str, interactive: bool, cluster: Option<&Entry<'_>>) -> String {
    let mut info =
        format!(r#"{{"apiVersion":"{version}","kind":"ExecCredential","spec":{{"interactive":{interactive}"#);
    if let Some(cluster) = cluster {
        info.push_str(r#","cluster":{"server":"#);
        escape_to(&cluster.text("server").unwrap_or_default(), &mut info);
        let authority = cluster.material("certificate-authority").ok().flatten();
        if let Some(Ok(pem)) = authority.map(Material::read) {
            _ = write!(info, r#","certificate-authority-data":"{}""#, STANDARD.encode(&pem[..]));
        }
        for name in ["tls-server-name", "proxy-url"] {
            if let Some(value) = cluster.text(name) {
                _ = write!(info, r#","{name}":"#);
                escape_to(&value, &mut info);
            }
        }
        for name in ["insecure-skip-tls-verify", "disable-compression"] {
            if cluster.is_true(name) {
                _ = write!(info, r#","{name}":true"#);
            }
        }
        let config = cluster
            .items("/extensions")
            .find(|extension| text(extension, "/name").as_deref() == Some("client.authentication.k8s.io/exec"));
        if let Some(config) = config.and_then(|extension| extension.get("/extension")) {
            _ = write!(info, r#","config":{}"#, config.as_text());
        }
        info.push('}');
    }
    info.push_str("}}");
    info
}

impl CredentialSource for Exec {
    fn fetch(&self, _: SystemTime) -> Fetch {
        let exec = self.clone();
        Fetch::Later(run::on_a_thread(move |given_up| {
            let printed: Zeroizing<Vec<u8>> = run::run(&exec, LONGEST, given_up)?;
            exec.read(&printed)
        }))
    }
}

impl fmt::Display for Exec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the program {}", self.command.display())
    }
}
