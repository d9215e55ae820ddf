//! Keeps a watch over Services, or sends many requests at once, with kube.

mod memory;

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt;
use k8s_openapi::api::core::v1::Service;
use kube::api::ListParams;
use kube::runtime::{reflector, watcher};
use kube::{Api, Client};
use tokio::task::JoinSet;
use tokio::time::timeout;

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Result {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let count = arguments.next().unwrap_or_default().parse()?;
    let services = Api::namespaced(Client::try_default().await?, "shop");
    match what.as_str() {
        "watch" => watch(services, count).await,
        _ => burst(services, count).await,
    }
}

async fn watch(services: Api<Service>, count: usize) -> Result {
    let (store, writer) = reflector::store();
    let mut events = pin!(reflector(writer, watcher(services, watcher::Config::default())));
    while store.len() < count {
        events.next().await.ok_or("the watch ended")??;
    }
    // Until nothing happens for a second.
    while let Ok(event) = timeout(Duration::from_secs(1), events.next()).await {
        event.ok_or("the watch ended")??;
    }
    assert_eq!(store.len(), count);
    memory::print()
}

async fn burst(services: Api<Service>, count: usize) -> Result {
    let mut requests = JoinSet::new();
    for _ in 0..count {
        let services = services.clone();
        requests.spawn(async move { services.list(&ListParams::default().limit(10)).await });
    }
    while let Some(answer) = requests.join_next().await {
        assert_eq!(answer??.items.len(), 10);
    }
    memory::print()
}
