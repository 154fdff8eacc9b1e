//! Units of measure as operators write them, and the two conventions nobody writes down: how large a GB is, and
//! whether a cycle's end date is its last day.

use serde::{Deserialize, Serialize};

/// How many bytes a kilobyte of this operator has. GiB, MiB and KiB are always binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataBase {
    /// 1 GB is 10⁹ bytes.
    #[default]
    Decimal,
    /// 1 GB is 2³⁰ bytes.
    Binary,
}

/// What an end date without time of day means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CycleEnd {
    /// The first day of the next cycle.
    #[default]
    Exclusive,
    /// The last day of the cycle.
    Inclusive,
}

/// A unit, as a factor to the smallest unit of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit<'u> {
    /// So many bytes.
    Bytes(u64),
    /// So many seconds.
    Seconds(u64),
    /// Messages or other things counted one by one.
    Count,
    /// An ISO 4217 currency, in whole units.
    Money(&'u str),
}

/// The powers of a data unit, by its prefix.
const PREFIXES: [(char, u32); 5] = [('k', 1), ('m', 2), ('g', 3), ('t', 4), ('p', 5)];

impl<'u> Unit<'u> {
    /// Reads a unit in the spellings of four languages. None when it is not known.
    pub fn parse(text: &'u str, base: DataBase) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || text.len() > 16 {
            return None;
        }
        let folded = text.to_lowercase();
        if let Some(factor) = data(&folded, base) {
            return Some(Unit::Bytes(factor));
        }
        match folded.as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" | "seconde" | "secondes" | "seconden" | "sekunde"
            | "sekunden" | "sek" => Some(Unit::Seconds(1)),
            "min" | "mins" | "minute" | "minutes" | "minuut" | "minuten" | "mn" => Some(Unit::Seconds(60)),
            "h" | "hr" | "hrs" | "hour" | "hours" | "heure" | "heures" | "uur" | "uren" | "stunde" | "stunden" => {
                Some(Unit::Seconds(3600))
            }
            "sms" | "smses" | "mms" | "msg" | "msgs" | "message" | "messages" | "bericht" | "berichten"
            | "nachricht" | "nachrichten" | "unit" | "units" | "unité" | "unités" | "unite" | "unites" | "einheit"
            | "einheiten" | "eenheid" | "eenheden" | "number" | "count" | "event" | "events" | "item" | "items"
            | "piece" | "pieces" => Some(Unit::Count),
            "€" | "euro" | "euros" | "eur" => Some(Unit::Money("EUR")),
            _ => is_currency(text).then_some(Unit::Money(text)),
        }
    }
}

/// `gb`, `go`, `gib`, `gigabytes`, `octets`, `b`.
fn data(folded: &str, base: DataBase) -> Option<u64> {
    if matches!(folded, "b" | "o" | "byte" | "bytes" | "octet" | "octets") {
        return Some(1);
    }
    const LONG: [(&str, char); 5] = [("kilo", 'k'), ("mega", 'm'), ("giga", 'g'), ("tera", 't'), ("peta", 'p')];
    let long = LONG.iter().find_map(|(word, prefix)| Some((*prefix, folded.strip_prefix(word)?)));
    let (prefix, size) = match long {
        Some((prefix, rest)) => (prefix, matches!(rest, "byte" | "bytes" | "octet" | "octets").then_some(base)?),
        None => {
            let mut letters = folded.chars();
            let prefix = letters.next()?;
            match letters.as_str() {
                "b" | "o" => (prefix, base),
                "ib" | "io" => (prefix, DataBase::Binary),
                _ => return None,
            }
        }
    };
    let power = PREFIXES.iter().find_map(|(letter, power)| (*letter == prefix).then_some(*power))?;
    match size {
        DataBase::Decimal => 1000u64.checked_pow(power),
        DataBase::Binary => 1024u64.checked_pow(power),
    }
}

/// Active codes of ISO 4217, without funds and metals. Loyalty points (`PTS`) are no money.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF \
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD \
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR \
    PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
    TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

fn is_currency(text: &str) -> bool {
    text.len() == 3
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && CURRENCIES.split(' ').any(|code| code == text)
}

#[cfg(test)]
mod tests {
    use super::{DataBase, Unit};

    #[test]
    fn units_are_read_in_four_languages() {
        let vectors: [(&str, Option<Unit<'_>>); 55] = [
            ("B", Some(Unit::Bytes(1))),
            ("octets", Some(Unit::Bytes(1))),
            ("kB", Some(Unit::Bytes(1_000))),
            ("KB", Some(Unit::Bytes(1_000))),
            ("Ko", Some(Unit::Bytes(1_000))),
            ("MB", Some(Unit::Bytes(1_000_000))),
            ("Mo", Some(Unit::Bytes(1_000_000))),
            ("megabytes", Some(Unit::Bytes(1_000_000))),
            ("GB", Some(Unit::Bytes(1_000_000_000))),
            ("gb", Some(Unit::Bytes(1_000_000_000))),
            (" Go ", Some(Unit::Bytes(1_000_000_000))),
            ("Gigaoctets", Some(Unit::Bytes(1_000_000_000))),
            ("TB", Some(Unit::Bytes(1_000_000_000_000))),
            ("PB", Some(Unit::Bytes(1_000_000_000_000_000))),
            ("KiB", Some(Unit::Bytes(1_024))),
            ("MiB", Some(Unit::Bytes(1_048_576))),
            ("GiB", Some(Unit::Bytes(1_073_741_824))),
            ("Gio", Some(Unit::Bytes(1_073_741_824))),
            ("s", Some(Unit::Seconds(1))),
            ("sec", Some(Unit::Seconds(1))),
            ("seconds", Some(Unit::Seconds(1))),
            ("Sekunden", Some(Unit::Seconds(1))),
            ("min", Some(Unit::Seconds(60))),
            ("min.", Some(Unit::Seconds(60))),
            ("MINS", Some(Unit::Seconds(60))),
            ("minutes", Some(Unit::Seconds(60))),
            ("minuten", Some(Unit::Seconds(60))),
            ("h", Some(Unit::Seconds(3_600))),
            ("heures", Some(Unit::Seconds(3_600))),
            ("uur", Some(Unit::Seconds(3_600))),
            ("Stunden", Some(Unit::Seconds(3_600))),
            ("sms", Some(Unit::Count)),
            ("SMS", Some(Unit::Count)),
            ("MMS", Some(Unit::Count)),
            ("msg", Some(Unit::Count)),
            ("messages", Some(Unit::Count)),
            ("units", Some(Unit::Count)),
            ("unités", Some(Unit::Count)),
            ("number", Some(Unit::Count)),
            ("EUR", Some(Unit::Money("EUR"))),
            ("€", Some(Unit::Money("EUR"))),
            ("euro", Some(Unit::Money("EUR"))),
            ("USD", Some(Unit::Money("USD"))),
            ("CHF", Some(Unit::Money("CHF"))),
            ("usd", None),
            ("PTS", None),
            ("XYZ", None),
            ("", None),
            (" ", None),
            ("GBit", None),
            ("Mbps", None),
            ("%", None),
            ("bananas", None),
            ("gigabananas", None),
            ("a unit nobody has ever heard of", None),
        ];
        for (text, expected) in vectors {
            assert_eq!(Unit::parse(text, DataBase::Decimal), expected, "{text:?}");
        }
    }

    #[test]
    fn a_binary_operator_counts_in_powers_of_1024() {
        assert_eq!(Unit::parse("GB", DataBase::Binary), Some(Unit::Bytes(1_073_741_824)));
        assert_eq!(Unit::parse("Ko", DataBase::Binary), Some(Unit::Bytes(1_024)));
        assert_eq!(Unit::parse("GiB", DataBase::Binary), Unit::parse("GiB", DataBase::Decimal));
    }
}
