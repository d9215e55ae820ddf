//! Lists the Services of a cluster, page by page: the current context of kubectl says which cluster.
//!
//! `cargo run -p tablature-tests --example list -- [LABEL_SELECTOR]`

use std::process::ExitCode;

use tablature_apis::openshift::models::Service;
use tablature_apis::openshift::services::ListAllServices;
use tablature_apis::tablature_kubernetes::kubeconfig::Kubeconfig;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
    let mut list = ListAllServices::new().limit(100);
    if let Some(selector) = std::env::args().nth(1) {
        list = list.label_selector(selector);
    }
    let mut services = list.items(&client);
    while let Some(service) = services.next().await {
        let Service { metadata, spec, .. } = service?;
        let metadata = metadata.unwrap_or_default();
        let address = spec.and_then(|spec| spec.cluster_ip).unwrap_or_default();
        println!(
            "{:12} {:16} {address}",
            metadata.namespace.unwrap_or_default(),
            metadata.name.unwrap_or_default()
        );
    }
    Ok(())
}
