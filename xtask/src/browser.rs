//! The page in a real browser: what is missing is installed, the program built, and `tests/browser/run.mjs` does the rest.

use std::path::Path;
use std::process::Command;

use crate::{cargo, command};

/// Where the tests are, with their packages and the exact versions of these.
const FOLDER: &str = "tests/browser";

/// What the tests are run as.
const RUN: &str = "tests/browser/run.mjs";

/// What is done in the browser.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Task {
    Test,
    Figures,
}

/// Whether there is a browser with all that the tests need, or can be installed.
pub(crate) fn is_to_be_had() -> bool {
    browser().and_then(|_| packages()).map_err(|what| println!("{what}")).is_ok()
}

/// Runs the tests of the page, or prints what a visit costs.
pub(crate) fn run(task: Task) -> Result<(), String> {
    let browser = browser()?;
    packages()?;
    cargo(&["build", "--bin", "dateline"])?;
    let program = format!("{}/debug/dateline", target());
    let mut words = vec![RUN, &program];
    if task == Task::Figures {
        words.push("--figures");
    }
    command("node", &words).env("CHROMIUM", &browser).check()
}

/// Where cargo builds.
fn target() -> String {
    std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned())
}

/// The path of a browser: the one that is named or there, or Debian's, which is installed.
fn browser() -> Result<String, String> {
    if let Ok(named) = std::env::var("CHROMIUM") {
        return Ok(named);
    }
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let there = || known.into_iter().find(|path| Path::new(path).exists()).map(str::to_owned);
    if let Some(path) = there() {
        return Ok(path);
    }
    let args = ["install", "--yes", "--no-install-recommends", "chromium"];
    let installed = command("apt-get", &args).env("DEBIAN_FRONTEND", "noninteractive").check();
    if installed.is_err() {
        command("apt-get", &["update"]).check()?;
        command("apt-get", &args).env("DEBIAN_FRONTEND", "noninteractive").check()?;
    }
    there().ok_or_else(|| "there is no Chromium; name one in CHROMIUM".to_owned())
}

/// The packages of the tests, as the lock file has them.
fn packages() -> Result<(), String> {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|said| said.status.success()) {
        return Err("there is no node; install Node.js 20 or later".to_owned());
    }
    // What npm has installed is named here, and is to be newer than what shall be.
    let age = |path: String| std::fs::metadata(path).and_then(|facts| facts.modified()).ok();
    let installed = age(format!("{FOLDER}/node_modules/.package-lock.json"));
    if installed.is_some() && installed >= age(format!("{FOLDER}/package-lock.json")) {
        return Ok(());
    }
    command("npm", &["ci", "--prefix", FOLDER, "--no-audit", "--no-fund", "--ignore-scripts"]).check()
}
