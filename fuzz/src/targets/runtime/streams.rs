//! Streams: how the bytes are cut does not change what is read.

use std::fmt::Debug;

use tablature_apis::openshift::models::Service;
use tablature_kubernetes::watch::Event;
use tablature_runtime::{Json, json_seq, sse, stream};

use super::super::{Target, outcome};

/// Lines of JSON, as a watch has them.
pub(in super::super) const LINES: Target = Target {
    name: "lines",
    seeds: || lines("", "\n"),
    is_json: false,
    run: |input| {
        let read = |cut| {
            let mut decoder = stream::Decoder::<Event<Service>>::new();
            let items = pieces(input, cut).flat_map(|piece| {
                decoder.push(piece);
                std::iter::from_fn(|| decoder.next()).collect::<Vec<_>>()
            });
            let items: Vec<_> = items.collect();
            (said(&items), said(&[decoder.finish()]))
        };
        same(read)
    },
};

/// Server-sent events.
pub(in super::super) const EVENTS: Target = Target {
    name: "events",
    seeds: || {
        let mut seeds = lines("data: ", "\n\n");
        seeds.push(b"\xEF\xBB\xBF: hello\r\nevent: x\rid: 7\ndata\ndata:one\ndata: two\n\nretry: 99\n\n".to_vec());
        seeds
    },
    is_json: false,
    run: |input| {
        let read = |cut| {
            let mut decoder = sse::Decoder::<sse::Event>::new();
            let items = pieces(input, cut).flat_map(|piece| {
                decoder.push(piece);
                std::iter::from_fn(|| decoder.next()).collect::<Vec<_>>()
            });
            let items: Vec<_> = items.collect();
            let rest = (decoder.last_event_id().to_owned(), decoder.retry());
            (said(&items), rest, said(&[decoder.finish()]))
        };
        same(read)
    },
};

/// JSON text sequences.
pub(in super::super) const RECORDS: Target = Target {
    name: "records",
    seeds: || lines("\u{1e}", "\n"),
    is_json: false,
    run: |input| {
        let read = |cut| {
            let mut decoder = json_seq::Decoder::<Json>::new();
            let items = pieces(input, cut).flat_map(|piece| {
                decoder.push(piece);
                std::iter::from_fn(|| decoder.next()).collect::<Vec<_>>()
            });
            let items: Vec<_> = items.collect();
            (said(&items), said(&[decoder.finish()]))
        };
        same(read)
    },
};

/// The bodies as streams.
fn lines(before: &str, after: &str) -> Vec<Vec<u8>> {
    let bodies = super::bodies().into_iter();
    let one_line = bodies.filter_map(|it| serde_json::from_slice::<serde_json::Value>(&it).ok());
    one_line
        .map(|it| format!("{before}{it}{after}").repeat(2).into_bytes())
        .collect()
}

/// The input cut into pieces of a length.
fn pieces(input: &[u8], length: usize) -> impl Iterator<Item = &[u8]> {
    input.chunks(length)
}

fn said<T: Debug>(items: &[T]) -> Vec<String> {
    items.iter().map(|it| format!("{it:?}")).collect()
}

/// Reads the input in one piece and in small ones.
fn same<T: PartialEq + Debug>(read: impl Fn(usize) -> T) -> Result<u64, String> {
    let whole = read(usize::MAX);
    for cut in [1, 7] {
        let cut_up = read(cut);
        if cut_up != whole {
            return Err(format!("cut up, it is read otherwise\n{whole:?}\n{cut_up:?}"));
        }
    }
    // What items hold is of no interest, only what kinds there are.
    let text = format!("{whole:?}");
    let kinds: String = text.chars().filter(|it| it.is_ascii_uppercase()).take(60).collect();
    Ok(outcome(&kinds))
}
