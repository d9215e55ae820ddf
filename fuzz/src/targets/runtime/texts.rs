//! Headers, addresses and files of text.

use std::path::Path;

use tablature_kubernetes::kubeconfig::Kubeconfig;
use tablature_runtime::{FromHeader, Json, Number, Server, base64};

use super::super::{Target, outcome};

/// The value of a header.
pub(in super::super) const HEADERS: Target = Target {
    name: "headers",
    seeds: || {
        texts(&[
            "1, 2",
            "\"a, b\", c",
            "-1.5e3",
            "{\"a\":1}",
            "Sat, 28 Nov 2026 08:00:00 GMT",
            "true",
        ])
    },
    is_json: false,
    run: |input| {
        let text = String::from_utf8_lossy(input);
        let kinds = [
            i64::from_header(&text).is_some(),
            u8::from_header(&text).is_some(),
            f64::from_header(&text).is_some(),
            bool::from_header(&text).is_some(),
            Json::from_header(&text).is_some(),
            Number::from_header(&text).is_some(),
            Vec::<i64>::from_header(&text).is_some(),
        ];
        let items = Vec::<String>::from_header(&text).map(|it| it.len().min(9));
        Ok(outcome(&(kinds, items)))
    },
};

/// The address of a server.
pub(in super::super) const SERVER: Target = Target {
    name: "server",
    seeds: || {
        texts(&[
            "https://example.com:6443/a/b",
            "http://[::1]/",
            "https://u:p@h/?q#f",
            "/api",
            "http://é/%zz",
        ])
    },
    is_json: false,
    run: |input| {
        let text = String::from_utf8_lossy(input);
        match Server::new(&text) {
            Ok(server) => {
                let again = format!("{}{}", server.host(), server.prefix());
                if again.chars().any(|it| it.is_control() || it == ' ') {
                    return Err(format!("a host or path with a control character\n{again:?}"));
                }
                Ok(outcome(&(
                    server.is_https(),
                    server.port(),
                    server.prefix().len().min(9),
                )))
            }
            Err(error) => Ok(outcome(&error.to_string().len())),
        }
    },
};

/// A file of kubectl. What it names is not read.
pub(in super::super) const KUBECONFIG: Target = Target {
    name: "kubeconfig",
    seeds: || {
        texts(&[
            "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts:\n- name: a\n  context: {cluster: c, user: u}\n\
             clusters:\n- name: c\n  cluster:\n    server: https://h:6443\n    certificate-authority-data: YQ==\n\
             users:\n- name: u\n  user: {token: t}\n",
        ])
    },
    is_json: false,
    run: |input| {
        let text = String::from_utf8_lossy(input);
        let parsed = Kubeconfig::parse(&text, Path::new("/nowhere"));
        Ok(outcome(&parsed.map(|_| ()).map_err(|error| error.to_string().len())))
    },
};

/// Base64: what is read is written so that it is read again.
pub(in super::super) const BASE64: Target = Target {
    name: "base64",
    seeds: || texts(&["", "YQ==", "YWI", "YWJj", "_-8="]),
    is_json: false,
    run: |input| match base64::decode(input) {
        Ok(bytes) => match base64::decode(base64::encode(&bytes)) {
            Ok(again) if again == bytes => Ok(outcome(&bytes.len().min(9))),
            _ => Err("written, and not read again".to_owned()),
        },
        Err(_) => Ok(0),
    },
};

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|it| it.as_bytes().to_vec()).collect()
}
