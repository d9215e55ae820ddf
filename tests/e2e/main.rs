//! The whole life of Services, Endpoints and ConfigMaps, end to end.
//!
//! Each scenario runs against a server in this process that behaves like a Kubernetes API server as
//! far as the scenarios go, and against a real one if `TABLATURE_E2E_SERVER` names it: with the token
//! in `TABLATURE_E2E_TOKEN`, and trusting the authority in the PEM file `TABLATURE_E2E_CA_FILE`, both
//! if needed. Each makes a namespace of its own and removes it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod examples;
mod fake;
mod scenarios;
mod target;
mod world;

/// A test of each scenario against the server in this process, and against the real one.
macro_rules! scenarios {
    ($($name:ident)*) => {
        mod against_a_server_in_this_process {
            $(
                #[test]
                fn $name() {
                    crate::world::run(crate::target::Target::fake(), stringify!($name), crate::scenarios::$name::run);
                }
            )*
        }

        mod against_a_real_server {
            $(
                #[test]
                fn $name() {
                    match crate::target::Target::real() {
                        Some(target) => crate::world::run(target, stringify!($name), crate::scenarios::$name::run),
                        None => println!("skipped: TABLATURE_E2E_SERVER names no server"),
                    }
                }
            )*
        }
    };
}

scenarios! { life lists watches patches applies statuses dry_runs collections config_maps cci endpoints blocking refusals }
