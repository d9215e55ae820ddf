//! What a build script does: a module of the crate that is built, in the folder that cargo gives.

use std::path::Path;

use tablature_codegen::{Generated, Host};

use crate::{Build, Error, Folder, Outcome, Plan, paths, replace};

impl Build {
    /// Emits a module of this name into the folder `OUT_DIR` of a build script. The crate takes it in at its root:
    ///
    /// ```text
    /// include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
    /// ```
    ///
    /// It needs what the emitted code depends on, such as `tablature-runtime` and `serde`; with `has_client` also
    /// `tablature-client`. The outcome has the warnings, and the files that cargo has to watch.
    ///
    /// # Errors
    /// When a document cannot be read or holds errors, or a file cannot be written. The text says all of it.
    pub fn module(mut self, name: &str, has_client: bool, out_dir: &Path) -> Result<Outcome<Generated>, Error> {
        if !tablature_codegen::names::is_module(name) {
            return Err(Error::usage(format!("`{name}` cannot be the name of a module")));
        }
        self.config.host = Some(Host {
            path: format!("crate::{name}"),
            has_client,
        });
        let outcome = self.generate(&mut |_| {})?;
        let Some(generated) = &outcome.emitted else {
            return Err(Error::usage(outcome.rendered(false)));
        };
        let folder = Folder {
            path: out_dir.join(name),
            name: paths::slashed(&out_dir.join(name)),
            is_crate: false,
        };
        Plan::of(&folder, &generated.files)?.write()?;
        // A file that is included cannot begin with attributes of its own, so that one names the other.
        let file = out_dir.join(format!("{name}.rs"));
        // The compiler resolves a relative path again within the module, and would take a document's module for it.
        let root = std::path::absolute(out_dir.join(name).join("mod.rs"));
        let root = root.map_err(|cause| Error::io("read", paths::slashed(out_dir), cause))?;
        let text = format!("#[path = {:?}]\npub mod {name};\n", root.to_string_lossy());
        replace(&file, &text).map_err(|cause| Error::io("write", paths::slashed(&file), cause))?;
        Ok(outcome)
    }
}
