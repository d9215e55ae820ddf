//! The tasks as users of k8s-openapi and kube-core do them.

use std::hint::black_box;

use k8s_openapi::List;
use k8s_openapi::api::core::v1::Service;
use kube_core::params::{ListParams, Patch, PatchParams};
use kube_core::{Request, WatchEvent};
use tablature_benches::{PATCH, service_list, watch_lines};

use super::{Ready, Task, sound};

/// Where Services of the namespace `shop` are.
const PATH: &str = "/api/v1/namespaces/shop/services";

pub fn prepare(task: Task, items: usize) -> Ready {
    match task {
        Task::Decode => {
            let text = service_list(items);
            Ready::new(text.len(), move || {
                // As the client of kube does it: to serde_json, bytes are slower than text.
                let text = sound(std::str::from_utf8(black_box(text.as_bytes())));
                sound(serde_json::from_str::<List<Service>>(text))
            })
        }
        Task::Encode => {
            let text = service_list(items);
            let list: List<Service> = sound(serde_json::from_str(&text));
            Ready::new(text.len(), move || sound(serde_json::to_vec(black_box(&list))))
        }
        Task::Watch => {
            let text = watch_lines(items);
            // Cutting the bytes into lines is a task of its own for users of kube-core, here left out.
            Ready::new(text.len(), move || read(black_box(&text)))
        }
        Task::Request => Ready::new(0, || {
            let list = ListParams::default().labels(black_box("tier=frontend")).limit(500);
            sound(Request::new(black_box(PATH)).list(&list))
        }),
        Task::Patch => {
            let change: Service = sound(serde_json::from_str(PATCH));
            Ready::new(PATCH.len(), move || {
                let params = PatchParams {
                    field_manager: Some("bench".to_owned()),
                    ..PatchParams::default()
                };
                let patch = Patch::Merge(black_box(&change));
                sound(Request::new(black_box(PATH)).patch(black_box("web"), &params, &patch))
            })
        }
    }
}

fn read(text: &str) -> usize {
    let mut events = 0;
    for line in text.lines() {
        black_box(sound(serde_json::from_str::<WatchEvent<Service>>(line)));
        events += 1;
    }
    events
}
