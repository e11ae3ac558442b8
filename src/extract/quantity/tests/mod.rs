//! What the whole room reads in sentences: one table for each class of behaviour.

mod neighbours;

use proptest::prelude::*;

use super::find;
use crate::article::{Kind, Mention, TextField};
use crate::text::{Token, tokens};

fn found(text: &str) -> Vec<Mention> {
    found_in(text, TextField::Body)
}

fn found_in(text: &str, field: TextField) -> Vec<Mention> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut out = Vec::new();
    find(text, &tokens, field, &mut out);
    out.retain(|mention| mention.kind != Kind::Date); // those have tests of their own
    out
}

/// Each mention as `span = reading`, the reading without its commas, with an arrow for a rise or fall.
fn read(text: &str) -> Vec<String> {
    let line = |m: &Mention| {
        let arrow = match m.quantity().and_then(|q| q.trend).map(crate::article::Trend::name) {
            Some("up") => " ↑",
            Some(_) => " ↓",
            None => "",
        };
        format!("{} = {}{arrow}", m.span.of(text), m.key().replace(',', ""))
    };
    found(text).iter().map(line).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn a_counted_number_spans_the_number_and_names_the_noun() {
    check(&[
        ("Guards freed 212 Peruvian miners overnight.", &["212 = 212 miner"]),
        ("Of 75 of its sailors nothing was heard.", &["75 = 75 sailor"]),
        ("Some 1,500 people queued.", &["1,500 = ~1500 people"]),
        ("Twenty-six ferries were late.", &["Twenty-six = 26 ferry"]),
        ("A 14-member jury sat.", &["14 = 14 member"]),
        ("They met one of the oldest beekeepers.", &["one = 1 beekeeper"]),
        ("The harbour holds 40.", &["40 = 40"]),
        ("Two-thirds of the voters stayed home.", &["Two-thirds = 0.666667 voter"]),
        ("Nearly 3.4m homes lost power.", &["3.4m = ~3400000 home"]),
        ("A dozen goats and half a dozen sheep.", &["A dozen = 12 goat", "half a dozen = 6 sheep"]),
        (
            "It sold 2 lakh scooters and 5 crore tickets.",
            &["2 lakh = 200000 scooter", "5 crore = 50000000 ticket"],
        ),
    ]);
}

#[test]
fn hints_are_intervals() {
    check(&[
        ("Several hundred dockers marched.", &["Several hundred = 200..999 docker"]),
        ("Dozens of barns burned.", &["Dozens = 24..99 barn"]),
        ("Tens of thousands of fans sang.", &["Tens of thousands = 10000..99999 fan"]),
        ("Millions of euros vanished.", &["Millions of euros = 1000000..9999999 EUR"]),
        ("A couple of bakers and a handful of cooks.", &["A couple = ~2 baker", "a handful = 3..9 cook"]),
    ]);
}

#[test]
fn money_is_read_with_its_currency_and_its_magnitude() {
    check(&[
        ("It cost $40bn.", &["$40bn = 40000000000 USD"]),
        ("A $4.5 million-a-year lease.", &["$4.5 million-a-year = 4500000 USD"]),
        ("They asked £ 60,000 for it.", &["£ 60,000 = 60000 GBP"]),
        ("He owed A$12 and US $3 and HK$2.5m.", &["A$12 = 12 AUD", "US $3 = 3 USD", "HK$2.5m = 2500000 HKD"]),
        ("Rent is Rs. 4,500 or RM250.", &["Rs. 4,500 = 4500 INR", "RM250 = 250 MYR"]),
        (
            "USD 200, 300 EUR, 20 million Swiss francs.",
            &["USD 200 = 200 USD", "300 EUR = 300 EUR", "20 million Swiss francs = 20000000 CHF"],
        ),
        ("The fine was 3 million Hong Kong dollars.", &["3 million Hong Kong dollars = 3000000 HKD"]),
        (
            "Tickets are 40p, 55 cents or 6 naira.",
            &["40p = 40 penny", "55 cents = 55 cent", "6 naira = 6 NGN"],
        ),
        (
            "It raised 2 million pounds and weighs 2 pounds.",
            &["2 million pounds = 2000000 GBP", "2 pounds = 2 pound"],
        ),
        ("A loss of -$3m or $-3m.", &["-$3m = -3000000 USD", "$-3m = -3000000 USD"]),
        ("They offered N500,000 and R20 million.", &["N500,000 = 500000 NGN", "R20 million = 20000000 ZAR"]),
        (
            "A loaf is GH₵14, a van GH¢2.5m, a house CN¥ 3m.",
            &["GH₵14 = 14 GHS", "GH¢2.5m = 2500000 GHS", "CN¥ 3m = 3000000 CNY"],
        ),
        (
            "It costs 900 lari, 40 million lei or 70 Romanian lei.",
            &["900 lari = 900 GEL", "40 million lei = 40000000 RON", "70 Romanian lei = 70 RON"],
        ),
        ("They owe half a million pounds.", &["half a million pounds = 500000 GBP"]),
        ("The estate was worth 2.05 trillion won.", &["2.05 trillion won = 2050000000000 KRW"]),
    ]);
}

#[test]
fn shares_are_percentages() {
    check(&[
        ("About 8.5% of it, or 9 per cent, or 7pc.", &["8.5% = ~8.5 %", "9 per cent = 9 %", "7pc = 7 %"]),
        (
            "The bank cut by half a percentage point, or 0.5pp.",
            &["half a percentage point = 0.5 percentage point ↓", "0.5pp = 0.5 percentage point"],
        ),
        ("Turnout rose two percentage points.", &["two percentage points = 2 percentage point ↑"]),
        ("The rate was .25 percent.", &[".25 percent = 0.25 %"]),
        ("Yields lost 20 basis points.", &["20 basis points = 20 basis point ↓"]),
    ]);
}

#[test]
fn measures_have_one_name_for_each_unit() {
    check(&[
        ("The pipe is 5 km long and 30cm wide.", &["5 km = 5 kilometre", "30cm = 30 centimetre"]),
        (
            "Winds of 90 mph, or 145 kilometers per hour.",
            &["90 mph = 90 mile per hour", "145 kilometers per hour = 145 kilometre per hour"],
        ),
        (
            "It is 12°C here, 54 degrees Fahrenheit there.",
            &["12°C = 12 degree celsius", "54 degrees Fahrenheit = 54 degree fahrenheit"],
        ),
        ("They pump 30,000 barrels a day.", &["30,000 barrels = 30000 barrel"]),
        (
            "A 30,000-barrel-a-day well, 60 miles an hour.",
            &["30,000-barrel-a-day = 30000 barrel per day", "60 miles an hour = 60 mile per hour"],
        ),
        ("The works are worth fifty million a year.", &["fifty million = 50000000"]),
        ("Bake the loaf at 220C.", &["220C = 220 degree celsius"]),
        (
            "A shock of magnitude 6.2, then a 5.1-magnitude one.",
            &["6.2 = 6.2 magnitude", "5.1 = 5.1 magnitude"],
        ),
        ("A 48-hour strike, then four long weeks.", &["48-hour = 48 hour", "four long weeks = 4 week"]),
        (
            "Fields of 600 hectares and 9 sq. miles.",
            &["600 hectares = 600 hectare", "9 sq. miles = 9 square mile"],
        ),
        ("He stands 6 feet 3 inches.", &["6 feet 3 inches = 6.25 foot"]),
        ("The 61-year-old swims.", &["61-year-old = 61 year of age"]),
        ("Ada Fenn is 71. She turns 72 in May.", &["71 = 71 year of age", "72 = 72 year of age"]),
        ("The score is 71. She turned 40 pages.", &["71 = 71", "40 = 40 page"]),
        ("Cold of minus 30 degrees.", &["minus 30 degrees = -30 degree"]),
        (
            "Hundreds of miles in half an hour.",
            &["Hundreds of miles = 100..999 mile", "half an hour = 0.5 hour"],
        ),
    ]);
}

#[test]
fn bounds_keep_the_stated_value() {
    check(&[
        ("As many as 400 pilgrims.", &["400 = <=400 pilgrim"]),
        ("As few as 12 pilgrims.", &["12 = >=12 pilgrim"]),
        ("More than 30 pilgrims.", &["30 = >30 pilgrim"]),
        ("No fewer than 30 pilgrims.", &["30 = >=30 pilgrim"]),
        ("No more than 30 pilgrims.", &["30 = <=30 pilgrim"]),
        ("Fewer than 30 pilgrims.", &["30 = <30 pilgrim"]),
        ("Up to 30 pilgrims.", &["30 = <=30 pilgrim"]),
        ("At least a dozen pilgrims.", &["a dozen = >=12 pilgrim"]),
        ("An estimated 30 pilgrims.", &["30 = ~30 pilgrim"]),
        ("Close to 30 pilgrims.", &["30 = ~30 pilgrim"]),
        ("Just under $30.", &["$30 = <30 USD"]),
        ("Upwards of 30 pilgrims.", &["30 = >30 pilgrim"]),
        ("They counted 30 or more pilgrims.", &["30 = >=30 pilgrim"]),
        ("Closer to 30 pilgrims.", &["30 = ~30 pilgrim"]),
        ("The count passed 3,000 as it rained.", &["3,000 = >3000"]),
        ("The house passed 40 laws.", &["40 = 40 law"]),
        ("Mail arrives within 12 days.", &["12 days = <=12 day"]),
        ("It is as long as nine buses.", &["nine = 9 bus"]),
        ("Queues as long as 9 hours.", &["9 hours = <=9 hour"]),
        ("They counted 30-odd pilgrims.", &["30 = ~30 pilgrim"]),
        ("They counted 400+ pilgrims.", &["400 = >=400 pilgrim"]),
        ("They waited ten days or so.", &["ten days = ~10 day"]),
        ("Over the past two years they waited.", &["two years = 2 year"]),
        ("It lasted for over two years.", &["two years = >2 year"]),
    ]);
}

#[test]
fn a_rise_is_by_the_quantity_and_not_to_it() {
    check(&[
        ("Rents rose 5 percent to $700.", &["5 percent = 5 % ↑", "$700 = 700 USD"]),
        ("Sales fell by about 40 units.", &["40 = ~40 unit ↓"]),
        ("The index was up nearly 57 points.", &["57 = ~57 point ↑"]),
        ("It cut its prices by 12%.", &["12% = 12 % ↓"]),
        ("They gave up 12 goals.", &["12 = 12 goal"]),
        ("The army lost 12 trucks.", &["12 = 12 truck"]),
        ("Crude climbed to 90.", &["90 = 90"]),
        ("Shares fell as low as $4.", &["$4 = >=4 USD"]),
        ("The index: +0.4%.", &["+0.4% = 0.4 % ↑"]),
    ]);
}

#[test]
fn dates_times_and_years_are_no_numbers() {
    for text in [
        "On September 30, 2025, they left.",
        "It opened on 30/09/2025 and 2025-09-30.",
        "She wrote on 7-9 March and on 4 May 1998.",
        "They met in 2025, since 1870, and before the 2026 World Cup.",
        "From 2014 to 2016 it was shut, between 1914 and 1918 too.",
        "At 10:30 a.m., 5 p.m., 0930 GMT and seven o'clock.",
        "The 1990s, the 21st century, the season of 2014-15.",
        "In nineteen eighty-four.",
        "The alarm rang at 4.17 on Monday, then at 9.05 this morning.",
        "The vote was called shortly after 10.",
        "Entry is free for children under five and people over 70.",
    ] {
        assert_eq!(read(text), [""; 0], "{text}");
    }
    check(&[
        ("About 2,025 people in 2025.", &["2,025 = ~2025 people"]),
        ("There were 2000 soldiers.", &["2000 = 2000 soldier"]),
        ("In March 20 boats sank.", &["20 = 20 boat"]),
    ]);
}

#[test]
fn scores_names_and_addresses_are_no_numbers() {
    for text in [
        "They won 2-1 after a 6-4, 6-3 start.",
        "Call +1-222-555-0100 or 555-0100.",
        "Ring 01632 960 000, 020 7946 0000 or +49 30 5550 112.",
        "Ring (555) 010-0100 or +1 (555) 010-0100, or call 112.",
        "Text SEED to 70 070.",
        "The tower is three times as tall, twice its width and four times the weight.",
        "The F-16, the iPhone 15, a Boeing 737 and COVID-19.",
        "Article 5, Chapter 11, Route 66 and Resolution 2231.",
        "See No. 10 on page 3.",
        "He lives at 10 Downing Street.",
        "After 9/11 it was open 24/7.",
        "The G20, the U20 side and Formula One.",
        "Smith, 45, and Jones (52) agreed.",
        "He asked Acme Corp ( 1234.T ) about it.",
        "Declines led by 3 to 2.",
    ] {
        assert_eq!(read(text), [""; 0], "{text}");
    }
}

#[test]
fn one_is_a_number_only_where_it_counts() {
    check(&[
        ("No one knew that this one was it.", &[]),
        ("One day they helped one another.", &[]),
        ("It was built in one day.", &["one day = 1 day"]),
        ("Only one road was open.", &["one = 1 road"]),
        ("A one-on-one talk.", &[]),
        ("She fed one of them, not one of us.", &[]),
        ("They want a plan, one that works.", &[]),
        ("They searched one cellar after another.", &[]),
        ("It is one of the steepest lanes.", &["one = 1 lane"]),
    ]);
}

#[test]
fn kinds_and_rules_are_told() {
    let text = "Nine cooks, 3%, $5, 2 km, 4 to 5 tons and scores of men.";
    let kinds: Vec<_> = found(text).iter().map(|m| (m.kind, m.via.clone().into_owned())).collect();
    let expected = [
        (Kind::Number, "quantity:words"),
        (Kind::Percent, "quantity:digits"),
        (Kind::Money, "quantity:digits"),
        (Kind::Quantity, "quantity:digits"),
        (Kind::Quantity, "quantity:range"),
        (Kind::Number, "quantity:vague"),
    ];
    assert_eq!(kinds, expected.map(|(kind, via)| (kind, via.to_owned())));
}

#[test]
fn capital_letters_of_a_title_are_no_names() {
    let title = "Storm Kills Three Sailors, Hurts Seven";
    let read: Vec<_> = found_in(title, TextField::Title).iter().map(|m| m.key().into_owned()).collect();
    assert_eq!(read, ["3 sailor", "7"]);
}

#[test]
fn a_long_line_takes_time_in_proportion_to_its_length() {
    for piece in [
        "1-",
        "1 to ",
        "one hundred ",
        "between 1 and ",
        "$",
        "1,00,",
        "1 000 ",
        "million ",
        "half a ",
        "minus ",
        "1, ",
        "two of the ",
        "from 1 in 2 ",
        "3 lakh 2 ",
        "5 dollars and ",
        "more than 1 and less than 9 ",
    ] {
        let text = piece.repeat(20_000);
        assert!(found(&text).len() <= 40_000, "{piece}"); // two figures each
    }
}

/// Text that is full of what this room looks at.
fn numeric_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "1",
        "20",
        "400",
        "2025",
        "3.5",
        "1,200",
        "40bn",
        "$",
        "€",
        "US",
        "%",
        "per cent",
        "one",
        "hundred",
        "and",
        "a",
        "half",
        "million",
        "dozens",
        "of",
        "several",
        "to",
        "-",
        "–",
        "/",
        ":",
        ".",
        ",",
        "between",
        "from",
        "about",
        "more than",
        "minus",
        "rose",
        "by",
        "km",
        "feet",
        "°C",
        "½",
        "years",
        "old",
        "people",
        "Iranian",
        "May",
        "p.m.",
        "(",
        ")",
        "\n",
        "’s",
        "Rs",
        "RM5",
        "é",
        "10",
        "0",
        "x10^6",
        "-foot-2",
        "pounds",
        "or",
        "+",
        "~",
        "μm",
        "″",
    ]);
    (prop::collection::vec((words, prop::sample::select(vec![" ", "", " ", "-"])), 0..24))
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_lie_on_character_boundaries_in_order_and_apart(text in prop_oneof![numeric_text(), "\\PC{0,80}"]) {
        let mut last = 0;
        for mention in found(&text) {
            prop_assert!(text.get(mention.span.range()).is_some_and(|s| !s.is_empty()));
            prop_assert!(mention.span.start >= last, "{:?}", mention);
            prop_assert!(mention.kind.is_numeric() && mention.quantity().is_some());
            last = mention.span.end;
        }
    }

    #[test]
    fn lines_are_read_apart(a in numeric_text(), b in numeric_text()) {
        let both = found(&format!("{a}\n{b}"));
        let mut apart = found(&a);
        apart.extend(found(&b).into_iter().map(|mut mention| {
            let shift = u32::try_from(a.len() + 1).unwrap();
            mention.span.start += shift;
            mention.span.end += shift;
            mention
        }));
        prop_assert_eq!(both, apart);
    }

    #[test]
    fn a_number_with_separators_has_its_value(n in 0_u32..2_000_000_000) {
        let digits = n.to_string();
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let text = format!("They shipped ${grouped} there");
        let values: Vec<f64> = found(&text).iter().filter_map(|m| m.quantity()).map(|q| q.lo).collect();
        prop_assert_eq!(values, vec![f64::from(n)]);
    }
}
