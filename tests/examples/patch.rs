//! Adds an address to Endpoints of CCI, with the token of a user of Huawei Cloud.
//!
//! `cargo run -p tablature-tests --example patch -- NAMESPACE NAME ADDRESS`
//!
//! The user is in `HUAWEI_ACCOUNT`, `HUAWEI_USER`, `HUAWEI_PASSWORD` and `HUAWEI_REGION`;
//! `CCI_SERVER` and `IAM_SERVER` take the place of the documented servers.

use std::env;
use std::process::ExitCode;

use serde_json::json;
use tablature_apis::client::Client;
use tablature_apis::huawei_cci::endpoints::PatchEndpoints;
use tablature_apis::huawei_cci::{IamPassword, SERVERS};
use tablature_apis::runtime::Server;
use tablature_apis::runtime::patch::JsonPatch;

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
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [namespace, name, address] = arguments.as_slice() else {
        return Err("give a namespace, a name and an address".into());
    };
    let region = env::var("HUAWEI_REGION").unwrap_or_else(|_| "cn-north-4".to_owned());
    let cci = match env::var("CCI_SERVER") {
        Ok(url) => Server::new(&url)?,
        Err(_) => SERVERS[0].with(&[("region", &region)])?,
    };
    let iam = env::var("IAM_SERVER").unwrap_or_else(|_| format!("https://iam.{region}.myhuaweicloud.com"));
    let iam = Server::new(&iam)?;
    let variable = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let (account, user) = (variable("HUAWEI_ACCOUNT")?, variable("HUAWEI_USER")?);
    let token = IamPassword::new(iam, account, user, variable("HUAWEI_PASSWORD")?).project(region);
    let client = Client::builder(cci).credential(token).reqwest()?;

    let patch = JsonPatch::new().add("/subsets/0/addresses/-", json!({"ip": address}));
    let patched = PatchEndpoints::new(namespace, name, patch).send(&client).await?;
    for warning in patched.warnings() {
        eprintln!("warning: {warning}");
    }
    for subset in patched.body().subsets.iter().flatten() {
        for address in subset.addresses.iter().flatten() {
            println!("{}", address.ip);
        }
    }
    Ok(())
}
