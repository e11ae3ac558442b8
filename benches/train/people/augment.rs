//! Makes more texts of marked ones: other names in the place of persons', lines in capitals, tables of results.
//!
//! What surrounds a name then tells more than the name. Everything is drawn by a seed from the names of the sets themselves, so
//! no list is needed.

use super::Random;
use super::data::Name;

/// The names of the sets, to draw from.
#[derive(Default)]
pub(crate) struct Pool {
    firsts: Vec<String>,
    lasts: Vec<String>,
    organisations: Vec<String>,
    places: Vec<String>,
}

/// A text with its names.
#[derive(Default)]
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) names: Vec<Name>,
}

impl Pool {
    /// Adds the names of a text.
    pub(crate) fn learn(&mut self, text: &str, names: &[Name]) {
        for name in names {
            let Some(surface) = text.get(name.start..name.end) else { continue };
            let plain = surface.split(' ').all(|word| {
                word.chars().next().is_some_and(char::is_uppercase)
                    && word.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'))
            });
            let mut words = surface.split(' ');
            match (name.tag, words.next(), words.next(), words.next()) {
                (1, Some(first), Some(last), None) if plain => {
                    self.firsts.push(first.to_owned());
                    self.lasts.push(last.to_owned());
                }
                (3, ..) if surface.len() < 30 => self.organisations.push(surface.to_owned()),
                (5, _, _, None) if plain => self.places.push(surface.to_owned()),
                _ => {}
            }
        }
    }

    /// The text with other persons in it, the same for each occurrence of a word of a name.
    pub(crate) fn renamed(&self, text: &str, names: &[Name], random: &mut Random) -> Marked {
        let mut made = Marked::default();
        let mut drawn: Vec<(&str, String)> = Vec::new();
        let mut done = 0;
        for name in names {
            if name.start < done {
                continue;
            }
            let Some((before, surface)) = text.get(done..name.start).zip(text.get(name.start..name.end))
            else {
                continue;
            };
            made.text.push_str(before);
            let start = made.text.len();
            if name.tag == 1 {
                let count = surface.split(' ').count();
                for (number, word) in surface.split(' ').enumerate() {
                    if number > 0 {
                        made.text.push(' ');
                    }
                    let is_name = word.len() > 2
                        && word.chars().next().is_some_and(char::is_uppercase)
                        && word.chars().skip(1).all(char::is_lowercase);
                    if !is_name {
                        made.text.push_str(word);
                        continue;
                    }
                    let known = drawn.iter().position(|(old, _)| *old == word);
                    let at = known.unwrap_or_else(|| {
                        let list = if number + 1 < count { &self.firsts } else { &self.lasts };
                        drawn.push((word, draw(list, random).to_owned()));
                        drawn.len() - 1
                    });
                    made.text.push_str(&drawn[at].1);
                }
            } else {
                made.text.push_str(surface);
            }
            made.names.push(Name { start, end: made.text.len(), tag: name.tag });
            done = name.end;
        }
        made.text.push_str(text.get(done..).unwrap_or(""));
        made
    }

    /// A page of results, as sports desks send them.
    pub(crate) fn table(&self, random: &mut Random) -> Marked {
        let mut made = Marked::default();
        let rows = ROWS[random.below(ROWS.len())];
        self.fill(HEADS[random.below(HEADS.len())], &mut made, random);
        let mut made = shouted(&made.text, &made.names).unwrap_or_default();
        made.text.push('\n');
        self.fill(LINES[random.below(LINES.len())], &mut made, random);
        for _ in 0..4 + random.below(8) {
            made.text.push_str(if random.below(4) == 0 { "  " } else { "\n" });
            let row = rows[random.below(rows.len())];
            self.fill(row, &mut made, random);
        }
        made
    }

    /// Fills a pattern: P a person, S a surname, I an initial, O an organisation, L a place, N a number.
    fn fill(&self, row: &str, made: &mut Marked, random: &mut Random) {
        for piece in row.split_inclusive(['}']) {
            let Some((plain, slot)) = piece.split_once('{') else {
                made.text.push_str(piece);
                continue;
            };
            made.text.push_str(plain);
            let start = made.text.len();
            let tag = match slot.trim_end_matches('}') {
                "P" => {
                    made.text.push_str(draw(&self.firsts, random));
                    made.text.push(' ');
                    made.text.push_str(draw(&self.lasts, random));
                    1
                }
                "S" => {
                    made.text.push_str(draw(&self.lasts, random));
                    1
                }
                "I" => {
                    made.text.push(char::from(b'A' + u8::try_from(random.below(26)).unwrap_or(0)));
                    made.text.push_str(". ");
                    made.text.push_str(draw(&self.lasts, random));
                    1
                }
                "O" => {
                    made.text.push_str(draw(&self.organisations, random));
                    3
                }
                "T" => {
                    made.text.push_str(draw(&self.places, random));
                    3
                }
                "L" => {
                    made.text.push_str(draw(&self.places, random));
                    5
                }
                _ => {
                    made.text.push_str(&random.below(200).to_string());
                    continue;
                }
            };
            made.names.push(Name { start, end: made.text.len(), tag });
        }
    }
}

/// The text with its first sentence before it, as a headline in capitals.
pub(crate) fn with_headline(text: &str, names: &[Name]) -> Option<Marked> {
    let end = text.find(". ").map_or(text.len(), |stop| stop + 1);
    let inside: Vec<Name> = names.iter().copied().filter(|name| name.end <= end).collect();
    let mut made = shouted(text.get(..end)?, &inside)?;
    let by = made.text.len() + 1;
    made.text.push('\n');
    made.text.push_str(text);
    made.names.extend(names.iter().map(|n| Name { start: n.start + by, end: n.end + by, tag: n.tag }));
    Some(made)
}

/// The text in capitals, its names where they were.
fn shouted(text: &str, names: &[Name]) -> Option<Marked> {
    let upper = text.to_uppercase();
    (upper.len() == text.len()).then(|| Marked { text: upper, names: names.to_vec() })
}

fn draw<'l>(list: &'l [String], random: &mut Random) -> &'l str {
    list.get(random.below(list.len().max(1))).map_or("", String::as_str)
}

/// What stands over tables, in capitals.
const HEADS: &[&str] = &[
    "Tennis - Results at {L} open.",
    "Tennis - {S} survives as {S} falls in {L}.",
    "Golf - Leading scores at {L} masters.",
    "Golf - {S} takes lead, {S} one shot behind.",
    "Soccer - {L} division summaries.",
    "Soccer - {S} gives {T} win over {T}.",
    "Soccer - {L} beat {L} {N}-{N}.",
    "Cricket - {L} v {L} final test scoreboard.",
    "Cricket - {L} {N}-{N} at close v {L}.",
    "Cricket - {S} hits century as {L} recover.",
    "Athletics - {S} wins in {L} grand prix.",
    "Baseball - {T} beat {T} on {S} homer.",
    "{L} leader {S} visits {L}.",
    "{S} says {O} talks to go on.",
    "{L} court frees {S}.",
    "{O} shares fall in {L}.",
    "{S} meets {S} in {L}.",
];

/// What stands over tables, as prose.
const LINES: &[&str] = &[
    "Results on Sunday:",
    "Collated results of the first round (prefix number denotes seeding):",
    "Scoreboard at close on the second day of the test between {L} and {L} at {L}:",
    "{L} 1996-08-29",
    "{L} first innings {N}-{N}",
    "Leaders after Saturday's games:",
    "Line-ups:",
    "Leading positions in {L}",
];

/// Kinds of tables: the rows of each.
const ROWS: &[&[&str]] = &[
    &[
        "{P} ({L}) beat {P} ({L}) 6-3 6-2",
        "{N} - {P} ({L}) beat {P} ({L}) 7-6 (7-4) 3-6 6-1",
        "{P}, {L}, beat {N}-{P}, {L}, 6-4 7-5",
        "{P} and {P} ({L}) bt {P} and {P} ({L}) 6-2 6-4",
    ],
    &[
        "{N} {P}",
        "{N} {P}, {P} ({L}), {P}",
        "{N} {P} ({L}) 71 68 70, {P} 69 70 70",
        "{N}. {P} ({L}) {N} points",
        "{P} ({L}) 66 68",
    ],
    &[
        "{I} c {S} b {S} {N}",
        "{P} c {S} b {S} {N}",
        "{I} lbw b {S} {N}",
        "{I} not out {N}",
        "{P} run out {N}",
        "{P} {N} not out, {P} {N}",
        "Bowling: {S} 12-3-45-1, {S} 20-4-65-3 (2nb), {P} 7-1-21-0",
        "Fall of wickets: 1-20 ({S}) 2-65 ({S})",
    ],
    &[
        "{T} {N} ({S} 20th) {T} 0. Attendance {N}",
        "{T} 1 ({S} 12th penalty, {S} 40th) {T} 2 ({S} 44th, {P} 70th)",
        "Scorers: {T} - {S} (32nd), {S} (52nd pen); {T} - {P} (80th)",
        "{T} {N} {T} {N}",
        "{O} - {P}; {P}, {P}, {P}; {P}",
        "Goalkeepers: {P}, {P}; Defenders: {P} ({O}), {P} ({O})",
    ],
    &[
        "{N}. {P} ({L}) 12.71 seconds",
        "{N}. {P} ({L}) 2:13.06.12",
        "{N} {P}, {L}, {O}",
        "{N}. {P}, {L} {N}.{N}",
    ],
    &[
        "BATTING - {I}, {T}, .360; {S}, {T}, .351; {I}, {T}, .342",
        "HOME RUNS - {S}, {T}, 43; {S}, {T}, 40; {I}, {T}, 38",
        "{T} at {T}",
        "WP - {P}, 7-3. LP - {S}, 2-5. HR - {S} (12), {S} (4)",
        "{T} {N} {T} {N}: {S} scored {N} points and {P} added {N}",
    ],
    &["{P}, {L}", "{P} - {O}", "{O}: {P}", "{P}, chairman, {O}", "{S}, {L}", "By {P} and {P}"],
];
