//! The call of the emitted style.

use std::fmt;
use std::marker::PhantomData;

use super::runtime::{Builder, Endpoint, ParameterValue, Parts};

pub struct Call<O, P> {
    pub(crate) parts: Parts,
    types: PhantomData<fn() -> (O, P)>,
}

impl<O, P> Call<O, P> {
    pub(crate) fn start(parts: Parts) -> Self {
        Self {
            parts,
            types: PhantomData,
        }
    }

    #[must_use]
    pub fn query(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.parts.add_query(name, value);
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.parts.add_header(name, value);
        self
    }
}

impl<O: Endpoint, P> Builder for Call<O, P> {
    type Endpoint = O;

    fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl<O, P> Clone for Call<O, P> {
    fn clone(&self) -> Self {
        Self::start(self.parts.clone())
    }
}

impl<O, P> fmt::Debug for Call<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.parts).finish()
    }
}
