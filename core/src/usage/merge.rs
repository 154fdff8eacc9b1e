//! What a new answer makes of what is kept. Pure: an answer that is older, empty or of somebody else takes nothing away.

use super::freshness::supersedes;
use super::model::{Bucket, LineUsage};
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
        let same = |old: &&Bucket| old.id == bucket.id && old.cycle == bucket.cycle;
        if let Some(old) = kept.buckets.iter().find(same) {
            *bucket = old.clone();
            // The whole line is as old as its oldest figure.
            usage.counted_at = kept.counted_at;
        }
    }
}
