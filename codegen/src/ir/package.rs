//! The packages that an emitted crate may depend on, and the cargo features that it passes on.

use serde::Serialize;

/// A crate that is not ours, as a manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CrateDependency {
    /// The key of the dependency.
    pub name: String,
    /// What the registry calls it, where that is another name.
    pub package: Option<String>,
    /// The version requirement; none where the workspace around has it.
    pub version: Option<String>,
    /// Its features.
    pub features: Vec<String>,
    /// Whether its default features are left out.
    pub without_default_features: bool,
}

impl CrateDependency {
    /// What the registry calls it.
    pub fn registered(&self) -> &str {
        self.package.as_ref().unwrap_or(&self.name)
    }
}

/// A package of the runtime.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// The package, as a manifest names it.
    pub name: &'static str,
    /// The crate, as a path of `x-rust-type` begins with it.
    pub krate: &'static str,
    /// The folder in `runtime/`.
    pub folder: &'static str,
    /// Features of the emitted crate that turn on the feature of the same name here.
    pub features: &'static [&'static str],
}

/// What every emitted crate stands on; emitted code calls it `runtime`.
pub const CORE: Package = Package {
    name: "tablature-runtime",
    krate: "runtime",
    folder: "core",
    features: &["chrono", "jiff", "pattern"],
};

/// The client, which an emitted crate has behind its feature `client`.
pub const CLIENT: Package = Package {
    name: "tablature-client",
    krate: "client",
    folder: "client",
    features: &["reqwest", "tokio", "tower", "tracing", "ureq"],
};

/// What one family of APIs needs: an emitted crate has it where its documents name a type of it.
pub const FAMILIES: &[Package] = &[
    Package {
        name: "tablature-huawei",
        krate: "tablature_huawei",
        folder: "huawei",
        features: &["client"],
    },
    Package {
        name: "tablature-kubernetes",
        krate: "tablature_kubernetes",
        folder: "kubernetes",
        features: &["client", "kubeconfig"],
    },
];

/// Cargo features of an emitted crate that are about the runtime, so that no API can have them.
pub const RUNTIME_FEATURES: &[&str] = &[
    "chrono",
    "client",
    "jiff",
    "kubeconfig",
    "pattern",
    "reqwest",
    "tokio",
    "tower",
    "tracing",
    "ureq",
];
