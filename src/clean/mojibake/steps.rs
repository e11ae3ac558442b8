//! One layer of damage after another, undone the way it was done.
//!
//! As long as a text is bad, the first of these that changes it is taken, and the text looked at again: letters of which half was
//! lost are completed; all of the text is written in a code page that holds it, and read as UTF-8; each run that looks like
//! UTF-8 by itself is treated so; controls become what they are in Windows-1252. The order is ftfy's.

use super::badness::{Badness, Half, badness};
use super::bytes::{Byte, Piece, decode, replace_lossy, restore_spaces};
use super::charmap::{self, ALL, MAC_ROMAN, PAGES, Page};

/// Most layers that are undone: text can be misread, saved and misread again, but hardly five times.
const LAYERS: usize = 6;

/// How deep runs are looked for within runs.
const DEPTH: usize = 3;

/// Undoes all layers of the line `pieces`; `None` if nothing changes.
pub(super) fn repair(pieces: &[Piece]) -> Option<Vec<Piece>> {
    layers(pieces, 0)
}

fn layers(pieces: &[Piece], depth: usize) -> Option<Vec<Piece>> {
    let mut current = None;
    for _ in 0..LAYERS {
        match layer(current.as_deref().unwrap_or(pieces), depth) {
            Some(repaired) => current = Some(repaired),
            None => break,
        }
    }
    current
}

fn layer(pieces: &[Piece], depth: usize) -> Option<Vec<Piece>> {
    if badness(pieces.iter().map(|piece| piece.c)) == Badness::Good {
        return None;
    }
    if depth == 0 {
        let completed = respace(pieces).or_else(|| halves(pieces)).or_else(|| closing_quotes(pieces));
        if completed.is_some() {
            return completed;
        }
    }
    if let Some(decoded) = whole(pieces) {
        let same = decoded.iter().map(|piece| piece.c).eq(pieces.iter().map(|piece| piece.c));
        return (!same).then_some(decoded);
    }
    runs(pieces, depth).or_else(|| controls(pieces))
}

/// All of the text written in the first code page in which it is UTF-8 then, and read as that.
fn whole(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let possible = pieces.iter().fold(ALL, |pages, piece| pages & charmap::pages_of(piece.c));
    (0..PAGES).filter(|page| possible >> page & 1 == 1).find_map(|page| in_page(pieces, page))
}

fn in_page(pieces: &[Piece], page: Page) -> Option<Vec<Piece>> {
    let byte = |piece: &Piece| {
        let byte = charmap::byte_of(piece.c, page)?;
        Some(Byte { value: byte, start: piece.start, end: piece.end })
    };
    let mut bytes = pieces.iter().map(byte).collect::<Option<Vec<Byte>>>()?;
    // A dash before a space is a lead byte in Mac OS Roman.
    if page != MAC_ROMAN {
        bytes = restore_spaces(&bytes).unwrap_or(bytes);
    }
    if charmap::is_windows(page) {
        bytes = replace_lossy(&bytes).unwrap_or(bytes);
    }
    decode(&bytes)
}

/// Runs of characters that have the form of UTF-8, each treated as a text of its own if it is bad by itself.
fn runs(pieces: &[Piece], depth: usize) -> Option<Vec<Piece>> {
    if depth >= DEPTH {
        return None;
    }
    let mut out: Option<Vec<Piece>> = None;
    let mut copied = 0;
    let mut at = 0;
    while at < pieces.len() {
        // Half of a huge garble is not made better by treating the other half.
        let within = at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(garbles);
        let end = if within { at } else { run_end(pieces, at) };
        let run = pieces.get(at..end).unwrap_or(&[]);
        if run.is_empty() {
            at += 1;
            continue;
        }
        let repaired = if run.len() < pieces.len() { layers(run, depth + 1) } else { None };
        if let Some(repaired) = repaired {
            let out = out.get_or_insert_with(|| Vec::with_capacity(pieces.len()));
            out.extend(pieces.get(copied..at).unwrap_or(&[]));
            out.extend(repaired);
            copied = end;
        }
        at = end;
    }
    out.map(|mut out| {
        out.extend(pieces.get(copied..).unwrap_or(&[]));
        out
    })
}

/// Where the sequences that begin at `start` end, one after another.
fn run_end(pieces: &[Piece], start: usize) -> usize {
    let mut end = start;
    while let Some(lead) = pieces.get(end) {
        let length = charmap::roles(lead.c).leads;
        let followers = pieces.get(end + 1..end + length).unwrap_or(&[]);
        if length == 0
            || followers.is_empty()
            || !followers.iter().all(|piece| charmap::roles(piece.c).follows)
        {
            break;
        }
        end += length;
    }
    end
}

/// Whether a character follows in sequences and is seldom meant beside them.
fn garbles(piece: &Piece) -> bool {
    !matches!(piece.c, ' ' | '–' | '—' | '―' | '‘' | '’' | '‚' | '“' | '”' | '„' | '•' | '…')
        && charmap::roles(piece.c).follows
}

/// C1 controls as the characters of Windows-1252 that they are. A control 0x80 before another is what is left of a mark of the
/// range U+2000 without its lead byte.
fn controls(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut changed = false;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let next = pieces.get(at + 1);
        let stands_free =
            at.checked_sub(1).and_then(|i| pieces.get(i)).is_none_or(|before| before.c.is_ascii());
        at += 1;
        let whole =
            next.filter(|_| stands_free).and_then(|next| Some((without_lead(piece.c, next.c)?, next)));
        if let Some((c, next)) = whole {
            out.push(Piece { c, start: piece.start, end: next.end });
            changed = true;
            at += 1;
        } else if let Some(c) = charmap::of_control(piece.c) {
            out.push(Piece { c, ..*piece });
            changed = true;
        } else {
            out.push(*piece);
        }
    }
    changed.then_some(out)
}

fn without_lead(second: char, third: char) -> Option<char> {
    if second != '\u{80}' {
        return None;
    }
    let byte =
        charmap::byte_of(third, charmap::WINDOWS_1252).or(charmap::byte_of(third, charmap::LATIN_1))?;
    let byte = (0x80..0xc0).contains(&byte).then_some(byte)?;
    char::from_u32(0x2000 + u32::from(byte - 0x80)).filter(|c| matches!(c, '\u{2010}'..='\u{2027}'))
}

/// Drops an Â, and makes an Ã "à", where the no-break space that follows was lost.
fn halves(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut changed = false;
    for (piece, at) in pieces.iter().zip(0usize..) {
        let before = at.checked_sub(1).and_then(|i| pieces.get(i)).map_or('\0', |piece| piece.c);
        let after = pieces.get(at + 1).map_or('\n', |piece| piece.c);
        match Half::of(piece.c).filter(|half| after != ' ' && half.is_sure(before, after)) {
            Some(Half::Space) => changed = true,
            Some(Half::Letter) => {
                out.push(Piece { c: 'à', ..*piece });
                changed = true;
            }
            None => out.push(*piece),
        }
    }
    changed.then_some(out)
}

/// Makes "â€" a closing quote where one may stand: its third byte, 0x9D, is open in Windows-1252 and was lost on the way.
fn closing_quotes(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut changed = false;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let before = at.checked_sub(1).and_then(|i| pieces.get(i)).map_or(' ', |piece| piece.c);
        let sign =
            pieces.get(at + 1).filter(|sign| piece.c == 'â' && sign.c == '€' && before.is_ascii_graphic());
        let after = pieces.get(at + 2).map_or('\n', |piece| piece.c);
        match sign {
            Some(sign) if matches!(after, ' ' | '\n' | '\r' | '.' | ',' | ';' | ':' | '!' | ')' | '\'') => {
                out.push(Piece { c: '”', start: piece.start, end: sign.end });
                changed = true;
                at += 2;
            }
            _ => {
                out.push(*piece);
                at += 1;
            }
        }
    }
    changed.then_some(out)
}

/// Marks that a compatibility form (NFKC) took apart: a lead byte's letter, a space and a combining mark.
fn respace(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let mut out: Vec<Piece> = Vec::new();
    let mut changed = false;
    for piece in pieces {
        let mark = match piece.c {
            '\u{301}' => '´',
            '\u{303}' => '˜',
            '\u{304}' => '¯',
            '\u{308}' => '¨',
            '\u{327}' => '¸',
            _ => '\0',
        };
        let [.., lead, space] = &mut out[..] else {
            out.push(*piece);
            continue;
        };
        if mark != '\0' && space.c == ' ' && matches!(lead.c, 'Â' | 'Ã' | 'Ä' | 'Å') {
            *space = Piece { c: mark, start: space.start, end: piece.end };
            changed = true;
        } else {
            out.push(*piece);
        }
    }
    changed.then_some(out)
}
