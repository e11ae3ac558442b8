//! What ends the name of an organisation: the noun of bodies, and the legal form after it.

use super::run::Run;
use crate::extract::person::lexicon::Flags;

impl Run<'_> {
    /// The noun of bodies that ends a name which begins with word `first` and ends before word `stop`.
    pub(super) fn head(&self, first: usize, stop: usize) -> Option<usize> {
        let head = (first + 1..stop).rev().find(|n| {
            let word = self.words[*n];
            word.flags.has(Flags::HEAD) && !word.person && !self.is_other(*n)
        })?;
        let thing = self.words.get(head + 1).filter(|_| !self.words[head].ends);
        let named_for = thing.is_some_and(|w| w.flags.has(Flags::THING));
        (!named_for).then_some(head)
    }

    /// Whether the noun at word `n` ends here the name of something else: "West Bank", "Press Secretary".
    fn is_other(&self, n: usize) -> bool {
        let text = self.text;
        let word = text.word(self.words[n].token);
        let before = n.checked_sub(1).map_or("", |m| text.word(self.words[m].token));
        let after = self.words.get(n + 1).map_or("", |w| text.word(w.token));
        match word {
            "Bank" => matches!(before, "West" | "Left" | "South" | "North" | "Right"),
            "Press" | "News" => {
                matches!(after, "Secretary" | "Conference" | "Release" | "Officer" | "Freedom" | "Briefing")
            }
            "Court" => matches!(before, "Centre" | "Center"),
            "Board" if self.words[..n].iter().any(|w| w.flags.has(Flags::KNOWN)) => true,
            "Board"
                if text.word(self.words[n].token + 1) == "of"
                    && text.word(self.words[n].token + 2) == "Directors" =>
            {
                true
            }
            _ if self.words[n].flags.has(Flags::WEAK_HEAD) && matches!(after, "Minister" | "Secretary") => {
                true
            }
            "Executive" | "Channel" => matches!(before, "Chief" | "English" | "Bristol"),
            "National" | "Nations" => matches!(before, "Six" | "First"),
            _ => false,
        }
    }

    /// The last token with the legal forms that follow token `last`: "Hartwell Group Co., Ltd".
    pub(super) fn with_legal(&self, last: usize) -> usize {
        let text = self.text;
        let mut end = last;
        while matches!(text.gap(end), " " | ", " | ". " | "., ") {
            let next = text.word(end + 1);
            let after_stop = text.gap(end).starts_with('.');
            let legal = matches!(
                next,
                "Inc"
                    | "Corp"
                    | "Ltd"
                    | "LLC"
                    | "Plc"
                    | "PLC"
                    | "plc"
                    | "Co"
                    | "AG"
                    | "SA"
                    | "S.A."
                    | "NV"
                    | "N.V."
                    | "GmbH"
                    | "SE"
                    | "Limited"
                    | "Incorporated"
                    | "Corporation"
                    | "Bhd"
                    | "Pvt"
                    | "Pty"
                    | "Pte"
                    | "ASA"
                    | "AB"
                    | "SpA"
                    | "KK"
                    | "LP"
                    | "LLP"
                    | "BV"
                    | "INC"
                    | "LTD"
                    | "CORP"
                    | "CO"
            );
            if !legal
                || (after_stop && !matches!(text.word(end), "Co" | "Pvt" | "Pty" | "Pte" | "Sdn" | "Inc"))
            {
                break;
            }
            end += 1;
        }
        end
    }
}
