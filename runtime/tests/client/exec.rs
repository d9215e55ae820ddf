//! Credentials from a program that a file of kubectl names.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use tablature_client::transport::Tls;
use tablature_client::{Error, Execute, Raw};
use tablature_kubernetes::kubeconfig::{Connection, Kubeconfig, KubeconfigError};
use tablature_runtime::Json;
use tempfile::TempDir;

use crate::echo;
use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Seen, Server, json};
use crate::tls::{Authority, pem};

const LIST: &str = r#"{"items":[]}"#;
const V1: &str = "client.authentication.k8s.io/v1";

/// A folder with a program that writes what it is told and what it is given into files beside it, and then does this.
fn plugin(script: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plugin");
    let begin =
        r#"cd "$(dirname "$0")"; echo run >> runs; echo "$KUBERNETES_EXEC_INFO" > info; echo "$@ $COLOUR" > given"#;
    fs::write(&path, format!("#!/bin/sh\n{begin}\n{script}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// A program that prints a token with its number, and until when it is good.
fn printing(status: &str) -> String {
    format!(
        r#"echo '{{"kind":"ExecCredential","apiVersion":"{V1}","status":{{'"{}"'}}}}'"#,
        status.replace('"', "\\\"").replace('#', "$(wc -l < runs | tr -d ' ')")
    )
}

fn runs(folder: &TempDir) -> usize {
    fs::read_to_string(folder.path().join("runs")).map_or(0, |text| text.lines().count())
}

fn connection(folder: &Path, server: &str, exec: &str) -> Result<Connection, KubeconfigError> {
    let text = format!(
        "current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n\
         clusters:\n- name: c\n  cluster:\n    server: '{server}'\n    extensions:\n    \
         - {{name: client.authentication.k8s.io/exec, extension: {{audience: \"a\\\"b\"}}}}\n\
         users: [{{name: u, user: {{exec: {{{exec}}}}}}}]\n"
    );
    Kubeconfig::parse(&text, folder).unwrap().connection()
}

fn exec() -> String {
    format!("apiVersion: {V1}, command: ./plugin, interactiveMode: Never")
}

/// A server that takes only this token.
fn taking(token: &'static str) -> Server {
    Server::new(move |seen: &Seen| match seen.header("authorization") {
        Some(header) if header == format!("Bearer {token}") => json(200, LIST),
        _ => json(401, "{}"),
    })
}

#[test]
fn a_token_is_kept_until_it_is_refused_and_the_program_is_told_of_the_cluster() {
    let folder = plugin(&printing(r#""token":"t#""#));
    let server = taking("t2");
    let told = "args: [get, 'a b; touch no'], env: [{name: COLOUR, value: blue}], provideClusterInfo: true";
    let connection = connection(folder.path(), &server.url(), &format!("{}, {told}", exec())).unwrap();
    let client = connection.builder().reqwest_with(time()).unwrap();
    run(async {
        for _ in 0..3 {
            ListServices::new("shop").send(&client).await.unwrap();
        }
    });
    assert_eq!((runs(&folder), server.seen().len()), (2, 4));
    let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("given"), "get a b; touch no blue\n");
    let info: serde_json::Value = serde_json::from_str(&read("info")).unwrap();
    assert_eq!(
        info,
        serde_json::json!({"apiVersion": V1, "kind": "ExecCredential", "spec": {
            "interactive": false, "cluster": {"server": server.url(), "config": {"audience": "a\"b"}},
        }})
    );
}

#[test]
fn a_certificate_is_kept_until_it_is_refused_and_the_next_is_shown_over_another_connection() {
    let authority = Authority::new();
    let folder = plugin("cat $(wc -l < runs | tr -d ' ')");
    let issued = [authority.issue("first"), authority.issue("second")];
    let server = echo::serve_to(authority.server("localhost", Some(false)), Some(issued[1].0.clone()));
    let tokens = [serde_json::Value::Null, "beside".into()];
    for ((number, (certificate, key)), token) in (1..).zip(&issued).zip(tokens) {
        let status = serde_json::json!({
            "clientCertificateData": pem("CERTIFICATE", certificate),
            "clientKeyData": pem("PRIVATE KEY", key),
            "token": token,
        });
        let printed = serde_json::json!({"kind": "ExecCredential", "apiVersion": V1, "status": status});
        fs::write(folder.path().join(number.to_string()), printed.to_string()).unwrap();
    }
    let builder = || {
        let connection = connection(folder.path(), &format!("https://localhost:{}", server.port()), &exec());
        let tls = Tls::new().ca_pem(authority.pem());
        connection.unwrap().builder().tls(tls)
    };
    let seen = |json: Json| json.get("/seen").unwrap().as_str().unwrap().into_owned();
    let raw = Raw::get("/");
    let by_ureq = builder().ureq().unwrap();
    for _ in 0..2 {
        let answer = raw.send_blocking_as::<Json>(&by_ureq).unwrap();
        assert_eq!(seen(answer.into_body()), "localhost, certificate, Bearer beside");
    }
    assert_eq!(runs(&folder), 2);
    fs::remove_file(folder.path().join("runs")).unwrap();
    run(async {
        let by_reqwest = builder().reqwest().unwrap();
        for _ in 0..2 {
            let answer = raw.send_as::<Json>(&by_reqwest).await.unwrap();
            assert_eq!(seen(answer.into_body()), "localhost, certificate, Bearer beside");
        }
    });
    assert_eq!(runs(&folder), 2);
}

#[test]
fn a_blocking_client_waits_for_the_program() {
    let folder = plugin(&format!("sleep 0.1; {}", printing(r#""token":"t#""#)));
    let server = taking("t1");
    let client = connection(folder.path(), &server.url(), &exec())
        .unwrap()
        .builder()
        .ureq()
        .unwrap();
    for _ in 0..2 {
        ListServices::new("shop").send_blocking(&client).unwrap();
    }
    assert_eq!(runs(&folder), 1);
}

#[test]
fn a_program_is_run_again_before_its_token_ends() {
    let folder = plugin(&printing(
        r#""token":"t#","expirationTimestamp":"1970-01-01T01:00:00+00:30""#,
    ));
    let server = Server::new(|_| json(200, LIST));
    let clock = time();
    let connection = connection(folder.path(), &server.url(), &exec()).unwrap();
    let client = connection.builder().reqwest_with(clock.clone()).unwrap();
    for pass in [0, 20, 8] {
        clock.advance(Duration::from_secs(60 * pass));
        run(ListServices::new("shop").send(&client)).unwrap();
    }
    let tokens: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(tokens, ["Bearer t1", "Bearer t1", "Bearer t2"]);
}

#[test]
fn what_a_program_does_wrong_is_told_without_what_it_prints() {
    for (script, told) in [
        ("echo s3cret", "printed what is not JSON"),
        ("echo s3cret; exit 3", "failed: exit status: 3"),
        ("kill -9 $$", "failed: signal: 9"),
        (r#"echo '{"kind":"Pod","s3cret":1}'"#, "printed no ExecCredential"),
        (
            r#"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"s3cret"}}'"#,
            "printed an ExecCredential that is not of client.authentication.k8s.io/v1",
        ),
        (&printing(""), "gave neither a token nor a client certificate"),
        (
            &printing(r#""token":"s3cret","clientCertificateData":"s3cret""#),
            "gave a client certificate without a key",
        ),
        (
            &printing(r#""token":"s3cret","expirationTimestamp":"soon""#),
            "`expirationTimestamp` that is not a date",
        ),
        (
            &printing(r#""token":"s3\u0007cret""#),
            "the credential is empty or has characters",
        ),
        ("head -c 2000000 /dev/zero", "printed more than 1048576 bytes"),
    ] {
        let folder = plugin(script);
        let server = Server::new(|_| json(200, LIST));
        let connection = connection(folder.path(), &server.url(), &exec()).unwrap();
        let client = connection.builder().reqwest_with(time()).unwrap();
        let error = run(ListServices::new("shop").send(&client)).unwrap_err();
        assert!(matches!(error, Error::Credential(_)), "{error}");
        assert!(error.to_string().contains(told), "{script}: {error}");
        assert!(!format!("{error} {error:?} {client:?}").contains("cret"), "{error:?}");
        assert!(server.seen().is_empty());
    }
}

#[test]
fn a_slow_program_ends_with_the_call_that_waits_for_it() {
    let folder = plugin("echo $$ > pid; exec sleep 30");
    let server = Server::new(|_| json(200, LIST));
    let connection = connection(folder.path(), &server.url(), &exec()).unwrap();
    let begin = Instant::now();
    run(async {
        let client = connection
            .builder()
            .timeout(Duration::from_millis(300))
            .reqwest()
            .unwrap();
        let error = ListServices::new("shop").send(&client).await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error}");
    });
    assert!(begin.elapsed() < Duration::from_secs(10));
    let pid = fs::read_to_string(folder.path().join("pid")).unwrap();
    let process = Path::new("/proc").join(pid.trim());
    while process.exists() {
        assert!(begin.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_program_that_cannot_be_run_is_told_with_what_helps() {
    let exec =
        format!("apiVersion: {V1}, command: no-such-plugin-of-ours, interactiveMode: IfAvailable, installHint: get it");
    let connection = connection("".as_ref(), "http://localhost:1", &exec).unwrap();
    let client = connection.builder().reqwest_with(time()).unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err().to_string();
    assert!(
        error.contains("the program no-such-plugin-of-ours cannot be run: ") && error.contains(": get it"),
        "{error}"
    );
}

#[test]
fn entries_that_are_wrong_are_told() {
    for (exec, told) in [
        ("command: x", "has an `exec` without an `apiVersion`"),
        (&format!("apiVersion: {V1}"), "has an `exec` without a `command`"),
        (
            "apiVersion: client.authentication.k8s.io/v1alpha1, command: x",
            "v1alpha1`; client.authentication.k8s.io/v1 and",
        ),
        (&format!("apiVersion: {V1}, command: x"), "without an `interactiveMode`"),
        (
            &format!("apiVersion: {V1}, command: x, interactiveMode: Perhaps"),
            "other than Never, IfAvailable and Always",
        ),
        (
            &format!("apiVersion: {V1}, command: x, interactiveMode: Never, args: [[]]"),
            "whose `args` are not all text",
        ),
        (
            &format!("apiVersion: {V1}, command: x, interactiveMode: Never, env: [{{value: x}}]"),
            "without a name in `env`",
        ),
        (
            &format!("apiVersion: {V1}, command: x, interactiveMode: Never, env: [{{name: x, value: 1}}]"),
            "in `env` whose value is not text",
        ),
    ] {
        let error = connection("".as_ref(), "http://localhost:1", exec)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("kubeconfig: user `u` has an `exec` ") && error.contains(told),
            "{error}"
        );
    }
    assert!(
        connection(
            "".as_ref(),
            "http://localhost:1",
            "apiVersion: client.authentication.k8s.io/v1beta1, command: x"
        )
        .is_ok()
    );
}
