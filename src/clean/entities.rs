//! HTML character references that were left in the text: "Beyonc&eacute;", "R&amp;D", "it&#8217;s".
//!
//! Read are the 252 names of HTML 4 and `&apos;`, also in capitals ("P&EACUTE;REZ"), and numbers, always with the semicolon. As in
//! ftfy, a text that has a `<` is left alone: it may be about HTML, or what escapes there is meant to be escaped.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::edit::{Editor, Log};
use super::reason::Reason;

/// The longest that stands between `&` and `;`.
const LONGEST: usize = 10;

/// Reads the references in `text`; `None` if there are none.
pub(super) fn unescape(text: &str, log: &mut Log) -> Option<String> {
    let bytes = text.as_bytes();
    let first = memchr::memchr(b'&', bytes)?;
    if memchr::memchr(b'<', bytes).is_some() {
        return None;
    }
    let mut editor = Editor::new(text, log);
    let mut at = first;
    loop {
        if let Some((c, end)) = reference(text, at + 1) {
            editor.replace(at..end, c.encode_utf8(&mut [0; 4]), Reason::Entity);
            at = end;
        } else {
            at += 1;
        }
        match bytes.get(at..).and_then(|rest| memchr::memchr(b'&', rest)) {
            Some(next) => at += next,
            None => break,
        }
    }
    editor.finish()
}

/// The character of the reference whose `&` ends at `start`, and where it ends. What is escaped twice, `&amp;eacute;`, is
/// read at once.
fn reference(text: &str, start: usize) -> Option<(char, usize)> {
    let mut found = None;
    let mut at = start;
    while let Some((c, end)) = once(text, at) {
        found = Some((c, end));
        if c != '&' {
            break;
        }
        at = end;
    }
    found
}

fn once(text: &str, start: usize) -> Option<(char, usize)> {
    let rest = text.get(start..)?;
    let length = rest.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = rest.get(..length)?;
    let c = match name.strip_prefix('#') {
        Some(number) => by_number(number)?,
        None => by_name(name)?,
    };
    Some((c, start + length + 1))
}

fn by_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Nobody escapes letters, and what makes references is not made by them.
    char::from_u32(code).filter(|c| *c != '\0' && !c.is_ascii_alphanumeric() && !matches!(c, '#' | ';'))
}

fn by_name(name: &str) -> Option<char> {
    if let Some(c) = NAMES.get(name) {
        return Some(*c);
    }
    if name.len() < 2 || !name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut upper = NAMES.get(name.to_ascii_lowercase().as_str())?.to_uppercase();
    upper.next().filter(|_| upper.next().is_none())
}

static NAMES: LazyLock<FxHashMap<&'static str, char>> = LazyLock::new(|| {
    let mut words = TABLE.split([' ', '\n']).filter(|word| !word.is_empty());
    let mut names = FxHashMap::default();
    while let (Some(name), Some(c)) = (words.next(), words.next().and_then(|word| word.chars().next())) {
        names.insert(name, c);
    }
    names
});

/// The names of HTML 4 (W3C, section 24) with their characters.
const TABLE: &str = "
    AElig Æ  Aacute Á  Acirc Â  Agrave À  Alpha Α  Aring Å  Atilde Ã  Auml Ä  Beta Β  Ccedil Ç  Chi Χ  Dagger ‡
    Delta Δ  ETH Ð  Eacute É  Ecirc Ê  Egrave È  Epsilon Ε  Eta Η  Euml Ë  Gamma Γ  Iacute Í  Icirc Î  Igrave Ì
    Iota Ι  Iuml Ï  Kappa Κ  Lambda Λ  Mu Μ  Ntilde Ñ  Nu Ν  OElig Œ  Oacute Ó  Ocirc Ô  Ograve Ò  Omega Ω
    Omicron Ο  Oslash Ø  Otilde Õ  Ouml Ö  Phi Φ  Pi Π  Prime ″  Psi Ψ  Rho Ρ  Scaron Š  Sigma Σ  THORN Þ  Tau Τ
    Theta Θ  Uacute Ú  Ucirc Û  Ugrave Ù  Upsilon Υ  Uuml Ü  Xi Ξ  Yacute Ý  Yuml Ÿ  Zeta Ζ  aacute á  acirc â
    acute ´  aelig æ  agrave à  alefsym ℵ  alpha α  amp &  and ∧  ang ∠  apos '  aring å  asymp ≈  atilde ã
    auml ä  bdquo „  beta β  brvbar ¦  bull •  cap ∩  ccedil ç  cedil ¸  cent ¢  chi χ  circ ˆ  clubs ♣  cong ≅
    copy ©  crarr ↵  cup ∪  curren ¤  dArr ⇓  dagger †  darr ↓  deg °  delta δ  diams ♦  divide ÷  eacute é
    ecirc ê  egrave è  empty ∅  emsp \u{2003}  ensp \u{2002}  epsilon ε  equiv ≡  eta η  eth ð  euml ë  euro €
    exist ∃  fnof ƒ  forall ∀  frac12 ½  frac14 ¼  frac34 ¾  frasl ⁄  gamma γ  ge ≥  gt >  hArr ⇔  harr ↔
    hearts ♥  hellip …  iacute í  icirc î  iexcl ¡  igrave ì  image ℑ  infin ∞  int ∫  iota ι  iquest ¿  isin ∈
    iuml ï  kappa κ  lArr ⇐  lambda λ  lang \u{2329}  laquo «  larr ←  lceil ⌈  ldquo “  le ≤  lfloor ⌊  lowast ∗  loz ◊
    lrm \u{200e}  lsaquo ‹  lsquo ‘  lt <  macr ¯  mdash —  micro µ  middot ·  minus −  mu μ  nabla ∇  nbsp \u{a0}
    ndash –  ne ≠  ni ∋  not ¬  notin ∉  nsub ⊄  ntilde ñ  nu ν  oacute ó  ocirc ô  oelig œ  ograve ò  oline ‾
    omega ω  omicron ο  oplus ⊕  or ∨  ordf ª  ordm º  oslash ø  otilde õ  otimes ⊗  ouml ö  para ¶  part ∂
    permil ‰  perp ⊥  phi φ  pi π  piv ϖ  plusmn ±  pound £  prime ′  prod ∏  prop ∝  psi ψ  quot \"  rArr ⇒
    radic √  rang \u{232a}  raquo »  rarr →  rceil ⌉  rdquo ”  real ℜ  reg ®  rfloor ⌋  rho ρ  rlm \u{200f}  rsaquo ›
    rsquo ’  sbquo ‚  scaron š  sdot ⋅  sect §  shy \u{ad}  sigma σ  sigmaf ς  sim ∼  spades ♠  sub ⊂  sube ⊆
    sum ∑  sup ⊃  sup1 ¹  sup2 ²  sup3 ³  supe ⊇  szlig ß  tau τ  there4 ∴  theta θ  thetasym ϑ  thinsp \u{2009}
    thorn þ  tilde ˜  times ×  trade ™  uArr ⇑  uacute ú  uarr ↑  ucirc û  ugrave ù  uml ¨  upsih ϒ  upsilon υ
    uuml ü  weierp ℘  xi ξ  yacute ý  yen ¥  yuml ÿ  zeta ζ  zwj \u{200d}  zwnj \u{200c}
";

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::TextField;

    fn unescaped(text: &str) -> String {
        let mut log = Log::new(TextField::Body, text, true);
        let out = unescape(text, &mut log).unwrap_or_else(|| text.to_owned());
        for change in &log.changes {
            assert_eq!(change.span.of(text), change.text, "{text:?}");
        }
        out
    }

    #[test]
    fn every_name_has_one_character() {
        assert_eq!(NAMES.len(), 253);
        assert_eq!((NAMES["nbsp"], NAMES["thinsp"], NAMES["zwj"]), ('\u{a0}', '\u{2009}', '\u{200d}'));
    }

    #[test]
    fn references_are_read_by_name_and_number() {
        assert_eq!(unescaped("R&amp;D at Caf&eacute; P&EACUTE;REZ"), "R&D at Café PÉREZ");
        assert_eq!(unescaped("it&#8217;s &#x201C;so&#x201d; &hellip; 30&deg;C"), "it’s “so” … 30°C");
        assert_eq!(unescaped("5 &lt; 6 &amp;&amp; 6 &gt; 5"), "5 < 6 && 6 > 5");
    }

    #[test]
    fn what_is_escaped_twice_is_read_at_once() {
        assert_eq!(unescaped("Caf&amp;eacute;, R&amp;amp;D"), "Café, R&D");
        assert_eq!(unescaped(&unescaped("&amp;#38;amp;lt;")), unescaped("&amp;#38;amp;lt;"));
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for text in [
            "AT&T; B&Q",
            "this&not that",
            "&nosuch; &#xffffff; &#0; &; &#; &#97;",
            "write &amp;lt; for <",
            "a & b;",
        ] {
            assert_eq!(unescaped(text), text);
        }
    }
}
