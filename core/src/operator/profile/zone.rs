//! Time zones that dates of an operator may be meant in: those of Europe. They are part of the core, since a phone's own zone data
//! is found in too many places to be relied on.

use jiff::tz::TimeZone;

use crate::operator::nearest::nearest;

/// Each zone once, by its IANA name, behind one whose clocks have shown the same since 2018: what an app shows is hardly older,
/// and each zone's whole past weighs several kilobytes in it.
macro_rules! zones {
    ($($alike:literal: $($name:literal)+;)+) => {
        /// Their names.
        pub(super) const NAMES: &[&str] = &[$($($name,)+)+ "UTC"];

        /// The zone of an IANA name. None: the core does not carry it.
        pub(super) fn named(name: &str) -> Option<TimeZone> {
            match name {
                $($($name)|+ => Some(jiff::tz::get!($alike)),)+
                "UTC" => Some(TimeZone::UTC),
                _ => None,
            }
        }

        /// Each with what the zone database has of it.
        #[cfg(test)]
        fn in_full() -> Vec<(&'static str, TimeZone)> {
            vec![$($(($name, jiff::tz::get!($name)),)+)+]
        }
    };
}

zones! {
    "Europe/Brussels":
        "Europe/Amsterdam" "Europe/Andorra" "Europe/Belgrade" "Europe/Berlin" "Europe/Bratislava"
        "Europe/Brussels" "Europe/Budapest" "Europe/Copenhagen" "Europe/Gibraltar" "Europe/Ljubljana"
        "Europe/Luxembourg" "Europe/Madrid" "Europe/Malta" "Europe/Monaco" "Europe/Oslo" "Europe/Paris"
        "Europe/Podgorica" "Europe/Prague" "Europe/Rome" "Europe/San_Marino" "Europe/Sarajevo" "Europe/Skopje"
        "Europe/Stockholm" "Europe/Tirane" "Europe/Vaduz" "Europe/Vienna" "Europe/Warsaw" "Europe/Zagreb"
        "Europe/Zurich";
    "Europe/Athens":
        "Asia/Nicosia" "Europe/Athens" "Europe/Bucharest" "Europe/Helsinki" "Europe/Kyiv" "Europe/Riga"
        "Europe/Sofia" "Europe/Tallinn" "Europe/Vilnius";
    "Europe/Lisbon":
        "Atlantic/Canary" "Atlantic/Faroe" "Atlantic/Madeira" "Europe/Dublin" "Europe/Lisbon" "Europe/London";
    "Atlantic/Azores":
        "Atlantic/Azores";
    "Atlantic/Reykjavik":
        "Atlantic/Reykjavik";
    "Europe/Chisinau":
        "Europe/Chisinau";
    "Europe/Istanbul":
        "Europe/Istanbul";
}

/// What is wrong with a name that is not among them.
pub(super) fn unknown(name: &str) -> String {
    // The place alone is what people remember of such a name.
    let place = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let same_place = NAMES.iter().find(|known| place(known).eq_ignore_ascii_case(&place(name))).copied();
    match same_place.or_else(|| nearest(name, NAMES)) {
        Some(meant) => format!("is not one this core carries; perhaps {meant} is meant"),
        None => format!("is not one this core carries; here may stand {}", NAMES.join(", ")),
    }
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
    fn a_zone_shows_what_the_zone_database_has_of_it() {
        let all = in_full();
        assert!(all.len() > 40);
        for (name, full) in all {
            let ours = named(name).unwrap();
            let begin = date(2018, 1, 1).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
            // Every hour of sixteen years: clocks change at full hours.
            for hour in 0..16 * 365 * 24 {
                let at = begin + jiff::SignedDuration::from_hours(hour);
                assert_eq!(ours.to_offset(at), full.to_offset(at), "{name} {at}");
            }
        }
    }

    #[test]
    fn the_zone_that_was_meant_is_named() {
        for (wrong, meant) in [
            ("Brussels", "perhaps Europe/Brussels is meant"),
            ("Europe/brussels", "perhaps Europe/Brussels is meant"),
            ("Europe/Brusels", "perhaps Europe/Brussels is meant"),
            ("Mars/Olympus", "here may stand Europe/Amsterdam, "),
            ("", "here may stand"),
        ] {
            assert!(named(wrong).is_none() && unknown(wrong).contains(meant), "{wrong}: {}", unknown(wrong));
        }
    }
}
