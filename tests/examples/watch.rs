//! Tells what happens to the Services of a namespace, until it is interrupted or has told enough.
//!
//! `cargo run -p tablature-tests --example watch -- NAMESPACE [COUNT]`

use std::process::ExitCode;

use tablature_apis::openshift::models::Service;
use tablature_apis::openshift::services::ListServices;
use tablature_apis::tablature_kubernetes::kubeconfig::Kubeconfig;
use tablature_apis::tablature_kubernetes::watch::{Event, Update};

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
    let mut arguments = std::env::args().skip(1);
    let namespace = arguments.next().unwrap_or_else(|| "default".to_owned());
    let count = arguments.next().map_or(Ok(usize::MAX), |count| count.parse())?;
    let client = Kubeconfig::load()?.connection()?.builder().reqwest()?;
    let mut watch = ListServices::new(namespace).watch().events(&client);
    for _ in 0..count {
        // The stream goes on by itself: what comes here as an error cannot heal.
        let Some(update) = watch.next().await.transpose()? else {
            break;
        };
        match update {
            Update::Restarted { why: None } => {}
            Update::Restarted { why: Some(error) } => println!("forget what I told: {error}"),
            Update::Listed(service) => println!("there is {}", name(&service)),
            Update::Synced { resource_version } => println!("that is all, as of {resource_version}"),
            Update::Event(Event::Bookmark(_)) => {}
            Update::Event(event) => {
                let name = event.object().map_or("?", name);
                println!("{} {name}", event.event_type());
            }
            _ => {}
        }
    }
    Ok(())
}

fn name(service: &Service) -> &str {
    let metadata = service.metadata.as_ref();
    metadata.and_then(|metadata| metadata.name.as_deref()).unwrap_or("?")
}
