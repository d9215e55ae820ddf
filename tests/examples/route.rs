//! Makes a Service of OpenShift public: creates it with a Route, and waits until a router has admitted the host.
//!
//! `cargo run -p tablature-tests --example route -- NAMESPACE NAME PORT`
//!
//! The Service is for the pods with the label `app=NAME`. The cluster is that of the current context of kubectl.

use std::collections::BTreeMap;
use std::process::ExitCode;

use tablature_apis::client::Client;
use tablature_apis::kubernetes::models::ServicePort;
use tablature_apis::openshift::models::*;
use tablature_apis::openshift::routes::{CreateRoute, ListRoutes};
use tablature_apis::openshift::services::CreateService;
use tablature_apis::tablature_kubernetes::kubeconfig::Kubeconfig;
use tablature_apis::tablature_kubernetes::watch::Update;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(host) => {
            println!("https://{host}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [namespace, name, port] = arguments.as_slice() else {
        return Err("give a namespace, a name and a port".into());
    };
    let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
    let metadata = || ObjectMeta::default().name(name);
    let spec = ServiceSpec::default()
        .selector(BTreeMap::from([("app".to_owned(), name.to_owned())]))
        .ports([ServicePort::new(port.parse::<i32>()?).name("http")]);
    let service = Service::default().metadata(metadata()).spec(spec);
    CreateService::new(namespace, &service).send(&client).await?;
    let spec = RouteSpec::new(RouteTargetReference::new("Service", name))
        .port(RoutePort::new("http"))
        .tls(TLSConfig::new("edge").insecure_edge_termination_policy("Redirect"));
    let route = Route::new(spec).metadata(metadata());
    CreateRoute::new(namespace, &route).send(&client).await?;
    admitted(&client, namespace, name).await
}

/// Waits until a router serves the route, and gives its host.
async fn admitted(client: &Client, namespace: &str, name: &str) -> Result<String> {
    let named = ListRoutes::new(namespace).field_selector(format!("metadata.name={name}"));
    let mut watch = named.watch().events(client);
    while let Some(update) = watch.next().await.transpose()? {
        let status = object(&update).and_then(|route| route.status.as_ref());
        let mut ingress = status
            .and_then(|status| status.ingress.as_deref())
            .unwrap_or_default()
            .iter();
        if let Some(host) = ingress.find(|it| is_admitted(it)).and_then(|it| it.host.clone()) {
            return Ok(host);
        }
    }
    Err("the watch has ended".into())
}

fn is_admitted(ingress: &RouteIngress) -> bool {
    let mut conditions = ingress.conditions.as_deref().unwrap_or_default().iter();
    conditions.any(|it| it.type_ == "Admitted" && it.status == RouteIngressConditionStatus::True)
}

/// The route that an update tells of.
fn object(update: &Update<Route>) -> Option<&Route> {
    match update {
        Update::Listed(route) => Some(route),
        Update::Event(event) => event.object(),
        _ => None,
    }
}
