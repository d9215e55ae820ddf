//! A Service as a cluster sends it, as text: for the benches, and for the server of `cargo xtask bench load`.
//!
//! It takes about 1.6 kB: labels, annotations with escapes and with characters beyond ASCII, one entry of managed fields,
//! three ports, a status. Every one is different, and every run gets the same ones.

use std::fmt::Write as _;

/// The fields that a manager has set, as the server writes them: 540 bytes with their entry.
const FIELDS: &str = concat!(
    r#"{"f:metadata":{"f:annotations":{".":{},"f:example.com/owner":{},"f:example.com/note":{}},"f:labels":{".":{},"#,
    r#""f:app.kubernetes.io/name":{},"f:tier":{}}},"f:spec":{"f:internalTrafficPolicy":{},"f:ports":{".":{},"#,
    r#""k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{},"f:targetPort":{}}},"#,
    r#""f:selector":{},"f:sessionAffinity":{},"f:type":{}}}"#,
);

/// A Service of the namespace `shop`, told apart by its number.
pub fn service(number: usize) -> String {
    let mut text = String::with_capacity(2048);
    let (high, low) = (number / 250 % 250, number % 250);
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        concat!(
            r#"{{"kind":"Service","apiVersion":"v1","metadata":{{"name":"web-{number:05}","namespace":"shop","#,
            r#""uid":"9a1e6f2c-4b7d-4f58-9c3e-{number:012x}","resourceVersion":"{version}","#,
            r#""creationTimestamp":"2025-11-03T08:{minute:02}:{second:02}Z","#,
            r#""labels":{{"app.kubernetes.io/name":"web-{number:05}","app.kubernetes.io/part-of":"shop","#,
            r#""app.kubernetes.io/version":"1.{low}.0","tier":"frontend"}},"#,
            r#""annotations":{{"example.com/owner":"Zoë Müller <zoe@example.com>","#,
            r#""example.com/note":"says \"hands off\":\n\tline {number} of C:\\shop, 価格は変更しない"}},"#,
            r#""managedFields":[{{"manager":"kubectl-client-side-apply","operation":"Update","apiVersion":"v1","#,
            r#""time":"2025-11-03T08:{minute:02}:{second:02}Z","fieldsType":"FieldsV1","fieldsV1":{fields}}}]}},"#,
            r#""spec":{{"ports":["#,
            r#"{{"name":"http","protocol":"TCP","appProtocol":"http","port":80,"targetPort":8080,"nodePort":{node}}},"#,
            r#"{{"name":"https","protocol":"TCP","port":443,"targetPort":"tls"}},"#,
            r#"{{"name":"metrics","protocol":"TCP","port":9090,"targetPort":9090}}],"#,
            r#""selector":{{"app.kubernetes.io/name":"web-{number:05}","tier":"frontend"}},"#,
            r#""clusterIP":"10.96.{high}.{low}","clusterIPs":["10.96.{high}.{low}"],"type":"NodePort","#,
            r#""sessionAffinity":"None","externalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"#,
            r#""ipFamilyPolicy":"SingleStack","internalTrafficPolicy":"Cluster"}},"#,
            r#""status":{{"loadBalancer":{{}}}}}}"#,
        ),
        number = number,
        version = 800_000 + number,
        minute = number / 60 % 60,
        second = number % 60,
        fields = FIELDS,
        node = 30_000 + number % 2_768,
        high = high,
        low = low,
    );
    text
}
