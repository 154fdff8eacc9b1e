//! The contract with operators (`core/profiles/README.md`), held against what the sandbox was really asked: every feature in every
//! dialect, and every status that a line speaks of. Nothing arrives that is in no line, and no line is without an arrival.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod features;
mod person;
mod statuses;

use companion_journeys::contract::Meeting;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_arrives_that_the_contract_does_not_list_and_each_of_its_lines_does() {
    let mut meeting = Meeting::default();
    features::play(&mut meeting).await;
    assert_eq!(meeting.strange(), Vec::<&str>::new(), "in no line of the contract");
    statuses::play(&mut meeting).await;
    assert_eq!(meeting.strange(), Vec::<&str>::new(), "in no line of the contract");
    assert_eq!(meeting.unmet(), Vec::<String>::new(), "no request met these lines");
}
