//! The tasks as users of the emitted crate do them.

use std::hint::black_box;

use tablature_apis::openshift::models::{Service, ServiceList};
use tablature_apis::openshift::services::{ListServices, PatchService};
use tablature_apis::runtime::Server;
use tablature_apis::runtime::body;
use tablature_apis::runtime::bytes::Bytes;
use tablature_apis::runtime::http::Response;
use tablature_apis::runtime::patch::MergePatch;
use tablature_apis::runtime::stream::Decoder;
use tablature_apis::tablature_kubernetes::watch::Event;
use tablature_benches::{CHUNK, PATCH, service_list, watch_lines};

use super::{Ready, Task, sound};

pub fn prepare(task: Task, items: usize) -> Ready {
    match task {
        Task::Decode => {
            let text = Bytes::from(service_list(items));
            Ready::new(text.len(), move || {
                sound(ListServices::decode(Response::new(black_box(&text).clone())))
            })
        }
        Task::Encode => {
            let text = service_list(items);
            let list: ServiceList = sound(serde_json::from_str(&text));
            Ready::new(text.len(), move || sound(body::json(black_box(&list))))
        }
        Task::Watch => {
            let text = watch_lines(items);
            Ready::new(text.len(), move || read(black_box(text.as_bytes())))
        }
        Task::Request => {
            let server = server();
            Ready::new(0, move || {
                let list = ListServices::new(black_box("shop")).label_selector(black_box("tier=frontend"));
                sound(list.limit(500).request(&server))
            })
        }
        Task::Patch => {
            let server = server();
            let change: Service = sound(serde_json::from_str(PATCH));
            Ready::new(PATCH.len(), move || {
                let patch = MergePatch::new(black_box(&change));
                let patch = PatchService::new(black_box("shop"), black_box("web"), patch);
                sound(patch.field_manager("bench").request(&server))
            })
        }
    }
}

fn server() -> Server {
    sound(Server::new("https://api.cluster.example.com:6443"))
}

/// Bytes as they come from a connection, into events.
fn read(bytes: &[u8]) -> usize {
    let mut decoder = Decoder::<Event<Service>>::new();
    let mut events = 0;
    for chunk in bytes.chunks(CHUNK) {
        decoder.push(chunk);
        for event in decoder.by_ref() {
            black_box(sound(event));
            events += 1;
        }
    }
    events
}
