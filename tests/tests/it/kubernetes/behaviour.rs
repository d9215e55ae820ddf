//! What is emitted of a real server's documents, held against exchanges with a real server.

use std::fs;
use std::path::{Path, PathBuf};

use kubernetes_overlaid::api_v1::core_v1::{
    CreateCoreV1NamespacedService, DeleteCoreV1CollectionNamespacedService, DeleteCoreV1NamespacedEndpoints,
    DeleteCoreV1NamespacedService, ListCoreV1NamespacedService, ListCoreV1NamespacedServiceStream,
    PatchCoreV1NamespacedService,
};
use kubernetes_overlaid::api_v1::models::{
    DeleteCoreV1CollectionNamespacedServiceResponse as DeletedServices,
    DeleteCoreV1NamespacedEndpointsResponse as Deleted, Service,
};
use kubernetes_overlaid::runtime::bytes::Bytes;
use kubernetes_overlaid::runtime::{Builder, Json, Operation, Paginated, Server, Watched, http};
use kubernetes_overlaid::tablature_kubernetes::patch::ApplyPatch;
use kubernetes_overlaid::tablature_kubernetes::watch::Event;

/// The recording whose name begins with a number.
fn recording(number: &str) -> Json {
    let folder = Path::new(env!("RECORDINGS"));
    let mut files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let is_meant = |it: &PathBuf| it.file_name().unwrap().to_string_lossy().starts_with(number);
    let text = fs::read_to_string(files.find(is_meant).unwrap()).unwrap();
    text.parse().unwrap()
}

/// What the server answered in a recording.
fn answer(number: &str) -> http::Response<Bytes> {
    let recording = recording(number);
    let status: u16 = recording.get("/response/status").unwrap().decode().unwrap();
    let body = match recording.get("/response/chunks") {
        Some(chunks) => chunks.decode::<Vec<String>>().unwrap().concat(),
        None => recording.get("/response/body").unwrap().decode().unwrap(),
    };
    let answer = http::Response::builder()
        .status(status)
        .header("content-type", "application/json");
    answer.body(Bytes::from(body)).unwrap()
}

/// What an operation makes of a recording, which is written back as it came.
fn decoded<O: Operation>(number: &str) -> O::Output {
    O::decode(answer(number))
        .unwrap_or_else(|error| panic!("{number}: {error}"))
        .into_body()
}

fn line<O: Operation>(operation: &O) -> String {
    let request = operation.request(&Server::new("https://example.com").unwrap()).unwrap();
    format!("{} {}", request.method(), request.uri().path_and_query().unwrap())
}

#[test]
fn lists_are_read_page_by_page() {
    type Endpoint = <ListCoreV1NamespacedService as Builder>::Endpoint;
    let page = decoded::<ListCoreV1NamespacedService>("11");
    let next = Json::from_serialize(&page).unwrap().get(Endpoint::PAGINATION.next);
    assert!(next.is_some_and(|it| it.as_str().is_some_and(|it| !it.is_empty())));
    let last = decoded::<ListCoreV1NamespacedService>("12");
    assert!(!page.items.is_empty() && !last.items.is_empty());
    let _: fn(Service) -> <Endpoint as Paginated>::Item = |it| it;
}

#[test]
fn watches_give_typed_events() {
    type Endpoint = <ListCoreV1NamespacedServiceStream as Builder>::Endpoint;
    let list = ListCoreV1NamespacedService::new("shop");
    assert_eq!(line(&list.watch()), "GET /api/v1/namespaces/shop/services?watch=true");
    assert_eq!(Endpoint::WATCH.current, "/metadata/resourceVersion");
    let mut decoder = ListCoreV1NamespacedServiceStream::decoder();
    decoder.push(answer("32").body());
    let mut events: Vec<Event<Service>> = decoder.by_ref().map(Result::unwrap).collect();
    events.extend(decoder.finish().unwrap());
    assert!(
        events
            .iter()
            .any(|it| matches!(it, Event::Added(service) if service.spec.is_some())),
        "{events:?}"
    );
    let mut decoder = ListCoreV1NamespacedServiceStream::decoder();
    decoder.push(answer("50").body());
    let mut events: Vec<Event<Service>> = decoder.by_ref().map(Result::unwrap).collect();
    events.extend(decoder.finish().unwrap());
    assert!(events.iter().any(Event::is_expired), "no such event");
}

#[test]
fn objects_are_created_and_applied() {
    let created = decoded::<CreateCoreV1NamespacedService>("01");
    assert_eq!(created.kind.as_deref(), Some("Service"));
    let applied = decoded::<PatchCoreV1NamespacedService>("24");
    assert!(applied.metadata.is_some());
    let patch: ApplyPatch = recording("24")
        .get("/request/body")
        .unwrap()
        .decode::<String>()
        .unwrap()
        .parse::<Json>()
        .unwrap()
        .decode()
        .unwrap();
    let apply = PatchCoreV1NamespacedService::new("shop", "web", patch)
        .field_manager("tests")
        .force(true);
    assert_eq!(
        line(&apply),
        "PATCH /api/v1/namespaces/shop/services/web?fieldManager=tests&force=true"
    );
    assert!(PatchCoreV1NamespacedService::decode(answer("25")).is_err());
}

#[test]
fn deletions_answer_a_status_an_object_or_a_list() {
    let service: Service = decoded::<DeleteCoreV1NamespacedService>("37");
    assert_eq!(service.kind.as_deref(), Some("Service"));
    let endpoints = decoded::<DeleteCoreV1NamespacedEndpoints>("42");
    assert!(matches!(endpoints, Deleted::Status(it) if it.status.as_deref() == Some("Success")));
    let services = decoded::<DeleteCoreV1CollectionNamespacedService>("39");
    assert!(matches!(services, DeletedServices::ServiceList(it) if !it.items.is_empty()));
}
