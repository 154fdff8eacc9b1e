//! Days and moments, which are nobody's: how they are written, and a text without those that stand in it.

use super::words::split;

/// A day, or a moment of one (RFC 3339), also without an offset; day and month first are written too.
pub fn is_date(text: &str) -> bool {
    let (day, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at_checked(at).unwrap_or((time, "")),
        None => (time, ""),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let is_clock =
        |text: &str| text.split(':').all(|part| part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit()));
    let offset = offset.trim_start_matches(['Z', 'z', '+', '-']);
    let is_offset = offset.is_empty()
        || is_clock(offset)
        || (offset.len() == 4 && offset.bytes().all(|byte| byte.is_ascii_digit()));
    day_before(day) == Some(day.len())
        && (time.is_empty() || is_clock(clock))
        && fraction.len() <= 9
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && is_offset
        && split(text).all(|word| word.len() <= 13)
}

/// A text with a space in the place of each day and each moment. One whose time of day is cut off is one too.
pub fn without_dates(text: &str) -> String {
    let mut rest = String::new();
    let mut left = text;
    let mut before = ' ';
    while let Some(c) = left.chars().next() {
        match moment_before(left).filter(|_| !before.is_ascii_digit()) {
            Some(end) => {
                left = left.get(end..).unwrap_or_default();
                rest.push(' ');
                before = ' ';
            }
            None => {
                left = left.get(c.len_utf8()..).unwrap_or_default();
                rest.push(c);
                before = c;
            }
        }
    }
    rest
}

/// Where the moment ends with which a text begins.
fn moment_before(text: &str) -> Option<usize> {
    let day = day_before(text).or_else(|| compact_day_before(text))?;
    let mut end = day;
    let rest = |end: usize| text.get(end..).unwrap_or_default();
    let digits = |text: &str, most: usize| text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let Some(time) = rest(end).strip_prefix(['T', 't', ' ']) else { return Some(end) };
    if digits(time, 1) == 0 {
        // A letter that stands at the very end is what is left of a time.
        return Some(if time.is_empty() { text.len() } else { end });
    }
    end = end.saturating_add(1);
    for part in 0..4 {
        let most = if part == 3 { 9 } else { 2 };
        end = end.saturating_add(digits(rest(end), most));
        match rest(end).bytes().next() {
            Some(b':') if part < 2 => end = end.saturating_add(1),
            Some(b'.') if part == 2 => end = end.saturating_add(1),
            // `T130500` goes on without a sign between.
            Some(byte) if part < 2 && byte.is_ascii_digit() => {}
            _ => break,
        }
    }
    if let Some(zone) = rest(end).strip_prefix(['Z', 'z']) {
        return text.len().checked_sub(zone.len());
    }
    if rest(end).starts_with(['+', '-']) && digits(rest(end.saturating_add(1)), 2) == 2 {
        end = end.saturating_add(3);
        let minutes = rest(end).strip_prefix(':').unwrap_or(rest(end));
        if digits(minutes, 2) == 2 {
            end = text.len().saturating_sub(minutes.len()).saturating_add(2);
        }
    }
    Some(end)
}

/// Where the day ends with which a text begins: `2026-11-25`, or `25/11/2026`.
fn day_before(text: &str) -> Option<usize> {
    let day = text.get(..10)?;
    if text.as_bytes().get(10).is_some_and(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    match *parts.as_slice() {
        [year, month, date] if year.len() == 4 => is_day(year, month, date),
        [date, month, year] => is_day(year, month, date),
        _ => false,
    }
    .then_some(10)
}

/// `20261125`, with a time of day behind it.
fn compact_day_before(text: &str) -> Option<usize> {
    let day = text.get(..8).filter(|_| text.get(8..).is_some_and(|time| time.starts_with(['T', 't'])))?;
    is_day(day.get(..4)?, day.get(4..6)?, day.get(6..)?).then_some(8)
}

fn is_day(year: &str, month: &str, day: &str) -> bool {
    let within = |text: &str, most: u8| {
        let number = Some(text).filter(|text| text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit()));
        number.and_then(|text| text.parse::<u8>().ok()).is_some_and(|number| (1..=most).contains(&number))
    };
    year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && (year.starts_with("19") || year.starts_with("20"))
        && within(month, 12)
        && within(day, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stay_as_they_are_written_and_nothing_else_passes_for_one() {
        for (text, expected) in [
            ("2026-11-25", true),
            ("2026-11-31", true),
            ("2026-11-25T13:05:00.000Z", true),
            ("2026-11-25T14:05:00+01:00", true),
            ("2026-11-25T14:05:00+0100", true),
            ("2026-11-25 14:05", true),
            ("25/11/2026", true),
            ("25.11.2026", true),
            ("2026-13-25", false),
            ("2026-11-32", false),
            ("0470/12.34.56", false),
            ("04.70.1234", false),
            ("2026-11-25T14:05 Emma", false),
            ("2026-11-25Emma", false),
            ("20261125", false),
            ("1234-56-78", false),
            ("", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }

    #[test]
    fn of_a_text_stays_what_is_no_date() {
        for (text, rest) in [
            ("2026-11-25", " "),
            ("\"2026-11-25T13:05:00.123Z\"", "\" \""),
            ("bill-2026-11-25T14:05:00+01:00-emma", "bill- -emma"),
            ("from 25/11/2026 14:05 on", "from   on"),
            ("since=2026-11-25T1", "since= "),
            ("since=2026-11-25T", "since= "),
            ("since=2026-11-25T13:05:0", "since= "),
            ("20261125T130500Z", " "),
            ("2026-11-25Emma", " Emma"),
            ("12026-11-25", "12026-11-25"),
            ("20261125", "20261125"),
            ("2026-11-251234", "2026-11-251234"),
            ("0470/12.34.56", "0470/12.34.56"),
            ("+32470123456", "+32470123456"),
            ("Müßiggang, 2026-11-25", "Müßiggang,  "),
        ] {
            assert_eq!(without_dates(text), rest, "{text}");
        }
    }
}
