//! Recognizers-Text's cases: how many of the values of each model are read, with how much besides.
//!
//! Only what we mean to read is scored: not the ordinals, nor the modes of a model whose cases other modes have with another
//! answer. Currencies, measures and shares are held against mentions of their kind, numbers against all. What another model
//! of Recognizers-Text would read, and none of this one's values is, counts for nothing: "500 years" in a case of
//! dimensions, "180.25ml" in one of numbers. The mode that reads parts as shares has them in percent: "1/4 of" is 25. A case
//! with an open range ("more than 5") has one end, which is the value.

use std::fmt;

use dateline::article::{Kind, Mention};
use serde_json::Value;

use super::{Case, found, has_ends, shown};

/// How many values of a model were read.
pub(super) struct Score {
    model: String,
    cases: usize,
    right: usize,
    gold: usize,
    found: usize,
    hits: usize,
}

/// The models that are not scored.
const LEFT_OUT: [&str; 4] =
    ["Ordinal", "ExperimentalMode", "NumberModelPercentMode", "SuppressExtendedTypes"];

pub(super) fn score(model: &str, cases: &[Case], errors: &mut Vec<String>) -> Option<Score> {
    if LEFT_OUT.iter().any(|part| model.contains(part)) {
        return None;
    }
    let kinds: &[Kind] = match model {
        m if m.contains("Currency") => &[Kind::Money],
        m if m.contains("Dimension") || m.contains("Temperature") || m.contains("Age") => &[Kind::Quantity],
        m if m.contains("ModelPercentMode") => &[Kind::Percent, Kind::Number],
        m if m.contains("Percent") => &[Kind::Percent],
        _ => &Kind::ALL,
    };
    let mut score = Score {
        model: model.trim_end_matches("-dev").to_owned(),
        cases: 0,
        right: 0,
        gold: 0,
        found: 0,
        hits: 0,
    };
    for case in cases {
        let all = found(&case.text);
        let mut ours: Vec<_> = all.iter().filter(|m| kinds.contains(&m.kind)).collect();
        let gold: Vec<_> = case.gold.iter().filter_map(resolved).collect();
        ours.retain(|m| own(model, m) || gold.iter().any(|(lo, hi)| has_ends(m, *lo, *hi)));
        score.cases += 1;
        score.gold += gold.len();
        score.found += ours.len();
        let mut missed = Vec::new();
        for (lo, hi) in gold {
            let shares = model.contains("ModelPercentMode");
            let right = |m: &&Mention| {
                has_ends(m, lo, hi) || shares && is_part(m) && has_ends(m, lo / 100.0, hi / 100.0)
            };
            match ours.iter().position(right) {
                Some(at) => {
                    ours.remove(at);
                    score.hits += 1;
                }
                None => missed.push(format!("missed {lo}..{hi}")),
            }
        }
        missed.extend(ours.iter().map(|m| format!("extra {}", shown(m, &case.text))));
        if missed.is_empty() {
            score.right += 1;
        } else {
            errors.push(format!("{}: {}\n    {}", case.id, case.text, missed.join("\n    ")));
        }
    }
    Some(score)
}

/// Whether `model` is the one of Recognizers-Text that reads what a mention is: ages, temperatures, lengths of time and angles
/// are told by their unit, and numbers have none that is measured or paid.
fn own(model: &str, mention: &Mention) -> bool {
    let unit = mention.quantity().and_then(|q| q.unit.as_deref()).unwrap_or("");
    let age = unit.ends_with("of age");
    let temperature = matches!(unit, "degree celsius" | "degree fahrenheit" | "kelvin");
    match model {
        m if m.contains("Age") => age,
        m if m.contains("Temperature") => temperature,
        m if m.contains("Dimension") => !age && !temperature && !is_duration(unit),
        m if m.contains("Currency") => true,
        m if m.contains("ModelPercentMode") => mention.kind == Kind::Percent || is_part(mention),
        m if m.contains("Percent") => true,
        _ => mention.kind == Kind::Number,
    }
}

/// Whether `unit` is a span of time, which its recogniser of dates reads.
fn is_duration(unit: &str) -> bool {
    matches!(unit, "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade" | "century")
}

/// Whether a mention is a part of a whole, written as such: "1/4", "one out of three".
fn is_part(mention: &Mention) -> bool {
    mention.quantity().is_some_and(|q| q.lo > 0.0 && q.hi < 1.0)
}

/// The value of a resolution, or both ends of it; of an open range the one that it has.
fn resolved(gold: &Value) -> Option<(f64, f64)> {
    let value = gold["resolution"]["value"].as_str()?;
    let one = |value: &str| value.trim_end_matches('%').parse::<f64>().ok();
    let Some(ends) = value.strip_prefix(['[', '(']) else { return one(value).map(|v| (v, v)) };
    let (lo, hi) = ends.trim_end_matches([']', ')']).split_once(',')?;
    let (lo, hi) = (one(lo), one(hi));
    Some((lo.or(hi)?, hi.or(lo)?))
}

pub(super) fn table(scores: &[Score], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if scores.is_empty() {
        return Ok(());
    }
    writeln!(
        f,
        "{:36} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "", "cases", "right", "values", "found", "recall", "F1"
    )?;
    for s in scores {
        let recall = 100.0 * s.hits as f64 / s.gold.max(1) as f64;
        let f1 = 200.0 * s.hits as f64 / (s.gold + s.found).max(1) as f64;
        let (cases, right, gold, found) = (s.cases, s.right, s.gold, s.found);
        writeln!(f, "{:36} {cases:>6} {right:>6} {gold:>6} {found:>6} {recall:>6.1} {f1:>6.1}", s.model)?;
    }
    Ok(())
}
