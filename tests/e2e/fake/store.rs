//! What is stored, and what has happened to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::apply::Owners;

/// Where an object is: kind of resource, namespace, name.
pub type Key = (String, String, String);

#[derive(Clone)]
pub struct Stored {
    pub value: Value,
    pub owners: Owners,
}

/// Something that has happened to an object.
#[derive(Clone)]
pub struct Change {
    pub version: u64,
    pub key: Key,
    /// The object before, unless it is new.
    pub before: Option<Value>,
    /// The object after, unless it is gone.
    pub after: Option<Value>,
}

pub struct State {
    pub version: u64,
    pub objects: BTreeMap<Key, Stored>,
    pub changes: Vec<Change>,
    pub namespaces: BTreeSet<String>,
    addresses: u32,
}

pub struct Store {
    state: Mutex<State>,
    changed: Condvar,
}

impl Store {
    pub fn new() -> Self {
        let mut state = State {
            version: 100,
            objects: BTreeMap::new(),
            changes: Vec::new(),
            namespaces: BTreeSet::from(["default".to_owned()]),
            addresses: 0,
        };
        let key = ("services".to_owned(), "default".to_owned(), "kubernetes".to_owned());
        let value = json!({
            "kind": "Service", "apiVersion": "v1",
            "metadata": {"name": "kubernetes", "namespace": "default"},
            "spec": {"ports": [{"name": "https", "port": 443}]},
        });
        state.put(key, value, Owners::default());
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Lets those know who wait for a change.
    pub fn tell(&self) {
        self.changed.notify_all();
    }

    /// The changes after a version, once there are any, or none if `end` comes first.
    pub fn changes_after(&self, version: u64, end: Instant) -> Vec<Change> {
        let mut state = self.state();
        loop {
            let changes: Vec<_> = state
                .changes
                .iter()
                .filter(|change| change.version > version)
                .cloned()
                .collect();
            let left = end.saturating_duration_since(Instant::now());
            if !changes.is_empty() || left.is_zero() {
                return changes;
            }
            let wait = left.min(Duration::from_millis(500));
            state = self.changed.wait_timeout(state, wait).unwrap().0;
        }
    }
}

impl State {
    /// An address of the cluster that nobody else has.
    pub fn address(&mut self) -> String {
        self.addresses += 1;
        format!("10.96.{}.{}", self.addresses / 250, self.addresses % 250 + 1)
    }

    /// Stores an object under a new version, unless nothing of it has changed.
    pub fn put(&mut self, key: Key, mut value: Value, owners: Owners) -> Value {
        let before = self.objects.get(&key).map(|stored| stored.value.clone());
        if before.as_ref() == Some(&value) {
            self.objects.insert(
                key,
                Stored {
                    value: value.clone(),
                    owners,
                },
            );
            return value;
        }
        self.version += 1;
        value["metadata"]["resourceVersion"] = self.version.to_string().into();
        if value["metadata"]["uid"].is_null() {
            value["metadata"]["uid"] = format!("00000000-0000-4000-8000-{:012}", self.version).into();
            value["metadata"]["creationTimestamp"] = "2026-01-02T03:04:05Z".into();
        }
        let stored = Stored {
            value: value.clone(),
            owners,
        };
        self.objects.insert(key.clone(), stored);
        self.changes.push(Change {
            version: self.version,
            key,
            before,
            after: Some(value.clone()),
        });
        value
    }

    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        let mut before = self.objects.remove(key)?.value;
        self.version += 1;
        before["metadata"]["resourceVersion"] = self.version.to_string().into();
        self.changes.push(Change {
            version: self.version,
            key: key.clone(),
            before: Some(before.clone()),
            after: None,
        });
        Some(before)
    }
}
