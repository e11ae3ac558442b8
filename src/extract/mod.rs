//! Articles to mentions: who, which organisation, where and how much is named in a text, and how that was read.
//!
//! Callers tokenise title and body once and hand both over as [`Text`]s. [`person::find`] goes first, with what the
//! trained [`tagger`] says if it is asked for: it marks human beings, and what it marks can be no country. [`org::find`] marks
//! organisations, and a person in the name of one is none. [`country::find`] marks countries by name, demonym, abbreviation or capital, and [`place::find`] cities and
//! regions in what is left. [`quantity::find`] reads numbers, amounts, shares and measures, and dates on the same walk.
//! The others look words up in tables that are built when first used: a `gazetteer` for names of several words, word
//! lists for single words; the places' table is read where it lies. `lookup` does so once for the capitalised words of
//! a text, and they share it.

pub mod country;
mod date;
mod gazetteer;
mod lookup;
pub mod org;
pub mod person;
pub mod place;
pub mod quantity;
pub mod tagger;

use crate::article::{Mention, Span, TextField};
use crate::text::{Token, token_list, word_hash};
use lookup::Lookup;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether anything is.
    pub enabled: bool,
    /// Whether a short name has the key of the full name that the article holds: "Trump" that of "Donald Trump", "HPA" that
    /// of "Harbour Pilots Association". Otherwise every name has the key of its own words. Forms that the table of
    /// well-known organisations holds ("U.N.") have one key either way, since no article has to tell.
    pub merge: bool,
    /// Whether the trained tagger has a say in what is a person where the rules are in doubt.
    pub tagger: bool,
}

impl Default for Options {
    /// Everything.
    fn default() -> Self {
        Self { enabled: true, merge: true, tagger: true }
    }
}

/// The mentions of an article, in order of field and start.
///
/// ```
/// use dateline::extract::{Options, Text, extract};
/// use dateline::text::tokens;
/// let text = "Some 400 Iranians left, Hossein Noushabadi said.";
/// let cut: Vec<_> = tokens(text).collect();
/// let found = extract(&[Text::title("", &[]), Text::body(text, &cut)], &Options::default());
/// let read: Vec<_> = found.iter().map(|m| (m.kind.name(), m.span.of(text), m.key())).collect();
/// assert_eq!(read, [
///     ("number", "400", "~400 iranian".into()),
///     ("country", "Iranians", "IR".into()),
///     ("person", "Hossein Noushabadi", "hossein noushabadi".into()),
/// ]);
/// ```
///
/// The article is taken to have no date of publication; see [`extract_dated`].
pub fn extract(texts: &[Text<'_>], options: &Options) -> Vec<Mention> {
    extract_dated(texts, None, options)
}

/// The mentions of an article that was published at `published`, in seconds since 1970-01-01 UTC: as [`extract`], and dates
/// such as "on Tuesday", "last week" and "Oct. 14", which say nothing without that.
///
/// ```
/// use dateline::extract::{Options, Text, extract_dated};
/// use dateline::text::{date::parse_instant, tokens};
/// let text = "It was shut on Tuesday after the floods of 2019.";
/// let cut: Vec<_> = tokens(text).collect();
/// let published = parse_instant("2025-10-16T08:00:00Z");
/// let found = extract_dated(&[Text::body(text, &cut)], published, &Options::default());
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key(), &*m.via)).collect();
/// assert_eq!(read, [
///     ("Tuesday", "2025-10-14".into(), "date:weekday-past"),
///     ("2019", "2019".into(), "date:absolute"),
/// ]);
/// ```
pub fn extract_dated(texts: &[Text<'_>], published: Option<i64>, options: &Options) -> Vec<Mention> {
    extract_in(texts, None, published, options)
}

/// The mentions of an article of the language with the tag `lang`, published at `published`: as [`extract_dated`], and the
/// countries that it names in that language.
///
/// ```
/// use dateline::extract::{Options, Text, extract_in};
/// let text = "Die Regierung Frankreichs und die Schweiz lehnten ab.";
/// let cut: Vec<_> = dateline::text::tokens(text).collect();
/// let found = extract_in(&[Text::body(text, &cut)], Some("de"), None, &Options::default());
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key())).collect();
/// assert_eq!(read, [("Frankreichs", "FR".into()), ("Schweiz", "CH".into())]);
/// ```
pub fn extract_in(
    texts: &[Text<'_>],
    lang: Option<&str>,
    published: Option<i64>,
    options: &Options,
) -> Vec<Mention> {
    if !options.enabled {
        return Vec::new();
    }
    // News has a mention every nine words.
    let mut found = Vec::with_capacity(texts.iter().map(|text| text.tokens.len()).sum::<usize>() / 9);
    let words = Lookup::of(texts);
    person::find_in(&words, texts, options, &mut found);
    let mut organisations = Vec::new();
    org::find_in(&words, texts, &found, options.merge, &mut organisations);
    organisations.sort_by_key(|m| (m.field, m.span));
    found.retain(|person| !overlaps_one_of(person, &organisations));
    let mut countries = Vec::new();
    if let Some(lang) = lang {
        country::translated::find(texts, lang, &mut countries);
    }
    if !countries.is_empty() {
        // What a country covers is no person, as the rules of English may have seen it; other persons stand.
        found.sort_by_key(|person| (person.field, person.span));
        found.retain(|person| overlapped(person, &countries).is_none_or(|c| !covers(c.span, person.span)));
        countries.retain(|country| !overlaps_one_of(country, &found));
    }
    let translated = countries.len();
    country::find_in(&words, texts, &found, &mut countries);
    if translated > 0 {
        let named = countries.split_off(translated);
        let (own, english) = (countries, named);
        countries = english.into_iter().filter(|country| !overlaps_one_of(country, &own)).collect();
        countries.extend(own);
        countries.sort_by_key(|country| (country.field, country.span));
    }
    // What only the words around it make an organisation is none where it is a country.
    organisations.retain(|o| o.via != "org:cue" || !overlaps_one_of(o, &countries));
    let mut places = Vec::new();
    let others: Vec<&Mention> = found.iter().chain(&organisations).chain(&countries).collect();
    place::find_in(&words, &others, &mut places);
    found.append(&mut countries);
    found.append(&mut organisations);
    found.append(&mut places);
    for text in texts {
        match lang.and_then(|lang| quantity::decimal::in_english_form(text.text, lang)) {
            Some(copy) => {
                let before = found.len();
                quantity::find_dated(&copy, &token_list(&copy), text.field, published, &mut found);
                found.iter_mut().skip(before).for_each(|mention| to_whole_words(mention, text.tokens));
            }
            None => quantity::find_dated(text.text, text.tokens, text.field, published, &mut found),
        }
    }
    found.sort_by_cached_key(place);
    found
}

/// Lets a mention that ends within a word go on to its end.
fn to_whole_words(mention: &mut Mention, tokens: &[Token]) {
    let end = mention.span.end;
    let next = tokens.partition_point(|token| token.span.end <= end);
    if let Some(token) = tokens.get(next).filter(|token| token.span.start < end) {
        mention.span.end = token.span.end;
    }
}

/// Whether `inner` lies within `outer`.
fn covers(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Field, start, end and kind of a mention as one number, by which mentions stand in order.
fn place(mention: &Mention) -> u128 {
    let Span { start, end } = mention.span;
    let what = u128::from(mention.field as u8) << 72 | u128::from(mention.kind as u8);
    what | u128::from(start) << 40 | u128::from(end) << 8
}

/// Whether `mention` overlaps one of `others`, which are in order of field and start and do not overlap each other.
fn overlaps_one_of(mention: &Mention, others: &[Mention]) -> bool {
    overlapped(mention, others).is_some()
}

/// The last of `others` that `mention` overlaps.
fn overlapped<'m>(mention: &Mention, others: &'m [Mention]) -> Option<&'m Mention> {
    let after = others.partition_point(|o| (o.field, o.span.start) < (mention.field, mention.span.end));
    let last = others.get(after.checked_sub(1)?)?;
    (last.field == mention.field && last.span.overlaps(mention.span)).then_some(last)
}

/// One of an article's texts with its tokens, as extraction reads it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Which of the article's texts it is; the mentions found in it carry this.
    pub field: TextField,
    /// The characters.
    pub text: &'a str,
    /// The tokens of `text`, all of them and in order, as [`crate::text::tokens`] gives them.
    pub tokens: &'a [Token],
}

impl<'a> Text<'a> {
    /// A title and its tokens.
    pub fn title(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { field: TextField::Title, text, tokens }
    }

    /// A body and its tokens.
    pub fn body(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { field: TextField::Body, text, tokens }
    }

    /// The characters of token `at`; empty beyond the last.
    #[inline]
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// What stands between token `at` and the next one; empty at the end of the tokens.
    #[inline]
    fn gap(&self, at: usize) -> &'a str {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(token), Some(next)) => {
                self.text.get(token.span.end as usize..next.span.start as usize).unwrap_or("")
            }
            _ => "",
        }
    }

    /// Whether one space parts token `at` from the next one.
    #[inline]
    fn is_spaced(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(token), Some(next)) => {
                let end = token.span.end as usize;
                next.span.start as usize == end + 1 && self.text.as_bytes().get(end) == Some(&b' ')
            }
            _ => false,
        }
    }

    /// The gap before token `at`; empty before the first token.
    #[inline]
    fn gap_before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |before| self.gap(before))
    }

    /// The word directly after token `at`: nothing but one space or hyphen parts them.
    fn next_word(&self, at: usize) -> Option<&'a str> {
        is_joint(self.gap(at)).then(|| self.word(at + 1)).filter(|word| !word.is_empty())
    }

    /// The word directly before token `at`: nothing but one space or hyphen parts them.
    fn word_before(&self, at: usize) -> Option<&'a str> {
        let before = at.checked_sub(1)?;
        is_joint(self.gap(before)).then(|| self.word(before))
    }
}

/// Whether a gap only parts two words of one phrase.
#[inline]
fn is_joint(gap: &str) -> bool {
    matches!(gap, " " | "-" | "\u{a0}" | "\u{2010}" | "\u{2011}")
}

/// Whether the word begins with a capital letter.
#[inline]
fn is_capitalised(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        Some(_) => word.chars().next().is_some_and(char::is_uppercase),
        None => false,
    }
}

/// Whether the word has capital letters and none that is lower case.
fn is_all_capitals(word: &str) -> bool {
    let mut has_capital = false;
    for byte in word.bytes() {
        // Most words are told by their second letter.
        if byte.is_ascii_lowercase() {
            return false;
        }
        if !byte.is_ascii() {
            return word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
        }
        has_capital |= byte.is_ascii_uppercase();
    }
    has_capital
}
