//! Reads a Service of CCI, sets a label and replaces it, on this thread and without a runtime.
//!
//! `cargo run -p tablature-tests --example replace -- NAMESPACE NAME KEY VALUE`
//!
//! `CCI_TOKEN` has the token, for the header `X-Auth-Token`; `CCI_SERVER` takes the place of the
//! documented server.

use std::env;
use std::process::ExitCode;

use tablature_apis::client::BlockingClient;
use tablature_apis::huawei_cci::SERVERS;
use tablature_apis::huawei_cci::services::{ReadServiceStatus, ReplaceService};
use tablature_apis::runtime::{Credential, Server};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [namespace, name, key, value] = arguments.as_slice() else {
        return Err("give a namespace, a name, a key and a value".into());
    };
    let server = match env::var("CCI_SERVER") {
        Ok(url) => Server::new(&url)?,
        Err(_) => SERVERS[0].server()?,
    };
    let token = env::var("CCI_TOKEN").map_err(|_| "set CCI_TOKEN")?;
    let client = BlockingClient::builder(server)
        .credential(Credential::token(token))
        .ureq()?;

    // Read anew and tried again if somebody else changes the Service in between.
    let replaced = ReadServiceStatus::new(namespace, name).modify_blocking(&client, |mut service| {
        let labels = service.metadata.get_or_insert_default().labels.get_or_insert_default();
        labels.insert(key.clone(), value.clone());
        ReplaceService::new(namespace, name, service)
    })?;
    let metadata = replaced.into_body().metadata.unwrap_or_default();
    println!(
        "{name} is now at version {}",
        metadata.resource_version.unwrap_or_default()
    );
    Ok(())
}
