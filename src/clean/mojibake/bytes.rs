//! The bytes that misread characters stand for: mended where a byte was lost on the way, and read again as UTF-8.
//!
//! [`Piece`]s and [`Byte`]s know which bytes of the text they come from, through all layers of repair.

use super::charmap::LOST;

/// A character of a text under repair, and the bytes of the text that it stands for; they may be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) c: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A byte that a character stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Byte {
    pub(super) value: u8,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Puts back the bytes 0xA0 that were taken for spaces: a space within what would be UTF-8 with it.
///
/// "Ã la" is "à la" and not "àla", so there the byte comes before the space, but in the words of Portuguese that begin so.
pub(super) fn restore_spaces(bytes: &[Byte]) -> Option<Vec<Byte>> {
    let at = |i: usize| bytes.get(i).map(|b| b.value);
    let mut out: Option<Vec<Byte>> = None;
    let mut i = 0;
    while i < bytes.len() {
        let Some(length) = altered(&at, i) else {
            if let Some(out) = &mut out {
                out.extend(bytes.get(i));
            }
            i += 1;
            continue;
        };
        let out = out.get_or_insert_with(|| bytes.get(..i).unwrap_or(&[]).to_vec());
        let sequence = bytes.get(i..i + length).unwrap_or(&[]);
        let spaces = [0xc3, b' '];
        if sequence.iter().map(|b| b.value).eq(spaces) && !joins_letter(bytes.get(i + 2..).unwrap_or(&[])) {
            out.extend(bytes.get(i));
            out.extend(bytes.get(i + 1).map(|b| Byte { value: 0xa0, start: b.start, end: b.start }));
            out.extend(bytes.get(i + 1));
        } else {
            out.extend(
                sequence.iter().map(|b| if b.value == b' ' { Byte { value: 0xa0, ..*b } } else { *b }),
            );
        }
        i += length;
    }
    out
}

/// The length of the sequence at `i` that has a space in the place of the byte 0xA0. Only such are taken for one as give
/// likely characters, and none of these scripts: Samaritan, Mongolian, Chinese.
fn altered(at: &impl Fn(usize) -> Option<u8>, i: usize) -> Option<usize> {
    const SPACE: u8 = b' ';
    let follows = |byte: u8| matches!(byte, 0x80..=0xbf);
    let follows_third = |byte: u8| matches!(byte, 0x80..=0x84 | 0x86..=0x9f | 0xa1..=0xbf);
    let (lead, second) = (at(i)?, at(i + 1)?);
    match lead {
        0xc2 | 0xc3 | 0xc5 | 0xce | 0xd0 | 0xd9 if second == SPACE => Some(2),
        0xe2 | 0xe3 if second == SPACE && at(i + 2).is_some_and(follows_third) => Some(3),
        0xe0..=0xe3 if follows_third(second) && at(i + 2) == Some(SPACE) => Some(3),
        0xf0 => {
            let rest = [second, at(i + 2)?, at(i + 3)?];
            let spaces: usize = rest.iter().map(|byte| usize::from(*byte == SPACE)).sum();
            (spaces == 1 && rest.iter().all(|byte| *byte == SPACE || follows(*byte))).then_some(4)
        }
        _ => None,
    }
}

/// Whether the letter à and the `rest` after the space are one word: às, àquele, àquela, àquilo; or the space is followed by
/// another, and so is not the one between the words.
fn joins_letter(rest: &[Byte]) -> bool {
    [&b" "[..], b"quele", b"quela", b"quilo", b"s "].iter().any(|word| {
        rest.get(..word.len()).is_some_and(|start| start.iter().map(|b| b.value).eq(word.iter().copied()))
    })
}

/// Takes sequences of UTF-8 of which bytes were lost for what is left of them: the sign of a lost character, U+FFFD.
pub(super) fn replace_lossy(bytes: &[Byte]) -> Option<Vec<Byte>> {
    if !bytes.iter().any(|b| matches!(b.value, LOST | b'?')) {
        return None;
    }
    let at = |i: usize| bytes.get(i).map(|b| b.value);
    let mut out: Vec<Byte> = Vec::with_capacity(bytes.len() + 8);
    let mut changed = false;
    let mut i = 0;
    while let Some(byte) = bytes.get(i) {
        let length = lossy(&at, i).unwrap_or(0);
        if let Some(last) = bytes.get(i..i + length).and_then(<[Byte]>::last) {
            changed = true;
            out.extend([0xef, 0xbf, 0xbd].map(|b| Byte { value: b, start: byte.start, end: last.end }));
        } else {
            out.push(*byte);
        }
        i += length.max(1);
    }
    changed.then_some(out)
}

/// The length of the lossy sequence at `i`. A question mark may stand for one of its bytes.
fn lossy(at: &impl Fn(usize) -> Option<u8>, i: usize) -> Option<usize> {
    let follows = |byte: u8| matches!(byte, 0x80..=0xbf);
    let lost = |byte: u8| matches!(byte, LOST | b'?');
    let any = |byte: u8| follows(byte) || byte == LOST;
    let lead = at(i)?;
    if lead == LOST {
        return Some(1);
    }
    let second = at(i + 1)?;
    match lead {
        0xc2..=0xdf if second == LOST || (lead <= 0xc3 && second == b'?') => Some(2),
        0xed if matches!(second, 0xa0..=0xaf) && half_pair(at, i) => Some(6),
        0xe0..=0xef => {
            let third = at(i + 2)?;
            ((lost(second) && any(third)) || (any(second) && lost(third))).then_some(3)
        }
        0xf0..=0xf4 => {
            let rest = [second, at(i + 2)?, at(i + 3)?];
            let (known, gone) =
                (rest.iter().filter(|b| any(**b)).count(), rest.iter().filter(|b| lost(**b)).count());
            let marks: usize = rest.iter().map(|b| usize::from(*b == b'?')).sum();
            (gone > 0 && marks <= 1 && known + marks == 3).then_some(4)
        }
        _ => None,
    }
}

/// Whether two halves of a character of CESU-8 stand at `i`, of which one lost its last byte.
fn half_pair(at: &impl Fn(usize) -> Option<u8>, i: usize) -> bool {
    let (Some(third), Some(0xed), Some(0xb0..=0xbf), Some(sixth)) =
        (at(i + 2), at(i + 3), at(i + 4), at(i + 5))
    else {
        return false;
    };
    let lost = |byte: u8| matches!(byte, LOST | b'?');
    let any = |byte: u8| lost(byte) || matches!(byte, 0x80..=0xbf);
    (lost(third) && any(sixth)) || (any(third) && lost(sixth))
}

/// Reads `bytes` as UTF-8, all of them or not at all. Also read are CESU-8, which writes a character beyond U+FFFF as the two halves
/// that UTF-16 has for it, and the zero that Java writes in two bytes.
pub(super) fn decode(bytes: &[Byte]) -> Option<Vec<Piece>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        let (c, length) = next_char(rest)?;
        let last = rest.get(length - 1)?;
        out.push(Piece { c, start: first.start, end: last.end });
        rest = rest.get(length..)?;
    }
    Some(out)
}

fn next_char(bytes: &[Byte]) -> Option<(char, usize)> {
    let lead = bytes.first()?.value;
    let length = match lead {
        0..=0x7f => return Some((char::from(lead), 1)),
        0xc0 => return (bytes.get(1)?.value == 0x80).then_some(('\0', 2)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut code = u32::from(lead) & (0x7f >> length);
    for byte in bytes.get(1..length)? {
        code = code << 6 | follower(byte.value)?;
    }
    if (0xd800..0xdc00).contains(&code) {
        let low = bytes.get(3..6)?;
        if low[0].value != 0xed || !matches!(low[1].value, 0xb0..=0xbf) {
            return None;
        }
        let low = follower(low[1].value)? << 6 & 0x3ff | follower(low[2].value)?;
        return char::from_u32(0x1_0000 + ((code & 0x3ff) << 10 | low)).map(|c| (c, 6));
    }
    let shortest = [0, 0, 0x80, 0x800, 0x1_0000][length];
    char::from_u32(code).filter(|_| code >= shortest).map(|c| (c, length))
}

fn follower(byte: u8) -> Option<u32> {
    matches!(byte, 0x80..=0xbf).then(|| u32::from(byte & 0x3f))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(bytes: &[u8]) -> Vec<Byte> {
        bytes.iter().zip(0..).map(|(byte, at)| Byte { value: *byte, start: at, end: at + 1 }).collect()
    }

    fn text(of: &[u8]) -> Option<String> {
        decode(&bytes(of)).map(|pieces| pieces.iter().map(|piece| piece.c).collect())
    }

    #[test]
    fn utf8_is_read_as_the_standard_says() {
        for good in ["", "a", "é€\u{1f600}\u{10ffff}\u{7ff}\u{800}\u{fffd}"] {
            assert_eq!(text(good.as_bytes()).as_deref(), Some(good));
        }
        for bad in [
            &b"\xc3"[..],
            b"\xc1\x81",
            b"\xe0\x80\x80",
            b"\xf0\x80\x80\x80",
            b"\xf4\x90\x80\x80",
            b"\xed\xa0\x80",
            b"\xed\xb0\x80",
            b"\x80",
            b"\xff",
        ] {
            assert_eq!(text(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn utf8_of_halves_and_of_java_is_read_too() {
        assert_eq!(text(b"\xed\xa0\xbd\xed\xb8\x80!").as_deref(), Some("\u{1f600}!"));
        assert_eq!(text(b"a\xc0\x80").as_deref(), Some("a\0"));
    }

    #[test]
    fn a_space_within_a_sequence_is_the_byte_that_it_was() {
        let restored = |of: &[u8]| {
            let restored = restore_spaces(&bytes(of))?;
            decode(&restored).map(|pieces| pieces.iter().map(|piece| piece.c).collect::<String>())
        };
        assert_eq!(restored(b"\xc3 la \xc5 koda").as_deref(), Some("à la Škoda"));
        assert_eq!(restored(b"\xc3 s nove, \xc3 quela").as_deref(), Some("às nove, àquela"));
        assert_eq!(restored(b"plain"), None);
    }

    #[test]
    fn a_sequence_that_lost_bytes_is_one_lost_character() {
        let replaced = |of: &[u8]| {
            let replaced = replace_lossy(&bytes(of))?;
            decode(&replaced).map(|pieces| pieces.iter().map(|piece| piece.c).collect::<String>())
        };
        assert_eq!(replaced(b"\xe2\x80\x9cso\xe2\x80\x1a").as_deref(), Some("“so\u{fffd}"));
        assert_eq!(replaced(b"\xc3?, \xf0\x9f\x1a\x80, why?").as_deref(), Some("\u{fffd}, \u{fffd}, why?"));
        assert_eq!(replaced(b"why?"), None);
    }
}
