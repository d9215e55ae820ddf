//! What is only tried leaves nothing behind, and unknown fields are told.

use serde_json::json;
use tablature_apis::openshift::models::{DryRun, Service};
use tablature_apis::openshift::services::{CreateService, DeleteService, PatchService, ReadService, ReplaceService};
use tablature_apis::runtime::Json;
use tablature_apis::runtime::patch::MergePatch;

use super::{headless, label};
use crate::world::World;

pub async fn run(world: World) {
    let World { client, namespace, .. } = &world;
    let create = CreateService::new(namespace, headless("tried", &[]));
    let tried = create.clone().dry_run(DryRun::All).send(client).await.unwrap();
    assert_eq!(tried.status(), 201);
    let read = ReadService::new(namespace, "tried");
    assert!(read.send(client).await.unwrap_err().is_not_found());

    let created = create.send(client).await.unwrap().into_body();
    let patch = MergePatch::new(json!({"metadata": {"labels": {"a": "b"}}}));
    let patched = PatchService::new(namespace, "tried", patch)
        .dry_run(DryRun::All)
        .send(client)
        .await
        .unwrap();
    assert_eq!(label(patched.body(), "a"), Some("b"));
    let mut changed = created.clone();
    changed.metadata.as_mut().unwrap().labels = Some([("c".to_owned(), "d".to_owned())].into());
    let replaced = ReplaceService::new(namespace, "tried", changed)
        .dry_run(DryRun::All)
        .send(client)
        .await
        .unwrap();
    assert_eq!(label(replaced.body(), "c"), Some("d"));
    DeleteService::new(namespace, "tried")
        .dry_run(DryRun::All)
        .send(client)
        .await
        .unwrap();
    assert_eq!(read.send(client).await.unwrap().into_body(), created);

    let mut odd: Service = headless("odd", &[]);
    odd.spec
        .get_or_insert_default()
        .unknown_mut()
        .insert("noSuchField", Json::from(1));
    let odd = CreateService::new(namespace, odd).dry_run(DryRun::All);
    let refused = odd.clone().field_validation("Strict").send(client).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);
    assert!(refused.to_string().contains("spec.noSuchField"), "{refused}");
    let warned = odd.clone().field_validation("Warn").send(client).await.unwrap();
    assert!(
        warned
            .warnings()
            .iter()
            .any(|warning| warning.text().contains("spec.noSuchField"))
    );
    assert!(
        odd.field_validation("Ignore")
            .send(client)
            .await
            .unwrap()
            .warnings()
            .is_empty()
    );
}
