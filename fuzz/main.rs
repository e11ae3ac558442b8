//! Hands what libFuzzer makes up to one of the targets: the one that `FUZZ_TARGET` names.
//!
//! What holds is a plain function for each target, under `targets/`. A panic is a failure even where the library catches it, if it begins in
//! the library's own code; what the libraries below it stumble over is theirs, and that it is caught is what has to hold.

#![no_main]

mod targets;

use std::sync::{LazyLock, Mutex, PoisonError};

use targets::{TARGETS, Target};

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let names = || TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(", ");
    TARGETS
        .iter()
        .find(|target| target.name == wanted)
        .unwrap_or_else(|| panic!("FUZZ_TARGET is to be one of {}", names()))
});

/// What the last panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

fn prepare() {
    std::panic::set_hook(Box::new(|panic| {
        // Paths of packages from elsewhere are absolute.
        let own = panic.location().is_some_and(|at| !std::path::Path::new(at.file()).is_absolute());
        if own {
            eprintln!("{panic}");
            std::process::abort();
        }
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    LazyLock::force(&TARGET);
}

libfuzzer_sys::fuzz_target!(init: prepare(), |bytes: &[u8]| {
    if std::panic::catch_unwind(|| (TARGET.holds)(bytes)).is_err() {
        eprintln!("{}", SAID.lock().unwrap_or_else(PoisonError::into_inner));
        std::process::abort();
    }
});
