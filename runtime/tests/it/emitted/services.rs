//! The services of the emitted style.

use std::borrow::Borrow;

use tablature_kubernetes::watch::Event;

use super::call::Call;
use super::models::{Patch, Service, ServiceList, ServiceOrStatus};
use super::runtime::auth::{Location, SecurityScheme};
use super::runtime::server::{ServerTemplate, ServerVariable};
use super::runtime::{BodyRule, Documented, Endpoint, Paginated, Pagination, Parts, Watch, Watched, answer};

pub const SECURITY: &[&[SecurityScheme]] = &[&[SecurityScheme::ApiKey {
    name: "userToken",
    location: Location::Header,
    parameter: "X-Auth-Token",
}]];

pub const SERVERS: &[ServerTemplate] = &[ServerTemplate {
    url: "https://cci.{region}.myhuaweicloud.com",
    description: "A region",
    variables: &[ServerVariable {
        name: "region",
        default: "cn-north-4",
        values: &[],
        description: "The region",
    }],
}];

pub enum WriteParameters {}
pub enum ListParameters {}
pub enum NoParameters {}

pub type ReplaceService = Call<endpoint::ReplaceService, WriteParameters>;
pub type PatchService = Call<endpoint::PatchService, WriteParameters>;
pub type ListServices = Call<endpoint::ListServices, ListParameters>;
pub type WatchServices = Call<endpoint::WatchServices, ListParameters>;
pub type ReadService = Call<endpoint::ReadService, NoParameters>;
pub type DeleteService = Call<endpoint::DeleteService, NoParameters>;

impl ReplaceService {
    pub fn new(namespace: impl Into<String>, name: impl Into<String>, body: impl Borrow<Service>) -> Self {
        let mut parts = Parts::new();
        parts.path("namespace", namespace.into());
        parts.path("name", name.into());
        parts.json("application/json", body.borrow());
        Self::start(parts)
    }
}

impl PatchService {
    pub fn new(namespace: impl Into<String>, name: impl Into<String>, patch: impl Into<Patch>) -> Self {
        let mut parts = Parts::new();
        parts.path("namespace", namespace.into());
        parts.path("name", name.into());
        parts.body(&patch.into());
        Self::start(parts)
    }
}

impl ListServices {
    pub fn new(namespace: impl Into<String>) -> Self {
        let mut parts = Parts::new();
        parts.path("namespace", namespace.into());
        Self::start(parts)
    }

    pub fn watch(mut self) -> WatchServices {
        self.parts.query("watch", true);
        Call::start(self.parts)
    }
}

impl ReadService {
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        let mut parts = Parts::new();
        parts.path("namespace", namespace.into());
        parts.path("name", name.into());
        Self::start(parts)
    }
}

impl DeleteService {
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        let mut parts = Parts::new();
        parts.path("namespace", namespace.into());
        parts.path("name", name.into());
        Self::start(parts)
    }
}

impl<O> Call<O, WriteParameters> {
    #[must_use]
    pub fn dry_run(mut self, dry_run: impl Into<DryRun>) -> Self {
        self.parts.query("dryRun", dry_run.into());
        self
    }

    #[must_use]
    pub fn field_manager(mut self, field_manager: impl Into<String>) -> Self {
        self.parts.query("fieldManager", field_manager.into());
        self
    }

    #[must_use]
    pub fn force(mut self, force: impl Into<bool>) -> Self {
        self.parts.query("force", force.into());
        self
    }
}

impl<O> Call<O, ListParameters> {
    #[must_use]
    pub fn limit(mut self, limit: impl Into<i64>) -> Self {
        self.parts.query("limit", limit.into());
        self
    }

    #[must_use]
    pub fn label_selector(mut self, label_selector: impl Into<String>) -> Self {
        self.parts.query("labelSelector", label_selector.into());
        self
    }
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum DryRun {
    All,
    Other(super::runtime::OtherValue),
}

super::runtime::open_enum!(DryRun { All => "All" });

pub mod endpoint {
    use super::{
        BodyRule, Documented, Endpoint, Event, Paginated, Pagination, SecurityScheme, Service, ServiceList,
        ServiceOrStatus, Watch, Watched, answer,
    };

    pub enum ReplaceService {}

    impl Endpoint for ReplaceService {
        const NAME: &'static str = "replaceCoreV1NamespacedService";
        const METHOD: &'static str = "PUT";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services/{name}";
        const DOCUMENTED: &'static [Documented] = &[
            Documented::status(200, "OK"),
            Documented::status(201, "Created"),
            Documented::range(4, "Error"),
            Documented::any("Error"),
        ];
        const SECURITY: &'static [&'static [SecurityScheme]] = super::SECURITY;
        type Answer = answer::Json<Service>;
    }

    pub enum PatchService {}

    impl Endpoint for PatchService {
        const NAME: &'static str = "patchCoreV1NamespacedService";
        const METHOD: &'static str = "PATCH";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services/{name}";
        const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
        const SECURITY: &'static [&'static [SecurityScheme]] = super::SECURITY;
        const BODIES: &'static [BodyRule] = &[
            BodyRule {
                media_type: "application/apply-patch+yaml",
                required: &["fieldManager"],
                forbidden: &[],
            },
            BodyRule {
                media_type: "application/json-patch+json",
                required: &[],
                forbidden: &["force"],
            },
        ];
        type Answer = answer::Json<Service>;
    }

    pub enum ListServices {}

    impl Endpoint for ListServices {
        const NAME: &'static str = "listCoreV1NamespacedService";
        const METHOD: &'static str = "GET";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services";
        const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
        const SECURITY: &'static [&'static [SecurityScheme]] = super::SECURITY;
        type Answer = answer::Json<ServiceList>;
    }

    impl Paginated for ListServices {
        const PAGINATION: Pagination = Pagination {
            limit: "limit",
            token: "continue",
            next: "/metadata/continue",
            items: "/items",
            replaces: &["resourceVersion", "resourceVersionMatch"],
        };
        type Item = Service;
    }

    pub enum WatchServices {}

    impl Endpoint for WatchServices {
        const NAME: &'static str = "listCoreV1NamespacedService";
        const METHOD: &'static str = "GET";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services";
        const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
        const SECURITY: &'static [&'static [SecurityScheme]] = super::SECURITY;
        type Answer = answer::Stream<Event<Service>>;
    }

    impl Watched for WatchServices {
        const WATCH: Watch = Watch {
            switch: Some("watch"),
            version: "resourceVersion",
            bookmarks: Some("allowWatchBookmarks"),
            current: "/metadata/resourceVersion",
            list_omits: &["resourceVersionMatch", "sendInitialEvents", "timeoutSeconds"],
            watch_omits: &["limit", "continue", "resourceVersionMatch", "sendInitialEvents"],
            list: Some(ListServices::PAGINATION),
        };
    }

    pub enum ReadService {}

    impl Endpoint for ReadService {
        const NAME: &'static str = "readCoreV1NamespacedService";
        const METHOD: &'static str = "GET";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services/{name}";
        const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
        const SECURITY: &'static [&'static [SecurityScheme]] = super::SECURITY;
        type Answer = answer::Json<Service>;
    }

    pub enum DeleteService {}

    impl Endpoint for DeleteService {
        const NAME: &'static str = "deleteCoreV1NamespacedService";
        const METHOD: &'static str = "DELETE";
        const PATH: &'static str = "/api/v1/namespaces/{namespace}/services/{name}";
        const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK"), Documented::status(202, "Accepted")];
        const SECURITY: &'static [&'static [SecurityScheme]] = &[];
        type Answer = answer::Json<ServiceOrStatus>;
    }
}
