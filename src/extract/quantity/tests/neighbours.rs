//! Quantities that lean on their neighbours: bounds on both sides, intervals, shared units, changes.

use super::check;

#[test]
fn bounds_may_stand_behind_and_be_turned() {
    check(&[
        ("Anglers aged 65 and over pay less.", &["65 = >=65 year of age"]),
        ("They sell 40 trays at the very least.", &["40 = >=40 tray"]),
        ("They ask 40 at the very least, or 90 at most.", &["40 = >=40", "90 = <=90"]),
        ("They counted 300 huts or more.", &["300 = >=300 hut"]),
        ("A 50-or-so crowd came, 80 and counting.", &["50 = ~50", "80 = >=80"]),
        ("It takes 9 hours, give or take.", &["9 hours = ~9 hour"]),
        ("The fine shall not exceed $90.", &["$90 = <=90 USD"]),
        ("It weighs not more than 9 kg.", &["9 kg = <=9 kilogram"]),
        ("At the very least 30 pilgrims.", &["30 = >=30 pilgrim"]),
        ("Values greater than or equal to 30.", &["30 = >=30"]),
        ("Just shy of 30 pilgrims, somewhat short of breath.", &["30 = <30 pilgrim"]),
        ("Turnout was near 70 percent, near 9 farms.", &["70 percent = ~70 %", "9 = 9 farm"]),
        ("It was something like 30 pilgrims.", &["30 = ~30 pilgrim"]),
        ("She walked down 2 lanes and up another.", &["2 = 2 lane"]),
    ]);
}

#[test]
fn two_ends_make_one_interval() {
    check(&[
        ("Between 100 and 150 nurses came.", &["Between 100 and 150 = 100..150 nurse"]),
        ("They raised the fee by $2 to $9.", &["$2 = 2 USD ↑", "$9 = 9 USD"]),
        ("It takes 15-20 minutes.", &["15-20 minutes = 15..20 minute"]),
        ("Growth of 5 to 6 percent.", &["5 to 6 percent = 5..6 % ↑"]),
        ("It cost €1.2bn-€1.4bn.", &["€1.2bn-€1.4bn = 1200000000..1400000000 EUR"]),
        (
            "Fees of $5-6bn, Rs 30-40 lakh.",
            &["$5-6bn = 5000000000..6000000000 USD", "Rs 30-40 lakh = 3000000..4000000 INR"],
        ),
        ("Between Rs 4 lakh and Rs 9 lakh.", &["Between Rs 4 lakh and Rs 9 lakh = 400000..900000 INR"]),
        (
            "From US$4m to US$7m, or GH¢2m-GH¢3m.",
            &["US$4m to US$7m = 4000000..7000000 USD", "GH¢2m-GH¢3m = 2000000..3000000 GHS"],
        ),
        ("Losses of 3 to 4 million dollars.", &["3 to 4 million dollars = 3000000..4000000 USD"]),
        ("Fees from $200 to $4 million.", &["$200 to $4 million = 200..4000000 USD"]),
        ("She spent three or four years there.", &["three or four years = 3..4 year"]),
        ("Between 5% and 7% left.", &["Between 5% and 7% = 5..7 %"]),
        ("It fell from 80 to 60 points.", &["80 to 60 = 60..80 point"]),
        ("Oil rose 3 cents to 58 cents.", &["3 cents = 3 cent ↑", "58 cents = 58 cent"]),
        (
            "Between one hundred and two hundred cows.",
            &["Between one hundred and two hundred = 100..200 cow"],
        ),
    ]);
}

#[test]
fn two_bounds_make_one_interval() {
    check(&[
        ("It seats more than 40 but less than 60 guests.", &["40 but less than 60 = 40..60 guest"]),
        ("At most 90 and at least 20 geese.", &["90 and at least 20 = 20..90 goose"]),
        ("Above 5% and below 9%.", &["5% and below 9% = 5..9 %"]),
        ("It pays at least $5 and at most $3.", &["$5 = >=5 USD", "$3 = <=3 USD"]),
        ("More than 40 sank and fewer than 60 were saved.", &["40 = >40", "60 = <60"]),
    ]);
}

#[test]
fn ends_of_an_interval_may_stand_apart() {
    check(&[
        ("It went from 31 mpg combined to 33.", &["31 mpg combined to 33 = 31..33 mile per gallon"]),
        ("Fares rose from $3 in 2011 to $4 last May.", &["$3 in 2011 to $4 = 3..4 USD"]),
        ("Staff fell from 90 clerks a year ago to 60.", &["90 clerks a year ago to 60 = 60..90 clerk"]),
        ("From 3 camps in the hills they went to 5 huts.", &["3 = 3 camp", "5 = 5 hut"]),
        ("They moved from 3 km to 2 tons.", &["3 km = 3 kilometre", "2 tons = 2 ton"]),
        ("Ships came from 9 ports that sell tea to 4 kings.", &["9 = 9 port", "4 = 4 king"]),
        ("Sales growth of 5 percent to 9 percent.", &["5 percent to 9 percent = 5..9 % ↑"]),
    ]);
}

#[test]
fn a_figure_shares_the_unit_of_a_later_one() {
    check(&[
        (
            "They found 70 million of the 2.5 billion pesos.",
            &["70 million = 70000000 peso", "2.5 billion pesos = 2500000000 peso"],
        ),
        ("Yields of 4, 6 and 9 percent.", &["4 = 4 %", "6 = 6 %", "9 percent = 9 %"]),
        ("Stakes of 15 and 20 percent.", &["15 = 15 %", "20 percent = 20 %"]),
        ("It makes 300 or even 500 megawatts.", &["300 = 300 megawatt", "500 megawatts = 500 megawatt"]),
        ("It grew 3 percent in 2013 and 2 percent in 2014.", &["3 percent = 3 % ↑", "2 percent = 2 %"]),
        ("Of the barns 41, or 6 percent, burned.", &["41 = 41", "6 percent = 6 %"]),
        ("He ran 3 and 5 days later 9.", &["3 = 3", "5 days = 5 day", "9 = 9"]),
    ]);
}

#[test]
fn nouns_tell_a_change_too() {
    check(&[
        ("A drop of 7 percent.", &["7 percent = 7 % ↓"]),
        ("Gains of about 3 percent.", &["3 percent = ~3 % ↑"]),
        ("An increase of 900 jobs.", &["900 = 900 job ↑"]),
        ("A rise in wool exports of 5 percent.", &["5 percent = 5 % ↑"]),
        ("A fall of 40 feet, a loss of $5.", &["40 feet = 40 foot", "$5 = 5 USD"]),
        ("A share of 5 percent.", &["5 percent = 5 %"]),
        ("Wool edged 0.2 percent lower.", &["0.2 percent = 0.2 % ↓"]),
        ("Acme fell 3 percent, Zenith Wool by 2 percent.", &["3 percent = 3 % ↓", "2 percent = 2 % ↓"]),
        ("It rose 3 percent and 5 percent.", &["3 percent = 3 % ↑", "5 percent = 5 % ↑"]),
        ("It fell 3 percent, and reached 9 percent.", &["3 percent = 3 % ↓", "9 percent = 9 %"]),
    ]);
}

#[test]
fn parts_of_a_value_are_added() {
    check(&[
        (
            "It cost nineteen dollars and sixty-five cents.",
            &["nineteen dollars and sixty-five cents = 19.65 USD"],
        ),
        ("It cost 9 euros 50 cents.", &["9 euros 50 cents = 9.5 EUR"]),
        ("They paid 3 dollars and 40 clerks left.", &["3 dollars = 3 USD", "40 = 40 clerk"]),
        (
            "Sales were MEUR 40, or 700 TSEK, or 8 USD million.",
            &["MEUR 40 = 40000000 EUR", "700 TSEK = 700000 SEK", "8 USD million = 8000000 USD"],
        ),
        ("They hold 30 bitcoins and 2 BTC.", &["30 bitcoins = 30 BTC", "2 BTC = 2 BTC"]),
        ("It built 3 crore 40 lakh huts.", &["3 crore 40 lakh = 34000000 hut"]),
        ("It is home to 2 thousand 4 hundred and 6 geese.", &["2 thousand 4 hundred and 6 = 2406 goose"]),
        ("It has 6 million and a half trees.", &["6 million and a half = 6500000 tree"]),
        ("They have six million and two fifths.", &["six million and two fifths = 6400000"]),
        ("The 17 euro zone states met.", &["17 = 17 state"]),
    ]);
}

#[test]
fn halves_are_read_where_they_measure() {
    check(&[
        (
            "Two-and-a-half years later, a 3-and-a-half-hour walk.",
            &["Two-and-a-half years = 2.5 year", "3-and-a-half-hour = 3.5 hour"],
        ),
        ("It lies a half mile off, in the first half hour.", &["a half mile = 0.5 mile"]),
        ("More than half were lost, nearly half way.", &["half = >0.5"]),
        ("They cut it by a half percentage point.", &["a half percentage point = 0.5 percentage point ↓"]),
    ]);
}
