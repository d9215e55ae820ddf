//! Operations that are served elsewhere than their API: never sent to a host that nobody named.

use tablature_client::Client;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::retry::RetryPolicy;
use tablature_runtime::Error as CallError;
use tablature_runtime::auth::{Location, SecurityScheme};
use tablature_runtime::operation::Builder;
use tablature_runtime::server::{ServerTemplate, ServerVariable};
use tablature_runtime::{Credential, Documented, Endpoint, Json, Operation, Paginated, Pagination, Parts, answer};

use crate::send::{by_each, errors, run, time};
use crate::server::{Server, json};

const UPLOADS: &[ServerTemplate] = &[
    ServerTemplate {
        url: "http://{host}:1/uploads",
        description: "For large files",
        variables: &[ServerVariable {
            name: "host",
            default: "127.0.0.1",
            values: &[],
            description: "",
        }],
    },
    ServerTemplate {
        url: "https://uploads.example.com",
        description: "",
        variables: &[],
    },
];

const RELATIVE: &[ServerTemplate] = &[ServerTemplate {
    url: "/v2",
    description: "",
    variables: &[],
}];

struct Call<E>(Parts, std::marker::PhantomData<E>);

fn call<E>() -> Call<E> {
    Call(Parts::new(), std::marker::PhantomData)
}

impl<E: Endpoint> Builder for Call<E> {
    type Endpoint = E;

    fn parts(&self) -> &Parts {
        &self.0
    }
}

macro_rules! endpoint {
    ($name:ident, $servers:expr) => {
        #[derive(Debug)]
        enum $name {}

        impl Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const METHOD: &'static str = "GET";
            const PATH: &'static str = "/assets";
            const DOCUMENTED: &'static [Documented] = &[];
            const SECURITY: &'static [&'static [SecurityScheme]] = &[&[SecurityScheme::ApiKey {
                name: "key",
                location: Location::Header,
                parameter: "X-Key",
            }]];
            const SERVERS: &'static [ServerTemplate] = $servers;
            type Answer = answer::Json<Json>;
        }

        impl Paginated for $name {
            const PAGINATION: Pagination = Pagination {
                limit: "limit",
                token: "after",
                next: "/next",
                items: "/items",
                replaces: &[],
            };
            type Item = Json;
        }
    };
}

endpoint!(Plain, &[]);
endpoint!(Upload, UPLOADS);
endpoint!(Moved, RELATIVE);

fn server() -> Server {
    Server::new(|_| json(200, r#"{"items":[1]}"#))
}

#[test]
fn without_a_server_of_its_own_nothing_is_sent() {
    for (error, server) in errors(&call::<Upload>(), server, |it| {
        it.credential(Credential::token("t0ken"))
    }) {
        assert!(matches!(error, Error::Call(CallError::Request(_))));
        let text = error.to_string();
        for part in [
            "http://{host}:1/uploads",
            "https://uploads.example.com",
            "server_for",
            "documented_servers",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert_eq!(server.connections(), 0);
    }
}

#[test]
fn a_named_server_gets_its_operations_and_the_credential() {
    let uploads = server();
    let named = || tablature_runtime::Server::new(&format!("{}/prefix", uploads.url())).unwrap();
    let set = |it: tablature_client::ClientBuilder| {
        it.credential(Credential::token("t0ken"))
            .server_for(Call::<Upload>::SERVERS, named())
    };
    for (outcome, api) in by_each(&call::<Upload>(), server, set) {
        outcome.unwrap();
        assert_eq!(api.connections(), 0);
    }
    for seen in uploads.seen() {
        assert_eq!(seen.target, "/prefix/assets");
        assert_eq!(seen.header("x-key"), Some("t0ken"));
    }
    assert_eq!(uploads.seen().len(), 2);
    for (outcome, api) in by_each(&call::<Plain>(), server, set) {
        outcome.unwrap();
        assert_eq!(api.seen().len(), 1);
    }
    assert_eq!(uploads.seen().len(), 2);
}

#[test]
fn the_last_name_counts_and_an_empty_list_is_the_api() {
    let (first, last, api) = (server(), server(), server());
    let at = |it: &Server| tablature_runtime::Server::new(&it.url()).unwrap();
    let client = first
        .client()
        .server_for(UPLOADS, at(&first))
        .server_for(UPLOADS, at(&last))
        .server_for(Call::<Plain>::SERVERS, at(&api))
        .ureq_with(time())
        .unwrap();
    call::<Upload>().send_blocking(&client).unwrap();
    call::<Plain>().send_blocking(&client).unwrap();
    assert_eq!((first.seen().len(), last.seen().len(), api.seen().len()), (0, 1, 1));
}

#[test]
fn documented_servers_are_taken_only_when_asked_for() {
    let api = server();
    let client = api.client().retry(RetryPolicy::none()).documented_servers();
    let client = client.ureq_with(time()).unwrap();
    let error = call::<Upload>().send_blocking(&client).unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(
        error.to_string().contains("http://127.0.0.1:1/uploads/assets"),
        "{error}"
    );
    let error = call::<Moved>().send_blocking(&client).unwrap_err().to_string();
    assert!(error.contains("at `/v2`") && error.contains("server_for"), "{error}");
    assert_eq!(api.connections(), 0);
}

#[test]
fn pages_go_where_their_operation_goes() {
    let (api, lists) = (server(), server());
    let client: Client = api.client().reqwest_with(time()).unwrap();
    let mut pages = call::<Upload>().pages(&client);
    let page = run(std::future::poll_fn(|context| {
        futures_core::Stream::poll_next(std::pin::Pin::new(&mut pages), context)
    }));
    assert!(matches!(page, Some(Err(Error::Call(CallError::Request(_))))));
    let named = tablature_runtime::Server::new(&lists.url()).unwrap();
    let client = api.client().server_for(UPLOADS, named).ureq_with(time()).unwrap();
    assert!(call::<Upload>().pages_blocking(&client).all(|it| it.is_ok()));
    assert_eq!((api.connections(), lists.seen().len()), (0, 1));
}

#[test]
fn the_server_of_the_api_may_be_a_documented_one() {
    let base = tablature_runtime::Server::new("http://127.0.0.1:1/uploads/").unwrap();
    let client = Client::builder(base)
        .retry(RetryPolicy::none())
        .ureq_with(time())
        .unwrap();
    let error = call::<Upload>().send_blocking(&client).unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}
