//! How languages write names of countries in other cases than the first: data, read by `translated`.
//!
//! A form of a word is the word with an ending added, or without the ending of its first case and with another instead:
//! Russian Иран, Ирана; Россия, России. Letters are folded, as terms are.

/// The endings of one language, parted by spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cases {
    /// Endings of the first case that others replace.
    pub(super) first: &'static str,
    /// Endings of the others.
    pub(super) others: &'static str,
}

/// A language whose names stay as they are.
const NONE: Cases = Cases { first: "", others: "" };
/// The genitive of Germanic languages.
const GENITIVE: Cases = Cases { first: "", others: "s" };

/// The endings of the language with this tag.
pub(super) fn cases_of(tag: &str) -> Cases {
    match tag {
        "de" | "nl" | "sv" | "da" | "no" => GENITIVE,
        "ru" => Cases {
            first: "а я й ь о е ы и ая яя ые ие ий ый ой ое",
            others: "а я у ю ы и е о ь ой ей ою ею ом ем ам ям ах ях ами ями ов ев ую юю ого его ому ему ым им ых их ыми ими",
        },
        "uk" => Cases {
            first: "а я й ь о е и і",
            others: "а я у ю и і е о ь ої іи ій ою ею єю ом ем єм ам ям ах ях ами ями ів їв ого ому им их ими",
        },
        "be" => Cases {
            first: "а я й ь о ы і ае ая ія",
            others: "а я у ю ы і е о ь ой аи ай яй ою аю яй ом ам ем ям ах ях амі ямі аў яў ага аму ым ім ых іх ую аи іі ію",
        },
        "sr" => Cases {
            first: "a e i o а е и о",
            others: "a e i u o om em oj im ih ima ama og oga omu а е и у о ом ем ој им их има ама ог ога ому",
        },
        "hr" | "bs" | "sl" => Cases {
            first: "a e i o",
            others: "a e i u o om em oj im ih ima ama imi ami og oga ega emu omu ah",
        },
        "pl" => Cases {
            first: "a y i e o",
            others: "a y i u e o ie ii em om ow ach ami owi ej iej im ym ich ych iem ego emu",
        },
        "cs" | "sk" => Cases {
            first: "a e y o i",
            others: "a y u e i o ou em um ech ich ach mi ami am ovi ov ej eho emu ym im ymi imi ych om",
        },
        "lv" => Cases {
            first: "a e s is us as es i",
            others: "a e i u s as es is us am em im ai ei ie os ijai iju ija",
        },
        "lt" => Cases {
            first: "a e as is us os es ai",
            others: "a e i u o io os es is as us ai ei oje eje ijoje uose ams ais omis ius u ą",
        },
        "et" => Cases {
            first: "",
            others: "i d t s l e a u ga st le lt ni sse iga ist ile ilt isse ias is il ega est ele elt es el ana aga ast ale alt as al",
        },
        "fi" => Cases {
            first: "i a",
            others: "n a ta ssa sta an en in on un lla lta lle na ksi in ina issa ista illa ilta ille iin iksi essa esta een ella elta elle eksi en ea ena ja ien ia assa asta aan alla alta alle aksi",
        },
        "hu" => Cases {
            first: "a e",
            others: "t ot at et ban ben bol rol tol nak nek ra re ba be hoz hez val vel ig on en n kal kel nal nel i as es aban eben aba ebe abol ebol arol erol anak enek ara ere at et an en aval evel ahoz ehez atol etol ai ei iai",
        },
        "tr" => Cases {
            first: "",
            others: "da de ta te dan den tan ten in un i u nin nun yi yu a e ya ye yla yle la le",
        },
        "ro" => Cases { first: "a", others: "a ei i iei ul ului" },
        "el" => Cases {
            first: "α η οσ ο ια ασ", others: "ασ ησ ου ο ε α η αν ων ουσ ιασ εσ οι"
        },
        "hy" => Cases { first: "", others: "ի ը ն ում ից ով ին ու ի ինն" },
        "ka" => Cases {
            first: "ი ა ე", others: "ი ის ს ში მა დან თან ით ად იდან ისთვის შიც ზე იას ას ამ ე"
        },
        _ => NONE,
    }
}

/// What may stand before a name and is written together with it: conjunctions, prepositions, the article.
pub(super) fn before_names(tag: &str) -> &'static [&'static str] {
    match tag {
        "he" => &["ב", "ל", "מ", "ה", "ו", "ש", "כ", "וב", "ול", "ומ", "שב", "של"],
        "ar" => &["و", "ف", "ب", "ل", "ك", "وب", "ول"],
        _ => &[],
    }
}

/// Korean endings of names: particles and what is written like one.
const PARTICLES: &str = "은 는 이 가 을 를 의 에 에서 에게 에는 에도 에서는 에서도 에선 로 으로 로부터 으로부터 로서 으로서 와 과 와의 과의 도 만 까지 부터 보다 처럼 이나 나 이며 며 이고 고 측 측은 정부 정부는 군 군이 등 등이 등은 등의 내 간 산 이다 입니다 인데 이란";

/// Whether what follows a name in a Korean word lets it be one.
pub(super) fn is_particle(rest: &str) -> bool {
    rest.is_empty() || PARTICLES.split(' ').any(|particle| particle == rest)
}
