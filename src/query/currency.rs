//! Currencies as queries write them: ISO 4217 codes, signs and the commonest names.

/// The codes of ISO 4217 for money in use, funds and metals left out (list one of 1 January 2024), and the withdrawn
/// ones that archives still hold (list three); and BTC, for bitcoins, which is no code of the standard.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND BOB BRL BSD BTC BTN BWP BYN BZD \
CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CYP CZK DEM DJF DKK DOP DZD EEK EGP ERN ESP ETB EUR FIM FJD FKP FRF \
GBP GEL GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS \
KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LUF LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MTL MUR MVR \
MWK MXN MYR MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR RON RSD RUB RWF SAR SBD \
SCR SDG SEK SGD SHP SIT SKK SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

/// Signs that stand before an amount (some also behind it); a longer one before its own beginning.
const SIGNS: [(&str, &str); 30] = [
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("MX$", "MXN"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("₹", "INR"),
    ("₨", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("₦", "NGN"),
    ("GH₵", "GHS"),
    ("GH¢", "GHS"),
    ("₵", "GHS"),
    ("₱", "PHP"),
    ("฿", "THB"),
    ("₫", "VND"),
];

/// Names that mean one currency unless a country stands before them.
const NAMES: [(&str, &str); 20] = [
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("sterling", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("rouble", "RUB"),
    ("roubles", "RUB"),
    ("ruble", "RUB"),
    ("rubles", "RUB"),
    ("bitcoin", "BTC"),
    ("bitcoins", "BTC"),
    ("cedi", "GHS"),
    ("cedis", "GHS"),
    ("naira", "NGN"),
];

/// Every code.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CODES.split_ascii_whitespace()
}

/// The code for `name`: a code in any case, a sign or a common name.
pub(super) fn by_name(name: &str) -> Option<&'static str> {
    let table = |table: &'static [(&str, &'static str)]| {
        table.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, code)| *code)
    };
    codes().find(|code| name.eq_ignore_ascii_case(code)).or_else(|| table(&NAMES)).or_else(|| table(&SIGNS))
}

/// The currency whose sign or code `text` begins with, and the text behind it. A code must end there: `USD40`,
/// `USD 40`, but not `USDA`.
pub(super) fn at_start(text: &str) -> Option<(&'static str, &str)> {
    let sign = SIGNS.iter().find_map(|(sign, code)| Some((*code, text.strip_prefix(sign)?)));
    sign.or_else(|| {
        let (head, rest) = (text.get(..3)?, text.get(3..)?);
        let ends = !rest.starts_with(char::is_alphabetic);
        let code = codes().find(|code| head.eq_ignore_ascii_case(code))?;
        ends.then_some((code, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_sign_names_a_code_of_it() {
        let all: Vec<_> = codes().collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]) && all.iter().all(|code| code.len() == 3));
        for (sign, code) in SIGNS.iter().chain(&NAMES) {
            assert!(all.contains(code), "{sign}");
            assert_eq!(by_name(sign), Some(*code));
        }
    }

    #[test]
    fn a_longer_sign_wins_over_the_sign_it_ends_or_begins_with() {
        assert_eq!(at_start("US$5"), Some(("USD", "5")));
        assert_eq!(at_start("A$5"), Some(("AUD", "5")));
        assert_eq!(at_start("GH₵5"), Some(("GHS", "5")));
        assert_eq!(at_start("usd 5"), Some(("USD", " 5")));
        assert_eq!(at_start("USDA"), None);
        assert_eq!(at_start("5"), None);
    }
}
