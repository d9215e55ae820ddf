//! The files of kubectl.

use std::fs;

use tablature_client::Execute;
use tablature_kubernetes::kubeconfig::Kubeconfig;

use crate::emitted::services::ListServices;
use crate::send::time;
use crate::server::{Server, json};

/// A file with a context for each user.
fn file(server: &str, users: &[(&str, &str)]) -> String {
    let mut text = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: {}\nclusters:\n- name: c\n  cluster:\n    server: {server}\ncontexts:\n",
        users[0].0
    );
    for (name, _) in users {
        text += &format!("- name: {name}\n  context: {{cluster: c, user: {name}, namespace: shop}}\n");
    }
    text += "users:\n";
    for (name, user) in users {
        text += &format!("- name: {name}\n  user: {user}\n");
    }
    text
}

#[test]
fn tokens_files_and_passwords_are_sent() {
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), "from-file\n").unwrap();
    let users = [
        ("token", "{token: t0ken}"),
        ("file", "{token: older, tokenFile: token}"),
        ("basic", "{username: u, password: p}"),
        ("nobody", "{}"),
    ];
    let path = folder.path().join("config");
    fs::write(&path, file(&server.url(), &users)).unwrap();
    for (context, header) in [
        (None, Some("Bearer t0ken")),
        (Some("file"), Some("Bearer from-file")),
        (Some("basic"), Some("Basic dTpw")),
        (Some("nobody"), None),
    ] {
        let mut config = Kubeconfig::read(&path).unwrap();
        if let Some(context) = context {
            config = config.context(context);
        }
        let connection = config.connection().unwrap();
        assert_eq!(connection.namespace.as_deref(), Some("shop"));
        assert_eq!(connection.server.to_string(), server.url());
        let client = connection.builder().ureq_with(time()).unwrap();
        ListServices::new("shop").send_blocking(&client).unwrap();
        assert_eq!(server.seen().last().unwrap().header("authorization"), header);
    }
}

#[test]
fn what_is_not_supported_is_named() {
    let cases = [
        (
            "{exec: {command: aws}}",
            "user `u` has an `exec` without an `apiVersion`",
        ),
        (
            "{auth-provider: {name: gcp}}",
            "user `u` has an `auth-provider`, which kubectl no longer runs; let an `exec` plugin take its place",
        ),
        (
            "{token: s3cret, as-groups: [admins]}",
            "user `u` has `as-groups` without `as`",
        ),
        (
            "{token: s3cret, as: x, as-groups: [[]]}",
            "user `u` has `as-groups` that are not all text",
        ),
        (
            "{token: s3cret, as: x, as-user-extra: {a: b}}",
            "user `u` has an `as-user-extra` that is not lists of text",
        ),
        (
            "{client-certificate-data: QQ==}",
            "user `u` has a `client-certificate` without a `client-key`",
        ),
        (
            "{client-key-data: QQ==}",
            "user `u` has a `client-key` without a `client-certificate`",
        ),
        (
            "{client-key-data: '*s3cret'}",
            "user `u` has a `client-key-data` that is not Base64",
        ),
    ];
    for (user, message) in cases {
        let config = Kubeconfig::parse(&file("https://example.com", &[("u", user)]), "").unwrap();
        let error = config.connection().unwrap_err();
        assert_eq!(error.to_string(), format!("kubeconfig: {message}"));
    }
    let text = file("https://example.com", &[("u", "{}")]).replace(
        "https://example.com\n",
        "https://example.com\n    certificate-authority: nowhere\n",
    );
    let error = Kubeconfig::parse(&text, "").unwrap().connection().unwrap_err();
    let begin = "kubeconfig: cluster `c` has a `certificate-authority` that cannot be read: ";
    assert!(error.to_string().starts_with(begin), "{error}");
}

#[test]
fn what_is_missing_is_named() {
    let text = file("https://example.com", &[("u", "{}")]);
    let config = |text: &str| Kubeconfig::parse(text, "").unwrap();
    for (config, message) in [
        (config(&text).context("other"), "there is no context `other`"),
        (
            config(&text.replace("- name: c\n", "- name: d\n")),
            "there is no cluster `c`",
        ),
        (
            config(&text.replace("    server: https://example.com\n", "    x: y\n")),
            "cluster `c` has no `server`",
        ),
        (
            config(&text.replace("https://", "ftp://")),
            "cluster `c` `server`: the URL cannot be a server's: its scheme is neither http nor https",
        ),
        (config("{}"), "there is no current context, and none is chosen"),
    ] {
        assert_eq!(
            config.connection().unwrap_err().to_string(),
            format!("kubeconfig: {message}")
        );
    }
    assert!(Kubeconfig::parse("a: [", "").is_err());
    let error = Kubeconfig::read("does/not/exist").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("kubeconfig: does/not/exist cannot be read: "),
        "{error}"
    );
}

#[test]
fn nothing_secret_is_shown() {
    let text = file("https://example.com", &[("u", "{token: s3cret}")]);
    let config = Kubeconfig::parse(&text, "").unwrap();
    let shown = format!("{config:?} {:?}", config.connection().unwrap());
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[test]
fn a_user_acts_as_somebody_else() {
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let user = "{token: t, as: jane, as-uid: u1, as-groups: [a, b], \
                as-user-extra: {Scopes: [view, 'dev elopment'], example.com/x: [yy]}}";
    let config = Kubeconfig::parse(&file(&server.url(), &[("u", user)]), "").unwrap();
    let client = config.connection().unwrap().builder().ureq_with(time()).unwrap();
    ListServices::new("shop").send_blocking(&client).unwrap();
    let seen = server.seen();
    let mut sent: Vec<String> = seen[0]
        .headers
        .iter()
        .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        .filter(|line| line.starts_with("impersonate-"))
        .collect();
    sent.sort_unstable();
    assert_eq!(
        sent,
        [
            "impersonate-extra-example.com%2fx: yy",
            "impersonate-extra-scopes: dev elopment",
            "impersonate-extra-scopes: view",
            "impersonate-group: a",
            "impersonate-group: b",
            "impersonate-uid: u1",
            "impersonate-user: jane",
        ]
    );
}
