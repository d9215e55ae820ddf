//! A namespace to work in, made before a scenario and removed after it, however it ended.

use std::time::{Duration, SystemTime};

use serde_json::json;
use tablature_apis::client::Error;
use tablature_apis::client::Raw;
use tablature_apis::client::{BlockingClient, Client};
use tablature_apis::runtime::Json;

use crate::target::Target;

/// How often is looked whether the namespace is gone, a fifth of a second apart.
const LOOKS: u32 = 300;

/// What a scenario works with.
#[derive(Clone)]
pub struct World {
    pub target: Target,
    pub client: Client,
    pub blocking: BlockingClient,
    pub namespace: String,
}

/// Runs a scenario in a namespace of its own.
pub fn run<F>(target: Target, area: &str, scenario: fn(World) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let world = World::create(target, area).await;
        let outcome = tokio::spawn(scenario(world.clone())).await;
        let removed = world.remove().await;
        outcome.unwrap();
        removed.unwrap();
    });
}

impl World {
    async fn create(target: Target, area: &str) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let namespace = format!("tablature-{}-{:x}", area.replace('_', "-"), now.as_nanos());
        let client = target.client().reqwest().unwrap();
        let body = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        Raw::post("/api/v1/namespaces").json(&body).send(&client).await.unwrap();
        Self {
            blocking: target.client().ureq().unwrap(),
            target,
            client,
            namespace,
        }
    }

    /// Removes the namespace. On a server without controllers nobody else finishes that.
    async fn remove(&self) -> Result<(), Error> {
        let path = format!("/api/v1/namespaces/{}", self.namespace);
        for kind in ["services", "endpoints"] {
            Raw::delete(format!("{path}/{kind}")).send(&self.client).await?;
        }
        // Controllers give each namespace an account.
        let accounts = Raw::get(format!("{path}/serviceaccounts"))
            .send_as::<Json>(&self.client)
            .await;
        let controlled = accounts.is_ok_and(|accounts| accounts.body().get("/items/0").is_some());
        Raw::delete(&path).send(&self.client).await?;
        for _ in 0..LOOKS {
            match Raw::get(&path).send_as::<Json>(&self.client).await {
                Err(error) if error.is_not_found() => return Ok(()),
                Ok(left) if !controlled => self.finish(&path, left.body()).await?,
                other => drop(other?),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    }

    /// Says that nothing is left to be done before the namespace can go.
    async fn finish(&self, path: &str, namespace: &Json) -> Result<(), Error> {
        let mut body: serde_json::Value = namespace.decode().unwrap();
        body["spec"]["finalizers"] = json!([]);
        match Raw::put(format!("{path}/finalize"))
            .json(&body)
            .send(&self.client)
            .await
        {
            Err(error) if !error.is_not_found() && !error.is_conflict() => Err(error),
            _ => Ok(()),
        }
    }
}
