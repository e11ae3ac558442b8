//! Which language a text is in.
//!
//! [`detect`] looks at the first 600 letters: at their script, which leaves few languages or one, and at which language's
//! small words (`words`) stand among them. Where no language is far ahead, `whichlang` (n-grams of letters, sixteen
//! languages) is asked as well; where both say too little, nothing is said. [`tag`] reads what an input states.

#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use words::{ISO_639_1, LANGUAGES, SCRIPTS};

/// Letters that are looked at.
const LETTERS: usize = 600;
/// Letters that are looked at for their script alone.
const SCRIPT_LETTERS: usize = 200;
/// Bytes that are looked at, whatever they are.
const BYTES: usize = 6000;
/// Fewer letters say nothing of a language that shares its script.
const LEAST_LETTERS: usize = 40;

/// The script of a letter, as far as it parts languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Han,
    Kana,
    /// One that stands for the language of this row of [`SCRIPTS`].
    Own(u8),
    Other,
}

/// The scripts of [`Script`] by number: six shared ones, then those of one language, then the others.
const SHARED: usize = 6;

impl Script {
    fn of(letter: char) -> Self {
        match letter {
            '\0'..'\u{250}' | '\u{1e00}'..'\u{1f00}' => Self::Latin,
            '\u{400}'..'\u{530}' => Self::Cyrillic,
            '\u{600}'..'\u{780}' | '\u{8a0}'..'\u{900}' | '\u{fb50}'..'\u{fe00}' | '\u{fe70}'..'\u{ff00}' => {
                Self::Arabic
            }
            '\u{900}'..'\u{980}' => Self::Devanagari,
            '\u{3040}'..'\u{3100}' => Self::Kana,
            '\u{3400}'..'\u{a000}' | '\u{f900}'..'\u{fb00}' | '\u{20000}'..'\u{32000}' => Self::Han,
            _ => (0..)
                .zip(SCRIPTS)
                .find(|(_, (first, past, _))| (*first..*past).contains(&letter))
                .map_or(Self::Other, |(row, _)| Self::Own(row)),
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Latin => 0,
            Self::Cyrillic => 1,
            Self::Arabic => 2,
            Self::Devanagari => 3,
            Self::Han => 4,
            Self::Kana => 5,
            Self::Own(row) => SHARED + usize::from(row),
            Self::Other => SHARED + SCRIPTS.len(),
        }
    }
}

/// The languages of [`LANGUAGES`] that have a word, a bit each.
static WORDS: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (row, language) in LANGUAGES.iter().enumerate() {
        for word in language.words.split(' ').filter(|word| !word.is_empty()) {
            *words.entry(word).or_insert(0) |= 1 << row;
        }
    }
    words
});

/// Those of [`WORDS`] that are letters of ASCII and fit a number.
static SHORT: LazyLock<FxHashMap<u64, u64>> = LazyLock::new(|| {
    let short = WORDS.iter().filter(|(word, _)| word.is_ascii() && word.len() <= 8);
    short.map(|(word, of)| (number(word), *of)).collect()
});

/// A word of up to eight letters of ASCII as a number, in small letters.
fn number(word: &str) -> u64 {
    word.bytes().rev().fold(0, |number, byte| number << 8 | u64::from(byte | 0x20))
}

/// The language of `text` as a BCP 47 tag; `None` if it does not show.
///
/// ```
/// use dateline::text::language::detect;
/// let german = "Die Brücke über den Hafen ist seit Montag gesperrt, wie der Rat mitteilte.";
/// assert_eq!(detect(german), Some("de"));
/// assert_eq!(detect("Η γέφυρα του λιμανιού είναι κλειστή."), Some("el"));
/// assert_eq!(detect("1,200 2,400"), None);
/// ```
pub fn detect(text: &str) -> Option<&'static str> {
    let sample = Sample::of(text, LETTERS);
    match sample.script()? {
        Script::Own(row) => SCRIPTS.get(usize::from(row)).map(|(_, _, tag)| *tag),
        Script::Kana => Some("ja"),
        // Japanese has a third of its letters in kana, and hardly a sentence without.
        Script::Han if sample.count(Script::Kana) * 10 > sample.count(Script::Han) => Some("ja"),
        Script::Han => Some("zh"),
        Script::Latin if sample.letters >= LEAST_LETTERS => sample.of_words(true),
        Script::Cyrillic | Script::Arabic | Script::Devanagari if sample.letters >= LEAST_LETTERS / 2 => {
            sample.of_words(false)
        }
        _ => None,
    }
}

/// The BCP 47 tag in lower case that `stated` is, or that it means: `en_GB`, `eng` and `English` are read, a country's code
/// that is no language's is not.
///
/// ```
/// use dateline::text::language::tag;
/// assert_eq!(tag("en_GB").as_deref(), Some("en-gb"));
/// assert_eq!(tag("German").as_deref(), Some("de"));
/// assert_eq!(tag("us"), None);
/// ```
pub fn tag(stated: &str) -> Option<String> {
    const LONGEST: usize = 35; // what RFC 5646 asks programs to take
    if stated.len() > LONGEST {
        return None;
    }
    let lower = stated.trim().to_lowercase().replace('_', "-");
    let (primary, rest) =
        lower.split_once('-').map_or((lower.as_str(), None), |(first, rest)| (first, Some(rest)));
    let known = match primary.len() {
        0..=2 => None,
        3 => LANGUAGES.iter().find(|of| of.long == primary),
        _ => LANGUAGES.iter().find(|of| rest.is_none() && of.name == primary),
    };
    // Two letters and a space each.
    let iso =
        primary.len() == 2 && ISO_639_1.as_bytes().chunks(3).any(|code| code.starts_with(primary.as_bytes()));
    let three = primary.len() == 3 && primary.bytes().all(|b| b.is_ascii_lowercase());
    let primary = match known {
        Some(language) => language.tag,
        None if iso || three => primary,
        None => return None,
    };
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    match rest {
        Some(rest) if rest.split('-').all(subtag) => Some(format!("{primary}-{rest}")),
        _ => Some(primary.to_owned()),
    }
}

/// Whether an article of language `tag` is one of those that a query means by `asked`: `en` means `en-gb` as well.
pub fn is_of(tag: &str, asked: &str) -> bool {
    tag.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether `text` may be in the language with this tag: its script is not one that the language is never written in.
pub fn fits(text: &str, tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or(tag);
    let Some(script) = Sample::of(text, SCRIPT_LETTERS).script() else { return true };
    let own = SCRIPTS.iter().any(|(_, _, of)| *of == primary);
    let listed = LANGUAGES.iter().find(|language| language.tag == primary);
    let latin = listed.is_none_or(|language| language.words.bytes().next().is_none_or(|b| b.is_ascii()));
    match script {
        // Serbian and others are written in two scripts.
        Script::Latin => !(own || matches!(primary, "ja" | "zh") || (!latin && is_only(primary))),
        Script::Other => true,
        Script::Own(row) => {
            SCRIPTS.get(usize::from(row)).is_none_or(|(_, _, of)| *of == primary) || !own && listed.is_none()
        }
        Script::Han => matches!(primary, "zh" | "ja" | "ko" | "yue"),
        Script::Kana => primary == "ja",
        Script::Cyrillic | Script::Arabic | Script::Devanagari => !own && (listed.is_none() || !latin),
    }
}

/// Languages of [`LANGUAGES`] that are not written in Latin letters.
fn is_only(primary: &str) -> bool {
    matches!(primary, "ru" | "uk" | "be" | "bg" | "mk" | "ar" | "fa" | "ur" | "ps" | "hi" | "mr" | "ne")
}

/// The beginning of a text, with its letters counted by script.
struct Sample<'t> {
    text: &'t str,
    letters: usize,
    scripts: [usize; SHARED + SCRIPTS.len() + 1],
}

impl<'t> Sample<'t> {
    fn of(text: &'t str, letters: usize) -> Self {
        let mut sample = Self { text: "", letters: 0, scripts: [0; SHARED + SCRIPTS.len() + 1] };
        let (mut end, mut latin) = (0, 0);
        while sample.letters + latin < letters && end < BYTES {
            match text.as_bytes().get(end) {
                Some(byte) if byte.is_ascii() => {
                    latin += usize::from(byte.is_ascii_alphabetic());
                    end += 1;
                    continue;
                }
                _ => {}
            }
            let Some(c) = text.get(end..).and_then(|rest| rest.chars().next()) else { break };
            end += c.len_utf8();
            if c.is_alphabetic() {
                sample.letters += 1;
                if let Some(count) = sample.scripts.get_mut(Script::of(c).index()) {
                    *count += 1;
                }
            }
        }
        sample.letters += latin;
        sample.scripts[0] += latin;
        sample.text = text.get(..end).unwrap_or("");
        sample
    }

    fn count(&self, script: Script) -> usize {
        self.scripts.get(script.index()).copied().unwrap_or(0)
    }

    /// The script of most letters; `None` if none has three in five.
    fn script(&self) -> Option<Script> {
        let most = (0..).zip(self.scripts).max_by_key(|(_, count)| *count)?;
        let both = self.count(Script::Han) + self.count(Script::Kana);
        if both > most.1 {
            return (both * 5 >= self.letters * 3).then_some(Script::Han);
        }
        if self.letters == 0 || most.1 * 5 < self.letters * 3 {
            return None;
        }
        [Script::Latin, Script::Cyrillic, Script::Arabic, Script::Devanagari, Script::Han, Script::Kana]
            .get(most.0)
            .copied()
            .or_else(|| {
                (most.0 < SHARED + SCRIPTS.len())
                    .then(|| Script::Own(u8::try_from(most.0 - SHARED).unwrap_or(0)))
            })
    }

    /// The language that small words and n-grams agree on, or that the words are sure of.
    fn of_words(&self, latin: bool) -> Option<&'static str> {
        // Shares of all words, in hundredths: no text of a language has fewer of its small words, and none of another as many.
        const ENOUGH: usize = 12;
        const PLENTY: usize = 20;
        const FEW_WORDS: usize = 8;
        // Tables have a word or two that is some language's.
        const FEW_HITS: usize = 3;
        let (counts, words) = self.count_words();
        let share = |row: usize| counts.get(row).copied().unwrap_or(0) * 100 / words.max(1);
        let best =
            (0..LANGUAGES.len()).max_by_key(|row| (counts.get(*row).copied(), std::cmp::Reverse(*row)))?;
        let others = (0..LANGUAGES.len()).filter(|row| *row != best);
        let second = others.max_by_key(|row| counts.get(*row)).map_or(0, share);
        let tag = |row: usize| LANGUAGES.get(row).map(|language| language.tag);
        if counts.get(best).is_none_or(|count| *count < FEW_HITS) {
            return None;
        }
        // Far ahead of every other there is no doubt.
        if words >= FEW_WORDS && share(best) >= PLENTY && share(best) >= 2 * second {
            return tag(best);
        }
        if !latin {
            return if share(best) >= ENOUGH / 2 && share(best) > second { tag(best) } else { None };
        }
        let taken_for = whichlang(self.text);
        let row = LANGUAGES.iter().position(|language| language.tag == taken_for);
        match row {
            Some(row) if share(row) >= ENOUGH && share(row) * 5 >= share(best) * 4 => tag(row),
            Some(row) if share(row) * 10 >= share(best) * 9 && share(row) >= ENOUGH / 2 => tag(row),
            _ => (words >= 20 && share(best) >= ENOUGH && share(best) > second).then(|| tag(best))?,
        }
    }

    /// How many of the words are small words of each language, and how many words there are.
    fn count_words(&self) -> ([usize; 64], usize) {
        const LONGEST: usize = 24;
        const LONGEST_ASCII: usize = 9;
        let (mut counts, mut words) = ([0; 64], 0);
        let mut lower = String::with_capacity(LONGEST);
        let (known, short) = (&*WORDS, &*SHORT);
        let parts = |c: char| {
            if c.is_ascii() { !c.is_ascii_alphabetic() } else { !(c.is_alphanumeric() || is_mark(c)) }
        };
        let mut rest = self.text;
        while !rest.is_empty() {
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let ends = rest.as_bytes().get(letters).is_none_or(u8::is_ascii);
            let length = if ends { letters } else { rest.find(parts).unwrap_or(rest.len()) };
            let Some((word, after)) = rest.split_at_checked(length) else { break };
            if word.is_empty() {
                let mut after = after.chars();
                after.next();
                rest = after.as_str();
                continue;
            }
            rest = after;
            words += 1;
            let is_ascii = ends || word.is_ascii();
            if word.len() > if is_ascii { LONGEST_ASCII } else { LONGEST } {
                continue;
            }
            let of = if is_ascii && word.len() <= 8 {
                short.get(&number(word))
            } else {
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                known.get(lower.as_str())
            };
            let mut of = of.copied().unwrap_or(0);
            while of != 0 {
                if let Some(count) = counts.get_mut(of.trailing_zeros() as usize) {
                    *count += 1;
                }
                of &= of - 1;
            }
        }
        (counts, words)
    }
}

/// Signs that stand inside words of Indic and Arabic script.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}' | '\u{64b}'..='\u{65f}')
}

fn whichlang(text: &str) -> &'static str {
    use ::whichlang::Lang;
    match ::whichlang::detect_language(text) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}
