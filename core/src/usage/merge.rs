//! What a new answer makes of what is kept. Pure: an answer that is older, empty or of somebody else takes nothing away.

use super::freshness::supersedes;
use super::model::{Allowance, Bucket, Carried, LineUsage};
use super::state::Now;
use super::tmf::Decoded;
use crate::problem::Problem;

/// What becomes of what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Merged {
    /// This is kept from now on.
    Replaced(LineUsage),
    /// It stays, checked now.
    Stays,
    /// It stays, checked now, although the operator has nothing any more of a cycle that is running: no news but a fault.
    Emptied,
}

/// Takes a new answer in, unless what is kept is worth more. Fails where the answer is about other lines only.
pub(super) fn merge(decoded: Decoded, kept: Option<&LineUsage>, now: &Now) -> Result<Merged, Problem> {
    if decoded.lines.is_empty() && decoded.about_other_lines() {
        return Err(Problem::NotUnderstood { code: "other_line".to_owned() });
    }
    let Decoded { lines, hollow, .. } = decoded;
    let newest = lines.into_iter().max_by_key(|usage| usage.counted_at.map(|counted| counted.at));
    let mut usage =
        newest.unwrap_or(LineUsage { line: None, counted_at: None, buckets: Vec::new(), out_of_bundle: Vec::new() });
    let Some(kept) = kept else { return Ok(Merged::Replaced(usage)) };
    if usage.is_empty() && !kept.is_empty() {
        // After the turn of the cycle nothing is counted yet, and the old values say so under their own dates.
        let current = kept.cycle().is_none_or(|cycle| !cycle.ended_by(now.today));
        return Ok(if current { Merged::Emptied } else { Merged::Stays });
    }
    if !supersedes(&usage, kept, now) {
        return Ok(Merged::Stays);
    }
    carry_over(&mut usage, kept, &hollow);
    Ok(Merged::Replaced(usage))
}

/// A bucket whose numbers could not be read says nothing; what was kept of it in the same cycle says more.
fn carry_over(usage: &mut LineUsage, kept: &LineUsage, hollow: &[String]) {
    for bucket in usage.buckets.iter_mut().filter(|bucket| hollow.contains(&bucket.id)) {
        let says_something = |old: &Bucket| {
            old.used.is_some() || old.remaining.is_some() || old.over.is_some() || old.allowance != Allowance::Unknown
        };
        let same = |old: &&Bucket| old.id == bucket.id && old.cycle == bucket.cycle && says_something(old);
        if let Some(old) = kept.buckets.iter().find(same) {
            let carried = old.carried.unwrap_or(Carried { counted_at: kept.counted_at });
            *bucket = Bucket { carried: Some(carried), ..old.clone() };
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::usage::model::CountedAt;
    use crate::usage::tmf::Dialect;
    use crate::usage::view::samples::data;

    const GB: u64 = 1_000_000_000;

    fn counted(at: &str) -> CountedAt {
        CountedAt { at: at.parse().unwrap(), zone_assumed: false }
    }

    fn answer(at: &str, buckets: Vec<Bucket>) -> LineUsage {
        LineUsage { line: None, counted_at: Some(counted(at)), buckets, out_of_bundle: Vec::new() }
    }

    fn merged(new: LineUsage, hollow: &[&str], kept: &LineUsage) -> LineUsage {
        let hollow = hollow.iter().map(|id| (*id).to_owned()).collect();
        let decoded = Decoded { dialect: Dialect::G4, task: None, lines: vec![new], hollow, warnings: Vec::new() };
        let at: Timestamp = "2026-11-25T14:05:00Z".parse().unwrap();
        let now = Now { at, today: date(2026, 11, 25), clock_off_minutes: None };
        let Ok(Merged::Replaced(usage)) = merge(decoded, Some(kept), &now) else { panic!("not replaced") };
        usage
    }

    #[test]
    fn an_unreadable_bucket_keeps_its_figures_with_their_own_time_and_holds_no_other_back() {
        let calls = |used| Bucket { id: "calls".to_owned(), ..data(used, 10 * GB) };
        let (first, second, third) = ("2026-11-25T12:00:00Z", "2026-11-25T13:00:00Z", "2026-11-25T14:00:00Z");
        let hollow = || Bucket { used: None, remaining: None, ..data(0, 10 * GB) };
        let kept = answer(first, vec![data(GB, 10 * GB), calls(GB)]);
        let carried = Some(Carried { counted_at: Some(counted(first)) });

        let once = merged(answer(second, vec![hollow(), calls(2 * GB)]), &["data"], &kept);
        assert_eq!(once.counted_at, Some(counted(second)), "the line is as new as its answer");
        assert_eq!(once.buckets, [Bucket { carried, ..data(GB, 10 * GB) }, calls(2 * GB)]);

        let twice = merged(answer(third, vec![hollow(), calls(3 * GB)]), &["data"], &once);
        assert_eq!(twice.buckets[0].carried, carried, "as old as it was at first");

        let healed = merged(answer(third, vec![data(4 * GB, 10 * GB), calls(3 * GB)]), &[], &twice);
        assert_eq!(healed.buckets[0], data(4 * GB, 10 * GB));
    }
}
