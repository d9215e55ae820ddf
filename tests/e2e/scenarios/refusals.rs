//! Whom a server does not know, and what it does not have.

use tablature_apis::client::Raw;
use tablature_apis::openshift::services::ListServices;
use tablature_apis::runtime::Credential;
use tablature_apis::tablature_kubernetes::Reason;
use tablature_apis::tablature_kubernetes::StatusOf;

use crate::world::World;

pub async fn run(world: World) {
    let World {
        target,
        client,
        namespace,
        ..
    } = &world;
    let wrong = "not-the-token";
    let stranger = target
        .stranger()
        .credential(Credential::bearer(wrong))
        .reqwest()
        .unwrap();
    let error = ListServices::new(namespace).send(&stranger).await.unwrap_err();
    assert!(error.as_api().unwrap().is_unauthorized(), "{error}");
    assert_eq!(error.reason(), Some(Reason::Unauthorized));
    assert!(!format!("{error} {error:?}").contains(wrong));
    let error = Raw::get("/api/v1/nothing").send(client).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let missing = ListServices::new(format!("{namespace}-missing"))
        .send(client)
        .await
        .unwrap();
    assert!(missing.body().items.is_empty());
}
