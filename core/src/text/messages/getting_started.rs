//! Getting started: from the order to the first call.

use super::{Arg, say};
use crate::text::{Language, Text};

messages! {
    // The steps from the order to the first call
    start_step_ordered = "start-step-ordered" ();
    start_step_sim = "start-step-sim" ();
    start_step_mail = "start-step-mail" ();
    start_step_esim = "start-step-esim" ();
    start_step_number = "start-step-number" ();
    start_step_old_signal = "start-step-old-signal" ();
    start_step_works = "start-step-works" ();
    start_step_account = "start-step-account" ();
    start_step_wifi = "start-step-wifi" ();

    // What is ordered
    start_new_line = "start-new-line" ();
    start_case_card_new = "start-case-card-new" ();
    start_case_card_kept = "start-case-card-kept" ();
    start_case_esim_new = "start-case-esim-new" ();
    start_case_esim_kept = "start-case-esim-kept" ();
    start_case_new = "start-case-new" ();
    start_case_kept = "start-case-kept" ();
    start_none = "start-none" ();
    start_never_loaded = "start-never-loaded" ();
    start_sim_card = "start-sim-card" ();
    start_sim_card_of = "start-sim-card-of" (line: &Text);
    start_sim_esim = "start-sim-esim" ();
    start_sim_esim_of = "start-sim-esim-of" (line: &Text);
    start_sims_failed = "start-sims-failed" ();
    start_sims_kept = "start-sims-kept" (when: &Text);
    start_sims_never = "start-sims-never" ();
    start_sims_none = "start-sims-none" (operator: &Text);
    start_missing = "start-missing" (operator: &Text, when: &Text);

    // The SIM
    start_card = "start-card" ();
    start_card_what = "start-card-what" ();
    start_card_until = "start-card-until" ();
    start_moving_already = "start-moving-already" ();
    start_card_keep = "start-card-keep" ();
    start_card_if_not = "start-card-if-not" ();
    start_mail = "start-mail" ();
    start_mail_what = "start-mail-what" (operator: &Text);
    start_mail_keep = "start-mail-keep" ();
    start_mail_if_not = "start-mail-if-not" ();
    start_esim = "start-esim" ();
    start_esim_what = "start-esim-what" ();
    start_esim_once = "start-esim-once" ();

    // The number
    start_check = "start-check" (operator: &Text);
    start_check_what = "start-check-what" ();
    start_waiting = "start-waiting" (operator: &Text);
    start_waiting_number = "start-waiting-number" (operator: &Text);
    start_waiting_line = "start-waiting-line" (operator: &Text);
    start_scheduled = "start-scheduled" (when: &Text);
    start_scheduled_what = "start-scheduled-what" ();
    start_both_keep = "start-both-keep" ();
    start_stop = "start-stop" ();
    start_usual = "start-usual" ();
    start_law = "start-law" (date: &Text);
    start_moving = "start-moving" ();
    start_moving_what = "start-moving-what" ();
    start_longer = "start-longer" ();
    start_late = "start-late" ();
    start_late_ask = "start-late-ask" (operator: &Text);
    start_late_since = "start-late-since" (date: &Text);
    start_late_was = "start-late-was" (date: &Text);
    start_late_right = "start-late-right" (daily: &Text, most: &Text, operator: &Text, date: &Text);
    start_refused = "start-refused" ();
    start_refused_data = "start-refused-data" ();
    start_refused_inactive = "start-refused-inactive" ();
    start_refused_permitted = "start-refused-permitted" ();
    start_refused_other = "start-refused-other" (operator: &Text);
    start_refused_old = "start-refused-old" ();
    start_refused_line = "start-refused-line" ();
    start_cancelled = "start-cancelled" ();
    start_cancelled_what = "start-cancelled-what" ();
    start_suspended = "start-suspended" (operator: &Text);
    start_suspended_what = "start-suspended-what" ();
    start_ended = "start-ended" ();
    start_ended_what = "start-ended-what" ();

    // The first call
    start_try = "start-try" ();
    start_try_esim = "start-try-esim" ();
    start_try_what = "start-try-what" ();
    start_try_from = "start-try-from" (when: &Text);
    start_try_later = "start-try-later" (when: &Text);
    start_try_later_what = "start-try-later-what" ();
    start_try_later_esim = "start-try-later-esim" ();
    start_on_day = "start-on-day" (date: &Text);
    start_try_if_not = "start-try-if-not" (operator: &Text);
    start_ready = "start-ready" ();
    start_ready_card_if_not = "start-ready-card-if-not" ();
    start_ready_if_not = "start-ready-if-not" (operator: &Text);
    start_done = "start-done" ();
    start_done_code = "start-done-code" ();
    start_done_what = "start-done-what" ();

    // Answers
    start_answer_has_sim = "start-answer-has-sim" ();
    start_answer_has_mail = "start-answer-has-mail" ();
    start_answer_has_profile = "start-answer-has-profile" ();
    start_answer_old_signal_gone = "start-answer-old-signal-gone" ();
    start_answer_works = "start-answer-works" ();
    start_answer_undo = "start-answer-undo" ();

    // A letter to the operator
    start_claim_subject = "start-claim-subject" ();
    start_claim_hello = "start-claim-hello" ();
    start_claim = "start-claim" (operator: &Text, number: &Text);
    start_claim_moved = "start-claim-moved" (operator: &Text, number: &Text);
    start_claim_launched = "start-claim-launched" (launched: &Text, date: &Text);
    start_claim_under_way = "start-claim-under-way" (seen: &Text, date: &Text);
    start_claim_open = "start-claim-open" ();
    start_claim_ask = "start-claim-ask" ();
    start_claim_done = "start-claim-done" (done: &Text);
    start_claim_undone = "start-claim-undone" (seen: &Text);
    start_claim_pay = "start-claim-pay" ();
}
