//! Resolves the names of one article to persons: a surname alone goes to the full name that holds it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidate::{Candidate, single_hash};
use super::cue::Cues;
use super::decide::{THRESHOLD, score};
use super::lexicon;
use super::lexicon::Flags;
use crate::extract::Text;
use crate::extract::gazetteer::word_hash;
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

/// The candidates that name persons, in order, each with the key of its person.
pub(super) fn resolve(texts: &[Text<'_>], candidates: &[Candidate]) -> Vec<Named> {
    let mut shared: FxHashMap<u64, Cues> = FxHashMap::default();
    for candidate in candidates {
        let cues = shared.entry(candidate.hash).or_default();
        *cues = cues.and(candidate.cues.only(Cues::SHARED.and(Cues::THE).and(Cues::PLACE_BEFORE)));
    }
    let mut scores: Vec<i32> = candidates.iter().map(|c| score(c, shared_cues(texts, c, &shared))).collect();
    support_lists(texts, candidates, &mut scores);
    let mut article = Article::default();
    let mut full_names: FxHashMap<u64, usize> = FxHashMap::default();
    for (candidate, score) in candidates.iter().zip(&scores) {
        if candidate.is_full() && *score >= THRESHOLD {
            let person = *full_names.entry(candidate.hash).or_insert_with(|| article.add(texts, candidate));
            article.persons[person].count += 1;
            article.learn(person, candidate.cues);
        }
    }
    article.index();
    let mut strong = FxHashSet::default();
    for (candidate, score) in candidates.iter().zip(&scores) {
        if !candidate.is_full() && *score >= THRESHOLD {
            strong.insert(candidate.hash);
        }
    }
    let mut named = Vec::new();
    for (number, (candidate, score)) in candidates.iter().zip(&scores).enumerate() {
        let text = &texts[candidate.text];
        let accepted = *score >= THRESHOLD;
        let found = if candidate.is_full() {
            match full_names.get(&candidate.hash) {
                Some(person) if accepted || !is_part_of_a_body(candidate) => {
                    Some((article.persons[*person].key.clone(), "person:full"))
                }
                _ => None,
            }
        } else if let Some(person) = article.person_of_single(text, candidate)
            && (accepted || may_stand_alone(candidate))
        {
            Some((article.persons[person].key.clone(), "person:surname"))
        } else if accepted
            || (strong.contains(&candidate.hash) && may_stand_alone(candidate) && is_plain(candidate))
        {
            Some((key(candidate.span(text, 0).of(text.text)), "person:cue"))
        } else {
            None
        };
        if let Some((key, via)) = found {
            let lead = lead_of(text, candidate);
            named.push(Named { candidate: number, lead, key, via });
        }
    }
    named
}

/// The cues that the words of a candidate have anywhere in the article; for a full name also those of its surname.
fn shared_cues(texts: &[Text<'_>], candidate: &Candidate, shared: &FxHashMap<u64, Cues>) -> Cues {
    let cues = shared.get(&candidate.hash).copied().unwrap_or_default();
    if !candidate.is_full() {
        return cues;
    }
    let text = &texts[candidate.text];
    let alone = shared.get(&single_hash(text.word(candidate.surname)));
    let alone_as_a_person = alone.is_some_and(|alone| !alone.has(Cues::THE.and(Cues::PLACE_BEFORE)));
    let cues = if alone_as_a_person { cues.and(Cues::ALONE) } else { cues };
    let surname = alone.copied().unwrap_or_default();
    let given = shared.get(&single_hash(text.word(candidate.first))).copied().unwrap_or_default();
    cues.and(
        surname.and(given).only(Cues::COURTESY.and(Cues::SAID_AFTER).and(Cues::SAID_BEFORE).and(Cues::WHO)),
    )
}

/// What a full name in a list with a person gains.
const IN_LIST: i32 = 15;

/// Adds to the full names that stand in a list with one that names a person: "Ann Lee, Bo Tran and Cy Moe".
fn support_lists(texts: &[Text<'_>], candidates: &[Candidate], scores: &mut [i32]) {
    let listed = |a: &Candidate, b: &Candidate| {
        a.text == b.text && a.is_full() && b.is_full() && {
            let text = &texts[a.text];
            let end = text.tokens.get(a.last).map_or(0, |token| token.span.end as usize);
            let start = text.tokens.get(b.first).map_or(0, |token| token.span.start as usize);
            matches!(text.text.get(end..start), Some(", " | " and " | ", and " | " & " | "; "))
        }
    };
    let support = |scores: &mut [i32], from: usize, to: usize| {
        if listed(&candidates[from.min(to)], &candidates[from.max(to)])
            && scores[from] >= THRESHOLD
            && scores[to] < THRESHOLD
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
fn may_stand_alone(candidate: &Candidate) -> bool {
    let cues = candidate.cues;
    let flags = candidate.last_flags;
    let place = flags.has(Flags::PLACE | Flags::COUNTRY)
        && (cues.has(Cues::PLACE_BEFORE) || !flags.has(Flags::FIRST | Flags::LAST));
    let body = cues.has(Cues::BODY_AFTER)
        || (cues.has(Cues::COMMON_AFTER.and(Cues::COMMON_BEFORE)) && !cues.has(Cues::HEADLINE));
    !place && !body && !cues.has(Cues::ACRONYM)
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
    /// From a word of a name to the persons who have it.
    by_word: FxHashMap<u64, Vec<usize>>,
}

impl Article {
    /// Adds the person that a full name names; the index of it.
    fn add(&mut self, texts: &[Text<'_>], candidate: &Candidate) -> usize {
        let text = &texts[candidate.text];
        let key = key(candidate.span(text, 0).of(text.text));
        if let Some(same) = self.by_key.get(&key) {
            return *same;
        }
        self.by_key.insert(key.clone(), self.persons.len());
        let surname = word_hash(text.word(candidate.surname));
        let words = key
            .split(' ')
            .filter(|word| word.len() > 1)
            .map(|word| (word_hash(word), lexicon::flags(word)))
            .filter(|(word, flags)| *word == surname || !flags.has(Flags::PARTICLE | Flags::SUFFIX))
            .map(|(word, _)| word)
            .collect();
        let first = candidate.first_flags;
        let woman = match (first.has(Flags::FEMALE), first.has(Flags::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        self.persons.push(Person { key, words, count: 0, woman });
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
        let mut by_ends: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (number, person) in self.persons.iter().enumerate() {
            by_ends.entry(ends(&person.key)).or_default().push(number);
        }
        let mut merged = Vec::new();
        for alike in by_ends.values().filter(|alike| (2..=MAX_ALIKE).contains(&alike.len())) {
            for &short in alike {
                let (keys, own) = (&self.persons, &self.persons[short].key);
                let mut longer = alike.iter().filter(|long| is_short_form(own, &keys[**long].key));
                if let (Some(&only), None) = (longer.next(), longer.next()) {
                    merged.push((short, self.persons[only].key.clone()));
                }
            }
        }
        for (short, key) in merged {
            self.persons[short].key = key;
        }
        for (number, person) in self.persons.iter().enumerate() {
            for word in &person.words {
                let having = self.by_word.entry(*word).or_default();
                if having.len() < MAX_ALIKE && !having.contains(&number) {
                    having.push(number);
                }
            }
        }
    }

    /// The person that a single name stands for: of those who have the word, one whose surname it is rather than
    /// whose first name, then one whom the title fits, then the one named most often.
    fn person_of_single(&self, text: &Text<'_>, candidate: &Candidate) -> Option<usize> {
        let word = word_hash(text.word(candidate.surname));
        let having = self.by_word.get(&word)?;
        having.iter().copied().max_by_key(|number| {
            let person = &self.persons[*number];
            let fits = match (person.woman, candidate.cues.has(Cues::WOMAN), candidate.cues.has(Cues::MAN)) {
                (Some(woman), true, _) => i8::from(woman) * 2 - 1,
                (Some(woman), _, true) => i8::from(!woman) * 2 - 1,
                _ => 0,
            };
            (fits, person.words.last() == Some(&word), person.count, std::cmp::Reverse(*number))
        })
    }
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
