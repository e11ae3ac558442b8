//! Cues: what the words around a name tell of it.

use super::lexicon::{Flags, flags, is_particle as is_particle_word};
use crate::extract::{Text, is_capitalised, is_joint};

/// What stands around a candidate, and what it is made of; see the constants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u32);

impl Cues {
    /// A form of address or a rank directly before: "Mr", "Gen."
    pub(super) const COURTESY: Self = Self(1);
    /// Another word for a post directly before: "Manager", "Foreign Minister".
    pub(super) const TITLE: Self = Self(1 << 1);
    /// A post or kinship in lower case before: "striker", "his wife,".
    pub(super) const ROLE: Self = Self(1 << 2);
    /// A verb of speech after.
    pub(super) const SAID_AFTER: Self = Self(1 << 3);
    /// A verb of speech before.
    pub(super) const SAID_BEFORE: Self = Self(1 << 4);
    /// An age after: ", 45,".
    pub(super) const AGE: Self = Self(1 << 5);
    /// "who" after.
    pub(super) const WHO: Self = Self(1 << 6);
    /// A comma and what the person is: ", a lawyer".
    pub(super) const APPOSITION: Self = Self(1 << 7);
    /// Its last word stands alone elsewhere in the article.
    pub(super) const ALONE: Self = Self(1 << 8);
    /// All the cues above: they hold for a name wherever it stands in the article.
    pub(super) const SHARED: Self = Self((1 << 9) - 1);

    /// "the" before.
    pub(super) const THE: Self = Self(1 << 9);
    /// "in", "at", "near" before.
    pub(super) const PLACE_BEFORE: Self = Self(1 << 10);
    /// Directly after a capitalised common word: "Human".
    pub(super) const COMMON_BEFORE: Self = Self(1 << 11);
    /// Directly before a capitalised common word or a demonym.
    pub(super) const COMMON_AFTER: Self = Self(1 << 12);
    /// Directly after a noun of a body: "Bank".
    pub(super) const BODY_BEFORE: Self = Self(1 << 13);
    /// Directly before a noun of a body: "Foundation".
    pub(super) const BODY_AFTER: Self = Self(1 << 14);
    /// Directly after a country, its people, or an acronym.
    pub(super) const COUNTRY_BEFORE: Self = Self(1 << 15);
    /// In a line where most words have capitals.
    pub(super) const HEADLINE: Self = Self(1 << 16);
    /// In a line of capitals.
    pub(super) const SHOUTED: Self = Self(1 << 17);
    /// Holds a word of capitals although the line is none.
    pub(super) const ACRONYM: Self = Self(1 << 18);
    /// Holds an initial after or before a word.
    pub(super) const INITIAL: Self = Self(1 << 19);
    /// Holds a lower-case particle: "van".
    pub(super) const PARTICLE: Self = Self(1 << 20);
    /// Ends in words joined by a hyphen, as Korean given names and double surnames do.
    pub(super) const HYPHEN: Self = Self(1 << 21);
    /// A common word: a name only if the article has it in a full name.
    pub(super) const WEAK: Self = Self(1 << 22);
    /// Begins with an article of another language: "El", "La".
    pub(super) const ARTICLE: Self = Self(1 << 23);
    /// "Mr" before.
    pub(super) const MAN: Self = Self(1 << 24);
    /// "Mrs", "Ms" before.
    pub(super) const WOMAN: Self = Self(1 << 25);

    /// A country's possessive before: "Kenya's".
    pub(super) const COUNTRYS: Self = Self(1 << 26);
    /// A country after, over "of": "of Kenya".
    pub(super) const OF_COUNTRY: Self = Self(1 << 27);

    /// A state or country after, over a comma: ", Ala.", ", Kenya,".
    pub(super) const PLACE_AFTER: Self = Self(1 << 28);

    /// Whether it has at least one of the cues of `any`.
    #[inline]
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// The cues of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of its cues that `of` has too.
    #[inline]
    pub(super) fn only(self, of: Self) -> Self {
        Self(self.0 & of.0)
    }
}

/// What a title directly before a name tells.
pub(super) fn title_cues(surface: &str, flags: Flags) -> Cues {
    let cues = if flags.has(Flags::COURTESY) { Cues::COURTESY } else { Cues::TITLE };
    match surface {
        "Mr" | "Sir" | "Lord" | "King" | "Prince" => cues.and(Cues::MAN),
        "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "Queen" | "Princess" => cues.and(Cues::WOMAN),
        _ => cues,
    }
}

/// Whether a particle is one before this gap: some are common words but before a hyphen.
pub(super) fn may_be_particle(word: &str, gap: &str) -> bool {
    match word {
        "ad" | "as" | "ash" | "at" | "az" | "an" | "ar" | "i" | "e" | "ten" | "do" | "los" | "lo" => {
            gap == "-" || (matches!(word, "e" | "do") && gap == " ")
        }
        _ => is_joint(gap),
    }
}

/// How many lower-case particles stand directly before `token`.
pub(super) fn particles_before(text: &Text<'_>, token: usize) -> usize {
    let is_particle = |n: usize| {
        let word = text.word(n);
        !is_capitalised(word) && is_particle_word(word) && may_be_particle(word, text.gap(n))
    };
    (1..=2).take_while(|n| token.checked_sub(*n).is_some_and(is_particle)).count()
}

/// What the words before `token` tell of a name that begins there.
pub(super) fn cues_before(text: &Text<'_>, token: usize) -> Cues {
    cues_before_particles(text, token, particles_before(text, token))
}

/// [`cues_before`] of a name before which so many particles stand.
pub(super) fn cues_before_particles(text: &Text<'_>, token: usize, particles: usize) -> Cues {
    let Some(before) = token.checked_sub(1 + particles) else { return Cues::default() };
    let (word, gap) = (text.word(before), text.gap(before));
    if gap == " " {
        return cues_of_neighbour(text, token, before);
    }
    let flags = flags(word);
    if gap == ". " && flags.has(Flags::TITLE) && word.len() <= 5 {
        return title_cues(word, flags);
    }
    if matches!(gap, ", " | " “" | " \"" | ", “" | ", \"") && flags.has(Flags::ROLE) {
        return Cues::ROLE;
    }
    if matches!(gap, "'s " | "’s ") && flags.has(Flags::COUNTRY) {
        return Cues::COUNTRYS;
    }
    if is_joint(gap) { cues_of_neighbour(text, token, before) } else { Cues::default() }
}

/// What the word at `before` tells of a name at `token` that only particles part from it.
fn cues_of_neighbour(text: &Text<'_>, token: usize, before: usize) -> Cues {
    let word = text.word(before);
    if matches!(word, "the" | "The") && is_government(text, token) {
        return Cues::ROLE;
    }
    if word == "to"
        && before.checked_sub(1).is_some_and(|n| matches!(text.word(n), "according" | "According"))
    {
        return Cues::SAID_BEFORE;
    }
    match word {
        "the" | "The" | "this" | "a" | "an" => return Cues::THE,
        "in" | "at" | "near" | "In" | "At" | "inside" | "outside" | "across" | "throughout" => {
            return Cues::PLACE_BEFORE;
        }
        _ => {}
    }
    let flags = flags(word);
    if flags.has(Flags::ROLE) || (flags.has(Flags::TITLE) && !is_capitalised(word)) {
        Cues::ROLE
    } else if flags.has(Flags::SAID) {
        Cues::SAID_BEFORE
    } else {
        Cues::default()
    }
}

/// Whether the word at `token` names a government: "the Lee administration".
fn is_government(text: &Text<'_>, token: usize) -> bool {
    matches!(text.next_word(token), Some("administration" | "presidency" | "campaign"))
}

/// What the words after `token` tell of a name that ends there.
pub(super) fn cues_after(text: &Text<'_>, token: usize) -> Cues {
    let (gap, next) = (text.gap(token), text.word(token + 1));
    if matches!(gap, ", " | " (") && is_age(next) && text.gap(token + 1).starts_with([',', ')', '.', ';']) {
        return Cues::AGE;
    }
    let mut cues = Cues::default();
    if matches!(gap, " " | ", ") && matches!(next, "who" | "whose" | "whom") {
        cues = cues.and(Cues::WHO);
    }
    if gap == " " && next == "of" {
        let place = if text.word(token + 2) == "the" { token + 3 } else { token + 2 };
        if is_capitalised(text.word(place)) && flags(text.word(place)).has(Flags::COUNTRY) {
            return Cues::OF_COUNTRY;
        }
    }
    if gap == ", " && is_place_after_comma(text, token + 1) {
        return Cues::PLACE_AFTER;
    }
    let is_a = matches!(next, "a" | "an" | "the" | "his" | "her" | "former");
    if gap == ", " && (is_a || flags(next).has(Flags::ROLE)) {
        cues = cues.and(Cues::APPOSITION);
    }
    let verb = if matches!(next, "also" | "has" | "had" | "later" | "then" | "further") {
        text.word(token + 2)
    } else {
        next
    };
    if matches!(gap, " " | ", ") && !is_capitalised(verb) && flags(verb).has(Flags::SAID) {
        cues = cues.and(Cues::SAID_AFTER);
    }
    cues
}

/// The states of the United States as news shortens them.
const STATES: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La",
    "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex",
    "Va", "Vt", "Wash", "Wis", "Wyo",
];

/// Whether the word at `token` is a shortened state and tells where the place before the comma lies: "Montgomery, Ala."
pub(super) fn is_state_after_comma(text: &Text<'_>, token: usize) -> bool {
    let end = text.tokens.get(token).map_or(0, |token| token.span.end as usize);
    text.gap_before(token) == ", "
        && text.text.as_bytes().get(end) == Some(&b'.')
        && STATES.binary_search(&text.word(token)).is_ok()
}

/// Whether the word at `token`, a state or country, tells where the place before the comma lies: ", Kenya," but not in a
/// list of countries.
fn is_place_after_comma(text: &Text<'_>, token: usize) -> bool {
    is_state_after_comma(text, token)
        || (is_capitalised(text.word(token))
            && flags(text.word(token)).has(Flags::NATION)
            && !flags(text.word(token)).has(Flags::FIRST | Flags::LAST)
            && (text.gap(token).starts_with([',', '.']) || token + 1 == text.tokens.len())
            && !text.word(token + 1).starts_with(|c: char| c.is_uppercase()))
}

fn is_age(word: &str) -> bool {
    word.len() <= 3 && word.parse::<u8>().is_ok_and(|age| (1..=115).contains(&age))
}
