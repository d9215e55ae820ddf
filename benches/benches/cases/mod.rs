//! What is measured: each task as we do it, as its peers do it, and as the least code does it.

// Each of the benches that share this module uses a part of it.
#![allow(dead_code)]

mod floor;
mod ours;
#[cfg(feature = "peers")]
mod peers;

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Text into a list of Services.
    Decode,
    /// A list of Services into text.
    Encode,
    /// Lines of a watch into events.
    Watch,
    /// A list request with two parameters.
    Request,
    /// A patch request with its body.
    Patch,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The emitted crate and its runtime.
    Tablature,
    /// The types of k8s-openapi, by serde_json.
    #[cfg(feature = "peers")]
    K8sOpenapi,
    /// kube-core, with the types of k8s-openapi.
    #[cfg(feature = "peers")]
    KubeCore,
    /// The least code that reads or sends as much: it keeps nothing, checks no more than the syntax, sends no header that
    /// it need not.
    Floor,
}

/// A task, who does it, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub task: Task,
    pub who: Who,
    pub items: usize,
}

/// A case with its input, ready to be run any number of times.
pub struct Ready {
    /// How many bytes a run reads or writes.
    pub bytes: usize,
    /// Does the task for all items, and drops the result.
    pub run: Box<dyn Fn()>,
    /// Does the task for all items.
    pub result: Box<dyn Fn() -> Box<dyn Any>>,
}

impl Task {
    /// How it is named in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode a ServiceList",
            Self::Encode => "encode a ServiceList",
            Self::Watch => "decode watch events",
            Self::Request => "build a list request",
            Self::Patch => "build a patch request",
        }
    }

    /// Who does it, each for so many items.
    pub fn cases(self, items: &[usize]) -> Vec<Case> {
        let who: &[Who] = match self {
            Self::Decode => &[
                Who::Tablature,
                #[cfg(feature = "peers")]
                Who::K8sOpenapi,
                Who::Floor,
            ],
            Self::Encode => &[
                Who::Tablature,
                #[cfg(feature = "peers")]
                Who::K8sOpenapi,
            ],
            Self::Watch | Self::Request | Self::Patch => &[
                Who::Tablature,
                #[cfg(feature = "peers")]
                Who::KubeCore,
                Who::Floor,
            ],
        };
        let case = |items: usize| who.iter().map(move |who| (items, *who));
        let case = items.iter().flat_map(|items| case(*items));
        case.map(|(items, who)| Case { task: self, who, items }).collect()
    }
}

/// All tasks; lists have `items` Services, requests are built once.
pub fn all(items: &[usize]) -> Vec<Case> {
    let mut cases = Vec::new();
    for task in [Task::Decode, Task::Encode, Task::Watch, Task::Request, Task::Patch] {
        let items = match task {
            Task::Request | Task::Patch => &[1],
            Task::Watch => items.get(..1).unwrap_or(items),
            Task::Decode | Task::Encode => items,
        };
        cases.extend(task.cases(items));
    }
    cases
}

impl Case {
    /// Makes the input.
    pub fn prepare(self) -> Ready {
        let Self { task, who, items } = self;
        match who {
            Who::Tablature => ours::prepare(task, items),
            #[cfg(feature = "peers")]
            Who::K8sOpenapi | Who::KubeCore => peers::prepare(task, items),
            Who::Floor => floor::prepare(task, items),
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {}", self.items, self.who)
    }
}

impl fmt::Display for Who {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Tablature => "tablature",
            #[cfg(feature = "peers")]
            Self::K8sOpenapi => "k8s-openapi",
            #[cfg(feature = "peers")]
            Self::KubeCore => "kube-core",
            Self::Floor => "floor",
        })
    }
}

/// What has to hold for a bench to make sense.
fn sound<T, E: fmt::Debug>(result: Result<T, E>) -> T {
    result.expect("the input of a bench is sound")
}

impl Ready {
    fn new<T: 'static>(bytes: usize, run: impl Fn() -> T + 'static) -> Self {
        let run = Rc::new(run);
        let result = run.clone();
        Self {
            bytes,
            run: Box::new(move || drop(std::hint::black_box(run()))),
            result: Box::new(move || Box::new(result())),
        }
    }
}
