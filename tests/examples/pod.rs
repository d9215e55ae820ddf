//! Runs a container on CCI 2.0, from no namespace at all to the log of its pod, and removes the pod.
//!
//! `cargo run -p tablature-tests --example pod -- NAMESPACE SUBNET IMAGE`
//!
//! `SUBNET` is the ID of an IPv4 subnet of a VPC, `HUAWEI_DOMAIN_ID` and `HUAWEI_PROJECT_ID` are the account and the
//! project of the network. `CCI_TOKEN` has the token, for the header `X-Auth-Token`, and `CCI_SERVER` takes the place of
//! the documented server; without a token the server is that of the current context of kubectl.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use tablature_apis::client::{Client, Error, Prepared};
use tablature_apis::huawei_cci2::SERVERS;
use tablature_apis::huawei_cci2::models::*;
use tablature_apis::huawei_cci2::namespaces::CreateNamespace;
use tablature_apis::huawei_cci2::networks::CreateNetwork;
use tablature_apis::huawei_cci2::pods::{CreatePod, DeletePod, FollowPodLog, ListPods, ReadPodLog};
use tablature_apis::runtime::error::Facts;
use tablature_apis::runtime::{Credential, Server};
use tablature_apis::tablature_kubernetes::StatusOf;
use tablature_apis::tablature_kubernetes::kubeconfig::Kubeconfig;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const NAME: &str = "once";

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

async fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [namespace, subnet, image] = arguments.as_slice() else {
        return Err("give a namespace, a subnet and an image".into());
    };
    let client = client()?;
    prepare(&client, namespace, subnet).await?;
    let container = Container::new(NAME).image(image);
    let spec = PodSpec::new([container]).restart_policy("Never");
    let pod = Pod::default().metadata(named(NAME)).spec(spec);
    CreatePod::new(namespace, &pod).send(&client).await?;
    println!("{}", started(&client, namespace).await?);
    follow(&client, namespace).await?;
    DeletePod::new(namespace, NAME).send(&client).await?;
    Ok(())
}

fn client() -> Result<Client> {
    let Ok(token) = env::var("CCI_TOKEN") else {
        return Ok(Kubeconfig::load()?.connection()?.builder().reqwest()?);
    };
    let server = match env::var("CCI_SERVER") {
        Ok(url) => Server::new(&url)?,
        Err(_) => SERVERS[0].server()?,
    };
    Ok(Client::builder(server).credential(Credential::token(token)).reqwest()?)
}

fn named(name: &str) -> ObjectMeta {
    ObjectMeta::default().name(name)
}

/// Makes the namespace and its network, unless they are there.
async fn prepare(client: &Client, namespace: &str, subnet: &str) -> Result<()> {
    let wanted = Namespace::default().metadata(named(namespace));
    unless_there(CreateNamespace::new(&wanted).send(client).await)?;
    let id = |variable: &str| env::var(variable).map_err(|_| format!("set {variable}"));
    let annotations = [
        ("yangtse.io/domain-id", id("HUAWEI_DOMAIN_ID")?),
        ("yangtse.io/project-id", id("HUAWEI_PROJECT_ID")?),
    ];
    let spec = NetworkSpec::default()
        .network_type("underlay_neutron")
        .subnets([SubnetConf::default().subnet_id(subnet)]);
    let network = Network::default()
        .metadata(named("default").annotations(annotations))
        .spec(spec);
    unless_there(CreateNetwork::new(namespace, &network).send(client).await)
}

fn unless_there<T>(created: std::result::Result<T, Error>) -> Result<()> {
    match created {
        Err(error) if !error.is_already_exists() => Err(error.into()),
        _ => Ok(()),
    }
}

/// Waits until the pod has left the phase `Pending`, and gives the new one.
async fn started(client: &Client, namespace: &str) -> Result<PodStatusPhase> {
    let pods = ListPods::new(namespace).field_selector(format!("metadata.name={NAME}"));
    let phase = |pod: &Pod| pod.status.as_ref()?.phase.clone();
    let has_started = |pod: &Pod| phase(pod).is_some_and(|it| it != PodStatusPhase::Pending);
    let pod = pods
        .watch()
        .wait_for(client, Duration::from_secs(300), has_started)
        .await?;
    phase(&pod).ok_or_else(|| "the pod has no phase".into())
}

/// Prints the lines of the log as they are written, until the container ends.
async fn follow(client: &Client, namespace: &str) -> Result<()> {
    let log = ReadPodLog::new(namespace, NAME).follow();
    let request = log.request(client.server())?;
    let prepared = Prepared::new(Facts::of_operation::<FollowPodLog>(), request);
    let mut body = client.open(prepared).await?.into_body();
    let mut decoder = FollowPodLog::decoder();
    while let Some(bytes) = body.chunk().await? {
        decoder.push(&bytes);
        while let Some(line) = decoder.next().transpose()? {
            println!("{line}");
        }
    }
    if let Some(line) = decoder.finish()? {
        println!("{line}");
    }
    Ok(())
}
