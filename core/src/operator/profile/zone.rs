//! Time zones that dates of an operator may be meant in: those of Europe. They are part of the core, since a phone's own zone data
//! is found in too many places to be relied on.

use jiff::tz::TimeZone;

use crate::operator::nearest::nearest;

/// Each zone once, by its IANA name.
macro_rules! zones {
    ($($name:literal)*) => {
        /// Their names.
        pub(super) const NAMES: &[&str] = &[$($name,)* "UTC"];

        /// The zone of an IANA name. None: the core does not carry it.
        pub(super) fn named(name: &str) -> Option<TimeZone> {
            match name {
                $($name => Some(jiff::tz::get!($name)),)*
                "UTC" => Some(TimeZone::UTC),
                _ => None,
            }
        }
    };
}

zones! {
    "Asia/Nicosia" "Atlantic/Azores" "Atlantic/Canary" "Atlantic/Faroe" "Atlantic/Madeira" "Atlantic/Reykjavik"
    "Europe/Amsterdam" "Europe/Andorra" "Europe/Athens" "Europe/Belgrade" "Europe/Berlin" "Europe/Bratislava"
    "Europe/Brussels" "Europe/Bucharest" "Europe/Budapest" "Europe/Chisinau" "Europe/Copenhagen" "Europe/Dublin"
    "Europe/Gibraltar" "Europe/Helsinki" "Europe/Istanbul" "Europe/Kyiv" "Europe/Lisbon" "Europe/Ljubljana"
    "Europe/London" "Europe/Luxembourg" "Europe/Madrid" "Europe/Malta" "Europe/Monaco" "Europe/Oslo" "Europe/Paris"
    "Europe/Podgorica" "Europe/Prague" "Europe/Riga" "Europe/Rome" "Europe/San_Marino" "Europe/Sarajevo"
    "Europe/Skopje" "Europe/Sofia" "Europe/Stockholm" "Europe/Tallinn" "Europe/Tirane" "Europe/Vaduz" "Europe/Vienna"
    "Europe/Vilnius" "Europe/Warsaw" "Europe/Zagreb" "Europe/Zurich"
}

/// What is wrong with a name that is not among them.
pub(super) fn unknown(name: &str) -> String {
    // The place alone is what people remember of such a name.
    let place = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let same_place = NAMES.iter().find(|known| place(known).eq_ignore_ascii_case(&place(name))).copied();
    let meant = same_place.or_else(|| nearest(name, NAMES)).map(|known| format!("perhaps {known} is meant, of "));
    let (meant, names) = (meant.unwrap_or_default(), NAMES.join(", "));
    format!("is not one this core carries; {}{names}", if meant.is_empty() { "here may stand " } else { &meant })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_begins_where_the_operator_is() {
        for (name, midsummer, midwinter) in [
            ("Europe/Brussels", "+02", "+01"),
            ("Europe/Lisbon", "+01", "+00"),
            ("Europe/Dublin", "+01", "+00"),
            ("Europe/Helsinki", "+03", "+02"),
            ("Atlantic/Azores", "+00", "-01"),
            ("Atlantic/Reykjavik", "+00", "+00"),
            ("UTC", "+00", "+00"),
        ] {
            let zone = named(name).unwrap();
            let offset = |month| {
                let day = date(2026, month, 21).to_zoned_datetime(zone.clone()).unwrap();
                day.strftime("%:::z").to_string()
            };
            assert_eq!((offset(6).as_str(), offset(12).as_str()), (midsummer, midwinter), "{name}");
        }
        assert!(NAMES.iter().all(|name| named(name).is_some()));
    }

    #[test]
    fn the_zone_that_was_meant_is_named() {
        for (wrong, meant) in [
            ("Brussels", "perhaps Europe/Brussels is meant, of Asia/Nicosia, "),
            ("Europe/brussels", "perhaps Europe/Brussels is meant"),
            ("Europe/Brusels", "perhaps Europe/Brussels is meant"),
            ("Mars/Olympus", "here may stand Asia/Nicosia, "),
            ("", "here may stand"),
        ] {
            assert!(named(wrong).is_none() && unknown(wrong).contains(meant), "{wrong}: {}", unknown(wrong));
        }
    }
}
