//! The examples, run against the server in this process.

use std::process::{Command, Output};

use serde_json::json;
use tablature_apis::client::Raw;
use tablature_apis::openshift::services::CreateService;

use crate::fake::{PASSWORD, TOKEN};
use crate::scenarios::headless;
use crate::target::Target;

/// What an example prints.
fn run(example: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "run",
        "--quiet",
        "--offline",
        "--package",
        "tablature-tests",
        "--example",
        example,
        "--",
    ]);
    command
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// A server with two Services and one Endpoints in the namespace `default`.
fn server() -> (Target, String) {
    let target = Target::fake();
    let client = target.client().ureq().unwrap();
    for name in ["api", "web"] {
        CreateService::new("default", headless(name, &[("app", name)]))
            .send_blocking(&client)
            .unwrap();
    }
    let endpoints = json!({"metadata": {"name": "web"}, "subsets": [{"addresses": [{"ip": "192.0.2.10"}]}]});
    Raw::post("/api/v1/namespaces/default/endpoints")
        .json(&endpoints)
        .send_blocking(&client)
        .unwrap();
    let url = target.server.to_string();
    (target, url)
}

/// A file of kubectl for the server.
fn kubeconfig(url: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = format!(
        "current-context: x\ncontexts: [{{name: x, context: {{cluster: x, user: x}}}}]\n\
         clusters: [{{name: x, cluster: {{server: '{url}'}}}}]\nusers: [{{name: x, user: {{token: {TOKEN}}}}}]\n"
    );
    std::fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn list() {
    let (_target, url) = server();
    let config = kubeconfig(&url);
    let path = config.path().to_str().unwrap();
    let printed = run("list", &["app"], &[("KUBECONFIG", path)]);
    assert_eq!(
        printed,
        "default      api              None\ndefault      web              None\n"
    );
}

#[test]
fn watch() {
    let (_target, url) = server();
    let config = kubeconfig(&url);
    let path = config.path().to_str().unwrap();
    let printed = run("watch", &["default", "5"], &[("KUBECONFIG", path)]);
    let told = "there is api\nthere is kubernetes\nthere is web\nthat is all, as of ";
    assert!(printed.starts_with(told), "{printed}");
}

#[test]
fn patch() {
    let (_target, url) = server();
    let variables = [
        ("CCI_SERVER", url.as_str()),
        ("IAM_SERVER", url.as_str()),
        ("HUAWEI_ACCOUNT", "account"),
        ("HUAWEI_USER", "user"),
        ("HUAWEI_PASSWORD", PASSWORD),
    ];
    let printed = run("patch", &["default", "web", "192.0.2.11"], &variables);
    assert_eq!(printed, "192.0.2.10\n192.0.2.11\n");
}

#[test]
fn replace() {
    let (_target, url) = server();
    let variables = [("CCI_SERVER", url.as_str()), ("CCI_TOKEN", TOKEN)];
    let printed = run("replace", &["default", "web", "tier", "front"], &variables);
    assert!(printed.starts_with("web is now at version "), "{printed}");
}
