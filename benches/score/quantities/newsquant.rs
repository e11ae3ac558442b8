//! `NewsQuant`: F1 of value, value and unit, value and change.
//!
//! By unit: the gold unit, without " per …" for money, names the same unit, or has the counted noun among its words. By
//! change: gold `up` and `down` are a trend; `~`, `<`, `>`, `=` a modifier, where `<` is both below and at most. A text that
//! says two of them ("up about 5") has one in gold; either is right.

use std::fmt;

use dateline::article::{Kind, Mention, Modifier, Trend};

use super::{Case, found, has_ends, shown};

/// How often what was right.
#[derive(Default)]
pub(super) struct Score {
    name: String,
    gold: usize,
    found: usize,
    value: usize,
    unit: usize,
    change: usize,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
        let f1 = |right: usize| 200.0 * right as f64 / (self.gold + self.found).max(1) as f64;
        writeln!(
            f,
            "{:24} {:>6} {:>6} {:>9} {:>6} {:>8} {:>6} {:>8}",
            "", "gold", "found", "precision", "recall", "F1 value", "+ unit", "+ change"
        )?;
        write!(
            f,
            "{:24} {:>6} {:>6} {:>9.1} {:>6.1} {:>8.1} {:>6.1} {:>8.1}",
            self.name,
            self.gold,
            self.found,
            share(self.value, self.found),
            share(self.value, self.gold),
            f1(self.value),
            f1(self.unit),
            f1(self.change)
        )
    }
}

pub(super) fn score(name: &str, cases: &[Case], errors: &mut Vec<String>) -> Score {
    let mut score = Score { name: name.to_owned(), ..Score::default() };
    for case in cases {
        let mut ours = found(&case.text);
        let mut wrong = Vec::new();
        score.gold += case.gold.len();
        score.found += ours.len();
        for gold in &case.gold {
            let end = |name: &str| gold[name].as_f64().unwrap_or(f64::NAN);
            let (one, other) = (end("lo"), end("hi"));
            let unit = gold["unit"].as_str().unwrap_or("-");
            let change = gold["change"].as_str().unwrap_or("=");
            let wanted = format!("{change} {one}..{other} {unit}");
            let rank =
                |m: &Mention| usize::from(unit_fits(m, unit)) * 2 + usize::from(change_fits(m, change));
            let best = (0..ours.len())
                .filter(|at| has_ends(&ours[*at], one, other))
                .max_by_key(|at| (rank(&ours[*at]), ours.len() - at));
            let Some(best) = best else {
                wrong.push(format!("missed {wanted}"));
                continue;
            };
            let ours = ours.remove(best);
            let (unit, change) = (unit_fits(&ours, unit), change_fits(&ours, change));
            score.value += 1;
            score.unit += usize::from(unit);
            score.change += usize::from(change);
            if !unit || !change {
                wrong.push(format!("read {}, not {wanted}", shown(&ours, &case.text)));
            }
        }
        wrong.extend(ours.iter().map(|m| format!("extra {}", shown(m, &case.text))));
        if !wrong.is_empty() {
            errors.push(format!("{}: {}\n    {}", case.id, case.text, wrong.join("\n    ")));
        }
    }
    score
}

/// What `NewsQuant` calls a unit of ours.
fn gold_name(unit: &str) -> &str {
    match unit {
        "%" => "percentage",
        "USD" => "dollar",
        "GBP" => "pound sterling",
        "EUR" => "euro",
        "JPY" => "japanese yen",
        "CNY" => "yuan",
        "AUD" => "australian dollar",
        "CAD" => "canadian dollar",
        "HKD" => "hong kong dollar",
        "ILS" => "shekel",
        "BTC" => "bitcoin",
        "MYR" => "malaysian ringgit",
        "DKK" => "danish krone",
        "HRK" => "croatian kuna",
        "INR" => "indian rupee",
        "pound" => "pound-mass",
        "penny" => "point",
        "degree celsius" => "celsius",
        "degree fahrenheit" => "fahrenheit",
        "revolution per minute" => "revolutions per minute",
        "part per billion" => "parts-per-billion",
        "milliampere hour" => "milliampere-hour",
        "ampere per square centimetre" => "A/cm2",
        other => other,
    }
}

fn unit_fits(found: &Mention, gold: &str) -> bool {
    let gold = gold.to_lowercase();
    let Some(unit) = found.quantity().and_then(|q| q.unit.as_deref()) else {
        return gold == "-" || gold.is_empty();
    };
    let name = gold_name(unit).to_lowercase();
    let money = found.kind == Kind::Money;
    let plain = gold.split(" per ").next().unwrap_or(&gold).trim_start_matches("united states ");
    let plain = if money { plain } else { &gold };
    name == plain
        || name == gold
        || !money && gold.split([' ', '-']).any(|word| word == name || word.strip_suffix('s') == Some(&name))
        || unit == "pound-foot" && gold == "foot pound-force"
}

fn change_fits(found: &Mention, gold: &str) -> bool {
    let Some(quantity) = found.quantity() else { return false };
    let modifier = match quantity.modifier {
        Modifier::Equal => "=",
        Modifier::About => "~",
        Modifier::AtMost | Modifier::Below => "<",
        Modifier::AtLeast | Modifier::Above => ">",
    };
    match quantity.trend.map(Trend::name) {
        Some(trend) => trend == gold || modifier == gold && modifier != "=",
        None => modifier == gold,
    }
}
