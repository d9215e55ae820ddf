//! Lists Services with the emitted client over reqwest.

use tablature_apis::openshift::services::ListServices;
use tablature_apis::tablature_kubernetes::Kubeconfig;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
    let services = ListServices::new("shop").send(&client).await?.into_body();
    for service in services.items {
        println!("{:?}", service.metadata.and_then(|it| it.name));
    }
    Ok(())
}
