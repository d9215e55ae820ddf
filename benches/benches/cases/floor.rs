//! The least code that reads as many bytes, or sends as much. There is no such thing for encoding.

use std::hint::black_box;

use http::Request;
use http::header::CONTENT_TYPE;
use serde::de::IgnoredAny;
use tablature_benches::{PATCH, service_list, watch_lines};

use super::{Ready, Task, sound};

pub fn prepare(task: Task, items: usize) -> Ready {
    match task {
        Task::Decode => {
            let text = service_list(items);
            Ready::new(text.len(), move || {
                sound(serde_json::from_str::<IgnoredAny>(black_box(&text)))
            })
        }
        Task::Encode => Ready::new(0, || ()),
        Task::Watch => {
            let text = watch_lines(items);
            Ready::new(text.len(), move || read(black_box(&text)))
        }
        Task::Request => Ready::new(0, || {
            let uri = format!(
                "https://api.cluster.example.com:6443/api/v1/namespaces/{}/services?labelSelector={}&limit={}",
                black_box("shop"),
                black_box("tier%3Dfrontend"),
                black_box(500)
            );
            sound(Request::get(uri).body(Vec::<u8>::new()))
        }),
        Task::Patch => Ready::new(PATCH.len(), || {
            let uri = format!(
                "https://api.cluster.example.com:6443/api/v1/namespaces/{}/services/{}?fieldManager={}",
                black_box("shop"),
                black_box("web"),
                black_box("bench")
            );
            let request = Request::patch(uri).header(CONTENT_TYPE, "application/merge-patch+json");
            sound(request.body(black_box(PATCH).as_bytes().to_vec()))
        }),
    }
}

fn read(text: &str) -> usize {
    let mut events = 0;
    for line in text.lines() {
        black_box(sound(serde_json::from_str::<IgnoredAny>(line)));
        events += 1;
    }
    events
}
