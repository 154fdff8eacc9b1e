use super::*;
use crate::activation::model::{KeptNumber, ProfileState, Standing};
use crate::activation::samples::bare_order;
use crate::activation::working_day::Pace;

const HOUR: i64 = 60 * 60 * 1000;
/// Wednesday 25 November 2026, 09:00 in Brussels.
const NOW: i64 = 1_795_593_600_000;

fn order(id: &str, stage: OrderStage) -> LineOrder {
    LineOrder {
        id: id.to_owned(),
        number: Some("+32470123456".to_owned()),
        sim: SimKind::Esim,
        kept: Some(KeptNumber::default()),
        ordered_ms: Some(NOW - 48 * HOUR),
        ..bare_order(stage)
    }
}

fn told(orders: &[LineOrder]) -> News {
    let orders = OrderNews::Told { orders: orders.to_vec(), is_all: true, etag: Some("\"1\"".to_owned()) };
    News { orders: Some(orders), ..News::default() }
}

fn ids(tracked: &Tracked) -> Vec<&str> {
    tracked.orders.iter().map(|order| order.id.as_str()).collect()
}

#[test]
fn an_order_that_a_list_leaves_out_stays_for_two_weeks_and_one_that_is_done_as_long_as_it_is_shown() {
    let mut tracked = Tracked::default();
    let (open, done) = (order("open", OrderStage::UnderWay), order("done", OrderStage::Requested));
    tracked.take(told(&[open.clone(), done]), NOW);
    tracked.take(told(&[open.clone(), order("done", OrderStage::Done)]), NOW);
    for (days, expected) in
        [(1, &["open", "done"][..]), (14, &["open", "done"]), (15, &["done"]), (29, &["done"]), (30, &[])]
    {
        tracked.take(told(&[]), NOW + days * A_DAY_MS);
        assert_eq!(ids(&tracked), expected, "{days}");
        let open = tracked.orders.iter().find(|order| order.id == "open");
        let dates = open.map(|order| (order.told_ms, order.missing_since_ms));
        assert!(dates.is_none_or(|dates| dates == (Some(NOW), Some(NOW + A_DAY_MS))), "{days}");
    }
}

#[test]
fn an_order_that_comes_back_was_never_away() {
    let mut tracked = Tracked::default();
    tracked.take(told(&[order("o", OrderStage::UnderWay)]), NOW);
    tracked.take(told(&[]), NOW + HOUR);
    // What is unchanged leaves it out as before.
    tracked.take(News { orders: Some(OrderNews::Unchanged), ..News::default() }, NOW + 2 * HOUR);
    assert_eq!((tracked.orders[0].told_ms, tracked.orders[0].missing_since_ms), (Some(NOW), Some(NOW + HOUR)));
    tracked.take(told(&[order("o", OrderStage::Requested)]), NOW + 3 * HOUR);
    let [back] = &tracked.orders[..] else { panic!("{tracked:?}") };
    assert_eq!((back.stage, back.missing_since_ms), (OrderStage::UnderWay, None));
    tracked.take(News { orders: Some(OrderNews::Unchanged), ..News::default() }, NOW + 4 * HOUR);
    assert_eq!((tracked.orders[0].told_ms, tracked.orders_ms), (Some(NOW + 4 * HOUR), Some(NOW + 4 * HOUR)));
}

#[test]
fn a_part_of_a_list_says_nothing_of_what_it_leaves_out_and_an_id_comes_once() {
    let mut tracked = Tracked::default();
    tracked.take(told(&[order("a", OrderStage::UnderWay)]), NOW);
    let part = OrderNews::Told { orders: vec![order("b", OrderStage::Done); 2], is_all: false, etag: None };
    tracked.take(News { orders: Some(part), ..News::default() }, NOW + HOUR);
    assert_eq!(ids(&tracked), ["b", "a"]);
    assert!(tracked.orders.iter().all(|order| order.missing_since_ms.is_none()));
}

#[test]
fn a_list_of_ever_new_orders_is_no_way_to_fill_the_phone() {
    let mut tracked = Tracked::default();
    for turn in 0..5 {
        let orders: Vec<_> = (0..MOST).map(|at| order(&format!("{turn}-{at}"), OrderStage::Requested)).collect();
        tracked.take(told(&orders), NOW + turn);
        assert_eq!(tracked.orders.len(), MOST);
    }
}

#[test]
fn whoever_saw_a_move_under_way_first_began_the_legal_clock() {
    // Another process wrote this since; this one comes with what it was told itself.
    let mut tracked = Tracked::default();
    tracked.take(told(&[order("o", OrderStage::UnderWay)]), NOW);
    tracked.take(told(&[order("o", OrderStage::UnderWay)]), NOW + 50 * HOUR);
    let standing = tracked.orders[0].standing(NOW + 50 * HOUR);
    assert!(matches!(standing, Standing::Launched { since_ms: Some(NOW), pace: Pace::Late }), "{standing:?}");
}

#[test]
fn how_a_line_stands_counts_with_its_order_and_without_it() {
    let in_use = vec![("o".to_owned(), LineState::InUse), ("another".to_owned(), LineState::InUse)];
    let mut together = Tracked::default();
    together.take(News { lines: in_use.clone(), ..told(&[order("o", OrderStage::UnderWay)]) }, NOW);
    assert_eq!((together.orders[0].stage, together.orders.len()), (OrderStage::Done, 1));
    assert_eq!(together.orders[0].ended_ms, Some(NOW - 48 * HOUR), "seen as done at first sight");
    let mut alone = Tracked::default();
    alone.take(told(&[order("o", OrderStage::UnderWay)]), NOW);
    alone.take(News { lines: in_use, ..News::default() }, NOW + HOUR);
    assert_eq!((alone.orders[0].stage, alone.orders[0].ended_ms), (OrderStage::Done, Some(NOW + HOUR)));
    assert_eq!((alone.orders[0].told_ms, alone.orders_ms), (Some(NOW), Some(NOW)), "the order was not told again");
}

#[test]
fn a_sim_whose_profile_is_not_told_any_more_has_the_one_that_was_told() {
    let sim = |profile| SimCard { id: "s".to_owned(), kind: SimKind::Esim, profile, number: None };
    let mut tracked = Tracked::default();
    for (told, expected) in [
        (vec![sim(Some(ProfileState::Installed))], vec![sim(Some(ProfileState::Installed))]),
        (vec![sim(None)], vec![sim(Some(ProfileState::Installed))]),
        (vec![], vec![]),
    ] {
        tracked.take(News { sims: Some(SimNews { sims: told, is_all: true }), ..News::default() }, NOW);
        assert_eq!(tracked.sims, expected);
    }
    assert_eq!((tracked.sims_ms, tracked.orders_ms), (Some(NOW), None));
}

#[test]
fn a_list_of_sims_that_is_not_whole_takes_none_away() {
    let sim = |id: &str| SimCard { id: id.to_owned(), kind: SimKind::Card, profile: None, number: None };
    let told = |sims: &[&str], is_all| {
        let sims = sims.iter().map(|id| sim(id)).collect();
        News { sims: Some(SimNews { sims, is_all }), ..News::default() }
    };
    let mut tracked = Tracked::default();
    let known = |tracked: &Tracked| tracked.sims.iter().map(|sim| sim.id.clone()).collect::<Vec<_>>();
    tracked.take(told(&["a"], false), NOW);
    assert_eq!((known(&tracked), tracked.sims_ms), (vec!["a".to_owned()], None), "it may have others");
    tracked.take(told(&["b"], true), NOW);
    assert_eq!(known(&tracked), ["b"]);
    tracked.take(told(&["c"], false), NOW + HOUR);
    assert_eq!((known(&tracked), tracked.sims_ms), (vec!["c".to_owned(), "b".to_owned()], Some(NOW)));
}

#[test]
fn a_code_may_be_wanted_while_a_line_with_an_esim_is_on_its_way_or_came_lately() {
    let day = |days: i64| NOW + days * A_DAY_MS;
    let ended = |id: &str, stage| LineOrder { ended_ms: Some(NOW), ..order(id, stage) };
    let of = |sim, order| LineOrder { sim, ..order };
    let cases = [
        (vec![ended("a", OrderStage::Done)], None, 29, true),
        (vec![ended("a", OrderStage::Done)], None, 30, false),
        (vec![ended("a", OrderStage::Done)], Some("a"), 1, false),
        (vec![ended("a", OrderStage::Done), order("b", OrderStage::UnderWay)], Some("a"), 99, true),
        (vec![ended("a", OrderStage::Done), ended("b", OrderStage::Cancelled)], None, 30, false),
        (vec![of(SimKind::Card, order("card", OrderStage::UnderWay))], None, 1, false),
        (vec![of(SimKind::Unknown, order("either", OrderStage::UnderWay))], None, 1, true),
        (vec![], None, 0, false),
    ];
    for (orders, but, days, expected) in cases {
        let memory = Memory { tracked: Tracked { orders, ..Tracked::default() }, ..Memory::default() };
        assert_eq!(memory.awaits_esim(but, day(days)), expected, "{:?} {days}", memory.tracked.orders);
    }
    let tracked = Tracked { orders: vec![order("a", OrderStage::UnderWay)], ..Tracked::default() };
    let works = Said { order: "a".to_owned(), works: true, ..Said::default() };
    let memory = Memory { tracked, told: super::Told(vec![works]), ..Memory::default() };
    assert!(!memory.awaits_esim(None, NOW), "whoever says that it works wants no code");
}

#[test]
fn a_late_move_is_shown_and_kept_for_as_long_as_compensation_can_be_asked_for() {
    let late = LineOrder { launched_ms: Some(NOW), ..order("late", OrderStage::UnderWay) };
    let done = LineOrder { stage: OrderStage::Done, done_ms: Some(NOW + 5 * A_DAY_MS), ..late.clone() };
    let mut tracked = Tracked::default();
    tracked.take(told(&[late]), NOW);
    tracked.take(told(&[done]), NOW + 5 * A_DAY_MS);
    // Ordered on 23 November: until 23 May.
    for (days, is_shown) in [(36, true), (178, true), (179, true), (180, false)] {
        let now_ms = NOW + days * A_DAY_MS;
        tracked.take(told(&[]), now_ms);
        let memory = Memory { tracked: tracked.clone(), ..Memory::default() };
        assert_eq!(memory.shown(now_ms).count() == 1, is_shown, "{days}");
        assert_eq!(memory.tracked.orders.len() == 1, is_shown, "{days}");
        assert!(!memory.awaits_esim(None, now_ms), "its code goes after a month all the same");
    }
}

#[test]
fn an_unchanged_list_says_once_more_that_a_move_is_not_done() {
    let late = LineOrder { launched_ms: Some(NOW), ..order("late", OrderStage::UnderWay) };
    let mut tracked = Tracked::default();
    tracked.take(told(&[late]), NOW);
    tracked.take(News { orders: Some(OrderNews::Unchanged), ..News::default() }, NOW + 3 * A_DAY_MS);
    assert_eq!(tracked.orders[0].undone_ms, Some(NOW + 3 * A_DAY_MS));
}

#[test]
fn a_late_move_that_the_list_leaves_out_can_be_claimed_once_the_person_said_that_it_works() {
    let late = LineOrder { launched_ms: Some(NOW), ..order("late", OrderStage::UnderWay) };
    let mut tracked = Tracked::default();
    tracked.take(told(std::slice::from_ref(&late)), NOW);
    tracked.take(told(&[late]), NOW + 5 * A_DAY_MS);
    tracked.take(told(&[]), NOW + 6 * A_DAY_MS);
    let works = Said { order: "late".to_owned(), works: true, undone_ms: Some(NOW + 5 * A_DAY_MS), ..Said::default() };
    for (days, said, is_shown) in [
        (19, None, true),
        (21, None, false),
        (21, Some(&works), true),
        (179, Some(&works), true),
        (180, Some(&works), false),
    ] {
        let now_ms = NOW + days * A_DAY_MS;
        tracked.take(told(&[]), now_ms);
        let told = Told(said.into_iter().cloned().collect());
        let memory = Memory { tracked: tracked.clone(), told, ..Memory::default() };
        assert_eq!(memory.shown(now_ms).count() == 1, is_shown, "{days}");
    }
    assert_eq!(ids(&tracked), [""; 0]);
}

#[test]
fn a_refused_order_makes_way_for_the_new_one_of_its_number_and_no_other_does() {
    let at = |hours: i64, order: LineOrder| LineOrder { ordered_ms: Some(NOW + hours * HOUR), ..order };
    let refused = || LineOrder { ended_ms: Some(NOW), ..order("old", OrderStage::Refused) };
    let done = || LineOrder { ended_ms: Some(NOW), ..order("old", OrderStage::Done) };
    let new = || order("new", OrderStage::Requested);
    let unknown = |order: LineOrder| LineOrder { number: None, ..order };
    let cases = [
        (vec![at(0, refused()), at(1, new())], &["new"][..]),
        (vec![at(0, done()), at(1, new())], &["old", "new"]),
        (vec![at(2, refused()), at(1, new())], &["old", "new"]),
        (vec![at(0, unknown(refused())), at(1, unknown(new()))], &["old", "new"]),
        (vec![at(0, refused())], &["old"]),
    ];
    for (orders, expected) in cases {
        let memory = Memory { tracked: Tracked { orders, ..Tracked::default() }, ..Memory::default() };
        let shown: Vec<&str> = memory.shown(NOW).map(|order| order.id.as_str()).collect();
        assert_eq!(shown, expected, "{:?}", memory.tracked.orders);
    }
}

#[test]
fn the_sim_of_an_order_is_the_one_with_its_number_else_the_only_one_of_its_kind_without_any() {
    const OWN: Option<&str> = Some("+32470123456");
    const OTHER: Option<&str> = Some("+32470999999");
    let sim = |(id, kind, number): (&str, SimKind, Option<&str>)| SimCard {
        id: id.to_owned(),
        kind,
        profile: None,
        number: number.map(str::to_owned),
    };
    use SimKind::{Card, Esim, Unknown};
    let cases = [
        (Esim, vec![("other", Esim, OTHER), ("own", Esim, OWN)], Some("own")),
        (Esim, vec![("unnamed", Esim, None), ("own", Esim, OWN)], Some("own")),
        (Esim, vec![("card", Card, None), ("unnamed", Esim, None)], Some("unnamed")),
        (Esim, vec![("one", Esim, None), ("another", Esim, None)], None),
        (Esim, vec![("other", Esim, OTHER)], None),
        (Esim, vec![("card", Card, OWN)], None),
        (Unknown, vec![("card", Card, OWN)], Some("card")),
        (Unknown, vec![("card", Card, None)], None),
    ];
    for (kind, sims, expected) in cases {
        let tracked = Tracked { sims: sims.iter().copied().map(sim).collect(), ..Tracked::default() };
        let memory = Memory { tracked, ..Memory::default() };
        let order = LineOrder { sim: kind, ..order("o", OrderStage::UnderWay) };
        assert_eq!(memory.sim(&order).map(|sim| sim.id.as_str()), expected, "{kind:?} {sims:?}");
    }
}

#[test]
fn a_sim_that_is_told_keeps_its_copy_also_where_its_list_is_a_part_or_the_copies_are_not_known() {
    let sim = |id: &str| SimCard { id: id.to_owned(), kind: SimKind::Card, profile: None, number: None };
    let copies = ["of a".to_owned()];
    let name = |id: &str| format!("of {id}");
    let told = |tracked: &mut Tracked, sims: &[&str], is_all, copies: Option<&[String]>, days: i64| {
        let now_ms = NOW + days * A_DAY_MS;
        let sims = sims.iter().map(|id| sim(id)).collect();
        tracked.take(News { sims: Some(SimNews { sims, is_all }), ..News::default() }, now_ms);
        tracked.note_stray(copies, now_ms, name);
        tracked.spent_copies().count()
    };
    let all = Some(&copies[..]);
    for (back_in_a_whole_list, copies_then) in [(true, None), (true, all), (false, None)] {
        let mut tracked = Tracked::default();
        assert_eq!(told(&mut tracked, &[], true, all, 0), 0);
        assert_eq!(told(&mut tracked, &["a"], back_in_a_whole_list, copies_then, 15), 0);
        assert_eq!(told(&mut tracked, &[], true, all, 16), 0, "one gap is no end");
        assert_eq!(told(&mut tracked, &[], true, all, 29), 0);
        assert_eq!(told(&mut tracked, &[], true, all, 30), 1);
    }
}
