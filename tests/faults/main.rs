//! Faults, many of each, with counts: a writer that is killed ([`kill`]), a disk that is full ([`disk`]), a file that is changed
//! ([`corrupt`]), an operation on a file that fails ([`io`]), a power cut ([`power`]).
//!
//! `cargo test` makes a few trials of each; `cargo xtask faults [kill|disk|io|power|corrupt] [TRIALS]` as many as are asked for, in a release
//! build. What is made up comes from a seed, which is printed and can be set ([`corpus::seed`]); at which moment a process is killed
//! depends on the machine as well.
//!
//! Processes that are killed, or that may come to grief, are this program again: each module has a test that does nothing unless its
//! part of the environment says what ([`process`]).

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests; each prints its counts")]
#![cfg(unix)]

mod corpus;
mod corrupt;
mod disk;
mod io;
mod kill;
mod model;
mod power;
mod process;
mod script;
mod watching;
