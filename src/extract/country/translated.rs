//! Names of countries in articles of other languages than English.
//!
//! The names are those of [`crate::names::country::names_in`], a table for each language that is made when its first article
//! is read. Words are compared folded and in every case that `cases` knows; the longest name counts, and where the
//! script has capitals, it has to begin with one.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::cases::{Cases, before_names, cases_of, is_particle};
use crate::article::{Kind, Mention, Reading, Span};
use crate::extract::{Text, is_all_capitals, is_capitalised};
use crate::names::country::{ROWS, Translation, name_languages, names_in};
use crate::text::word_hash::{add_to_hash, word_hash};
use crate::text::{Joined, fold_into};

/// A word of a name keeps so many letters when its ending is taken away.
const SHORTEST_BASE: usize = 3;
/// Marks the hash of a word whose ending was taken away.
const CUT: u64 = 0x5bd1_e995;

/// The names of one language.
struct Names {
    list: Vec<Translation>,
    /// What follows some words, by the hash of their bases.
    nodes: FxHashMap<u64, Node>,
    /// Whether names begin with a capital.
    cased: bool,
    endings: Vec<&'static str>,
    before: &'static [&'static str],
    joined: Joined,
}

#[derive(Default)]
struct Node {
    /// The names that end here.
    names: Vec<usize>,
    goes_on: bool,
}

/// The tables made so far, one for each language that there are names of.
static TABLES: OnceLock<Vec<(&'static str, OnceLock<Names>)>> = OnceLock::new();

fn table(lang: &str) -> Option<&'static Names> {
    let tables = TABLES.get_or_init(|| name_languages().map(|tag| (tag, OnceLock::new())).collect());
    let primary = lang.split('-').next().unwrap_or(lang);
    let primary = if matches!(primary, "nb" | "nn") { "no" } else { primary };
    let (tag, table) = tables.iter().find(|(tag, _)| *tag == primary)?;
    Some(table.get_or_init(|| Names::of(tag)))
}

/// The countries that texts of an article in the language of tag `lang` name, in the order of the texts. The reading is the
/// country's code, `via` is `country:translated`. English has a finder of its own.
pub(in crate::extract) fn find(texts: &[Text<'_>], lang: &str, out: &mut Vec<Mention>) {
    let Some(names) = table(lang) else { return };
    let mut search = Search::default();
    for text in texts {
        let mut at = 0;
        while at < text.tokens.len() {
            match names.longest(text, at, &mut search) {
                Some(found) => {
                    at = found.last + 1;
                    if let Some(row) = found.row
                        && stands_alone(text.text, found.span)
                    {
                        out.push(Mention {
                            field: text.field,
                            span: found.span,
                            kind: Kind::Country,
                            reading: Reading::Entity(Cow::Borrowed(ROWS[row].alpha2)),
                            via: Cow::Borrowed("country:translated"),
                        });
                    }
                }
                None => at += 1,
            }
        }
    }
}

/// A name in a text.
struct Found {
    last: usize,
    span: Span,
    row: Option<usize>,
}

/// What is kept between the words of one name.
#[derive(Default)]
struct Search {
    folded: String,
    /// Hashes of what the words so far may be.
    open: Vec<u64>,
    next: Vec<u64>,
    bases: Vec<u64>,
}

impl Names {
    fn of(tag: &str) -> Self {
        let cases = cases_of(tag);
        let mut names = Self {
            list: names_in(tag).map(|all| all.filter(|name| !name.ambiguous).collect()).unwrap_or_default(),
            nodes: FxHashMap::default(),
            cased: !matches!(
                tag,
                "ja" | "zh" | "ko" | "ar" | "fa" | "he" | "ur" | "hi" | "bn" | "ta" | "th" | "ka"
            ),
            endings: cases.others.split(' ').filter(|ending| !ending.is_empty()).collect(),
            before: before_names(tag),
            joined: Joined::of(Some(tag)),
        };
        for number in 0..names.list.len() {
            let name = names.list[number];
            let words: Vec<&str> = name.name.split(' ').collect();
            names.insert(number, 0, &words, if name.capitals { None } else { Some(cases) });
        }
        names
    }

    /// Adds the words of a name behind those of `hash`, with and without the endings of their first case.
    fn insert(&mut self, number: usize, hash: u64, words: &[&str], cases: Option<Cases>) {
        const LONGEST: usize = 24; // words, which are letters in some scripts
        let Some((word, rest)) = words.split_first() else {
            let node = self.nodes.entry(hash).or_default();
            if !node.names.contains(&number) {
                node.names.push(number);
            }
            return;
        };
        if hash != 0 {
            self.nodes.entry(hash).or_default().goes_on = true;
        }
        if rest.len() > LONGEST {
            return;
        }
        self.insert(number, add_to_hash(hash, word_hash(word)), rest, cases);
        for ending in cases.iter().flat_map(|cases| cases.first.split(' ')).filter(|e| !e.is_empty()) {
            if let Some(base) = word.strip_suffix(ending).filter(|base| is_long_enough(base)) {
                self.insert(number, add_to_hash(hash, word_hash(base) ^ CUT), rest, cases);
            }
        }
    }

    /// The longest name that begins at token `at`.
    fn longest(&self, text: &Text<'_>, at: usize, search: &mut Search) -> Option<Found> {
        let token = text.tokens.get(at)?.span;
        let word = token.of(text.text);
        let part = self.joined.part(word).unwrap_or(word);
        if self.cased && !is_capitalised(part) && !is_capitalised(word) {
            return None;
        }
        let whole = self.longest_from(text, at, token.start as usize, search);
        if whole.is_some() {
            return whole;
        }
        // The word may stand behind an elided article, or one written together with it.
        let behind = |start: usize, search: &mut Search| {
            (start > 0).then(|| self.longest_from(text, at, token.start as usize + start, search)).flatten()
        };
        let elided = word.len() - part.len();
        if word.ends_with(part)
            && let Some(found) = behind(elided, search)
        {
            return Some(found);
        }
        self.before.iter().filter(|before| word.starts_with(**before)).find_map(|b| behind(b.len(), search))
    }

    /// The longest name that begins in token `at`, at byte `start` of the text.
    fn longest_from(&self, text: &Text<'_>, at: usize, start: usize, search: &mut Search) -> Option<Found> {
        search.open.clear();
        search.open.push(0);
        let mut best: Option<Found> = None;
        for n in at.. {
            let Some(token) = text.tokens.get(n) else { break };
            let from = if n == at { start } else { token.span.start as usize };
            let word = text.text.get(from..token.span.end as usize)?;
            search.next.clear();
            // An ending may be parted from the word by an apostrophe (Turkish).
            let bare = self.joined.part(word).filter(|part| word.starts_with(part));
            for (word, whole) in [Some((word, true)), bare.map(|part| (part, false))].into_iter().flatten() {
                self.bases_of(word, search);
                for hash in &search.open {
                    for base in &search.bases {
                        let hash = add_to_hash(*hash, *base);
                        let Some(node) = self.nodes.get(&hash) else { continue };
                        if node.goes_on && whole && !search.next.contains(&hash) {
                            search.next.push(hash);
                        }
                        let span = Span::new(start, from + word.len());
                        if let Some(name) = self.best_of(node, &search.folded, span.of(text.text))
                            && best.as_ref().is_none_or(|best| best.span.end < span.end)
                        {
                            best = Some(Found { last: n, span, row: name.row });
                        }
                    }
                }
            }
            std::mem::swap(&mut search.open, &mut search.next);
            if search.open.is_empty() || !joins(text.gap(n)) {
                break;
            }
        }
        best
    }

    /// Fills in what a word of a text may be a form of; leaves the word folded.
    fn bases_of(&self, word: &str, search: &mut Search) {
        search.folded.clear();
        search.bases.clear();
        fold_into(word, &mut search.folded);
        search.bases.push(word_hash(&search.folded));
        for ending in &self.endings {
            if let Some(base) = search.folded.strip_suffix(*ending).filter(|base| is_long_enough(base)) {
                let hash = word_hash(base);
                search.bases.extend([hash, hash ^ CUT]);
            }
        }
    }

    /// Of the names that a form may be of, the one that it shares most with; `last` is its last word, folded.
    fn best_of(&self, node: &Node, last: &str, surface: &str) -> Option<&Translation> {
        let shared = |name: &str| {
            let word = name.rsplit(' ').next().unwrap_or(name);
            word.chars().zip(last.chars()).take_while(|(a, b)| a == b).count()
        };
        let fits = |name: &&Translation| !name.capitals || is_all_capitals(surface);
        let all = node.names.iter().filter_map(|number| self.list.get(*number)).filter(fits);
        all.max_by_key(|name| (shared(name.name), std::cmp::Reverse(name.name.len())))
    }
}

fn is_long_enough(base: &str) -> bool {
    base.chars().nth(SHORTEST_BASE - 1).is_some()
}

/// Whether a name may go on over what stands between two tokens.
fn joins(gap: &str) -> bool {
    matches!(
        gap,
        "" | " "
            | "-"
            | "\u{2010}"
            | "\u{2011}"
            | " - "
            | " – "
            | "\u{a0}"
            | "・"
            | "·"
            | "\u{200c}"
            | "״"
            | "\""
            | ". "
            | ".-"
            | "."
            | "’"
            | "'"
    )
}

/// Whether a name is no part of a longer word, as far as scripts without spaces tell.
fn stands_alone(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let name = span.of(text);
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let rest = text.get(end..).unwrap_or("");
    let after = rest.chars().next();
    let is_katakana =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}'));
    let is_hangul = |c: char| matches!(c, '\u{ac00}'..='\u{d7a3}');
    let (first, last) = (name.chars().next(), name.chars().next_back());
    if is_katakana(first) && is_katakana(before) || is_katakana(last) && is_katakana(after) {
        return false;
    }
    if last.is_some_and(is_hangul) {
        let tail = rest.find(|c| !is_hangul(c)).map_or(rest, |end| rest.get(..end).unwrap_or(rest));
        return !before.is_some_and(is_hangul) && is_particle(tail);
    }
    // The language of a country is no country.
    after != Some('語')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::TextField;
    use crate::text::{Token, tokens};

    fn read(lang: &str, text: &str) -> Vec<(String, String)> {
        let all: Vec<Token> = tokens(text).collect();
        let mut found = Vec::new();
        find(&[Text { field: TextField::Body, text, tokens: &all }], lang, &mut found);
        found.iter().map(|m| (m.span.of(text).to_owned(), m.key().into_owned())).collect()
    }

    fn expect(lang: &str, text: &str, countries: &[(&str, &str)]) {
        let expected: Vec<_> = countries.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(read(lang, text), expected, "{lang}: {text}");
    }

    #[test]
    fn names_are_found_in_their_own_language() {
        expect(
            "de",
            "Deutschland und die Vereinigten Staaten von Amerika lehnten ab.",
            &[("Deutschland", "DE"), ("Vereinigten Staaten von Amerika", "US")],
        );
        expect(
            "fr",
            "La République démocratique du Congo et l’Allemagne, puis la Côte d’Ivoire.",
            &[("République démocratique du Congo", "CD"), ("Allemagne", "DE"), ("Côte d’Ivoire", "CI")],
        );
        expect("fr", "Un jordan de basket au tchad, ou le Tchad.", &[("Tchad", "TD")]);
        expect(
            "es",
            "Comió chile en Chile; EE. UU. y España firmaron.",
            &[("Chile", "CL"), ("EE. UU", "US"), ("España", "ES")],
        );
        expect("it", "Il governo dell'Iran e gli Stati Uniti.", &[("Iran", "IR"), ("Stati Uniti", "US")]);
        expect(
            "pt",
            "O Irão e o Irã são um só, disse a Alemanha.",
            &[("Irão", "IR"), ("Irã", "IR"), ("Alemanha", "DE")],
        );
    }

    #[test]
    fn forms_of_other_cases_are_found() {
        expect("de", "Die Regierung Frankreichs traf die Irans.", &[("Frankreichs", "FR"), ("Irans", "IR")]);
        expect(
            "ru",
            "В России и Соединенных Штатах, из Ирана в Южную Корею, с Китаем и Нигерией, но не Росс.",
            &[
                ("России", "RU"),
                ("Соединенных Штатах", "US"),
                ("Ирана", "IR"),
                ("Южную Корею", "KR"),
                ("Китаем", "CN"),
                ("Нигерией", "NG"),
            ],
        );
        expect("ru", "Того человека в Нигере не знали.", &[("Нигере", "NE")]);
        expect(
            "uk",
            "З України до Польщі та Росією.",
            &[("України", "UA"), ("Польщі", "PL"), ("Росією", "RU")],
        );
        expect(
            "pl",
            "W Stanach Zjednoczonych i we Francji, w Wielkiej Brytanii, w Niemczech.",
            &[
                ("Stanach Zjednoczonych", "US"),
                ("Francji", "FR"),
                ("Wielkiej Brytanii", "GB"),
                ("Niemczech", "DE"),
            ],
        );
        expect("cs", "V Německu a ve Spojených státech.", &[("Německu", "DE"), ("Spojených státech", "US")]);
        expect(
            "fi",
            "Suomessa ja Venäjällä, Ruotsin ja Iranin välillä; Oman mielensä.",
            &[("Suomessa", "FI"), ("Venäjällä", "RU"), ("Ruotsin", "SE"), ("Iranin", "IR")],
        );
        expect(
            "hu",
            "Magyarországon és Németországban, Iránból.",
            &[("Magyarországon", "HU"), ("Németországban", "DE"), ("Iránból", "IR")],
        );
        expect(
            "tr",
            "İran'ın ve Türkiye’nin, Almanya'da.",
            &[("İran", "IR"), ("Türkiye", "TR"), ("Almanya", "DE")],
        );
        expect("el", "Της Ελλάδας και της Γερμανίας.", &[("Ελλάδας", "GR"), ("Γερμανίας", "DE")]);
    }

    #[test]
    fn scripts_without_spaces_or_capitals_have_their_own_bounds() {
        expect(
            "ja",
            "ドイツとインドネシア、マリア、フランス語、インド洋、北朝鮮。",
            &[("ドイツ", "DE"), ("インドネシア", "ID"), ("北朝鮮", "KP")],
        );
        expect(
            "zh",
            "德国和印度尼西亚在印度洋，美国与南苏丹。",
            &[("德国", "DE"), ("印度尼西亚", "ID"), ("美国", "US"), ("南苏丹", "SS")],
        );
        expect(
            "ko",
            "미국은 이란에서 인도적 지원을, 말이란 인도네시아의 수단으로",
            &[("미국", "US"), ("이란", "IR"), ("인도네시아", "ID")],
        );
        expect(
            "ar",
            "قالت إيران والولايات المتحدة وفي ألمانيا",
            &[("إيران", "IR"), ("الولايات المتحدة", "US"), ("ألمانيا", "DE")],
        );
        expect("he", "בישראל ובגרמניה", &[("ישראל", "IL"), ("גרמניה", "DE")]);
        expect("th", "ประเทศไทยและเยอรมนี", &[("ไทย", "TH"), ("เยอรมนี", "DE")]);
    }

    #[test]
    fn english_has_a_finder_of_its_own() {
        expect("en", "Germany", &[]);
        expect("xx", "Germany", &[]);
    }
}
