//! A report laid out for reading.

use std::fmt::Write;

use companion::operator::tolerant::{WarningKind, Weight};
use serde_json::Value;

use super::report::{Bucket, Cost, Cycle, Found, Line, Order, Outcome, Preference, Reading, Report, Service, Sim};
use crate::terminal::counted;

/// Lays a report out as text.
pub fn lay_out(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &Report) -> std::fmt::Result {
    let verdict = match report.outcome {
        Outcome::Understood => "understood",
        Outcome::InPart => "understood in part",
        Outcome::Refused => "refused",
    };
    writeln!(out, "{}: {verdict}", plain(&report.file))?;
    if let Some(refusal) = &report.refusal {
        return writeln!(out, "  {} [{}]", plain(&refusal.sentence), refusal.code);
    }
    if let Some(dialect) = &report.dialect {
        writeln!(out, "  Format   {}", dialect.sentence)?;
    }
    if let Some(task) = &report.task {
        let id = task.id.as_deref().map_or_else(|| "without an id".to_owned(), plain);
        writeln!(out, "  Task     {id}: {}", task.state)?;
    }
    if let Some(preferences) = &report.preferences {
        write_preferences(out, preferences)?;
    } else if let Some(services) = &report.services {
        write_services(out, services)?;
    } else if let Some(orders) = &report.orders {
        write_orders(out, orders)?;
    } else if let Some(sims) = &report.sims {
        write_sims(out, sims)?;
    } else if let Some(found) = &report.found {
        for Found { what, count } in found {
            writeln!(out, "  {}", counted(u64::try_from(*count).unwrap_or(u64::MAX), what))?;
        }
    } else if report.lines.is_empty() {
        // It holds some where it was left unread.
        let unread = [WarningKind::TaskNotDone, WarningKind::EntryNotDone];
        let is_unread = report.warnings.iter().any(|oddity| unread.contains(&oddity.warning.kind));
        let found = if is_unread { "No usage in it was read." } else { "No usage of any line is in it." };
        writeln!(out, "  {found}")?;
    }
    for line in &report.lines {
        write_line(out, line)?;
    }
    let lost: Vec<_> = report.warnings.iter().filter(|oddity| oddity.weight == Weight::Lost).collect();
    let notes: Vec<_> = report.warnings.iter().filter(|oddity| oddity.weight == Weight::Note).collect();
    for (title, oddities) in [("Not fully understood", lost), ("Notes", notes)] {
        if !oddities.is_empty() {
            writeln!(out, "\n  {title}")?;
        }
        for oddity in oddities {
            let place = if oddity.warning.path.is_empty() { "the document" } else { &oddity.warning.path };
            writeln!(out, "    {place}\n      {}", oddity.sentence)?;
        }
    }
    Ok(())
}

fn write_preferences(out: &mut String, preferences: &[Preference]) -> std::fmt::Result {
    if preferences.is_empty() {
        return writeln!(out, "  No notification preference is in it.");
    }
    for preference in preferences {
        let mark = if preference.on { "[x]" } else { "[ ]" };
        let from = preference.threshold_percent.map(|percent| format!(" from {percent}%")).unwrap_or_default();
        let fixed = if preference.mandatory { ", mandatory" } else { "" };
        let (topic, channel, decided) = (plain(&preference.topic), plain(&preference.channel), &preference.decided_by);
        writeln!(out, "  {mark} {topic} by {channel}{from}: {decided} decides{fixed} ({})", plain(&preference.id))?;
    }
    Ok(())
}

fn write_services(out: &mut String, services: &[Service]) -> std::fmt::Result {
    if services.is_empty() {
        return writeln!(out, "  No service of the line is in it.");
    }
    for service in services {
        let told = service.wifi_calling.replace('_', " ");
        let id = service.id.as_deref().map_or_else(|| "without an id".to_owned(), plain);
        let place = service.place.as_deref().map_or_else(|| "no place that is written".to_owned(), plain);
        writeln!(out, "  Line {}: Wi-Fi calling {told} ({id}; {place})", plain(&service.line))?;
    }
    Ok(())
}

fn write_orders(out: &mut String, orders: &[Order]) -> std::fmt::Result {
    if orders.is_empty() {
        return writeln!(out, "  No order that gives the person a line is in it.");
    }
    for order in orders {
        let line = order.line.as_deref().map_or_else(|| "without a number".to_owned(), plain);
        let reason = order.reason.as_ref().map(|reason| format!(", {}", reason.replace('_', " "))).unwrap_or_default();
        writeln!(out, "\n  Order {}: {}{reason}", plain(&order.id), order.stage.replace('_', " "))?;
        let number = if order.keeps_number { "kept" } else { "new" };
        writeln!(out, "    {:<10} {line}, {number}", "line")?;
        writeln!(out, "    {:<10} {}", "SIM", order.sim)?;
        let moments = [
            ("ordered", &order.ordered),
            ("starts", &order.starts),
            ("launched", &order.launched),
            ("done", &order.done),
        ];
        for (title, moment) in moments {
            if let Some(moment) = moment {
                writeln!(out, "    {title:<10} {moment}")?;
            }
        }
    }
    Ok(())
}

fn write_sims(out: &mut String, sims: &[Sim]) -> std::fmt::Result {
    if sims.is_empty() {
        return writeln!(out, "  No SIM of the person is in it.");
    }
    for sim in sims {
        let line = sim.line.as_deref().map_or_else(|| "no line that is named".to_owned(), plain);
        let profile = sim.profile.as_ref().map(|profile| format!(", profile {profile}")).unwrap_or_default();
        writeln!(out, "  SIM {}: {} of {line}{profile}", plain(&sim.id), sim.kind)?;
    }
    Ok(())
}

fn write_line(out: &mut String, line: &Line) -> std::fmt::Result {
    match &line.line {
        Some(number) => writeln!(out, "\n  Line {}", plain(number))?,
        None => writeln!(out, "\n  A line the document does not name")?,
    }
    match &line.counted_at {
        Some(counted) => {
            let assumed = if counted.zone_assumed { ", time zone assumed" } else { "" };
            writeln!(out, "    Counted until {}{assumed}", counted.local)?;
        }
        None => writeln!(out, "    Nothing says until when it was counted")?,
    }
    for bucket in &line.buckets {
        write_bucket(out, bucket)?;
    }
    if !line.out_of_bundle.is_empty() {
        writeln!(out, "\n    Beside the plan")?;
    }
    for cost in &line.out_of_bundle {
        write_cost(out, cost)?;
    }
    Ok(())
}

fn write_bucket(out: &mut String, bucket: &Bucket) -> std::fmt::Result {
    let name = bucket.name.as_ref().map(|name| format!("  \"{}\"", plain(name))).unwrap_or_default();
    writeln!(out, "\n    {}{name}", plain(&bucket.id))?;
    let facts = [&bucket.service, &bucket.zone, &bucket.kind, &bucket.scope, &bucket.status];
    let facts: Vec<_> =
        facts.iter().filter(|fact| !fact.is_empty()).map(|fact| plain(&fact.replace('_', " "))).collect();
    writeln!(out, "      {}", facts.join(", "))?;
    write_reading(out, "used", bucket.used.as_ref())?;
    write_reading(out, "remaining", bucket.remaining.as_ref())?;
    if bucket.over.is_some() {
        write_reading(out, "over", bucket.over.as_ref())?;
    }
    match (&bucket.allowance.total, bucket.allowance.kind) {
        (Some(total), "fair_use") => write_reading(out, "fair use", Some(total))?,
        (Some(total), _) => write_reading(out, "allowance", Some(total))?,
        (None, kind) => writeln!(out, "      {:<10} {kind}", "allowance")?,
    }
    if let Some(permille) = bucket.used_permille {
        writeln!(out, "      {:<10} {} %", "share used", tenths(permille))?;
    }
    match &bucket.cycle {
        Some(cycle) => writeln!(out, "      {:<10} {}", "cycle", told_cycle(cycle)),
        None => writeln!(out, "      {:<10} unknown", "cycle"),
    }
}

fn write_reading(out: &mut String, title: &str, reading: Option<&Reading>) -> std::fmt::Result {
    let Some(reading) = reading else { return writeln!(out, "      {title:<10} unknown") };
    let origin = match reading.origin {
        "counter" => "from a counter",
        "balance" => "from the balance",
        _ => "derived from the other two",
    };
    writeln!(out, "      {title:<10} {:<34} {origin}", told(&reading.amount, &reading.unit))
}

fn write_cost(out: &mut String, cost: &Cost) -> std::fmt::Result {
    let name = cost.name.as_ref().map(|name| format!("  \"{}\"", plain(name))).unwrap_or_default();
    let cycle = cost.cycle.as_ref().map(|cycle| format!("  {}", told_cycle(cycle))).unwrap_or_default();
    writeln!(out, "      {:<12} {}{name}{cycle}", cost.kind.replace('_', " "), told(&cost.amount, &cost.unit))
}

fn told_cycle(cycle: &Cycle) -> String {
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "unknown".to_owned());
    format!("{} to {} (last day)", day(&cycle.first_day), day(&cycle.last_day))
}

/// An amount with its unit, large ones also in a unit people read.
fn told(amount: &Value, unit: &str) -> String {
    let number = amount.as_u64();
    match (number, unit) {
        (Some(bytes), "bytes") => match scaled(bytes) {
            Some(readable) => format!("{} ({readable})", counted(bytes, "byte")),
            None => counted(bytes, "byte"),
        },
        (Some(seconds), "seconds") => {
            let (minutes, rest) = (seconds / 60, seconds % 60);
            format!("{} ({minutes}:{rest:02} min)", counted(seconds, "second"))
        }
        (Some(count), "count") => format!("{count}"),
        _ => match (amount.as_i64(), unit.strip_prefix("cents ")) {
            (Some(cents), Some(currency)) => {
                let sign = if cents < 0 { "-" } else { "" };
                let cents = cents.unsigned_abs();
                format!("{sign}{}.{:02} {currency}", cents / 100, cents % 100)
            }
            _ => plain(&format!("{} {unit} (as written)", amount.as_str().unwrap_or_default())),
        },
    }
}

/// Bytes in decimal units with at most three decimals, where that is exact.
fn scaled(bytes: u64) -> Option<String> {
    let (unit, name) =
        [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")].into_iter().find(|(unit, _)| bytes >= *unit)?;
    let thousandths = u128::from(bytes).checked_mul(1000)?.checked_div(u128::from(unit))?;
    let exact = thousandths.checked_mul(u128::from(unit))?.checked_div(1000)? == u128::from(bytes);
    let digits = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    Some(format!("{}{digits} {name}", if exact { "" } else { "about " }))
}

fn tenths(permille: u64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// Text from a document without control characters, which could play tricks on a terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || is_direction_mark(c) { '\u{fffd}' } else { c }).collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
