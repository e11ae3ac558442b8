//! Resolves the names of one article to persons: a surname alone goes to the full name that holds it.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::candidate::{Candidate, single_hash};
use super::cue::Cues;
use super::decide::{THRESHOLD, score};
use super::lexicon;
use super::lexicon::Flags;
use super::parts::is_surname_particle;
use crate::extract::Text;
use crate::extract::lookup::Lookup;
use crate::extract::word_hash::word_hash;
use crate::names::person::key;

/// A person of the article.
#[derive(Debug)]
struct Person {
    key: String,
    /// Hashes of the words that can stand alone for the person: no initials, no particles.
    words: Vec<u64>,
    /// How often the full name stands in the article.
    count: u32,
    /// `Some(true)` for a woman, `Some(false)` for a man, as titles and first names tell.
    woman: Option<bool>,
    /// Whether it is the surname of another person of the article: "Van der Berg" of Jan van der Berg. Until the
    /// index is made, whether it can be.
    is_surname: bool,
}

/// A candidate that names a person.
#[derive(Debug)]
pub(super) struct Named {
    /// Index of the candidate.
    pub(super) candidate: usize,
    /// How many of the particles before it belong to it.
    pub(super) lead: usize,
    pub(super) key: String,
    /// How it was found.
    pub(super) via: &'static str,
}

/// What is collected of all candidates of the same words.
const COLLECTED: Cues =
    Cues::SHARED.and(Cues::THE).and(Cues::PLACE_BEFORE).and(Cues::BODY_BEFORE).and(Cues::BODY_AFTER);

/// The points of each candidate, with what the article tells of its words elsewhere.
pub(super) fn scores(words: &[Lookup<'_>], candidates: &[Candidate]) -> Vec<i32> {
    let mut shared: FxHashMap<u64, Cues> =
        FxHashMap::with_capacity_and_hasher(candidates.len(), FxBuildHasher);
    for candidate in candidates {
        let cues = shared.entry(candidate.hash).or_default();
        *cues = cues.and(candidate.cues.only(COLLECTED));
    }
    let mut scores: Vec<i32> = candidates.iter().map(|c| score(c, shared_cues(words, c, &shared))).collect();
    support_lists(words, candidates, &mut scores);
    scores
}

/// The candidates that name persons by their [`scores`], in order, each with the key of its person; or, where names are not
/// to be merged, of its own words.
pub(super) fn resolve(
    words: &[Lookup<'_>],
    candidates: &[Candidate],
    scores: &[i32],
    merge: bool,
) -> Vec<Named> {
    let mut article = Article::default();
    let mut full_names: FxHashMap<u64, usize> = FxHashMap::default();
    for (candidate, score) in candidates.iter().zip(scores) {
        if candidate.is_full() && *score >= THRESHOLD {
            let person = *full_names.entry(candidate.hash).or_insert_with(|| article.add(words, candidate));
            article.persons[person].count += 1;
            article.learn(person, candidate.cues);
        }
    }
    article.index();
    let mut strong = FxHashSet::default();
    for (candidate, score) in candidates.iter().zip(scores) {
        if !candidate.is_full() && *score >= THRESHOLD {
            strong.insert(candidate.hash);
        }
    }
    let mut named = Vec::with_capacity(candidates.len());
    for (number, (candidate, score)) in candidates.iter().zip(scores).enumerate() {
        let lookup = &words[candidate.text];
        let text = lookup.text;
        let accepted = *score >= THRESHOLD;
        let found = if candidate.is_full() {
            let whole = article.person_of_surname(text, candidate);
            match full_names.get(&candidate.hash) {
                _ if whole.is_some() && may_stand_alone(candidate) => {
                    whole.map(|person| (article.persons[person].key.clone(), "person:surname"))
                }
                Some(person) if accepted || !is_part_of_a_body(candidate) => {
                    Some((article.persons[*person].key.clone(), "person:full"))
                }
                _ => None,
            }
        } else if let Some(person) = article.person_of_single(lookup, candidate)
            && (accepted || may_stand_alone(candidate))
        {
            Some((article.persons[person].key.clone(), "person:surname"))
        } else if accepted
            || (strong.contains(&candidate.hash) && may_stand_alone(candidate) && is_plain(candidate))
        {
            Some((own_key(text, candidate), "person:cue"))
        } else {
            None
        };
        if let Some((merged, via)) = found {
            let key = if merge { merged } else { own_key(text, candidate) };
            let lead = lead_of(text, candidate);
            let by_rules = *score - candidate.tagged.max(0) >= THRESHOLD;
            let via = if accepted && !by_rules && via != "person:surname" { "person:tagger" } else { via };
            named.push(Named { candidate: number, lead, key, via });
        }
    }
    named
}

/// The key of a candidate's own words.
fn own_key(text: &Text<'_>, candidate: &Candidate) -> String {
    key(candidate.span(text, 0).of(text.text))
}

/// The cues that the words of a candidate have anywhere in the article; for a full name also those of its surname.
fn shared_cues(words: &[Lookup<'_>], candidate: &Candidate, shared: &FxHashMap<u64, Cues>) -> Cues {
    let cues = shared.get(&candidate.hash).copied().unwrap_or_default();
    if !candidate.is_full() {
        return cues;
    }
    let words = &words[candidate.text];
    let alone = shared.get(&single_hash(words, candidate.surname));
    let alone_as_a_person = alone.is_some_and(|alone| !alone.has(Cues::THE.and(Cues::PLACE_BEFORE)));
    let cues = if alone_as_a_person { cues.and(Cues::ALONE) } else { cues };
    let surname = alone.copied().unwrap_or_default();
    let given = shared.get(&single_hash(words, candidate.first)).copied().unwrap_or_default();
    cues.and(
        surname.and(given).only(Cues::COURTESY.and(Cues::SAID_AFTER).and(Cues::SAID_BEFORE).and(Cues::WHO)),
    )
}

/// What a full name in a list with a person gains.
const IN_LIST: i32 = 15;

/// Adds to the full names that stand in a list with one that names a person: "Ann Lee, Bo Tran and Cy Moe".
fn support_lists(words: &[Lookup<'_>], candidates: &[Candidate], scores: &mut [i32]) {
    let listed = |a: &Candidate, b: &Candidate| {
        a.text == b.text && a.is_full() && b.is_full() && {
            let text = words[a.text].text;
            let end = text.tokens.get(a.last).map_or(0, |token| token.span.end as usize);
            let start = text.tokens.get(b.first).map_or(0, |token| token.span.start as usize);
            matches!(text.text.get(end..start), Some(", " | " and " | ", and " | " & " | "; "))
        }
    };
    let support = |scores: &mut [i32], from: usize, to: usize| {
        if scores[from] >= THRESHOLD
            && scores[to] < THRESHOLD
            && listed(&candidates[from.min(to)], &candidates[from.max(to)])
        {
            scores[to] += IN_LIST;
        }
    };
    for n in 1..candidates.len() {
        support(scores, n - 1, n);
    }
    for n in (1..candidates.len()).rev() {
        support(scores, n, n - 1);
    }
}

/// Whether a noun of a body follows in the same run: "Obama Foundation".
fn is_part_of_a_body(candidate: &Candidate) -> bool {
    candidate.cues.has(Cues::BODY_AFTER)
}

/// Whether a name that the article has in full may stand alone here.
pub(super) fn may_stand_alone(candidate: &Candidate) -> bool {
    let cues = candidate.cues;
    let flags = candidate.last_flags;
    let place = flags.has(Flags::PLACE | Flags::COUNTRY)
        && (cues.has(Cues::PLACE_BEFORE) || !flags.has(Flags::FIRST | Flags::LAST));
    let body = cues.has(Cues::BODY_AFTER)
        || (cues.has(Cues::COMMON_AFTER.and(Cues::COMMON_BEFORE)) && !cues.has(Cues::HEADLINE));
    !place && !body && !cues.has(Cues::ACRONYM.and(Cues::BODY_BEFORE))
}

/// Whether the word of a single name has no other reading.
fn is_plain(candidate: &Candidate) -> bool {
    !candidate.last_flags.has(Flags::COMMON | Flags::PLACE | Flags::ORG | Flags::COUNTRY)
}

/// How many of the particles before a candidate belong to its name: those that Arabic joins to it, and those of a surname.
fn lead_of(text: &Text<'_>, candidate: &Candidate) -> usize {
    let Some(nearest) = candidate.first.checked_sub(1).filter(|_| candidate.lead > 0) else { return 0 };
    match text.word(nearest) {
        "al" | "el" | "bin" | "ibn" | "bint" | "van" | "von" | "der" | "de" | "di" | "den" | "ter" | "ad"
        | "as" | "ash" | "del" => candidate.lead,
        _ => 0,
    }
}

/// The persons of one article.
#[derive(Debug, Default)]
struct Article {
    persons: Vec<Person>,
    by_key: FxHashMap<String, usize>,
    /// The words of names, each with a person who has it, in order.
    by_word: Vec<(u64, usize)>,
    /// From a surname of several words to the persons who have it.
    by_surname: FxHashMap<String, Vec<usize>>,
}

impl Article {
    /// Adds the person that a full name names; the index of it.
    fn add(&mut self, words: &[Lookup<'_>], candidate: &Candidate) -> usize {
        let lookup = &words[candidate.text];
        let text = lookup.text;
        let key = own_key(text, candidate);
        if let Some(same) = self.by_key.get(&key) {
            return *same;
        }
        self.by_key.insert(key.clone(), self.persons.len());
        let surname = lookup.hash(candidate.surname);
        let words = key
            .split(' ')
            .filter(|word| word.len() > 1)
            .map(|word| {
                let hash = word_hash(word);
                (hash, lexicon::flags_of_hash(hash))
            })
            .filter(|(word, flags)| *word == surname || !flags.has(Flags::PARTICLE | Flags::SUFFIX))
            .map(|(word, _)| word)
            .collect();
        let first = candidate.first_flags;
        let woman = match (first.has(Flags::FEMALE), first.has(Flags::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        self.persons.push(Person {
            key,
            words,
            count: 0,
            woman,
            is_surname: is_surname_form(text, candidate),
        });
        self.persons.len() - 1
    }

    /// Notes what a title before a full name tells.
    fn learn(&mut self, person: usize, cues: Cues) {
        if cues.has(Cues::WOMAN) {
            self.persons[person].woman = Some(true);
        } else if cues.has(Cues::MAN) {
            self.persons[person].woman = Some(false);
        }
    }

    /// Merges names that are the short form of one other ("George Bush" and "George W. Bush"), and makes the word
    /// index.
    fn index(&mut self) {
        let mut by_ends: Vec<_> =
            self.persons.iter().enumerate().map(|(number, person)| (ends(&person.key), number)).collect();
        by_ends.sort_unstable();
        let mut merged = Vec::new();
        let groups = by_ends.chunk_by(|a, b| a.0 == b.0);
        for alike in groups.filter(|alike| (2..=MAX_ALIKE).contains(&alike.len())) {
            for &(_, short) in alike {
                let (keys, own) = (&self.persons, &self.persons[short].key);
                let mut longer = alike.iter().filter(|(_, long)| is_short_form(own, &keys[*long].key));
                if let (Some(&(_, only)), None) = (longer.next(), longer.next()) {
                    merged.push((short, self.persons[only].key.clone()));
                }
            }
        }
        for (short, key) in merged {
            self.persons[short].key = key;
        }
        self.index_surnames();
        for (number, person) in self.persons.iter().enumerate().filter(|(_, person)| !person.is_surname) {
            self.by_word.extend(person.words.iter().map(|word| (*word, number)));
        }
        self.by_word.sort_unstable();
        self.by_word.dedup();
    }

    /// Makes the index of surnames of several words, and finds the persons who are only the surname of another.
    fn index_surnames(&mut self) {
        let mut by_surname: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, person) in self.persons.iter().enumerate() {
            let mut rest = person.key.as_str();
            while let Some((first, after)) = rest.split_once(' ') {
                // A surname of one word is found by the index of words.
                if !after.as_bytes().contains(&b' ') {
                    break;
                }
                let having = by_surname.entry(after.to_owned()).or_default();
                if having.len() < MAX_ALIKE && first.len() > 1 {
                    having.push(number);
                }
                rest = after;
            }
        }
        for person in &mut self.persons {
            person.is_surname &= by_surname.contains_key(&person.key);
        }
        self.by_surname = by_surname;
    }

    /// The person whose surname of several words the candidate is: "Van der Berg", "Owusu-Smith".
    fn person_of_surname(&self, text: &Text<'_>, candidate: &Candidate) -> Option<usize> {
        if self.by_surname.is_empty() || !is_surname_form(text, candidate) {
            return None;
        }
        let key = own_key(text, candidate);
        self.fittest(self.by_surname.get(&key)?.iter().copied(), candidate.cues, None)
    }

    /// The person that a single name stands for: of those who have the word, one whose surname it is rather than
    /// whose first name, then one whom the title fits, then the one named most often.
    fn person_of_single(&self, words: &Lookup<'_>, candidate: &Candidate) -> Option<usize> {
        let word = words.hash(candidate.surname);
        let from = self.by_word.partition_point(|(other, _)| *other < word);
        let having = self.by_word.get(from..)?.iter().take_while(|(other, _)| *other == word);
        self.fittest(having.map(|(_, person)| *person).take(MAX_ALIKE), candidate.cues, Some(word))
    }

    /// Of the persons `having`, one whose surname is `word`, then one whom the title in `cues` fits, then the one named
    /// most often.
    fn fittest(&self, having: impl Iterator<Item = usize>, cues: Cues, word: Option<u64>) -> Option<usize> {
        having.max_by_key(|number| {
            let person = &self.persons[*number];
            let fits = match (person.woman, cues.has(Cues::WOMAN), cues.has(Cues::MAN)) {
                (Some(woman), true, _) => i8::from(woman) * 2 - 1,
                (Some(woman), _, true) => i8::from(!woman) * 2 - 1,
                _ => 0,
            };
            let by_surname = word.is_some_and(|word| person.words.last() == Some(&word));
            (fits, by_surname, person.count, std::cmp::Reverse(*number))
        })
    }
}

/// Whether a candidate of several words can be a surname: it opens with a particle, is one word with hyphens, or its
/// first word is a surname and no first name.
fn is_surname_form(text: &Text<'_>, candidate: &Candidate) -> bool {
    let first = text.word(candidate.first);
    let hyphens = (candidate.first..candidate.last).all(|token| text.gap(token) == "-");
    let flags = candidate.first_flags;
    hyphens || is_surname_particle(first) || (flags.has(Flags::LAST) && !flags.has(Flags::FIRST))
}

/// How many persons of one article may share a word and still be told apart by it: beyond that it is a list of
/// names, and looking at all of them for each would cost the square of its length.
const MAX_ALIKE: usize = 64;

/// The first and the last word of a key.
fn ends(key: &str) -> (&str, &str) {
    (key.split(' ').next().unwrap_or(key), key.rsplit(' ').next().unwrap_or(key))
}

/// Whether `short` is `long` with fewer words between the first and the last, which both share.
fn is_short_form(short: &str, long: &str) -> bool {
    let count = |key: &str| key.split(' ').count();
    if count(short) < 2 || count(short) >= count(long) {
        return false;
    }
    let mut words = long.split(' ');
    short.split(' ').all(|word| words.any(|other| other == word))
}
