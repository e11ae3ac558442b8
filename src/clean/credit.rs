//! Credits and bylines: who reported, wrote and edited, as agencies put it into the text.

/// Where the credit begins that an agency puts in brackets, or after two dashes, at the end of a paragraph.
pub(super) fn in_brackets(line: &str) -> Option<usize> {
    const LONGEST_CREDIT: usize = 500;
    let opening = if line.trim_end_matches('.').ends_with(')') { "(" } else { "-- " };
    let from = line.len().saturating_sub(LONGEST_CREDIT);
    let at = from + memchr::memmem::rfind(line.as_bytes().get(from..)?, opening.as_bytes())?;
    let before = line.get(..at)?.trim_end();
    // What is cut must follow a whole sentence, or another credit.
    let whole = before.ends_with(['.', '!', '?', '"', '”', '\'', '’', ')']);
    let credit = line.get(at + opening.len()..).is_some_and(opens_credit);
    (whole && credit).then_some(before.len())
}

/// Whether `text` begins like "Additional reporting by Jane Doe".
pub(super) fn opens_credit(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "reporting by",
        "additional reporting by",
        "reporting and writing by",
        "reporting and editing by",
        "writing by",
        "written by",
        "editing by",
        "edited by",
        "compiled by",
        "with additional reporting by",
        "with reporting by",
    ];
    let text = text.trim_start();
    OPENINGS.iter().any(|opening| {
        text.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening))
            && text.get(opening.len()..).is_some_and(|names| {
                let name = names.trim_start_matches([' ', ':']);
                name.len() < names.len() && name.starts_with(char::is_uppercase)
            })
    })
}

/// The names, if a line is nothing but a byline: "By Jane Doe and Tomas Brandt".
pub(super) fn only_byline(line: &str) -> Option<&str> {
    const LONGEST_BYLINE: usize = 100;
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?;
    if line.len() > LONGEST_BYLINE || names.ends_with(['.', ':', '!', '?']) {
        return None;
    }
    let small = |word: &str| {
        matches!(
            word,
            "and"
                | "of"
                | "in"
                | "for"
                | "the"
                | "de"
                | "da"
                | "di"
                | "van"
                | "von"
                | "der"
                | "den"
                | "del"
                | "la"
                | "le"
                | "bin"
                | "al"
                | "AND"
                | "&"
                | "|"
                | "-"
        )
    };
    let mut capitals = 0;
    for word in names.split([' ', ',', ';', '/']).filter(|word| !word.is_empty()) {
        if word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit()) {
            capitals += 1;
        } else if !small(word) {
            return None;
        }
    }
    // One capital is a nickname, and none no name at all; a dozen is no list of names.
    (2..=10).contains(&capitals).then_some(names)
}
