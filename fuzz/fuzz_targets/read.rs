//! Hands what the fuzzer makes up to the target of the same name.

#![no_main]

#[path = "../targets/read.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::holds(bytes));
