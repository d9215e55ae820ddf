//! Keeps a watch over Services, or sends many requests at once, with the emitted client over reqwest.

mod memory;

use std::time::Duration;

use tablature_apis::client::Client;
use tablature_apis::openshift::services::ListServices;
use tablature_apis::tablature_kubernetes::Kubeconfig;
use tokio::task::JoinSet;
use tokio::time::timeout;

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Result {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let count = arguments.next().unwrap_or_default().parse()?;
    let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
    match what.as_str() {
        "watch" => watch(&client, count).await,
        _ => burst(&client, count).await,
    }
}

async fn watch(client: &Client, count: usize) -> Result {
    let mut services = ListServices::new("shop").watch().reflect(client);
    services.wait_until(Duration::from_secs(60), |store| store.len() == count).await?;
    // Until nothing happens for a second.
    while let Ok(update) = timeout(Duration::from_secs(1), services.next()).await {
        update.transpose()?.ok_or("the watch ended")?;
    }
    assert_eq!(services.store().len(), count);
    memory::print()
}

async fn burst(client: &Client, count: usize) -> Result {
    let mut requests = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        requests.spawn(async move { ListServices::new("shop").limit(10).send(&client).await });
    }
    while let Some(answer) = requests.join_next().await {
        assert_eq!(answer??.into_body().items.len(), 10);
    }
    memory::print()
}
