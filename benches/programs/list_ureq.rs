//! Lists Services with the emitted client over ureq.

use tablature_apis::openshift::services::ListServices;
use tablature_apis::tablature_kubernetes::Kubeconfig;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Kubeconfig::load()?.connection()?.builder().ureq()?;
    let services = ListServices::new("shop").send_blocking(&client)?.into_body();
    for service in services.items {
        println!("{:?}", service.metadata.and_then(|it| it.name));
    }
    Ok(())
}
