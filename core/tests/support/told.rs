//! A decoded document as a few lines of text that can be read against the document.

use std::fmt::Write;

use companion::usage::model::{Allowance, Amount, Bucket, Cycle, Reading};
use companion::usage::tmf::{Decoded, Refusal};

pub fn told(decoded: &Result<Decoded, Refusal>) -> String {
    let decoded = match decoded {
        Ok(decoded) => decoded,
        Err(refusal) => return format!("refused: {} ({refusal})\n", refusal.code()),
    };
    let mut text = format!("{:?}", decoded.dialect);
    if let Some(task) = &decoded.task {
        write!(text, ", task {} {}", task.id.as_deref().unwrap_or("without id"), task.state).unwrap();
    }
    text.push('\n');
    for line in &decoded.lines {
        let counted =
            line.counted_at.map(|c| format!("{}{}", c.at, if c.zone_assumed { " (zone assumed)" } else { "" }));
        writeln!(text, "line {}, counted {}", or_dash(line.line.clone()), or_dash(counted)).unwrap();
        for bucket in &line.buckets {
            writeln!(text, "  {}", told_bucket(bucket)).unwrap();
        }
        for cost in &line.out_of_bundle {
            let name = cost.name.as_ref().map(|name| format!(" {name:?}")).unwrap_or_default();
            writeln!(text, "  cost {:?}{name}: {}, {}", cost.kind, amount(&cost.amount), cycle(cost.cycle)).unwrap();
        }
    }
    for warning in &decoded.warnings {
        writeln!(text, "! {} {:?}", or_dash(Some(warning.path.clone()).filter(|path| !path.is_empty())), warning.kind)
            .unwrap();
    }
    text
}

fn told_bucket(bucket: &Bucket) -> String {
    let name = bucket.name.as_ref().map(|name| format!(" {name:?}")).unwrap_or_default();
    let allowance = match &bucket.allowance {
        Allowance::Finite(total) => reading(Some(total)),
        Allowance::FairUse(threshold) => format!("fair use {}", reading(Some(threshold))),
        Allowance::Unlimited => "unlimited".to_owned(),
        Allowance::Unknown => "unknown".to_owned(),
    };
    format!(
        "{}{name} [{:?} {:?} {:?} {:?} {:?}] used {}, remaining {}, over {}, of {allowance}; {}{}",
        bucket.id,
        bucket.service,
        bucket.zone,
        bucket.kind,
        bucket.scope,
        bucket.status,
        reading(bucket.used.as_ref()),
        reading(bucket.remaining.as_ref()),
        reading(bucket.over.as_ref()),
        cycle(bucket.cycle),
        bucket.used_permille().map(|permille| format!("; {permille}‰")).unwrap_or_default(),
    )
}

fn reading(reading: Option<&Reading>) -> String {
    or_dash(reading.map(|reading| format!("{} ({:?})", amount(&reading.amount), reading.origin)))
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Bytes(n) => format!("{n} B"),
        Amount::Seconds(n) => format!("{n} s"),
        Amount::Count(n) => format!("{n}"),
        Amount::Money(money) => format!("{} cents {}", money.cents, money.currency),
        Amount::Raw { digits, unit } => format!("{digits:?} {unit:?}"),
    }
}

fn cycle(cycle: Option<Cycle>) -> String {
    match cycle {
        None => "no cycle".to_owned(),
        Some(cycle) => {
            let day = |day: Option<jiff::civil::Date>| day.map_or("?".to_owned(), |day| day.to_string());
            format!("{} to before {}", day(cycle.start), day(cycle.next_start))
        }
    }
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}
