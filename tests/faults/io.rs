//! One operation on the files of an index fails, tears, takes long, or all fail from one on; each of them in turn.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use dateline::index::faults::{Fault, Faults, Op, watch};
use dateline::watch::WatchError;

use crate::corpus::{folder, trials};
use crate::script::{Come, SCRIPT};
use crate::watching::{self, Kept, World};

/// How long a trial may take before it counts as stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of the operation of a number.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Fail(ErrorKind),
    Tear,
    /// This one and all after it that write.
    Full,
    Delay,
}

const KINDS: [Kind; 5] = [
    Kind::Fail(ErrorKind::Other),
    Kind::Tear,
    Kind::Full,
    Kind::Fail(ErrorKind::PermissionDenied),
    Kind::Delay,
];

/// Counts operations, and has one fail.
#[derive(Debug)]
struct Plan {
    at: u64,
    kind: Kind,
    seen: AtomicU64,
    /// What the fault came upon.
    hit: Mutex<Option<String>>,
}

impl Faults for Plan {
    fn before(&self, op: Op, path: &Path) -> Fault {
        let number = self.seen.fetch_add(1, Ordering::SeqCst);
        if number == self.at {
            *self.hit.lock().unwrap() =
                Some(format!("{op:?} {}", path.file_name().unwrap().to_string_lossy()));
        }
        match self.kind {
            Kind::Full if number >= self.at && matches!(op, Op::Create | Op::Write) => {
                Fault::Fail(ErrorKind::StorageFull)
            }
            _ if number != self.at => Fault::None,
            Kind::Fail(kind) => Fault::Fail(kind),
            Kind::Tear => Fault::Tear(ErrorKind::StorageFull),
            Kind::Full => Fault::None,
            Kind::Delay => {
                std::thread::sleep(Duration::from_millis(20));
                Fault::None
            }
        }
    }

    fn done(&self, _: Op, _: &Path) {}
}

fn plan(at: u64, kind: Kind) -> Arc<Plan> {
    Arc::new(Plan { at, kind, seen: AtomicU64::new(0), hit: Mutex::default() })
}

/// How many operations the script takes.
fn operations() -> u64 {
    let place = folder();
    let index = place.path().join("index");
    std::fs::create_dir(&index).unwrap();
    let plan = plan(u64::MAX, Kind::Delay);
    let watched = watch(&index, plan.clone());
    SCRIPT.run(&index, 0, &Come::default()).unwrap();
    drop(watched);
    plan.seen.load(Ordering::SeqCst)
}

/// Whether the run failed, or what is wrong.
fn trial(plan: Arc<Plan>) -> Result<bool, String> {
    let place = folder();
    let index = place.path().join("index");
    std::fs::create_dir(&index).unwrap();
    let come = Come::default();
    let watched = watch(&index, plan);
    let run = SCRIPT.run(&index, 0, &come);
    drop(watched);
    if let Err(error) = &run {
        let said = error.to_string();
        let plain = !said.is_empty() && !said.contains("panic") && !said.contains("stumbled");
        if error.is_damage() || !plain {
            return Err(format!("the error is {error:?}: {error}"));
        }
    }
    let stands = SCRIPT.stands(&index, come.between())?;
    if run.is_ok() && stands != SCRIPT.end() {
        return Err(format!("nothing was said, and commit {stands} stands"));
    }
    let again = Come::default();
    SCRIPT.run(&index, stands, &again).map_err(|e| format!("nobody can write any more: {e}"))?;
    let end = SCRIPT.stands(&index, again.between())?;
    if end == SCRIPT.end() { Ok(run.is_err()) } else { Err(format!("commit {end} stands at the end")) }
}

/// The same of an index with watches, whose matches are told on the way.
fn trial_of_watches(plan: Arc<Plan>) -> Result<bool, String> {
    let place = folder();
    let index = place.path().join("index");
    std::fs::create_dir(&index).unwrap();
    let (come, world) = (Come::default(), World::default());
    let watched = watch(&index, plan);
    let run = watching::live(&index, 0, &come, &world);
    drop(watched);
    if let Err(error) = &run {
        let said = error.to_string();
        let damage = matches!(error, WatchError::Index(error) if error.is_damage());
        if damage || said.is_empty() || said.contains("panic") || said.contains("stumbled") {
            return Err(format!("the error is {error:?}: {error}"));
        }
    }
    watching::goes_on(&index, come.between(), &world, Kept::Here).map(|()| run.is_err())
}

/// How many operations the life of watches takes.
fn operations_of_watches() -> u64 {
    let place = folder();
    let index = place.path().join("index");
    std::fs::create_dir(&index).unwrap();
    let plan = plan(u64::MAX, Kind::Delay);
    let watched = watch(&index, plan.clone());
    watching::live(&index, 0, &Come::default(), &World::default()).unwrap();
    drop(watched);
    plan.seen.load(Ordering::SeqCst)
}

#[test]
fn whatever_operation_fails_the_last_commit_stands_and_the_next_writer_goes_on() {
    each_in_turn("faults of files", operations(), trials(20), trial);
}

#[test]
fn whatever_operation_fails_no_match_is_lost_and_none_that_was_kept_is_told_again() {
    each_in_turn("faults of watches", operations_of_watches(), trials(40), trial_of_watches);
}

/// Has some of the operations fail, one a trial.
fn each_in_turn(what: &str, operations: u64, trials: usize, trial: fn(Arc<Plan>) -> Result<bool, String>) {
    let trials = trials as u64;
    let (mut failed, mut bad) = (0, Vec::new());
    for number in 0..trials {
        let kind = KINDS[usize::try_from(number).unwrap() % KINDS.len()];
        let at = number * operations / trials;
        let (tell, told) = mpsc::channel();
        let plan = plan(at, kind);
        let planned = Arc::clone(&plan);
        let thread = std::thread::spawn(move || tell.send(trial(planned)));
        let hit = || format!("{kind:?} of operation {at}, {:?}", plan.hit.lock().unwrap());
        match told.recv_timeout(PATIENCE) {
            Ok(Ok(error)) => failed += u64::from(error),
            Ok(Err(what)) => bad.push(format!("{}: {what}", hit())),
            Err(mpsc::RecvTimeoutError::Timeout) => bad.push(format!("{}: stuck", hit())),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let panic = thread.join().unwrap_err();
                let said = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                bad.push(format!("{}: panic: {said}", hit()));
            }
        }
    }
    println!(
        "{what}: {trials} trials over {operations} operations, {failed} ended with an error; {} bad",
        bad.len()
    );
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Cuts every commit but the first few off, after the list of checksums has been replaced.
struct CutOff(AtomicU64);

impl Faults for CutOff {
    fn before(&self, op: Op, path: &Path) -> Fault {
        let commits = op == Op::Rename && path.ends_with("meta.json");
        if commits && self.0.fetch_add(1, Ordering::SeqCst) >= 3 {
            return Fault::Fail(ErrorKind::Other);
        }
        Fault::None
    }

    fn done(&self, _: Op, _: &Path) {}
}

#[test]
fn commits_that_are_cut_off_one_after_the_other_leave_the_last_whole() {
    let place = folder();
    let index = place.path().join("index");
    std::fs::create_dir(&index).unwrap();
    let come = Come::default();
    let watched = watch(&index, Arc::new(CutOff(AtomicU64::new(0))));
    assert!(SCRIPT.run(&index, 0, &come).is_err());
    let stands = SCRIPT.stands(&index, come.between()).unwrap();
    assert!(stands > 0 && stands < SCRIPT.end());
    for _ in 0..3 {
        assert!(SCRIPT.run(&index, stands, &Come::default()).is_err());
        assert_eq!(SCRIPT.stands(&index, (stands, stands)), Ok(stands));
    }
    drop(watched);
    SCRIPT.run(&index, stands, &Come::default()).unwrap();
    assert_eq!(SCRIPT.stands(&index, (SCRIPT.end(), SCRIPT.end())), Ok(SCRIPT.end()));
}
