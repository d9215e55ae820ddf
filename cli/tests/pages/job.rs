//! The job that `init --pages` writes: its scripts against a repository and a site that changes.

use std::fs;

use super::server::{said, tablature};
use super::{PAGE, followed};

/// The scripts of the job that `init --pages` writes, but for the one that installs the command.
fn scripts(workflow: &str) -> Vec<String> {
    let mut scripts: Vec<String> = Vec::new();
    let mut indented = None;
    for line in workflow.lines() {
        let bare = line.trim_start();
        let depth = line.len() - bare.len();
        match bare.trim_start_matches("- ").strip_prefix("run: ") {
            Some("|") => {
                scripts.push(String::new());
                indented = Some(depth);
            }
            Some(script) => scripts.push(script.to_owned()),
            None if indented.is_some_and(|it| depth > it) => {
                scripts.last_mut().unwrap().extend([bare, "\n"]);
            }
            None => indented = None,
        }
    }
    scripts.retain(|it| !it.starts_with("cargo install"));
    scripts
}

#[test]
#[cfg(unix)]
fn the_job_on_a_timer_opens_one_pull_request() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let (folder, site) = followed();
    let path = folder.path();
    assert!(said(&tablature(path, &["init", "--pages"])).starts_with("Some(0)"));
    assert!(said(&tablature(path, &["init", "--pages"])).contains("kept       .github/workflows/pages.yml"));
    let scripts = scripts(&fs::read_to_string(path.join(".github/workflows/pages.yml")).unwrap());
    assert_eq!(scripts.len(), 2, "{scripts:?}");
    let (update, propose) = (&scripts[0], &scripts[1]);
    // The service that opens pull requests, as far as the job uses it.
    let (programs, asked) = (path.join("target/bin"), path.join("target/asked"));
    fs::create_dir_all(&programs).unwrap();
    fs::write(programs.join("gh"), "#!/bin/sh\necho \"$@\" >> target/asked\n").unwrap();
    fs::set_permissions(programs.join("gh"), fs::Permissions::from_mode(0o755)).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_tablature"), programs.join("tablature")).unwrap();
    let shell = |script: &str| {
        let search = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command
            .args(["-e", "-c", script])
            .current_dir(path)
            .env("PATH", search)
            .env("GITHUB_OUTPUT", path.join("target/output"))
            .env("SSL_CERT_FILE", path.join("ca.pem"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{script}: {}", said(&output));
    };
    let output = || fs::read_to_string(path.join("target/output")).unwrap_or_default();
    fs::write(path.join(".gitignore"), "/target/\n").unwrap();
    shell("git init -q -b main . && git init -q --bare target/origin && git remote add origin target/origin");
    shell("git add -A && git -c user.name=a -c user.email=a@localhost commit -qm one");

    shell(update);
    assert_eq!(output(), "");
    let less = PAGE.replace("|labels|否|Map<String,String>|Notes.|\n", "");
    site.put("/lamp", "200 OK", &[("etag", "\"two\"")], &less);
    shell(update);
    assert_eq!(output(), "differs=1\n");
    shell(propose);
    shell("git diff --quiet main pages -- report.md && ! git diff --quiet main origin/pages -- schema/lamps.json");
    // The next week nothing is pushed to the branch, nor proposed again.
    shell("git switch -q main");
    shell(propose);
    let proposed = fs::read_to_string(asked).unwrap();
    assert_eq!(
        proposed,
        "pr create --head pages --title Follow the documentation --body-file report.md\n"
    );
}
