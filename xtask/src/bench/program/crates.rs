//! The programs that are built: with the emitted client, and with kube.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::Place;
use super::super::measure::succeed;
use tablature::Error;

/// A program of one package, written into the folder of builds.
#[derive(Debug)]
pub(in super::super) struct Program {
    /// What a person calls it.
    pub name: &'static str,
    /// The package and its binary.
    package: &'static str,
    /// The lines of its dependencies; `{root}` is this repository.
    dependencies: &'static [&'static str],
    source: &'static str,
}

const TOKIO: &str = r#"tokio = { version = "1", features = ["macros", "rt-multi-thread", "time"] }"#;
const STATS_ALLOC: &str = r#"stats_alloc = "0.1""#;
const K8S_OPENAPI: &str = r#"k8s-openapi = { version = "0.29", features = ["v1_36"] }"#;
const REQWEST: &str =
    r#"tablature-apis = { path = "{root}/generated", features = ["kubeconfig", "openshift-services", "reqwest"] }"#;
const UREQ: &str =
    r#"tablature-apis = { path = "{root}/generated", features = ["kubeconfig", "openshift-services", "ureq"] }"#;

/// Programs that list Services.
pub(super) const LISTS: [Program; 3] = [
    Program {
        name: "tablature, reqwest",
        package: "list-reqwest",
        dependencies: &[REQWEST, TOKIO],
        source: include_str!("../../../../benches/programs/list_reqwest.rs"),
    },
    Program {
        name: "tablature, ureq",
        package: "list-ureq",
        dependencies: &[UREQ],
        source: include_str!("../../../../benches/programs/list_ureq.rs"),
    },
    Program {
        name: "kube",
        package: "list-kube",
        dependencies: &[
            r#"kube = { version = "5", default-features = false, features = ["client", "ring", "rustls-tls"] }"#,
            K8S_OPENAPI,
            TOKIO,
        ],
        source: include_str!("../../../../benches/programs/list_kube.rs"),
    },
];

/// Programs that keep a watch, or send many requests at once.
pub(in super::super) const LOADS: [Program; 2] = [
    Program {
        name: "tablature",
        package: "load-tablature",
        dependencies: &[REQWEST, STATS_ALLOC, TOKIO],
        source: include_str!("../../../../benches/programs/load_tablature.rs"),
    },
    Program {
        name: "kube",
        package: "load-kube",
        dependencies: &[
            r#"futures = "0.3""#,
            r#"kube = { version = "5", default-features = false, features = ["client", "ring", "runtime", "rustls-tls"] }"#,
            K8S_OPENAPI,
            STATS_ALLOC,
            TOKIO,
        ],
        source: include_str!("../../../../benches/programs/load_kube.rs"),
    },
];

/// The module that programs under load print their memory with.
const MEMORY: &str = include_str!("../../../../benches/programs/memory.rs");

impl Program {
    /// Writes the package, and fetches what it depends on.
    pub(in super::super) fn write(&self, place: &Place) -> Result<(), Error> {
        let folder = self.folder(place);
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).map_err(|cause| Error::io("write", file.to_string_lossy(), cause))
        };
        let source = folder.join("src");
        fs::create_dir_all(&source).map_err(|cause| Error::io("write", source.to_string_lossy(), cause))?;
        write("Cargo.toml", &self.manifest(&place.root))?;
        write("src/main.rs", self.source)?;
        write("src/memory.rs", MEMORY)?;
        // The versions of dependencies that the workspace has.
        let lock = place.root.join("Cargo.lock");
        fs::copy(&lock, folder.join("Cargo.lock")).map_err(|cause| Error::io("read", lock.to_string_lossy(), cause))?;
        succeed(self.cargo(place, "fetch").arg("--quiet")).map(drop)
    }

    fn manifest(&self, root: &Path) -> String {
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n",
            self.package,
            // A path with backslashes would not be one in TOML.
            self.dependencies
                .join("\n")
                .replace("{root}", &root.to_string_lossy().replace('\\', "/")),
        )
    }

    /// A command of cargo on the package, which builds into a folder of its own.
    pub(in super::super) fn cargo(&self, place: &Place, command: &str) -> Command {
        let mut cargo = place.cargo();
        cargo.current_dir(self.folder(place)).arg(command);
        cargo
            .env("CARGO_TARGET_DIR", self.builds(place))
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// How many packages a build takes, this one included.
    pub(super) fn crates(&self, place: &Place) -> Result<usize, Error> {
        let mut tree = self.cargo(place, "tree");
        tree.args(["--offline", "--edges", "normal,build", "--prefix", "none"]);
        Ok(packages(&succeed(&mut tree)?))
    }

    /// The folder that cargo builds it in.
    pub(super) fn builds(&self, place: &Place) -> PathBuf {
        self.folder(place).join("target")
    }

    /// The binary of the release build.
    pub(in super::super) fn binary(&self, place: &Place) -> PathBuf {
        let name = format!("{}{}", self.package, std::env::consts::EXE_SUFFIX);
        self.builds(place).join("release").join(name)
    }

    fn folder(&self, place: &Place) -> PathBuf {
        place.target.join("bench/programs").join(self.package)
    }
}

/// The packages that `cargo tree` lists, each once.
fn packages(listed: &str) -> usize {
    let name_and_version = |line: &str| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    };
    listed
        .lines()
        .filter_map(name_and_version)
        .collect::<BTreeSet<_>>()
        .len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_count_once() {
        let listed = "list v0.1.0 (/project)\nserde v1.0.0\nserde v1.0.0 (*)\nserde v2.0.0\nsyn v2.0.0 (proc-macro)\n";
        assert_eq!(packages(listed), 4);
    }

    #[test]
    fn manifests_name_this_repository() {
        let manifest = LISTS[0].manifest(Path::new("/project"));
        assert!(manifest.contains(r#"path = "/project/generated""#), "{manifest}");
        assert!(!LISTS[2].manifest(Path::new("/project")).contains("tablature"));
    }
}
