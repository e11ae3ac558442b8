//! The `dateline` program; everything it does is in the library.

#[cfg(panic = "abort")]
compile_error!(
    "dateline keeps panics inside (docs/panics.md), for which it has to unwind: build it without panic = \"abort\""
);

fn main() -> std::process::ExitCode {
    dateline::cli::run()
}
