//! A timeline as a picture: one SVG file that needs nothing else, runs nothing, and says in words what it shows.

use std::fmt::Write as _;

use super::printable;
use super::timeline::{label, summary};
use crate::backend::Timeline;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 320.0;
/// Where bars stand: left, top, right, bottom.
const FRAME: (f64, f64, f64, f64) = (64.0, 48.0, 944.0, 272.0);
/// About how many days are named below the bars.
const NAMED: i64 = 8;

/// The picture; `query` is what was asked.
pub fn timeline(query: &str, timeline: &Timeline) -> String {
    let (left, top, right, bottom) = FRAME;
    let title = escaped(&format!("Articles by {}: {query}", timeline.by.name()));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{left}\" y=\"24\" font-size=\"16\" fill=\"#111\">{}</text>\n",
        escaped(&summary(timeline)),
        escaped(&shortened(&format!("Articles by {}: {query}", timeline.by.name()))),
    );
    let peak = timeline.peak();
    for (part, y) in [
        (peak, top),
        (peak / 2, bottom - (bottom - top) * (peak / 2) as f64 / peak.max(1) as f64),
        (0, bottom),
    ] {
        let _ = writeln!(
            out,
            "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#ccc\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#444\">{part}</text>",
            left - 8.0,
            y + 4.0,
        );
    }
    if let (Some(first), Some(last)) = (timeline.stretches.first(), timeline.stretches.last()) {
        let span = last.number.saturating_sub(first.number).saturating_add(1);
        let wide = (right - left) / span as f64;
        let every = (span + NAMED - 1) / NAMED;
        let (mut bars, mut names, mut next) = (String::new(), String::new(), first.number);
        for stretch in &timeline.stretches {
            let x = left + (stretch.number - first.number) as f64 * wide;
            let name = label(timeline, stretch);
            if stretch.articles > 0 {
                let high = (bottom - top) * stretch.articles as f64 / peak.max(1) as f64;
                let _ = writeln!(
                    bars,
                    "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{high:.2}\"><title>{name}: {}</title></rect>",
                    bottom - high,
                    (wide * 0.9).max(0.4),
                    stretch.articles,
                );
            }
            if stretch.number >= next {
                let _ = writeln!(names, "<text x=\"{x:.1}\" y=\"{:.1}\">{name}</text>", bottom + 20.0);
                next = stretch.number.saturating_add(every);
            }
        }
        let _ = write!(out, "<g fill=\"#1f5f8b\">\n{bars}</g>\n<g fill=\"#444\">\n{names}</g>\n");
    }
    let _ = write!(
        out,
        "<text x=\"{left}\" y=\"{:.1}\" fill=\"#444\">{}</text>\n</svg>\n",
        bottom + 40.0,
        escaped(&summary(timeline))
    );
    out
}

/// As much of a title as fits over the picture.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 100 { text.to_owned() } else { text.chars().take(99).chain(['…']).collect() }
}

/// A text as XML holds it: no signs of markup, and no character that XML has not.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Stretch;
    use crate::text::Calendar;

    fn picture(query: &str, counts: &[(i64, u64)]) -> String {
        let stretches =
            counts.iter().map(|(number, articles)| Stretch { number: *number, articles: *articles });
        let articles = counts.iter().map(|count| count.1).sum();
        timeline(
            query,
            &Timeline { by: Calendar::Month, articles, undated: 0, stretches: stretches.collect() },
        )
    }

    #[test]
    fn a_picture_says_in_words_what_it_shows() {
        insta::assert_snapshot!(picture("ferry", &[(24_308, 4), (24_309, 0), (24_310, 2)]), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 320" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="12">
        <title id="title">Articles by month: ferry</title>
        <desc id="desc">6 articles by month, most (4) in 2025-09</desc>
        <rect width="960" height="320" fill="#fff"/>
        <text x="64" y="24" font-size="16" fill="#111">Articles by month: ferry</text>
        <path d="M64 48.0H944" stroke="#ccc"/><text x="56.0" y="52.0" text-anchor="end" fill="#444">4</text>
        <path d="M64 160.0H944" stroke="#ccc"/><text x="56.0" y="164.0" text-anchor="end" fill="#444">2</text>
        <path d="M64 272.0H944" stroke="#ccc"/><text x="56.0" y="276.0" text-anchor="end" fill="#444">0</text>
        <g fill="#1f5f8b">
        <rect x="64.00" y="48.00" width="264.00" height="224.00"><title>2025-09: 4</title></rect>
        <rect x="650.67" y="160.00" width="264.00" height="112.00"><title>2025-11: 2</title></rect>
        </g>
        <g fill="#444">
        <text x="64.0" y="292.0">2025-09</text>
        <text x="357.3" y="292.0">2025-10</text>
        <text x="650.7" y="292.0">2025-11</text>
        </g>
        <text x="64" y="312.0" fill="#444">6 articles by month, most (4) in 2025-09</text>
        </svg>
        "##);
    }

    #[test]
    fn a_query_is_text_in_a_picture_and_nothing_else() {
        let picture = picture("\"</title><script>alert(1)</script>\" & \u{1b}[31m\u{202e}", &[(24_308, 1)]);
        assert!(!picture.contains("<script") && picture.contains("&lt;script&gt;"), "{picture}");
        assert!(picture.chars().all(|c| !c.is_control() || c == '\n'));
        assert_eq!(picture.matches("</title>").count(), 2);
    }

    #[test]
    fn there_is_a_picture_of_nothing() {
        assert!(picture("x", &[]).ends_with("</svg>\n"));
    }
}
