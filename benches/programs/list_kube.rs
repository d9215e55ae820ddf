//! Lists Services with kube.

use k8s_openapi::api::core::v1::Service;
use kube::{Api, Client};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::try_default().await?;
    let services = Api::<Service>::namespaced(client, "shop").list(&Default::default()).await?;
    for service in services {
        println!("{:?}", service.metadata.name);
    }
    Ok(())
}
