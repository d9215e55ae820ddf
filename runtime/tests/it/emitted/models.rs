//! The models of the emitted style.

use std::collections::BTreeMap;

use tablature_kubernetes::Status;
use tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};

use super::runtime::body::{self, BodyError, RequestBody};
use super::runtime::bytes::Bytes;
use super::runtime::model::{Blank, Member, Model, ReadMember, Unknown, WriteMembers};
use super::runtime::patch::{JsonPatch, MergePatch};
use super::runtime::serde::{Serialize, Serializer};
use super::runtime::union::Union;
use super::runtime::{self, Json, OtherValue, json};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    pub api_version: Option<String>,
    pub kind: Option<String>,
    pub metadata: Option<ObjectMeta>,
    pub spec: Option<ServiceSpec>,
    pub status: Option<Json>,
    unknown: Unknown,
}

impl Service {
    #[must_use]
    pub fn metadata(mut self, metadata: impl Into<ObjectMeta>) -> Self {
        self.metadata = Some(metadata.into());
        self
    }

    #[must_use]
    pub fn spec(mut self, spec: impl Into<ServiceSpec>) -> Self {
        self.spec = Some(spec.into());
        self
    }
}

impl Model for Service {
    const NAME: &'static str = "Service";
    const MEMBERS: &'static [Member] = &[
        Member::optional("apiVersion"),
        Member::optional("kind"),
        Member::optional("metadata"),
        Member::optional("spec"),
        Member::optional("status"),
    ];
    const BODY_DEFAULTS: &'static [(&'static str, &'static str)] = &[("apiVersion", "v1"), ("kind", "Service")];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.api_version),
            1 => value.optional(&mut self.kind),
            2 => value.optional(&mut self.metadata),
            3 => value.optional(&mut self.spec),
            _ => value.optional(&mut self.status),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("apiVersion", &self.api_version);
        to.optional("kind", &self.kind);
        to.optional("metadata", &self.metadata);
        to.optional("spec", &self.spec);
        to.optional("status", &self.status);
    }
}

runtime::model!(Service);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectMeta {
    pub annotations: Option<BTreeMap<String, String>>,
    pub creation_timestamp: Option<String>,
    pub generation: Option<i64>,
    pub labels: Option<BTreeMap<String, String>>,
    pub managed_fields: Option<Vec<ManagedFieldsEntry>>,
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub resource_version: Option<String>,
    pub uid: Option<String>,
    unknown: Unknown,
}

impl ObjectMeta {
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Model for ObjectMeta {
    const NAME: &'static str = "ObjectMeta";
    const MEMBERS: &'static [Member] = &[
        Member::optional("annotations"),
        Member::optional("creationTimestamp"),
        Member::optional("generation"),
        Member::optional("labels"),
        Member::optional("managedFields"),
        Member::optional("name"),
        Member::optional("namespace"),
        Member::optional("resourceVersion"),
        Member::optional("uid"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.annotations),
            1 => value.optional(&mut self.creation_timestamp),
            2 => value.optional(&mut self.generation),
            3 => value.optional(&mut self.labels),
            4 => value.optional(&mut self.managed_fields),
            5 => value.optional(&mut self.name),
            6 => value.optional(&mut self.namespace),
            7 => value.optional(&mut self.resource_version),
            _ => value.optional(&mut self.uid),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("annotations", &self.annotations);
        to.optional("creationTimestamp", &self.creation_timestamp);
        to.optional("generation", &self.generation);
        to.optional("labels", &self.labels);
        to.optional("managedFields", &self.managed_fields);
        to.optional("name", &self.name);
        to.optional("namespace", &self.namespace);
        to.optional("resourceVersion", &self.resource_version);
        to.optional("uid", &self.uid);
    }
}

runtime::model!(ObjectMeta);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManagedFieldsEntry {
    pub api_version: Option<String>,
    pub fields_type: Option<String>,
    pub fields_v1: Option<Json>,
    pub manager: Option<String>,
    pub operation: Option<String>,
    pub time: Option<String>,
    unknown: Unknown,
}

impl Model for ManagedFieldsEntry {
    const NAME: &'static str = "ManagedFieldsEntry";
    const MEMBERS: &'static [Member] = &[
        Member::optional("apiVersion"),
        Member::optional("fieldsType"),
        Member::optional("fieldsV1"),
        Member::optional("manager"),
        Member::optional("operation"),
        Member::optional("time"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.api_version),
            1 => value.optional(&mut self.fields_type),
            2 => value.optional(&mut self.fields_v1),
            3 => value.optional(&mut self.manager),
            4 => value.optional(&mut self.operation),
            _ => value.optional(&mut self.time),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("apiVersion", &self.api_version);
        to.optional("fieldsType", &self.fields_type);
        to.optional("fieldsV1", &self.fields_v1);
        to.optional("manager", &self.manager);
        to.optional("operation", &self.operation);
        to.optional("time", &self.time);
    }
}

runtime::model!(ManagedFieldsEntry);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceSpec {
    pub cluster_ip: Option<String>,
    pub cluster_ips: Option<Vec<String>>,
    pub ip_families: Option<Vec<String>>,
    pub ports: Option<Vec<ServicePort>>,
    pub selector: Option<BTreeMap<String, String>>,
    pub session_affinity: Option<String>,
    pub type_: Option<String>,
    pub weight: Option<f64>,
    unknown: Unknown,
}

impl ServiceSpec {
    #[must_use]
    pub fn ports(mut self, ports: impl Into<Vec<ServicePort>>) -> Self {
        self.ports = Some(ports.into());
        self
    }
}

impl Model for ServiceSpec {
    const NAME: &'static str = "ServiceSpec";
    const MEMBERS: &'static [Member] = &[
        Member::optional("clusterIP"),
        Member::optional("clusterIPs"),
        Member::optional("ipFamilies"),
        Member::optional("ports"),
        Member::optional("selector"),
        Member::optional("sessionAffinity"),
        Member::optional("type"),
        Member::optional("weight"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.cluster_ip),
            1 => value.optional(&mut self.cluster_ips),
            2 => value.optional(&mut self.ip_families),
            3 => value.optional(&mut self.ports),
            4 => value.optional(&mut self.selector),
            5 => value.optional(&mut self.session_affinity),
            6 => value.optional(&mut self.type_),
            _ => value.optional(&mut self.weight),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("clusterIP", &self.cluster_ip);
        to.optional("clusterIPs", &self.cluster_ips);
        to.optional("ipFamilies", &self.ip_families);
        to.optional("ports", &self.ports);
        to.optional("selector", &self.selector);
        to.optional("sessionAffinity", &self.session_affinity);
        to.optional("type", &self.type_);
        to.optional("weight", &self.weight);
    }
}

runtime::model!(ServiceSpec);

#[derive(Clone, Debug, PartialEq)]
pub struct ServicePort {
    pub app_protocol: Option<String>,
    pub name: Option<String>,
    pub port: i32,
    pub protocol: Option<ServicePortProtocol>,
    pub target_port: Option<IntOrString>,
    unknown: Unknown,
}

impl ServicePort {
    pub fn new(port: impl Into<i32>) -> Self {
        Self {
            app_protocol: None,
            name: None,
            port: port.into(),
            protocol: None,
            target_port: None,
            unknown: Unknown::default(),
        }
    }

    #[must_use]
    pub fn protocol(mut self, protocol: impl Into<ServicePortProtocol>) -> Self {
        self.protocol = Some(protocol.into());
        self
    }
}

impl Blank for ServicePort {
    fn blank() -> Self {
        Self::new(0)
    }
}

impl Model for ServicePort {
    const NAME: &'static str = "ServicePort";
    const MEMBERS: &'static [Member] = &[
        Member::optional("appProtocol"),
        Member::optional("name"),
        Member::required("port"),
        Member::optional("protocol"),
        Member::optional("targetPort"),
    ];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.app_protocol),
            1 => value.optional(&mut self.name),
            2 => value.required(&mut self.port),
            3 => value.optional(&mut self.protocol),
            _ => value.optional(&mut self.target_port),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("appProtocol", &self.app_protocol);
        to.optional("name", &self.name);
        to.required("port", &self.port);
        to.optional("protocol", &self.protocol);
        to.optional("targetPort", &self.target_port);
    }
}

runtime::model!(ServicePort);

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ServicePortProtocol {
    Tcp,
    Udp,
    Sctp,
    Other(OtherValue),
}

runtime::open_enum!(ServicePortProtocol {
    Tcp => "TCP",
    Udp => "UDP",
    Sctp => "SCTP",
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum IntOrString {
    Integer(i32),
    String(String),
    Other(Json),
}

impl Union for IntOrString {
    fn read(value: Json) -> Result<Self, json::Error> {
        match value.kind() {
            json::Kind::Integer => Ok(value.variant(Self::Integer, Self::Other)),
            json::Kind::String => value.decode().map(Self::String),
            _ => Ok(Self::Other(value)),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

runtime::union!(IntOrString);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ServiceOrStatus {
    Service(Box<Service>),
    Status(Box<Status>),
    Other(Json),
}

impl Union for ServiceOrStatus {
    fn read(value: Json) -> Result<Self, json::Error> {
        match value.tag("kind").as_deref() {
            Some("Service") | None => value.decode().map(Self::Service),
            Some("Status") => value.decode().map(Self::Status),
            _ => Ok(Self::Other(value)),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Service(value) => value.serialize(serializer),
            Self::Status(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

runtime::union!(ServiceOrStatus);

#[derive(Clone, Debug, PartialEq)]
pub struct ServiceList {
    pub items: Vec<Service>,
    pub metadata: Option<ListMeta>,
    unknown: Unknown,
}

impl ServiceList {
    pub fn new(items: impl Into<Vec<Service>>) -> Self {
        Self {
            items: items.into(),
            metadata: None,
            unknown: Unknown::default(),
        }
    }
}

impl Blank for ServiceList {
    fn blank() -> Self {
        Self::new(Vec::new())
    }
}

impl Model for ServiceList {
    const NAME: &'static str = "ServiceList";
    const MEMBERS: &'static [Member] = &[Member::required("items"), Member::optional("metadata")];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.required_or_empty(&mut self.items),
            _ => value.optional(&mut self.metadata),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.required("items", &self.items);
        to.optional("metadata", &self.metadata);
    }
}

runtime::model!(ServiceList);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMeta {
    pub continue_: Option<String>,
    pub remaining_item_count: Option<u64>,
    unknown: Unknown,
}

impl Model for ListMeta {
    const NAME: &'static str = "ListMeta";
    const MEMBERS: &'static [Member] = &[Member::optional("continue"), Member::optional("remainingItemCount")];

    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error> {
        match member {
            0 => value.optional(&mut self.continue_),
            _ => value.optional(&mut self.remaining_item_count),
        }
    }

    fn write<W: WriteMembers>(&self, to: &mut W) {
        to.optional("continue", &self.continue_);
        to.optional("remainingItemCount", &self.remaining_item_count);
    }
}

runtime::model!(ListMeta);

#[derive(Clone, Debug, PartialEq)]
pub enum Patch {
    JsonPatch(JsonPatch),
    MergePatch(MergePatch),
    StrategicMergePatch(StrategicMergePatch),
    ApplyPatch(ApplyPatch),
}

impl RequestBody for Patch {
    fn media_type(&self) -> &'static str {
        match self {
            Self::JsonPatch(_) => "application/json-patch+json",
            Self::MergePatch(_) => "application/merge-patch+json",
            Self::StrategicMergePatch(_) => "application/strategic-merge-patch+json",
            Self::ApplyPatch(_) => "application/apply-patch+yaml",
        }
    }

    fn encode(&self) -> Result<Bytes, BodyError> {
        match self {
            Self::JsonPatch(patch) => body::json(patch),
            Self::MergePatch(patch) => body::json(patch),
            Self::StrategicMergePatch(patch) => body::json(patch),
            Self::ApplyPatch(patch) => body::json(patch),
        }
    }
}

impl From<JsonPatch> for Patch {
    fn from(patch: JsonPatch) -> Self {
        Self::JsonPatch(patch)
    }
}

impl From<MergePatch> for Patch {
    fn from(patch: MergePatch) -> Self {
        Self::MergePatch(patch)
    }
}

impl From<StrategicMergePatch> for Patch {
    fn from(patch: StrategicMergePatch) -> Self {
        Self::StrategicMergePatch(patch)
    }
}

impl From<ApplyPatch> for Patch {
    fn from(patch: ApplyPatch) -> Self {
        Self::ApplyPatch(patch)
    }
}
