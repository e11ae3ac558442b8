//! Words that an apostrophe joins to what is no part of them: French `l'État`, `qu'il`, Italian `dell'Iran`, Turkish `Ankara'da`.
//!
//! To the tokenizer, which knows no language, they are one token, as `O'Neill` is. In articles of these languages the word
//! itself is looked up as well, at the same position: both `État` and `l'État` are found there.

use super::fold_char;

/// What an apostrophe means in articles of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined(Rule);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// It belongs to the word.
    Nothing,
    /// One of these before it lost its vowel to the word behind it.
    Elided(&'static [&'static str]),
    /// What follows is an ending.
    Ending,
}

const FRENCH: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
];
const ITALIAN: &[&str] = &[
    "l", "d", "c", "s", "m", "t", "v", "n", "un", "dell", "all", "dall", "nell", "sull", "coll", "dell",
    "quell", "quest", "bell", "tutt", "mezz", "com", "dov", "cos", "anch", "senz", "ciascun", "nessun",
    "alcun", "qualcun", "sant",
];
const CATALAN: &[&str] = &["l", "d", "m", "t", "s", "n"];

impl Joined {
    /// The rule for articles with this language tag.
    pub fn of(lang: Option<&str>) -> Self {
        Self(match lang.and_then(|tag| tag.split('-').next()) {
            Some("fr" | "oc") => Rule::Elided(FRENCH),
            Some("it") => Rule::Elided(ITALIAN),
            Some("ca") => Rule::Elided(CATALAN),
            Some("tr") => Rule::Ending,
            _ => Rule::Nothing,
        })
    }

    /// Whether every token is one word.
    pub fn is_nothing(self) -> bool {
        self.0 == Rule::Nothing
    }

    /// The word in a token that is more than that word: a part of `token`.
    ///
    /// ```
    /// use dateline::text::Joined;
    /// assert_eq!(Joined::of(Some("fr")).part("l’État"), Some("État"));
    /// assert_eq!(Joined::of(Some("tr")).part("Ankara'da"), Some("Ankara"));
    /// assert_eq!(Joined::of(Some("fr")).part("aujourd'hui"), None);
    /// assert_eq!(Joined::of(Some("en")).part("D'Angelo"), None);
    /// ```
    pub fn part(self, token: &str) -> Option<&str> {
        if self.0 == Rule::Nothing {
            return None;
        }
        let (before, after) = token.split_once(['\'', '\u{2019}'])?;
        match self.0 {
            Rule::Elided(words) => {
                let is_one = words.iter().any(|word| before.eq_ignore_ascii_case(word));
                (is_one && begins_with_vowel(after)).then_some(after)
            }
            Rule::Ending => (!before.is_empty()).then_some(before),
            Rule::Nothing => None,
        }
    }
}

/// Whether a word begins with a vowel or a silent h.
fn begins_with_vowel(word: &str) -> bool {
    let mut vowel: Option<bool> = None;
    if let Some(first) = word.chars().next() {
        fold_char(first, &mut |c| {
            vowel = vowel.or(Some(matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h')));
        });
    }
    vowel.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lost_its_vowel_is_parted_from_the_word() {
        for (lang, token, part) in [
            ("fr", "d'Iran", Some("Iran")),
            ("fr-ca", "Qu’il", Some("il")),
            ("fr", "l'œuvre", Some("œuvre")),
            ("fr", "l'homme", Some("homme")),
            ("fr", "prud'homme", None),
            ("fr", "O'Neill", None),
            ("it", "dell'Iran", Some("Iran")),
            ("it", "un'elezione", Some("elezione")),
            ("ca", "l’Ajuntament", Some("Ajuntament")),
            ("tr", "Türkiye’nin", Some("Türkiye")),
            ("de", "d'Iran", None),
        ] {
            assert_eq!(Joined::of(Some(lang)).part(token), part, "{lang} {token}");
        }
        assert!(Joined::of(None).is_nothing() && Joined::of(Some("en")).is_nothing());
    }
}
