//! The inflections of an English word: what a bare query word also finds.
//!
//! Only inflection, never derivation: `deport` finds deports, deported, deporting, but not deportation or deportee.
//! Forms are made, not looked up: the index is asked which of them it holds. Irregular words come from a table.

use rust_stemmers::{Algorithm, Stemmer};

/// Every form of `term` (folded, as [`super::fold()`] gives it) that regular English or the table of irregular words
/// knows, `term` itself first, without repeats. A term that is not plain letters has no other forms.
///
/// Some of the forms are no English words; they are harmless, because no text holds them.
///
/// ```
/// use dateline::text::inflect::forms;
/// let forms = forms("deported");
/// assert!(["deport", "deports", "deporting"].iter().all(|f| forms.contains(&f.to_string())));
/// assert!(!forms.contains(&"deportation".to_string()));
/// ```
pub fn forms(term: &str) -> Vec<String> {
    let mut all = vec![term.to_owned()];
    if term.len() < 3 || term.len() > 30 || !term.bytes().all(|b| b.is_ascii_lowercase()) {
        return all;
    }
    let mut add = |form: String| {
        if !all.contains(&form) {
            all.push(form);
        }
    };
    if let Some(row) = IRREGULAR.iter().find(|row| row.split(' ').any(|form| form == term)) {
        row.split(' ').for_each(|form| add(form.to_owned()));
        return all;
    }
    if INVARIANT.binary_search(&term).is_ok() {
        return all;
    }
    let stemmer = Stemmer::create(Algorithm::English);
    let stem = stemmer.stem(term).into_owned();
    for base in bases(term) {
        if stemmer.stem(&base) == stem {
            for form in inflected(&base) {
                if stemmer.stem(&form) == stem {
                    add(form);
                }
            }
        }
    }
    all
}

/// The words that `term` may be a form of, itself among them.
fn bases(term: &str) -> Vec<String> {
    let mut bases = vec![term.to_owned()];
    let mut stem_and_e = |stem: &str| {
        if stem.len() < 2 {
            return;
        }
        bases.push(stem.to_owned());
        bases.push(format!("{stem}e"));
        let bytes = stem.as_bytes();
        if bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
            bases.push(stem.chars().take(stem.len() - 1).collect());
        }
    };
    if let Some(stem) = term.strip_suffix("ies").or_else(|| term.strip_suffix("ied")) {
        bases.push(format!("{stem}y"));
    } else if let Some(stem) = term.strip_suffix("ing").or_else(|| term.strip_suffix("ed")) {
        stem_and_e(stem);
    } else if let Some(stem) = term.strip_suffix("es") {
        bases.push(stem.to_owned());
        bases.push(format!("{stem}e"));
    } else if let Some(stem) = term.strip_suffix('s')
        && !stem.ends_with(['s', 'u', 'i'])
    {
        bases.push(stem.to_owned());
    }
    bases
}

/// The regular forms of `base`: plural or third person, past, participle.
fn inflected(base: &str) -> Vec<String> {
    let bytes = base.as_bytes();
    let last = bytes[bytes.len() - 1];
    let vowel = |b: u8| b"aeiou".contains(&b);
    let before = bytes.len().checked_sub(2).map_or(b' ', |i| bytes[i]);
    let mut forms = vec![base.to_owned()];
    let mut with = |stem: &str, ends: &[&str]| forms.extend(ends.iter().map(|end| format!("{stem}{end}")));
    if last == b'y' && !vowel(before) {
        let stem: String = base.chars().take(base.len() - 1).collect();
        with(&stem, &["ies", "ied"]);
        with(base, &["ing"]);
    } else if last == b'e' {
        let stem: String = base.chars().take(base.len() - 1).collect();
        with(base, &["s", "d"]);
        with(&stem, &["ing"]);
    } else {
        let hisses = matches!(last, b's' | b'x' | b'z') || base.ends_with("ch") || base.ends_with("sh");
        with(base, if hisses { &["es", "ed", "ing"] } else { &["s", "ed", "ing"] });
        if last == b'o' {
            with(base, &["es"]);
        }
        let short = bytes.len() >= 3 && !vowel(bytes[bytes.len() - 3]) && vowel(before);
        if short && !vowel(last) && !matches!(last, b'w' | b'x' | b'y') {
            with(&format!("{base}{}", char::from(last)), &["ed", "ing"]);
        }
    }
    forms
}

/// Words whose ending looks like a form's and is not; sorted.
const INVARIANT: &[&str] = &[
    "aids",
    "always",
    "athletics",
    "basis",
    "bed",
    "during",
    "economics",
    "evening",
    "gas",
    "his",
    "hundred",
    "king",
    "lens",
    "less",
    "mathematics",
    "morning",
    "news",
    "nothing",
    "physics",
    "politics",
    "series",
    "species",
    "spring",
    "string",
    "thing",
    "this",
    "united",
    "whereas",
    "wing",
    "yes",
];

/// Forms of one word a row, the base first.
const IRREGULAR: &[&str] = &[
    "arise arises arose arisen arising",
    "be am is are was were been being",
    "bear bears bore borne bearing",
    "beat beats beaten beating",
    "become becomes became becoming",
    "begin begins began begun beginning",
    "bend bends bent bending",
    "bid bids bidding",
    "bind binds bound binding",
    "bite bites bit bitten biting",
    "bleed bleeds bled bleeding",
    "blow blows blew blown blowing",
    "break breaks broke broken breaking",
    "breed breeds bred breeding",
    "bring brings brought bringing",
    "build builds built building buildings",
    "burst bursts bursting",
    "bus buses",
    "buy buys bought buying",
    "cast casts casting",
    "catch catches caught catching",
    "child children",
    "choose chooses chose chosen choosing",
    "cling clings clung clinging",
    "come comes came coming",
    "cost costs costing",
    "creep creeps crept creeping",
    "crisis crises",
    "cut cuts cutting",
    "deal deals dealt dealing dealings",
    "dig digs dug digging",
    "do does did done doing",
    "draw draws drew drawn drawing drawings",
    "drink drinks drank drunk drinking",
    "drive drives drove driven driving",
    "eat eats ate eaten eating",
    "fall falls fell fallen falling",
    "feed feeds fed feeding",
    "feel feels felt feeling feelings",
    "fight fights fought fighting",
    "find finds found finding findings",
    "flee flees fled fleeing",
    "fly flies flew flown flying",
    "foot feet",
    "forbid forbids forbade forbidden forbidding",
    "forget forgets forgot forgotten forgetting",
    "forgive forgives forgave forgiven forgiving",
    "freeze freezes froze frozen freezing",
    "get gets got gotten getting",
    "give gives gave given giving",
    "go goes went gone going",
    "grow grows grew grown growing",
    "half halves",
    "hang hangs hung hanged hanging",
    "have has had having",
    "hear hears heard hearing hearings",
    "hide hides hid hidden hiding",
    "hit hits hitting",
    "hold holds held holding holdings",
    "hurt hurts hurting",
    "keep keeps kept keeping",
    "knife knives",
    "know knows knew known knowing",
    "lay lays laid laying",
    "lead leads led leading",
    "leaf leaves",
    "leave leaves left leaving",
    "lend lends lent lending",
    "let lets letting",
    "life lives",
    "lose loses lost losing",
    "make makes made making",
    "man men",
    "mean means meant meaning",
    "medium media",
    "meet meets met meeting meetings",
    "mouse mice",
    "overcome overcomes overcame overcoming",
    "overthrow overthrows overthrew overthrown overthrowing",
    "pay pays paid paying",
    "policeman policemen",
    "prove proves proved proven proving",
    "put puts putting",
    "quit quits quitting",
    "read reads reading",
    "ride rides rode ridden riding",
    "ring rings rang rung ringing",
    "rise rises rose risen rising",
    "run runs ran running",
    "say says said saying",
    "see sees saw seen seeing",
    "seek seeks sought seeking",
    "sell sells sold selling",
    "send sends sent sending",
    "set sets setting",
    "shake shakes shook shaken shaking",
    "shine shines shone shining",
    "shoot shoots shot shooting shootings",
    "show shows showed shown showing",
    "shrink shrinks shrank shrunk shrinking",
    "shut shuts shutting",
    "sing sings sang sung singing",
    "sink sinks sank sunk sinking",
    "sit sits sat sitting",
    "sleep sleeps slept sleeping",
    "slide slides slid sliding",
    "speak speaks spoke spoken speaking",
    "spend spends spent spending",
    "split splits splitting",
    "spread spreads spreading",
    "stand stands stood standing",
    "steal steals stole stolen stealing",
    "stick sticks stuck sticking",
    "strike strikes struck striking stricken",
    "swear swears swore sworn swearing",
    "sweep sweeps swept sweeping",
    "swim swims swam swum swimming",
    "swing swings swung swinging",
    "take takes took taken taking",
    "teach teaches taught teaching",
    "tear tears tore torn tearing",
    "tell tells told telling",
    "think thinks thought thinking",
    "thief thieves",
    "throw throws threw thrown throwing",
    "understand understands understood understanding",
    "undergo undergoes underwent undergone undergoing",
    "uphold upholds upheld upholding",
    "wear wears wore worn wearing",
    "wife wives",
    "win wins won winning",
    "withdraw withdraws withdrew withdrawn withdrawing",
    "withstand withstands withstood withstanding",
    "woman women",
    "write writes wrote written writing",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(term: &str, other: &str) -> bool {
        forms(term).iter().any(|f| f == other)
    }

    #[test]
    fn regular_words_find_their_forms_both_ways() {
        for family in [
            &["deport", "deports", "deported", "deporting"][..],
            &["sanction", "sanctions", "sanctioned"],
            &["country", "countries"],
            &["stop", "stops", "stopped", "stopping"],
            &["rescue", "rescues", "rescued", "rescuing"],
            &["charge", "charges", "charged", "charging"],
            &["watch", "watches", "watched", "watching"],
            &["flight", "flights"],
            &["protest", "protests", "protesting"],
        ] {
            for a in family {
                for b in family {
                    assert!(find(a, b), "{a} should find {b}");
                }
            }
        }
    }

    #[test]
    fn irregular_words_find_their_forms() {
        for (a, b) in
            [("say", "said"), ("women", "woman"), ("told", "tell"), ("shot", "shooting"), ("paid", "pay")]
        {
            assert!(find(a, b), "{a} should find {b}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for (a, b) in [
            ("news", "new"),
            ("united", "unit"),
            ("deport", "deportation"),
            ("deport", "deportee"),
            ("university", "universe"),
            ("general", "generate"),
            ("us", "u"),
            ("policy", "police"),
            ("king", "k"),
        ] {
            assert!(!find(a, b), "{a} should not find {b}");
        }
    }

    #[test]
    fn the_table_of_invariant_words_is_sorted_and_every_row_has_forms() {
        assert!(INVARIANT.is_sorted());
        assert!(IRREGULAR.iter().all(|row| row.split(' ').count() > 1));
    }

    proptest! {
        #[test]
        fn a_word_is_its_own_first_form(term in "[a-z0-9']{1,14}") {
            prop_assert_eq!(&forms(&term)[0], &term);
        }
    }
}
