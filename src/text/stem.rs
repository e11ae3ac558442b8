//! The inflections of words of other languages than English: words that share a stem.
//!
//! English forms are made ([`super::inflect`]); of other languages the words that an index or an article holds are asked
//! whether they have the stem of the word looked for. Stems are Snowball's, of folded words: its endings lose their accents
//! like the words do, and where that, or Snowball, parts forms of one word, a language has a step of its own here.

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use super::Joined;
use super::fold_char;

/// A language whose words have stems.
struct Language {
    /// Its tags, the first being the one that stems bear.
    tags: &'static [&'static str],
    /// Its name in English.
    name: &'static str,
    algorithm: Algorithm,
    script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Arabic,
}

const fn language(
    tags: &'static [&'static str],
    name: &'static str,
    algorithm: Algorithm,
    script: Script,
) -> Language {
    Language { tags, name, algorithm, script }
}

/// Every language but English that there is an algorithm for.
const LANGUAGES: &[Language] = &[
    language(&["ar"], "Arabic", Algorithm::Arabic, Script::Arabic),
    language(&["da"], "Danish", Algorithm::Danish, Script::Latin),
    language(&["de"], "German", Algorithm::German, Script::Latin),
    language(&["el"], "Greek", Algorithm::Greek, Script::Greek),
    language(&["es"], "Spanish", Algorithm::Spanish, Script::Latin),
    language(&["fi"], "Finnish", Algorithm::Finnish, Script::Latin),
    language(&["fr"], "French", Algorithm::French, Script::Latin),
    language(&["hu"], "Hungarian", Algorithm::Hungarian, Script::Latin),
    language(&["it"], "Italian", Algorithm::Italian, Script::Latin),
    language(&["nl"], "Dutch", Algorithm::Dutch, Script::Latin),
    language(&["no", "nb", "nn"], "Norwegian", Algorithm::Norwegian, Script::Latin),
    language(&["pt"], "Portuguese", Algorithm::Portuguese, Script::Latin),
    language(&["ro"], "Romanian", Algorithm::Romanian, Script::Latin),
    language(&["ru"], "Russian", Algorithm::Russian, Script::Cyrillic),
    language(&["sv"], "Swedish", Algorithm::Swedish, Script::Latin),
    language(&["tr"], "Turkish", Algorithm::Turkish, Script::Latin),
];

/// What Arabic writes before a noun: the article, short prepositions and conjunctions.
const BEFORE_ARABIC: &[&str] = &["", "ال", "وال", "بال", "كال", "فال", "لل", "و", "ب", "ل"];

/// Words shorter than this have no forms but themselves, in letters.
const SHORTEST: usize = 3;
/// Nor have longer ones than this.
const LONGEST: usize = 40;
/// The longest ending, in letters; those of short stems, with which very many words begin, are shorter.
const LONGEST_ENDING: usize = 10;
const ENDING_OF_A_SHORT_STEM: usize = 3;

/// A stem of one language.
///
/// ```
/// use dateline::text::Stem;
/// let stem = Stem::of("de", "brucke").unwrap(); // folded, as all terms are
/// let family = stem.family().unwrap();
/// assert!(family.has("brucken") && !family.has("brucken2") && !family.has("bruch"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stem {
    /// The tag of the language.
    pub lang: String,
    /// The stem, folded.
    pub stem: String,
}

/// The words of a language that share a stem.
#[derive(Debug, Clone)]
pub struct Family {
    algorithm: Algorithm,
    script: Script,
    tags: &'static [&'static str],
    stem: String,
    beginnings: Vec<String>,
    longest: usize,
}

fn known(tag: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.tags.iter().any(|known| super::language::is_of(tag, known)))
}

impl Stem {
    /// The stem that the folded word `term` has in the language of tag `lang`; `None` where the language has none, or the
    /// word is no word of its script.
    pub fn of(lang: &str, term: &str) -> Option<Self> {
        let language = known(lang)?;
        let tag = language.tags.first()?;
        let term = Joined::of(Some(tag)).part(term).unwrap_or(term);
        let stem = stem(language.algorithm, language.script, term)?;
        Some(Self { lang: (*tag).to_owned(), stem })
    }

    /// The tag that the stems of the language of tag `lang` bear, if it has any.
    pub fn language(lang: &str) -> Option<&'static str> {
        known(lang)?.tags.first().copied()
    }

    /// The tags that stems bear, of every language that has any.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().filter_map(|language| language.tags.first().copied())
    }

    /// What the language is called in English.
    pub fn language_name(&self) -> &'static str {
        known(&self.lang).map_or("", |language| language.name)
    }

    /// The words that have it, ready to be asked for; `None` if the language has no stems.
    pub fn family(&self) -> Option<Family> {
        let language = known(&self.lang)?;
        let letters = self.stem.chars().count();
        // The last letter of a stem may not be that of its forms; short stems would be the beginning of too much.
        let changes = letters >= 5
            || (letters >= 4
                && matches!(
                    language.algorithm,
                    Algorithm::Dutch | Algorithm::Portuguese | Algorithm::Turkish
                ));
        let shared: String = self.stem.chars().take(if changes { letters - 1 } else { letters }).collect();
        let before = if language.script == Script::Arabic { BEFORE_ARABIC } else { &[""][..] };
        let width = if language.script == Script::Latin { 1 } else { 2 };
        let ending = (2 * letters).saturating_sub(3).clamp(ENDING_OF_A_SHORT_STEM, LONGEST_ENDING) * width;
        Some(Family {
            algorithm: language.algorithm,
            script: language.script,
            tags: language.tags,
            stem: self.stem.clone(),
            beginnings: before.iter().map(|before| format!("{before}{shared}")).collect(),
            longest: self.stem.len() + ending,
        })
    }
}

impl Family {
    /// The tags of the languages in whose articles the words are forms of one.
    pub fn tags(&self) -> &'static [&'static str] {
        self.tags
    }

    /// Every word of the family begins with one of these.
    pub fn beginnings(&self) -> &[String] {
        &self.beginnings
    }

    /// Whether the folded word `term` is one of the family.
    pub fn has(&self, term: &str) -> bool {
        term.len() <= self.longest
            && self.beginnings.iter().any(|beginning| term.starts_with(&**beginning))
            && stem(self.algorithm, self.script, term).is_some_and(|stem| stem == self.stem)
    }
}

/// The folded stem of a folded word.
fn stem(algorithm: Algorithm, script: Script, term: &str) -> Option<String> {
    let letters = term.chars().count();
    if !(SHORTEST..=LONGEST).contains(&letters) || !term.chars().all(|c| script.has(c)) {
        return None;
    }
    let stemmer = Stemmer::create(algorithm);
    let found = match algorithm {
        // Plurals in -ões and -ães are those of -ão.
        Algorithm::Portuguese => match term.strip_suffix("oes").or_else(|| term.strip_suffix("aes")) {
            Some(rest) if rest.len() > 1 => stemmer.stem(&format!("{rest}ao")).into_owned(),
            _ => stemmer.stem(term).into_owned(),
        },
        // Participles in -ée lose their ending with the accent; short words in -ée are no participles.
        Algorithm::French => {
            let bare = term.strip_suffix("ees").or_else(|| term.strip_suffix("ee"));
            match bare {
                Some(bare) if bare.len() > 4 => stemmer.stem(&format!("{bare}e")).into_owned(),
                Some(bare) => format!("{bare}ee"), // armée, not arme
                None => stemmer.stem(term).into_owned(),
            }
        }
        Algorithm::Dutch => dutch(&stemmer, term),
        Algorithm::Turkish => stemmer.stem(&in_harmony(term)).into_owned(),
        _ => stemmer.stem(term).into_owned(),
    };
    let mut folded = String::with_capacity(found.len());
    for c in found.chars() {
        fold_char(c, &mut |c| folded.push(c));
    }
    (folded.chars().count() > 1).then_some(folded)
}

impl Script {
    fn has(self, c: char) -> bool {
        match self {
            Self::Latin => c.is_ascii_lowercase(),
            Self::Greek => ('\u{370}'..'\u{400}').contains(&c),
            Self::Cyrillic => ('\u{400}'..'\u{530}').contains(&c),
            Self::Arabic => ('\u{620}'..'\u{700}').contains(&c),
        }
    }
}

/// A plural in -s may be of a word in -en; consonants are doubled, and v and z written, before a vowel alone.
fn dutch(stemmer: &Stemmer, term: &str) -> String {
    let once = stemmer.stem(term);
    let mut stem = stemmer.stem(&once).into_owned();
    if stem.len() >= 4 {
        let bytes = stem.as_bytes();
        let (last, before) = (bytes.last().copied(), bytes.get(bytes.len() - 2).copied());
        if last == before && last.is_some_and(|b| !b"aeiou".contains(&b)) {
            stem.pop();
        }
        for (voiced, written) in [('v', 'f'), ('z', 's')] {
            if stem.len() >= 4 && stem.ends_with(voiced) {
                stem.pop();
                stem.push(written);
            }
        }
    }
    stem
}

/// A Turkish word with the dotless i's that folding gave a dot, as far as the vowels before them tell.
fn in_harmony(term: &str) -> String {
    let mut back = false;
    term.chars()
        .map(|c| match c {
            'a' | 'o' | 'u' => {
                back = true;
                c
            }
            'e' => {
                back = false;
                c
            }
            'i' if back => 'ı',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::fold;
    use super::*;

    fn finds(lang: &str, word: &str, other: &str) -> bool {
        let stem = Stem::of(lang, &fold(word));
        stem.and_then(|stem| stem.family()).is_some_and(|family| family.has(&fold(other)))
    }

    #[test]
    fn forms_of_one_word_find_each_other() {
        for (lang, family) in [
            ("fr", "expulsé expulsés expulsée expulsées expulser"),
            ("fr", "journal journaux"),
            ("de", "Brücke Brücken"),
            ("de", "Land Länder Landes Ländern"),
            ("es", "canción canciones"),
            ("pt", "eleição eleições"),
            ("pt", "avião aviões"),
            ("it", "elezione elezioni"),
            ("sv", "hamn hamnen hamnar hamnarna"),
            ("da", "havn havnen havne"),
            ("nb", "havn havnen havner"),
            ("nl", "haven havens"),
            ("nl", "brug bruggen"),
            ("nl", "brief brieven"),
            ("fi", "talo talossa talosta talon taloja"),
            ("hu", "választás választások választáson választásokat"),
            ("tr", "ülke ülkeler ülkede ülkenin"),
            ("tr", "kitap kitaplar kitapların"),
            ("ro", "sancțiune sancțiuni sancțiunile"),
            ("ru", "санкция санкции санкций санкциями"),
            ("ru", "российский российская российского российских"),
            ("el", "πρόεδρος προέδρου ΠΡΟΕΔΡΟΣ"),
            ("ar", "حكومة الحكومة وحكومة بالحكومة"),
        ] {
            for one in family.split(' ') {
                for other in family.split(' ') {
                    assert!(finds(lang, one, other), "{lang}: {one} should find {other}");
                }
            }
        }
    }

    #[test]
    fn other_words_and_other_languages_are_left_alone() {
        for (lang, word, other) in [
            ("de", "Brücke", "Bruch"),
            ("fr", "armée", "arme"),
            ("ru", "мост", "место"),
            ("en", "bridge", "bridges"), // made elsewhere
            ("pl", "most", "mosty"),     // no algorithm
            ("ru", "bridge", "bridges"),
            ("de", "a4", "a4s"),
        ] {
            assert!(!finds(lang, word, other), "{lang}: {word} should not find {other}");
        }
    }

    #[test]
    fn an_elided_article_is_no_part_of_the_word() {
        assert!(finds("fr", "l’élection", "élections") && !finds("de", "l’élection", "élections"));
    }

    #[test]
    fn every_word_of_a_family_begins_as_the_family_says() {
        let words = "portarono portò porti portato ports porten portet ломать ломаю домами أهداف";
        for lang in LANGUAGES.iter().flat_map(|language| language.tags) {
            for word in words.split(' ').map(fold) {
                let Some(stem) = Stem::of(lang, &word) else { continue };
                assert!(stem.family().unwrap().has(&word), "{lang} {word} {stem:?}");
            }
        }
    }
}
