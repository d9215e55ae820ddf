//! Makes a Service of OpenShift public: creates it with a Route, and waits until a router has admitted the host.
//!
//! `cargo run -p tablature-tests --example route -- NAMESPACE NAME PORT`
//!
//! The Service is for the pods with the label `app=NAME`. The cluster is that of the current context of kubectl.

use std::process::ExitCode;
use std::time::Duration;

use tablature_apis::client::Client;
use tablature_apis::kubernetes::models::ServicePort;
use tablature_apis::openshift::models::*;
use tablature_apis::openshift::routes::{CreateRoute, ListRoutes};
use tablature_apis::openshift::services::CreateService;
use tablature_apis::tablature_kubernetes::kubeconfig::Kubeconfig;

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
        .selector([("app", name)])
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
    let routes = ListRoutes::new(namespace).field_selector(format!("metadata.name={name}"));
    let has_host = |route: &Route| admitted_host(route).is_some();
    let route = routes
        .watch()
        .wait_for(client, Duration::from_secs(300), has_host)
        .await?;
    admitted_host(&route).ok_or_else(|| "the route has no host".into())
}

/// The host at which a router serves the route, once one does.
fn admitted_host(route: &Route) -> Option<String> {
    let ingress = route.status.as_ref()?.ingress.as_ref()?;
    ingress.iter().find(|it| is_admitted(it))?.host.clone()
}

fn is_admitted(ingress: &RouteIngress) -> bool {
    let mut conditions = ingress.conditions.iter().flatten();
    conditions.any(|it| it.type_ == "Admitted" && it.status == RouteIngressConditionStatus::True)
}
