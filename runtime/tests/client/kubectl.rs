//! Configurations of kubectl, each with what comes of it.
//!
//! With the path of a kubectl in `TABLATURE_KUBECTL` each is given to it, too: who is calling, or that there is an error,
//! has to be the same.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tablature_client::Raw;
use tablature_client::retry::RetryPolicy;
use tablature_kubernetes::kubeconfig::Kubeconfig;
use tablature_runtime::Json;

use crate::echo;
use crate::proxy::Proxy;
use crate::send::run;
use crate::tls::Authority;

const PATH: &str = "/api/v1/namespaces/shop/services";

/// A configuration: the files between lines of `---`, in which `$NAMES` are filled in, and what comes of it: who is
/// calling, or a part of the error after `error: `.
type Row = (&'static str, &'static str);

/// What most files begin with.
const BEGIN: &str = "apiVersion: v1\nkind: Config\ncurrent-context: x\n\
                     contexts: [{name: x, context: {cluster: c, user: u, namespace: shop}}]\n";

/// What a user has, with the cluster as it should be.
const USERS: [Row; 27] = [
    ("{token: t}", "localhost, Bearer t"),
    ("{token: older, tokenFile: token}", "localhost, Bearer from-file"),
    ("{tokenFile: token}", "localhost, Bearer from-file"),
    ("{token: t, tokenFile: nowhere}", "localhost, Bearer t"),
    ("{tokenFile: nowhere}", "error: has a `tokenFile` that cannot be read"),
    ("{username: u, password: p}", "localhost, Basic dTpw"),
    ("{username: u}", "localhost, Basic dTo="),
    (
        "{token: t, username: u, password: p}",
        "error: of which only one is allowed",
    ),
    ("{token: 12345}", "error: `token` of user `u` is not text"),
    ("{token: yes}", "error: `token` of user `u` is not text"),
    (
        "{token: t, tooken: s, extensions: [{name: a, extension: {b: 1}}]}",
        "localhost, Bearer t",
    ),
    (
        "{exec: {apiVersion: $V1, command: ./plugin, interactiveMode: Never}}",
        "localhost, Bearer plugged",
    ),
    (
        "{exec: {apiVersion: $V1beta1, command: ./plugin}}",
        "localhost, Bearer plugged",
    ),
    (
        "{exec: {apiVersion: $V1, command: ./plugin}}",
        "error: without an `interactiveMode`",
    ),
    (
        "{exec: {command: ./plugin, interactiveMode: Never}}",
        "error: without an `apiVersion`",
    ),
    (
        "{exec: {apiVersion: $V1, interactiveMode: Never}}",
        "error: without a `command`",
    ),
    (
        "{token: t, exec: {apiVersion: $V1, command: ./plugin, interactiveMode: Never}}",
        "localhost, Bearer t",
    ),
    (
        "{exec: {apiVersion: $V1, command: ./shows, interactiveMode: Never}}",
        "localhost, certificate",
    ),
    ("{auth-provider: {name: gcp}}", "error: has an `auth-provider`"),
    (
        "{auth-provider: {name: gcp}, exec: {apiVersion: $V1, command: ./plugin, interactiveMode: Never}}",
        "error: has an `auth-provider`",
    ),
    (
        "{client-certificate-data: $CERT, client-key-data: $KEY}",
        "localhost, certificate",
    ),
    (
        "{client-certificate: client.crt, client-key: client.key}",
        "localhost, certificate",
    ),
    (
        "{token: t, client-certificate: client.crt, client-key-data: $KEY}",
        "localhost, certificate, Bearer t",
    ),
    (
        "{client-certificate: client.crt}",
        "error: has a `client-certificate` without a `client-key`",
    ),
    (
        "{client-certificate-data: QQ==, client-key-data: QQ==}",
        "error: TLS cannot be set up",
    ),
    (
        "{token: t, as: jane, as-uid: u1, as-groups: [a, b], as-user-extra: {Scopes: [v, w]}}",
        "localhost, Bearer t, extra-scopes=v, extra-scopes=w, group=a, group=b, uid=u1, user=jane",
    ),
    ("{token: t, as-groups: [a]}", "error: has `as-groups` without `as`"),
];

/// What a cluster has, with a user who has a token.
const CLUSTERS: [Row; 21] = [
    (
        "server: $BARE/prefix/, certificate-authority: ca.crt",
        "localhost, Bearer t",
    ),
    (
        "server: $URL, certificate-authority: nowhere",
        "error: `certificate-authority` that cannot be read",
    ),
    (
        "server: $URL, certificate-authority-data: '*'",
        "error: that is not Base64",
    ),
    (
        "server: $URL, certificate-authority-data: QQ==",
        "error: TLS cannot be set up",
    ),
    ("server: $URL", "error: the connection is not trusted"),
    (
        "server: $ADDRESS, certificate-authority-data: $CA",
        "error: the connection is not trusted",
    ),
    ("server: $ADDRESS, insecure-skip-tls-verify: true", "no name, Bearer t"),
    ("server: $ADDRESS, insecure-skip-tls-verify: yes", "no name, Bearer t"),
    (
        "server: $ADDRESS, insecure-skip-tls-verify: 'true'",
        "error: neither true nor false",
    ),
    (
        "server: $URL, insecure-skip-tls-verify: true, certificate-authority-data: $CA",
        "error: has a `certificate-authority` with `insecure-skip-tls-verify`",
    ),
    (
        "server: $OTHER, tls-server-name: kube.internal, certificate-authority-data: $CA",
        "kube.internal, Bearer t",
    ),
    (
        "server: $URL, tls-server-name: kube.internal, certificate-authority-data: $CA",
        "error: the connection is not trusted",
    ),
    (
        "server: $ADDRESS, tls-server-name: kube.internal, insecure-skip-tls-verify: true",
        "kube.internal, Bearer t",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: $PROXY",
        "localhost, Bearer t",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: $TLS_PROXY",
        "localhost, Bearer t",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: $SOCKS",
        "localhost, Bearer t",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: ftp://x",
        "error: one of http, https and socks5",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: x",
        "error: `proxy-url`: ",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, proxy-url: http://localhost:1",
        "error: there is no connection to the server, through the proxy http://localhost:1",
    ),
    (
        "server: ftp://localhost, certificate-authority-data: $CA",
        "error: neither http nor https",
    ),
    (
        "server: $URL, certificate-authority-data: $CA, disable-compression: true, colour: blue",
        "localhost, Bearer t",
    ),
];

/// Whole files, in the order in which `KUBECONFIG` names them.
const FILES: [Row; 10] = [
    // Neither `apiVersion` nor `kind`, and a key that is not known.
    (
        "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n$CLUSTERS\n$USERS\nx: y",
        "localhost, Bearer t",
    ),
    ("apiVersion: v2\nkind: Config\n", "error: its `apiVersion` is not `v1`"),
    ("apiVersion: v1\nkind: Pod\n", "error: its `kind` is not `Config`"),
    (
        "$BEGIN$CLUSTERS\nusers: [{name: u, user: {token: t}}, {name: u, user: {token: s}}]",
        "error: there are several users `u`",
    ),
    (
        "$BEGIN$CLUSTERS\n$USERS\ncurrent-context: z",
        "error: there is no context `z`",
    ),
    (
        "current-context: z\ncontexts: []\n$CLUSTERS\n$USERS",
        "error: there is no context `z`",
    ),
    // What the first file has of a name counts as a whole; what it has not comes from the next.
    (
        "\n---\n$BEGIN\nusers: [{name: u, user: {username: u, password: p}}]\n---\ncurrent-context: yy\n$CLUSTERS\n$USERS",
        "localhost, Basic dTpw",
    ),
    (
        "users: [{name: u, user: {}}]\ncurrent-context: yy\n---\n$BEGIN$CLUSTERS\n$USERS\n---\n\
         contexts: [{name: yy, context: {cluster: c, user: v}}]\nusers: [{name: v, user: {token: of-v}}]",
        "localhost, Bearer of-v",
    ),
    ("$BEGIN$CLUSTERS\n$USERS\n---\na: [", "error: it is not YAML"),
    (
        "$BEGIN$CLUSTERS\n$USERS\n---\nusers: [{name: v, user: {token: 1}}]",
        "error: `token` of user `v` is not text",
    ),
];

/// A folder with the files that configurations name, and what is filled into them.
struct Room {
    folder: tempfile::TempDir,
    names: Vec<(&'static str, String)>,
    proxies: [Proxy; 2],
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new();
        let server = echo::serve(authority.server("localhost", Some(false)));
        let other = echo::serve(authority.server("kube.internal", Some(false)));
        let proxies = [Proxy::new(None), Proxy::new(Some(authority.server("localhost", None)))];
        let (certificate, key) = authority.issue_pem("client");
        let status = |status: &str, version: &str| {
            let json = format!(
                r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{version}","status":{status}}}"#
            );
            format!(
                "#!/bin/sh\ncase \"$KUBERNETES_EXEC_INFO\" in *k8s.io/{version}\\\"*) cat <<'END'\n{json}\nEND\nesac\n"
            )
        };
        let plugin = r#"{"token":"plugged"}"#;
        let shown = serde_json::json!({"clientCertificateData": certificate, "clientKeyData": key}).to_string();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("token", "from-file\n");
        write("ca.crt", &authority.pem());
        write("client.crt", &certificate);
        write("client.key", &key);
        let both = status(plugin, "v1") + &status(plugin, "v1beta1");
        for (name, text) in [("plugin", both), ("shows", status(&shown, "v1"))] {
            write(name, &text);
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let base64 = |text: &str| STANDARD.encode(text);
        let url = format!("https://localhost:{}", server.port());
        let clusters = format!("clusters: [{{name: c, cluster: {{server: '{url}', certificate-authority: ca.crt}}}}]");
        let names = vec![
            ("$BEGIN", BEGIN.to_owned()),
            ("$CLUSTERS", clusters),
            ("$USERS", "users: [{name: u, user: {token: t}}]".to_owned()),
            ("$V1beta1", "client.authentication.k8s.io/v1beta1".to_owned()),
            ("$V1", "client.authentication.k8s.io/v1".to_owned()),
            ("$CERT", base64(&certificate)),
            ("$KEY", base64(&key)),
            ("$CA", base64(&authority.pem())),
            ("$URL", format!("'{url}'")),
            ("$BARE", url.clone()),
            ("$ADDRESS", format!("'https://127.0.0.1:{}'", server.port())),
            ("$OTHER", format!("'https://127.0.0.1:{}'", other.port())),
            (
                "$PROXY",
                format!("'http://user:s3cret@127.0.0.1:{}'", proxies[0].port()),
            ),
            ("$TLS_PROXY", format!("'https://localhost:{}'", proxies[1].port())),
            ("$SOCKS", format!("'socks5://127.0.0.1:{}'", proxies[0].port())),
        ];
        Self { folder, names, proxies }
    }

    /// Writes the files of a configuration, and gives them as `KUBECONFIG` names them.
    fn write(&self, files: &str) -> String {
        let text = self
            .names
            .iter()
            .fold(files.to_owned(), |text, (name, value)| text.replace(name, value));
        let paths = text.split("---\n").enumerate().map(|(number, text)| {
            let path = self.folder.path().join(format!("config-{number}"));
            fs::write(&path, text).unwrap();
            path
        });
        std::env::join_paths(paths).unwrap().into_string().unwrap()
    }

    fn rows(&self) -> Vec<(String, &'static str)> {
        let users =
            USERS.map(|(user, outcome)| (format!("$BEGIN$CLUSTERS\nusers: [{{name: u, user: {user}}}]"), outcome));
        let clusters = CLUSTERS.map(|(cluster, outcome)| {
            (
                format!("$BEGIN$USERS\nclusters: [{{name: c, cluster: {{{cluster}}}}}]"),
                outcome,
            )
        });
        let files = FILES.map(|(files, outcome)| (files.to_owned(), outcome));
        users.into_iter().chain(clusters).chain(files).collect()
    }
}

/// Who is calling by a configuration, or the error, with the async client and the blocking one.
fn outcomes(paths: &str) -> [Result<String, String>; 2] {
    let builder = || {
        let connection = Kubeconfig::merge(std::env::split_paths(paths))
            .and_then(|config| config.connection())
            .map_err(|error| error.to_string())?;
        Ok::<_, String>(connection.builder().retry(RetryPolicy::none()))
    };
    let seen = |json: Json| json.get("/seen").unwrap().as_str().unwrap().into_owned();
    let raw = Raw::get(PATH);
    let by_reqwest = || {
        run(async {
            let client = builder()?.reqwest().map_err(|error| error.to_string())?;
            let answer = raw.send_as::<Json>(&client).await.map_err(|error| error.to_string())?;
            Ok(seen(answer.into_body()))
        })
    };
    let by_ureq = || {
        let client = builder()?.ureq().map_err(|error| error.to_string())?;
        let answer = raw
            .send_blocking_as::<Json>(&client)
            .map_err(|error| error.to_string())?;
        Ok(seen(answer.into_body()))
    };
    [by_reqwest(), by_ureq()]
}

/// Who is calling by kubectl.
fn by_kubectl(kubectl: &Path, paths: &str) -> Result<String, String> {
    let mut command = Command::new(kubectl);
    command
        .args(["get", "--raw", PATH])
        .env("KUBECONFIG", paths)
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8(output.stderr).unwrap());
    }
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    Ok(json["seen"].as_str().unwrap().to_owned())
}

#[test]
fn each_configuration_comes_out_as_with_kubectl() {
    let room = Room::new();
    let kubectl = std::env::var_os("TABLATURE_KUBECTL");
    let rows = room.rows();
    assert!(rows.len() >= 30);
    let mut wrong = Vec::new();
    for (files, expected) in rows {
        let paths = room.write(&files);
        let mut found = outcomes(&paths).to_vec();
        let fits = |outcome: &Result<String, String>| match (outcome, expected.strip_prefix("error: ")) {
            (Ok(seen), None) => seen == expected,
            (Err(error), Some(part)) => error.contains(part) && !error.contains("s3cret"),
            _ => false,
        };
        let mut right = found.iter().all(fits);
        if let Some(kubectl) = &kubectl {
            let outcome = by_kubectl(kubectl.as_ref(), &paths);
            right &= outcome.is_err() == expected.starts_with("error: ");
            right &= outcome.as_ref().is_err() || fits(&outcome);
            found.push(outcome);
        }
        if !right {
            wrong.push(format!("{files}\n  expected {expected}\n  found {found:#?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    let connected: Vec<String> = room.proxies.iter().flat_map(Proxy::connected).collect();
    let count = |begin: &str, end: &str| {
        let is_one = |line: &&String| line.starts_with(begin) && line.ends_with(end);
        connected.iter().filter(is_one).count()
    };
    let runs = if kubectl.is_some() { 3 } else { 2 };
    assert_eq!(
        count("CONNECT localhost:", " Basic dXNlcjpzM2NyZXQ="),
        runs,
        "{connected:?}"
    );
    assert_eq!(count("CONNECT localhost:", ""), 2 * runs, "{connected:?}");
    assert_eq!(count("SOCKS localhost:", ""), runs, "{connected:?}");
}
