//! The objects of a watch as they are now, and waiting for one to be as it should.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_client::Client;
use tablature_client::time::race;
use tablature_runtime::Json;

use super::{Event, Update, Watch, WatchError};

/// The objects of a watch as they are now, by namespace and name.
///
/// ```no_run
/// # async fn example<T>(mut services: tablature_kubernetes::watch::Reflector<T>)
/// # -> Result<(), tablature_kubernetes::watch::WaitError>
/// # where T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static {
/// use std::time::Duration;
///
/// services.wait_until(Duration::from_secs(30), |services| services.get("shop", "web").is_none()).await?;
/// # Ok(())
/// # }
/// ```
pub struct Reflector<T> {
    watch: Watch<T>,
    client: Client,
    store: Store<T>,
}

/// Objects by namespace and name, as a [`Reflector`] keeps them.
#[derive(Clone, Debug)]
pub struct Store<T> {
    objects: BTreeMap<Key, T>,
    /// The list that is being read, which takes the place of the objects once it is complete.
    listing: Option<BTreeMap<Key, T>>,
    is_complete: bool,
}

/// A namespace, empty where there is none, and a name.
type Key = (String, String);

impl<T> Store<T> {
    fn new() -> Self {
        Self {
            objects: BTreeMap::new(),
            listing: None,
            is_complete: false,
        }
    }

    /// The object `name` in `namespace`, which is empty for an object without one.
    #[must_use]
    pub fn get(&self, namespace: &str, name: &str) -> Option<&T> {
        self.objects.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// The objects, sorted by namespace and name.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.objects.values()
    }

    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there is no object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Whether all objects have been listed. It stays so when the watch lists anew: until the new list is complete, the
    /// objects are those of the old one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }
}

impl<T: Serialize> Store<T> {
    fn apply(&mut self, update: Update<T>) {
        match update {
            Update::Restarted { .. } => self.listing = Some(BTreeMap::new()),
            Update::Listed(object) => {
                self.listing.get_or_insert_default().insert(key(&object), object);
            }
            Update::Synced { .. } => {
                self.objects = self.listing.take().unwrap_or_default();
                self.is_complete = true;
            }
            Update::Event(Event::Added(object) | Event::Modified(object)) => {
                self.objects.insert(key(&object), object);
            }
            Update::Event(Event::Deleted(object)) => _ = self.objects.remove(&key(&object)),
            Update::Event(_) => {}
        }
    }
}

fn key(object: &impl Serialize) -> Key {
    let json = Json::from_serialize(object).unwrap_or_default();
    let text = |place| Some(json.get(place)?.as_str()?.into_owned());
    (
        text("/metadata/namespace").unwrap_or_default(),
        text("/metadata/name").unwrap_or_default(),
    )
}

impl<T: Serialize + DeserializeOwned + Send + 'static> Reflector<T> {
    pub(super) fn new(watch: Watch<T>, client: &Client) -> Self {
        Self {
            watch,
            client: client.clone(),
            store: Store::new(),
        }
    }

    /// The objects, as far as they have been told.
    #[must_use]
    pub fn store(&self) -> &Store<T> {
        &self.store
    }

    /// Waits until the watch tells something, and gives the objects as they are then; `None` after an error.
    ///
    /// # Errors
    /// If the watch has come to its end; see [`WatchError`].
    pub async fn next(&mut self) -> Option<Result<&Store<T>, WatchError>> {
        match self.watch.next().await? {
            Ok(update) => {
                self.store.apply(update);
                Some(Ok(&self.store))
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// Waits until all objects have been listed and are as `condition` says, but no longer than `deadline`.
    ///
    /// # Errors
    /// If the deadline passes, or the watch comes to its end.
    pub async fn wait_until(
        &mut self,
        deadline: Duration,
        mut condition: impl FnMut(&Store<T>) -> bool,
    ) -> Result<&Store<T>, WaitError> {
        let client = self.client.clone();
        before(&client, deadline, async {
            while !(self.store.is_complete() && condition(&self.store)) {
                self.next().await.ok_or(WaitError::Ended)??;
            }
            Ok(())
        })
        .await?;
        Ok(&self.store)
    }
}

impl<T> fmt::Debug for Reflector<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reflector")
            .field("objects", &self.store.len())
            .field("is_complete", &self.store.is_complete)
            .finish_non_exhaustive()
    }
}

/// The first object of a watch that is as `condition` says.
pub(super) async fn wait_for<T: DeserializeOwned + Send + 'static>(
    mut watch: Watch<T>,
    client: Client,
    deadline: Duration,
    mut condition: impl FnMut(&T) -> bool,
) -> Result<T, WaitError> {
    before(&client, deadline, async {
        loop {
            match watch.next().await.ok_or(WaitError::Ended)?? {
                Update::Listed(object) | Update::Event(Event::Added(object) | Event::Modified(object))
                    if condition(&object) =>
                {
                    return Ok(object);
                }
                _ => {}
            }
        }
    })
    .await
}

/// What `future` gives, unless it takes too long.
async fn before<T>(
    client: &Client,
    deadline: Duration,
    future: impl Future<Output = Result<T, WaitError>>,
) -> Result<T, WaitError> {
    let mut end = client.time().timeout(deadline);
    race(&mut end, future)
        .await
        .unwrap_or(Err(WaitError::Deadline(deadline)))
}

/// Why what was waited for has not come.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// It took longer than this.
    Deadline(Duration),
    /// The watch has come to its end.
    Watch(WatchError),
    /// The watch had come to its end before.
    Ended,
}

impl From<WatchError> for WaitError {
    fn from(error: WatchError) -> Self {
        Self::Watch(error)
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadline(deadline) => write!(f, "what is waited for has not come within {deadline:?}"),
            Self::Watch(error) => error.fmt(f),
            Self::Ended => f.write_str("the watch has come to its end"),
        }
    }
}

impl std::error::Error for WaitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Watch(error) => Some(error),
            Self::Deadline(_) | Self::Ended => None,
        }
    }
}
