//! Credits and bylines: who reported, wrote and edited, as agencies put it into the text.

/// Where the credit begins that an agency puts in brackets, or after two dashes, at the end of a paragraph.
pub(super) fn in_brackets(line: &str) -> Option<usize> {
    const LONGEST_CREDIT: usize = 500;
    let opening = if line.trim_end_matches('.').ends_with(')') { "(" } else { "-- " };
    let from = line.len().saturating_sub(LONGEST_CREDIT);
    let end = line.as_bytes().get(from..)?;
    let opens = |at: &usize| end.get(*at..).is_some_and(|rest| rest.starts_with(opening.as_bytes()));
    let first = if opening == "(" { b'(' } else { b'-' };
    let at = from + memchr::memrchr_iter(first, end).find(opens)?;
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

/// The names, if a line is nothing but a byline: "By Jane Doe and Tomas Brandt", "Jane Doe, Harbour Times".
pub(super) fn only_byline(line: &str) -> Option<&str> {
    const LONGEST_BYLINE: usize = 120;
    const OPENINGS: &[&str] =
        &["By ", "BY ", "By: ", "Written by ", "Reported by ", "Story by ", "Words by ", "Posted by "];
    if line.len() > LONGEST_BYLINE || line.ends_with([':', '!', '?']) {
        return None;
    }
    let Some(names) = OPENINGS.iter().find_map(|opening| line.strip_prefix(opening)) else {
        return is_name_and_outlet(line).then_some(line);
    };
    let capitals = capitals(names)?;
    // One capital is a nickname, and none no name at all; a dozen is no list of names.
    let listed = (2..=12).contains(&capitals) && !names.ends_with('.');
    (listed && !is_heading(names)).then_some(names.trim())
}

/// How many words of `names` begin with a capital, if all others are those that stand between names.
fn capitals(names: &str) -> Option<usize> {
    const SMALL: &[&str] = &[
        "and", "of", "in", "for", "the", "with", "de", "da", "di", "dos", "du", "van", "von", "der", "den",
        "del", "la", "le", "bin", "al", "el", "AND", "&", "|", "-", "•", "–", "—",
    ];
    let mut capitals = 0;
    for word in names.split([' ', ',', ';', '/']).filter(|word| !word.is_empty()) {
        let name = word.strip_prefix("al-").unwrap_or(word);
        if name.starts_with(char::is_uppercase) && !name.contains(|c: char| c.is_ascii_digit()) {
            capitals += 1;
        } else if !SMALL.contains(&word) {
            return None;
        }
    }
    Some(capitals)
}

/// Whether what stands behind "By" is a turn of phrase in a heading: "By Popular Demand", "By The Numbers".
fn is_heading(names: &str) -> bool {
    const TURNS: &[&str] = &[
        "the",
        "a",
        "an",
        "all",
        "any",
        "its",
        "his",
        "her",
        "popular",
        "royal",
        "demand",
        "design",
        "law",
        "land",
        "sea",
        "air",
        "contrast",
        "comparison",
        "default",
        "numbers",
        "far",
        "now",
        "then",
        "way",
        "invitation",
        "appointment",
        "order",
        "submitting",
        "clicking",
        "using",
        "continuing",
        "election",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    const OUTLETS: &[&str] = &["associated", "editorial", "editors", "new", "washington", "canadian"];
    let mut words = names.split([' ', ',']).map(str::to_ascii_lowercase);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    TURNS.contains(&first.as_str()) && !(first == "the" && OUTLETS.contains(&second.as_str()))
}

/// Whether a line is a person's name, a comma, and an outlet or what a reporter is called: "Jane Doe, Harbour Times".
fn is_name_and_outlet(line: &str) -> bool {
    const LAST: &[&str] = &[
        "times",
        "post",
        "press",
        "tribune",
        "herald",
        "journal",
        "gazette",
        "chronicle",
        "guardian",
        "observer",
        "courier",
        "reuters",
        "ap",
        "afp",
        "cnn",
        "bbc",
        "upi",
        "correspondent",
        "correspondents",
        "reporter",
        "writer",
        "writers",
        "editor",
        "bureau",
        "columnist",
    ];
    const LONGEST: usize = 80;
    if line.len() > LONGEST || line.ends_with('.') {
        return false;
    }
    let Some((name, outlet)) = line.split_once(", ") else { return false };
    let named = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
            && !word.eq_ignore_ascii_case("the")
    };
    let words = name.split(' ').count();
    let last = outlet.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    (2..=3).contains(&words)
        && name.split(' ').all(named)
        && outlet.split(' ').count() <= 4
        && capitals(outlet).is_some_and(|capitals| capitals >= 1)
        && LAST.contains(&last.as_str())
}

/// Who reported a story, as a credit of its agency says: "(Reporting by Jane Doe in Arden and Tomas Brandt; editing by ...)"
/// gives "Jane Doe, Tomas Brandt". Editors and helpers are no authors; without reporters the writers are.
pub(super) fn reporters(credit: &str) -> Option<String> {
    const MOST: usize = 8;
    const OPENINGS: &[&str] =
        &["reporting by", "reporting and writing by", "reporting and editing by", "written by", "writing by"];
    let credit = credit.trim_start_matches(['(', '-', '–', '—', ' ', '*']);
    let lower = credit.to_ascii_lowercase();
    let opening = OPENINGS.iter().find_map(|opening| {
        let at = memchr::memmem::find_iter(lower.as_bytes(), opening.as_bytes()).find(|at| {
            let before = lower.get(..*at).unwrap_or("").trim_end();
            !before.ends_with("additional") && !before.ends_with("more")
        })?;
        Some(at + opening.len())
    })?;
    let list = credit.get(opening..)?.trim_start_matches([':', ' ']);
    let end = list.find([';', ')', '(', '\n', ':']).unwrap_or(list.len());
    let mut names = Vec::new();
    let list = list.get(..end)?;
    // Another task in the same list ends it: "Reporting by Jane Doe, editing by ...".
    let parts = list.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let name = part.split(" in ").next().unwrap_or("").split(" at ").next().unwrap_or("");
        let name = name.trim_matches([' ', '.', ',']);
        if !is_person(name) || names.len() == MOST {
            break;
        }
        names.push(name);
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Whether `name` is written like a person's: two to five words, all but particles with a capital.
fn is_person(name: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "dos", "du", "van", "von", "der", "den", "del", "la", "le", "bin", "al", "el",
        "ter", "ten",
    ];
    const NO_NAMES: &[&str] =
        &["newsroom", "bureau", "staff", "desk", "team", "newsrooms", "bureaus", "reporters"];
    const LONGEST_NAME: usize = 48;
    let words = name.split(' ').count();
    name.len() <= LONGEST_NAME
        && (2..=5).contains(&words)
        && name.split(' ').all(|word| {
            (word.starts_with(char::is_uppercase)
                || PARTICLES.contains(&word)
                || word.starts_with("al-")
                || word.starts_with("d'"))
                && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
                && !NO_NAMES.iter().any(|no| word.eq_ignore_ascii_case(no))
        })
        && name.split(' ').next_back().is_some_and(|last| last.chars().any(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_that_is_a_byline_gives_its_names() {
        for (line, names) in [
            ("By Jane Roe", Some("Jane Roe")),
            ("By Jane Roe and John Doe, Staff Writers", Some("Jane Roe and John Doe, Staff Writers")),
            ("BY JANE ROE", Some("JANE ROE")),
            ("Written by Jane Roe, CNN", Some("Jane Roe, CNN")),
            ("By Ali al-Roe", Some("Ali al-Roe")),
            ("By The Associated Press", Some("The Associated Press")),
            ("Jane Roe, Harbour Times", Some("Jane Roe, Harbour Times")),
            ("Jane Q. Roe, Staff Writer", Some("Jane Q. Roe, Staff Writer")),
            ("By Popular Demand", None),
            ("By The Numbers", None),
            ("By Submitting This Form", None),
            ("By Monday, Jane Roe", None),
            ("By midnight, the bridge was shut", None),
            ("By Jane", None),
            ("By Jane Roe, 4 March 2019", None),
            ("By Jane Roe was here.", None),
            ("Port Arden, Harbour Times Square", None),
            ("Jane Roe, who edits The Post", None),
            ("Jane Roe", None),
            ("The Harbour, Port Post", None),
        ] {
            assert_eq!(only_byline(line), names, "{line}");
        }
    }

    #[test]
    fn reporters_are_told_from_editors_and_helpers() {
        for (credit, names) in [
            ("(Reporting by Jane Roe)", Some("Jane Roe")),
            ("(Reporting by Jane Roe; Editing by John Doe)", Some("Jane Roe")),
            (
                "(Reporting by Jane Roe in Arden and Tomas Brandt, editing by John Doe)",
                Some("Jane Roe, Tomas Brandt"),
            ),
            ("(Additional reporting by Jane Roe, Writing by John Doe)", Some("John Doe")),
            (
                "(Writing by John Doe; additional reporting by Ann Lee; Reporting by Jane Roe)",
                Some("Jane Roe"),
            ),
            ("Reporting By Ludwig van Roe", Some("Ludwig van Roe")),
            ("(Editing by John Doe)", None),
            ("(Additional reporting by Jane Roe; Editing by John Doe)", None),
            ("(Reporting by the Harbour newsroom)", None),
            ("(Reporting by Arden Newsroom; Editing by John Doe)", None),
        ] {
            assert_eq!(reporters(credit).as_deref(), names, "{credit}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_odd(line in "(By |Written by |\\(Reporting by )?[A-Zé][a-zİ]{0,6}( |, | and |; )(\\PC{0,30})") {
            let _ = only_byline(&line);
            if let Some(names) = reporters(&line) {
                prop_assert!(!names.is_empty() && names.split(", ").all(is_person));
            }
        }
    }
}
