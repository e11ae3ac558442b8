//! Names of persons: one key for every way to write one.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::{fold_into, tokens};

/// Words with a capital before a name: "President", "Mr". No part of the name.
pub(crate) const TITLES: &str = "
acting admiral adm ald alderman amb ambassador archbishop assemblyman assemblywoman assistant attorney atty ayatollah baron
baroness bishop brig brigadier capt captain cardinal ceo chair chairman chairperson chairwoman chancellor chief cleric
cdr cllr cmdr coach col colonel commander commissioner congressman congresswoman constable corporal councillor councilman
councilwoman councilor count countess cpl crown dame deacon defender delegate democrat deputy detective dictator
director doctor dr drs duchess duke emir emperor empress engr envoy executive father former fr general gen goalkeeper gov
governor grandmaster hon honourable honorable imam insp inspector interim investigator journalist judge justice king
herr frau lady lawmaker leader lieutenant lord lt madam madame maj major manager marshal marquis mayor mep midfielder minister
miss mla mlle mme monsieur mp mr mrs ms msgr mullah mx nurse officer ofc patriarch pastor pfc pilot police-officer pope premier president
priest prime prince princess principal prof professor prosecutor provost pvt queen rabbi rear rep reporter
representative republican rev reverend secretary sen senator senor sergeant sgt shaikh sheik sheikh sheriff sir sister
skipper spokesman spokesperson spokeswoman sultan superintendent supt surgeon swami treasurer trooper undersecretary veteran vice vicar warden actor actress singer author captain lawyer economist striker
foreign finance defence defense interior health education trade home prime-minister crown
adv advocate engineer brother aunt uncle datuk dato tunku ustaz maulana mufti pandit sri shri smt barrister apostle prophet hajj haji hajia alhaji chief-minister comrade aunty auntie elder vpm dpm pm dpp pol asp dsp ips cde analyst mc";

/// Titles that make even a single unknown word after them a name.
pub(crate) const COURTESIES: &str = "
mr mrs ms miss mx dr prof professor president premier senator sen rep congressman congresswoman gov governor gen col lt
capt sgt cpl pvt maj adm judge justice king queen prince princess pope cardinal archbishop bishop imam ayatollah
mullah sir dame lord lady chancellor pastor rev reverend rabbi detective constable inspector superintendent lieutenant
colonel sergeant corporal captain emperor emir sultan madam madame monsieur senor datuk dato sheikh shaikh sheik mayor
ambassador councillor councilman commissioner sheriff minister coach father spokesman spokeswoman adv advocate nurse
engr alhaji cde cllr ald amb cdr msgr mme mlle herr frau";

static ALL_TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| TITLES.split_whitespace().chain(COURTESIES.split_whitespace()).collect());

/// Whether the word is a form of address, rank or post that stands before names, in any case: "Mr.", "President".
///
/// ```
/// use dateline::names::person::is_title;
/// assert!(is_title("Mr.") && is_title("president") && !is_title("Ann"));
/// ```
pub fn is_title(word: &str) -> bool {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded.retain(|c| c != '.');
    ALL_TITLES.contains(folded.as_str())
}

/// The key of a person's name, the same however it is written: its words folded and joined by spaces, without full
/// stops and without titles before it.
///
/// A name of nothing but titles keeps them all. The parts of a name are the words of its key.
///
/// ```
/// use dateline::names::person::key;
/// assert_eq!(key("President José  Díaz-Canel"), "jose diaz canel");
/// assert_eq!((key("J.K. Rowling"), key("JK Rowling")), ("jk rowling".into(), "jk rowling".into()));
/// ```
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    // Where the first word begins that is no title.
    let mut own = None;
    for token in tokens(name) {
        let end = key.len();
        if end > 0 {
            key.push(' ');
        }
        let start = key.len();
        fold_into(token.span.of(name), &mut key);
        if key.get(start..).is_some_and(|word| word.contains('.')) {
            let word = key.split_off(start);
            key.extend(word.split('.'));
        }
        match key.get(start..).unwrap_or("") {
            "" => key.truncate(end),
            word if own.is_none() && !ALL_TITLES.contains(word) => own = Some(start),
            _ => {}
        }
    }
    key.drain(..own.unwrap_or(0));
    key
}
