//! What an index keeps of an article: any bytes are an article whose parts lie in its texts, or an error.

use dateline::fuzzing;
use dateline::index::Stored;

/// Reads `bytes` as a stored record behind a true checksum, and as a posting stream.
pub(crate) fn holds(bytes: &[u8]) {
    let (items, length) = fuzzing::stream(bytes);
    assert!(items <= bytes.len() && length <= bytes.len(), "{items} items of {length} bytes");
    let Some(stored) = fuzzing::decode(bytes) else { return };
    lies_in_its_texts(&stored);
    let again = fuzzing::encode(&stored);
    let read = fuzzing::decode(&again);
    // The order of mentions is that of field and start only where an index wrote them.
    let in_order = stored.mentions.is_sorted_by_key(|mention| (mention.field, mention.span.start));
    assert!(!in_order || read.as_ref() == Some(&stored), "{stored:?} came back as {read:?}");
}

fn lies_in_its_texts(stored: &Stored) {
    let Stored { article, mentions, cleaning, .. } = stored;
    for mention in mentions {
        assert!(article.text(mention.field).get(mention.span.range()).is_some(), "{mention:?}");
        assert!(mention.quantity().is_none_or(|q| q.lo <= q.hi && q.hi.is_finite()), "{mention:?}");
        assert!(mention.period().is_none_or(|period| period.from() < period.to()), "{mention:?}");
        // What is shown of it can be made.
        assert!(mention.key().len() < 1 << 20, "{mention:?}");
    }
    for span in article.dateline.iter().flat_map(|dateline| [Some(dateline.span), dateline.place]).flatten() {
        assert!(article.body.get(span.range()).is_some(), "{span:?} is outside the text");
    }
    for token in &article.run_together {
        assert!(token.parts(article).is_some(), "{token:?}");
    }
    for piece in &cleaning.dropped {
        assert!(piece.bytes as usize >= piece.text.len(), "{piece:?}");
    }
}
