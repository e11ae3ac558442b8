//! Plural and singular of nouns: "countries" is "country".

use std::borrow::Cow;

use crate::names::wordlist::{Set, Table, among, lower, row};

/// Whether `word`, in lower case, looks like a plural noun.
pub(crate) fn is_plural(word: &str) -> bool {
    if row(&IRREGULAR, word).is_some() || matches!(word, "people" | "police") {
        return true;
    }
    let bytes = word.as_bytes();
    match bytes {
        [.., b'm', b'e', b'n'] => {
            bytes.len() > 4 && word != "specimen" && word != "regimen" && word != "women"
        }
        [.., before, b's'] => bytes.len() > 3 && !matches!(before, b's' | b'u' | b'i' | b'\''),
        _ => false,
    }
}

/// The singular of `noun`, in lower case. "people" stays as it is: it is the word that people search for.
pub(crate) fn singular(noun: &str) -> Cow<'static, str> {
    let word = lower(noun);
    if word.is_empty() {
        return Cow::Owned(noun.to_lowercase());
    }
    let word = &*word;
    if word == "person" {
        return Cow::Borrowed("people");
    }
    if let Some(singular) = row(&IRREGULAR, word) {
        return Cow::Borrowed(singular);
    }
    if word.len() < 4 || among(&INVARIANT, word) || among(&PLAIN_S, word) {
        return Cow::Owned(word.to_owned());
    }
    let cut = |n: usize, end: &str| {
        let mut stem = String::with_capacity(word.len());
        stem.push_str(word.get(..word.len() - n).unwrap_or(word));
        stem.push_str(end);
        Cow::Owned(stem)
    };
    let ends = |end: &str| word.ends_with(end);
    if ends("men") && is_plural(word) {
        cut(2, "an")
    } else if ends("ies") {
        if word.len() <= 4
            || matches!(
                word,
                "movies" | "cookies" | "zombies" | "calories" | "selfies" | "rookies" | "genies"
            )
        {
            cut(1, "")
        } else {
            cut(3, "y")
        }
    } else if ends("sses") || ends("shes") || ends("xes") && word != "axes" || ends("zzes") {
        cut(2, "")
    } else if ends("ches") {
        if ends("aches") && !ends("oaches") && !ends("eaches") || word == "niches" {
            cut(1, "")
        } else {
            cut(2, "")
        }
    } else if ends("uses") {
        let keeps_e = ends("auses")
            || ends("ouses")
            || matches!(
                word,
                "abuses" | "excuses" | "fuses" | "muses" | "recluses" | "refuses" | "ruses" | "uses"
            );
        if keeps_e { cut(1, "") } else { cut(2, "") }
    } else if ends("oes") && !ends("shoes") && word.len() > 5 && word != "canoes" {
        cut(2, "")
    } else if ends("s") && !ends("ss") && !ends("us") && !ends("is") {
        cut(1, "")
    } else {
        Cow::Owned(word.to_owned())
    }
}

/// Plurals that no rule makes; sorted.
static IRREGULAR: Table<&'static str> = Table::new(&[
    ("aircraft", "aircraft"),
    ("analyses", "analysis"),
    ("bacteria", "bacterium"),
    ("calves", "calf"),
    ("children", "child"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("dice", "die"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("grandchildren", "grandchild"),
    ("halves", "half"),
    ("hooves", "hoof"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lice", "louse"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("men", "man"),
    ("mice", "mouse"),
    ("oxen", "ox"),
    ("personnel", "personnel"),
    ("persons", "people"),
    ("phenomena", "phenomenon"),
    ("quizzes", "quiz"),
    ("schoolchildren", "schoolchild"),
    ("selves", "self"),
    ("servicewomen", "servicewoman"),
    ("shelves", "shelf"),
    ("species", "species"),
    ("stimuli", "stimulus"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("thieves", "thief"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
]);

/// Nouns whose plural is the singular, or that count people without a plural; sorted.
pub(crate) static INVARIANT: Set = Set::new(&[
    "aircraft",
    "bison",
    "cattle",
    "cod",
    "crew",
    "dead",
    "deer",
    "fish",
    "head",
    "hovercraft",
    "injured",
    "missing",
    "offspring",
    "personnel",
    "police",
    "poultry",
    "salmon",
    "series",
    "sheep",
    "shrimp",
    "spacecraft",
    "species",
    "squid",
    "staff",
    "swine",
    "trout",
    "wounded",
]);

/// Singulars that end in s; sorted.
static PLAIN_S: Set = Set::new(&[
    "athletics",
    "chaos",
    "economics",
    "gas",
    "lens",
    "mathematics",
    "news",
    "physics",
    "politics",
    "series",
    "species",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_have_a_singular() {
        for (plural, lemma) in [
            ("Countries", "country"),
            ("viruses", "virus"),
            ("houses", "house"),
            ("buses", "bus"),
            ("cases", "case"),
            ("bosses", "boss"),
            ("matches", "match"),
            ("heroes", "hero"),
            ("shoes", "shoe"),
            ("wolves", "wolf"),
            ("women", "woman"),
            ("movies", "movie"),
            ("taxes", "tax"),
            ("crashes", "crash"),
            ("headaches", "headache"),
            ("species", "species"),
            ("people", "people"),
            ("person", "people"),
            ("persons", "people"),
            ("status", "status"),
            ("glass", "glass"),
            ("lies", "lie"),
            ("policemen", "policeman"),
            ("causes", "cause"),
        ] {
            assert_eq!(singular(plural), lemma, "{plural}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(IRREGULAR.rows.is_sorted_by_key(|row| row.0));
        assert!(INVARIANT.words.is_sorted() && PLAIN_S.words.is_sorted());
    }
}
