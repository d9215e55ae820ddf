//! Paths as text: relative from one folder to another, with `/` on every system.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The absolute path without links of what may not exist yet.
///
/// The part that exists is asked of the file system, the rest is taken as it is written.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut missing = Vec::new();
    let mut existing = path;
    loop {
        match existing.canonicalize() {
            Ok(base) => return Ok(append(base, missing.iter().rev())),
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            Err(cause) => {
                let last = existing.components().next_back().ok_or(cause)?;
                missing.push(last);
                existing = existing.parent().unwrap_or(Path::new(""));
            }
        }
    }
}

fn append<'a>(mut base: PathBuf, rest: impl Iterator<Item = &'a Component<'a>>) -> PathBuf {
    for component in rest {
        match component {
            Component::ParentDir => {
                base.pop();
            }
            Component::CurDir => {}
            other => base.push(other),
        }
    }
    base
}

/// The way from the folder `from` to `to`, both as [`resolve`] gives them.
///
/// Stays absolute where there is no way (two drives of Windows).
pub fn relative(from: &Path, to: &Path) -> String {
    let from: Vec<_> = from.components().collect();
    let steps: Vec<_> = to.components().collect();
    let shared = from.iter().zip(&steps).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return slashed(to);
    }
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = steps
        .iter()
        .skip(shared)
        .map(|step| step.as_os_str().to_string_lossy().into_owned());
    let way: Vec<_> = up.chain(down).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

/// The path as text with `/` between its parts.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_folders() {
        for (from, to, way) in [
            ("/a/b", "/a/b/c", "c"),
            ("/a/b", "/a/c", "../c"),
            ("/a/b/c", "/a", "../.."),
            ("/a", "/a", "."),
            ("/a", "/b/c", "../b/c"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way, "{from} to {to}");
        }
    }

    #[test]
    fn what_does_not_exist_is_resolved_from_what_does() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let resolved = resolve(&here.join("src/no/../such/./folder")).ok();
        let expected = here.canonicalize().ok().map(|here| here.join("src/such/folder"));
        assert_eq!(resolved, expected);
    }
}
