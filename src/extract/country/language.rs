//! Languages: "speaks French" is no mention of France.

use super::Hit;

/// Whether a demonym names a language: "speaks French", "in Chinese,", "English-language".
pub(super) fn is_language(hit: &Hit<'_>) -> bool {
    let surface = hit.surface();
    if surface.ends_with('s') && surface != "Swiss" {
        return false;
    }
    let (text, before) = (hit.text, hit.text.word_before(hit.first).unwrap_or(""));
    let next = text.next_word(hit.last).unwrap_or("");
    if matches!(
        next,
        "language"
            | "languages"
            | "Language"
            | "speaker"
            | "speakers"
            | "speaking"
            | "lessons"
            | "subtitles"
            | "translation"
            | "translations"
            | "dialect"
    ) {
        return true;
    }
    if matches!(
        before,
        "speak"
            | "speaks"
            | "speaking"
            | "spoke"
            | "spoken"
            | "fluent"
            | "broken"
            | "learn"
            | "learned"
            | "learning"
    ) {
        return true;
    }
    let stands_alone = !is_noun_like(next);
    if matches!(before, "in" | "into" | "from") && stands_alone {
        return true;
    }
    let other = match (before, next) {
        ("and" | "or", _) if stands_alone => hit.first.checked_sub(2).map_or("", |at| text.word(at)),
        (_, "and" | "or") => text.word(hit.last + 2),
        _ => "",
    };
    if other == "English" && hit.surface() != "English" && stands_alone {
        return true;
    }
    hit.surface() == "English" && (stands_alone || matches!(next, "class" | "classes" | "teacher" | "major"))
}

/// Whether `word` can be the noun that a demonym before it describes: not empty, no function word.
fn is_noun_like(word: &str) -> bool {
    !matches!(
        word,
        "" | "and"
            | "or"
            | "but"
            | "to"
            | "for"
            | "with"
            | "on"
            | "that"
            | "as"
            | "by"
            | "at"
            | "was"
            | "is"
            | "are"
            | "were"
            | "in"
            | "of"
            | "from"
            | "which"
            | "than"
            | "because"
            | "when"
            | "while"
            | "said"
    )
}
