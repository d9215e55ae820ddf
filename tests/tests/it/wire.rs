//! What every documented operation sends, with all of its parameters and with only the required ones.

mod huawei_cci;
mod huawei_cci2;
mod openshift;
mod refusals;
mod sent;

pub use sent::decode_query;
