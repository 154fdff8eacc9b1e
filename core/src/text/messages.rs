//! The sentences, as functions: a missing key or argument does not compile, and a test holds the four files of
//! `core/locales` to exactly these keys and arguments. Fluent chooses plural forms; numbers arrive already formatted,
//! because Fluent's own `NUMBER` prints English digits in every language.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::number::Number;
use super::{Language, Text};

/// Declares one function per message, named like its key with underscores, and the catalogue the tests go through.
macro_rules! messages {
    ($($name:ident = $key:literal ($($arg:ident: $kind:ty),*);)*) => {
        $(
            #[doc = concat!("The message `", $key, "`.")]
            pub fn $name(language: Language $(, $arg: $kind)*) -> Text {
                say(language, $key, &[$((stringify!($arg), concat!(stringify!($arg), "-n"), Arg::from($arg))),*])
            }
        )*

        /// Every key with its arguments and their kinds.
        #[cfg(test)]
        const CATALOGUE: &[(&str, &[(&str, &str)])] = &[$(($key, &[$((stringify!($arg), stringify!($kind))),*])),*];
    };
}

messages! {
    // Numbers and units
    percent_spoken = "percent-spoken" (number: &Number);
    minus_spoken = "minus-spoken" (amount: &Text);
    euros_spoken = "euros-spoken" (euros: &Number);
    cents_spoken = "cents-spoken" (cents: &Number);
    euros_cents_spoken = "euros-cents-spoken" (euros: &Number, cents: &Number);
    gigabytes = "gigabytes" (number: &Number);
    megabytes = "megabytes" (number: &Number);
    minutes = "minutes" (number: &Number);
    minutes_clock = "minutes-clock" (clock: &Text);
    minutes_seconds_spoken = "minutes-seconds-spoken" (minutes: &Number, seconds: &Number);
    sms = "sms" (number: &Number);
    mms = "mms" (number: &Number);
    less_than = "less-than" (amount: &Text);
    seconds_long = "seconds-long" (number: &Number);
    minutes_long = "minutes-long" (number: &Number);
    hours_long = "hours-long" (number: &Number);
    days_long = "days-long" (number: &Number);
    list_and = "list-and" (first: &Text, last: &Text);

    // Dates and times
    month = "month" (month: &Number);
    month_short = "month-short" (month: &Number);
    date_in_year = "date-in-year" (day: &Number, month: &Text);
    date_with_year = "date-with-year" (day: &Number, month: &Text, year: &Text);
    time_spoken = "time-spoken" (hour: &Number, hour12: &Number, minute: &Number, minutes: &Text, half: &'static str);
    month_with_year = "month-with-year" (month: &Text, year: &Text);
    range_in_month = "range-in-month" (first: &Number, last: &Text);
    range_across = "range-across" (first: &Text, last: &Text);
    moment_until = "moment-until" (day: &'static str, time: &Text, date: &Text);
    moment_since = "moment-since" (day: &'static str, time: &Text, date: &Text);
    moment_from = "moment-from" (day: &'static str, time: &Text, date: &Text);
    moment_after = "moment-after" (day: &'static str, time: &Text, date: &Text);
    moment_at = "moment-at" (day: &'static str, time: &Text, date: &Text);

    // The line
    number_masked = "number-masked" (masked: &Text, end: &Text);
    line_unnamed = "line-unnamed" ();
    line_numbered = "line-numbered" (number: &Number);
    cycle_days_left = "cycle-days-left" (range: &Text, days: &Number);
    cycle_until = "cycle-until" (date: &Text, days: &Number);
    cycle_since = "cycle-since" (date: &Text);
    cycle_from = "cycle-from" (date: &Text);
    cycle_ended = "cycle-ended" (date: &Text);
    counted = "counted" (moment: &Text);
    counted_about = "counted-about" (moment: &Text);
    no_time_given = "no-time-given" ();
    no_figures = "no-figures" ();
    no_figures_yet = "no-figures-yet" ();
    badge_aging = "badge-aging" ();
    badge_old = "badge-old" ();
    badge_previous = "badge-previous" ();
    badge_rollover = "badge-rollover" (operator: &Text);
    badge_received = "badge-received" (moment: &Text);
    empty_cycle = "empty-cycle" ();
    empty_answer = "empty-answer" ();
    empty_not_loaded = "empty-not-loaded" ();
    empty_not_entitled = "empty-not-entitled" (operator: &Text);

    // Buckets
    title_data = "title-data" (zone: &'static str);
    title_calls = "title-calls" (zone: &'static str);
    title_sms = "title-sms" (zone: &'static str);
    title_mms = "title-mms" (zone: &'static str);
    title_credit = "title-credit" (zone: &'static str);
    title_other = "title-other" (zone: &'static str, name: &Text);
    title_unnamed = "title-unnamed" ();
    share_own = "share-own" (title: &Text);
    share_all = "share-all" (title: &Text);
    left = "left" (amount: &Text);
    used = "used" (amount: &Text);
    used_of = "used-of" (used: &Text, total: &Text);
    of_total = "of-total" (total: &Text);
    over = "over" (amount: &Text);
    used_up = "used-up" ();
    unlimited = "unlimited" ();
    full_speed_until = "full-speed-until" (amount: &Text);
    fair_use_until = "fair-use-until" (amount: &Text);
    slower_now = "slower-now" ();
    beyond_fair_use = "beyond-fair-use" ();
    no_figure = "no-figure" ();
    suspended = "suspended" ();
    carried = "carried" (moment: &Text);
    carried_undated = "carried-undated" ();
    expired = "expired" ();
    ended_on = "ended-on" (date: &Text);
    until_date = "until-date" (date: &Text);
    starts_on = "starts-on" (date: &Text);
    percent_used_spoken = "percent-used-spoken" (percent: &Text);

    // The plan
    plan_fair_use = "plan-fair-use" (title: &Text);
    plan_shared = "plan-shared" (title: &Text);
    plan_began = "plan-began" (date: &Text);
    plan_began_since = "plan-began-since" (date: &Text);
    plan_began_uncounted = "plan-began-uncounted" (date: &Text);

    // Pace, forecast and history
    amount_range = "amount-range" (low: &Text, high: &Text);
    pace_until = "pace-until" (range: &Text, date: &Text);
    pace_ahead = "pace-ahead" (used: &Text, passed: &Text);
    forecast_until = "forecast-until" (range: &Text, date: &Text);
    forecast_assumption = "forecast-assumption" (days: &Number);
    day_untold = "day-untold" ();
    days_told = "days-told" (told: &Number, days: &Number);

    // Out of bundle
    out_of_bundle = "out-of-bundle" (amount: &Text);
    out_of_bundle_period = "out-of-bundle-period" (amount: &Text, range: &Text);
    out_of_bundle_split = "out-of-bundle-split" ();
    cost_data = "cost-data" ();
    cost_calls = "cost-calls" ();
    cost_messages = "cost-messages" ();
    cost_third_party = "cost-third-party" ();
    cost_other = "cost-other" ();
    cost_of_period = "cost-of-period" (title: &Text, range: &Text);

    // The line at the top
    notice_offline = "notice-offline" (since: &Text);
    notice_unavailable = "notice-unavailable" (operator: &Text, since: &Text);
    notice_wait = "notice-wait" (operator: &Text, after: &Text);
    notice_blocked = "notice-blocked" (operator: &Text, since: &Text);
    notice_sign_in = "notice-sign-in" ();
    notice_not_understood = "notice-not-understood" (operator: &Text, since: &Text);
    notice_not_permitted = "notice-not-permitted" (operator: &Text);
    notice_clock = "notice-clock" (amount: &Text);
    figures_from = "figures-from" (moment: &Text);
    figures_stay = "figures-stay" ();
    figures_come = "figures-come" ();

    // Usage alerts
    alert_reached = "alert-reached" (title: &Text, reached: &Text);
    alert_used = "alert-used" (title: &Text, share: &Text);
    alert_body = "alert-body" (what: &Text, counted: &Text);
    alert_locked = "alert-locked" ();
    alert_sample_title = "alert-sample-title" ();
    alert_sample_body = "alert-sample-body" ();
    alert_at_share = "alert-at-share" (percent: &Text);
    alert_at_costs = "alert-at-costs" (amount: &Text);
    alert_every_costs = "alert-every-costs" (amount: &Text);
    alert_at_roaming = "alert-at-roaming" (percent: &Text);
    alert_by_sms = "alert-by-sms" (operator: &Text);
    alert_by_email = "alert-by-email" (operator: &Text);
    alert_employer_sms = "alert-employer-sms" (operator: &Text);
    alert_employer_email = "alert-employer-email" (operator: &Text);
    alert_sent_note = "alert-sent-note" (operator: &Text);
    alert_quiet = "alert-quiet" (from: &Text, to: &Text);
    alert_quiet_off = "alert-quiet-off" ();
    alert_told = "alert-told" (moment: &Text);
    alert_waits = "alert-waits" (moment: &Text);
    alert_waits_now = "alert-waits-now" ();
    alert_in_app = "alert-in-app" ();

    // Signing in
    sign_in_with_number = "sign-in-with-number" ();
    first_time_here = "first-time-here" ();
    create_account = "create-account" ();
    split_bill = "split-bill" ();
    split_bill_sentence = "split-bill-sentence" ();
    split_bill_enter = "split-bill-enter" ();
    split_bill_lost = "split-bill-lost" ();
    invitation_title = "invitation-title" (operator: &Text);
    invitation_sentence = "invitation-sentence" (operator: &Text);
    invitation_go_on = "invitation-go-on" (operator: &Text);
    invitation_not_now = "invitation-not-now" ();
    invitation_signed_in = "invitation-signed-in" ();
    unlock_prompt = "unlock-prompt" ();
    secrets_prompt = "secrets-prompt" ();
    health_unsaved = "health-unsaved" ();
    health_renewal_failing = "health-renewal-failing" ();
    landing_title = "landing-title" ();
    landing_close = "landing-close" ();

    // Notifications
    pref_offline = "pref-offline" ();
    pref_lost = "pref-lost" ();
    pref_topic_usage = "pref-topic-usage" ();
    pref_topic_out_of_bundle = "pref-topic-out-of-bundle" ();
    pref_topic_bill = "pref-topic-bill" ();
    pref_topic_payment = "pref-topic-payment" ();
    pref_topic_order = "pref-topic-order" ();
    pref_topic_wifi_calling = "pref-topic-wifi-calling" ();
    pref_topic_roaming = "pref-topic-roaming" ();
    pref_topic_news = "pref-topic-news" ();
    pref_channel_push = "pref-channel-push" ();
    pref_channel_sms = "pref-channel-sms" ();
    pref_channel_email = "pref-channel-email" ();
    pref_app_alerts = "pref-app-alerts" (switch: &Text, operator: &Text);
    pref_from_percent = "pref-from-percent" (name: &Text, percent: &Text);
    pref_on = "pref-on" ();
    pref_off = "pref-off" ();
    pref_sending = "pref-sending" ();
    pref_waits = "pref-waits" ();
    pref_waits_operator = "pref-waits-operator" (operator: &Text);
    pref_waits_again = "pref-waits-again" ();
    pref_waits_until = "pref-waits-until" (after: &Text);
    pref_waits_for_sign_in = "pref-waits-for-sign-in" ();
    pref_requested = "pref-requested" (operator: &Text);
    pref_changed_elsewhere = "pref-changed-elsewhere" ();
    pref_keep_mine = "pref-keep-mine" ();
    pref_keep_theirs = "pref-keep-theirs" ();
    pref_by_employer = "pref-by-employer" ();
    pref_by_law = "pref-by-law" ();
    pref_not_permitted = "pref-not-permitted" (operator: &Text);
    pref_not_offered = "pref-not-offered" (operator: &Text);
    pref_not_accepted = "pref-not-accepted" (operator: &Text);
    pref_not_confirmed = "pref-not-confirmed" (operator: &Text);
    pref_expired = "pref-expired" ();
    pref_reach_not_asked = "pref-reach-not-asked" ();
    pref_reach_ask = "pref-reach-ask" ();
    pref_reach_denied = "pref-reach-denied" ();
    pref_reach_channel_off = "pref-reach-channel-off" ();
    pref_reach_not_registered = "pref-reach-not-registered" ();

    // PIN, PUK and the code of an eSIM
    sim_pin_title = "sim-pin-title" ();
    sim_puk_title = "sim-puk-title" ();
    sim_pin_attempts = "sim-pin-attempts" (count: &Number);
    sim_puk_attempts = "sim-puk-attempts" (count: &Number);
    sim_puk_never_guess = "sim-puk-never-guess" ();
    sim_unblock = "sim-unblock" (code: &Text);
    sim_change_pin = "sim-change-pin" (code: &Text);
    sim_word_old = "sim-word-old" ();
    sim_word_new = "sim-word-new" ();
    sim_from_copy = "sim-from-copy" (operator: &Text);
    sim_hides = "sim-hides" (left: &Text);
    sim_copy_label = "sim-copy-label" ();
    sim_copy_sentence = "sim-copy-sentence" ();
    esim_code_prompt = "esim-code-prompt" ();
    esim_at_hand = "esim-at-hand" ();
    esim_handed_over = "esim-handed-over" ();
    esim_confirmation_here = "esim-confirmation-here" ();
    esim_confirmation_asked = "esim-confirmation-asked" ();
    esim_confirmation_maybe = "esim-confirmation-maybe" ();
    esim_odd_unfinished = "esim-odd-unfinished" ();
    esim_odd_characters = "esim-odd-characters" ();
    esim_odd_later = "esim-odd-later" ();
    esim_before_takes = "esim-before-takes" ();
    esim_before_confirmation = "esim-before-confirmation" ();
    esim_before_wifi = "esim-before-wifi" ();
    esim_before_mail = "esim-before-mail" ();
    esim_route_link = "esim-route-link" ();
    esim_route_try = "esim-route-try" ();
    esim_route_ios = "esim-route-ios" ();
    esim_route_android = "esim-route-android" ();
    esim_field_code = "esim-field-code" ();
    esim_field_address = "esim-field-address" ();
    esim_field_matching_id = "esim-field-matching-id" ();
    esim_field_confirmation = "esim-field-confirmation" ();
    esim_afterwards = "esim-afterwards" ();
    esim_code_title = "esim-code-title" ();
    esim_code_sentence = "esim-code-sentence" ();
    esim_code_version_sentence = "esim-code-version-sentence" ();
    esim_code_address_sentence = "esim-code-address-sentence" ();
    confirmation_code_title = "confirmation-code-title" ();
    confirmation_code_sentence = "confirmation-code-sentence" ();
    no_esim_code_title = "no-esim-code-title" ();
    no_esim_code_sentence = "no-esim-code-sentence" ();
    no_sim_secrets_title = "no-sim-secrets-title" ();
    no_sim_secrets_sentence = "no-sim-secrets-sentence" (operator: &Text);
    puk_not_shown_title = "puk-not-shown-title" ();
    puk_not_shown_sentence = "puk-not-shown-sentence" ();

    // Requests to the fleet manager
    request_invitation_subject = "request-invitation-subject" (operator: &Text);
    request_hello = "request-hello" ();
    request_who = "request-who" (operator: &Text);
    request_who_number = "request-who-number" (operator: &Text, number: &Text);
    request_invitation_lost = "request-invitation-lost" ();
    request_invitation_never_came = "request-invitation-never-came" ();
    request_invitation_used = "request-invitation-used" ();
    request_invitation_expired = "request-invitation-expired" ();
    request_invitation_unknown = "request-invitation-unknown" ();
    request_invitation_other = "request-invitation-other" ();
    request_invitation_ask = "request-invitation-ask" (operator: &Text);
    request_plan_subject = "request-plan-subject" (operator: &Text);
    request_plan = "request-plan" ();
    request_plan_ask = "request-plan-ask" (operator: &Text);
    request_wifi_subject = "request-wifi-subject" (operator: &Text);
    request_wifi = "request-wifi" ();
    request_wifi_ask = "request-wifi-ask" (operator: &Text);
    request_number_subject = "request-number-subject" (operator: &Text);
    request_number = "request-number" ();
    request_number_ask = "request-number-ask" (operator: &Text);
    request_line_subject = "request-line-subject" (operator: &Text);
    request_line = "request-line" ();
    request_line_ask = "request-line-ask" (operator: &Text);
    request_thanks = "request-thanks" ();

    // Problems
    offline_title = "offline-title" ();
    offline_sentence = "offline-sentence" ();
    unavailable_title = "unavailable-title" (operator: &Text);
    unavailable_sentence = "unavailable-sentence" ();
    unavailable_wait_sentence = "unavailable-wait-sentence" (wait: &Text);
    blocked_title = "blocked-title" ();
    blocked_sentence = "blocked-sentence" (operator: &Text);
    ended_signed_out_title = "ended-signed-out-title" ();
    ended_signed_out_sentence = "ended-signed-out-sentence" ();
    ended_title = "ended-title" ();
    ended_revoked_sentence = "ended-revoked-sentence" (operator: &Text);
    ended_expired_sentence = "ended-expired-sentence" ();
    ended_unknown_sentence = "ended-unknown-sentence" (operator: &Text);
    ended_key_lost_sentence = "ended-key-lost-sentence" ();
    ended_biometry_sentence = "ended-biometry-sentence" ();
    ended_lock_removed_sentence = "ended-lock-removed-sentence" ();
    sign_in_declined_title = "sign-in-declined-title" ();
    sign_in_declined_sentence = "sign-in-declined-sentence" ();
    sign_in_operator_title = "sign-in-operator-title" (operator: &Text);
    sign_in_operator_sentence = "sign-in-operator-sentence" ();
    sign_in_unknown_title = "sign-in-unknown-title" ();
    sign_in_unknown_sentence = "sign-in-unknown-sentence" ();
    sign_in_expired_title = "sign-in-expired-title" ();
    sign_in_expired_sentence = "sign-in-expired-sentence" ();
    sign_in_handled_title = "sign-in-handled-title" ();
    sign_in_handled_sentence = "sign-in-handled-sentence" ();
    sign_in_browser_title = "sign-in-browser-title" ();
    sign_in_browser_sentence = "sign-in-browser-sentence" ();
    step_up_title = "step-up-title" ();
    step_up_sentence = "step-up-sentence" (operator: &Text);
    step_up_other_title = "step-up-other-title" ();
    step_up_other_sentence = "step-up-other-sentence" ();
    step_up_old_title = "step-up-old-title" ();
    step_up_old_sentence = "step-up-old-sentence" (operator: &Text);
    other_account_title = "other-account-title" ();
    other_account_sentence = "other-account-sentence" ();
    profile_incomplete_title = "profile-incomplete-title" ();
    profile_incomplete_sentence = "profile-incomplete-sentence" (operator: &Text);
    invitation_required_title = "invitation-required-title" ();
    invitation_required_sentence = "invitation-required-sentence" ();
    not_eligible_title = "not-eligible-title" ();
    not_eligible_sentence = "not-eligible-sentence" (operator: &Text);
    invitation_used_title = "invitation-used-title" ();
    invitation_used_sentence = "invitation-used-sentence" ();
    invitation_expired_title = "invitation-expired-title" ();
    invitation_expired_sentence = "invitation-expired-sentence" ();
    invitation_unknown_title = "invitation-unknown-title" ();
    invitation_unknown_sentence = "invitation-unknown-sentence" ();
    invitation_other_title = "invitation-other-title" ();
    invitation_other_sentence = "invitation-other-sentence" ();
    sign_in_rejected_title = "sign-in-rejected-title" ();
    sign_in_rejected_sentence = "sign-in-rejected-sentence" (operator: &Text);
    sign_in_provider_sentence = "sign-in-provider-sentence" (operator: &Text);
    sign_in_code_sentence = "sign-in-code-sentence" (operator: &Text);
    not_permitted_title = "not-permitted-title" ();
    not_permitted_sentence = "not-permitted-sentence" (operator: &Text);
    not_understood_title = "not-understood-title" ();
    not_understood_sentence = "not-understood-sentence" (operator: &Text);
    document_failed_title = "document-failed-title" ();
    document_failed_sentence = "document-failed-sentence" (operator: &Text);
    document_waits_title = "document-waits-title" ();
    document_waits_sentence = "document-waits-sentence" (operator: &Text);
    document_absent_title = "document-absent-title" ();
    document_absent_sentence = "document-absent-sentence" (operator: &Text);
    document_damaged_title = "document-damaged-title" ();
    document_damaged_sentence = "document-damaged-sentence" ();
    document_cut_title = "document-cut-title" ();
    document_cut_sentence = "document-cut-sentence" ();
    document_link_title = "document-link-title" ();
    document_link_sentence = "document-link-sentence" (operator: &Text);
    document_redirects_title = "document-redirects-title" ();
    document_redirects_sentence = "document-redirects-sentence" (operator: &Text);
    document_address_title = "document-address-title" ();
    document_address_sentence = "document-address-sentence" (operator: &Text);
    document_large_title = "document-large-title" ();
    document_large_sentence = "document-large-sentence" (operator: &Text);
    document_page_title = "document-page-title" ();
    document_page_sentence = "document-page-sentence" ();
    document_evicted_sentence = "document-evicted-sentence" ();
    metered_title = "metered-title" ();
    metered_sentence = "metered-sentence" ();
    another_account_title = "another-account-title" ();
    another_account_sentence = "another-account-sentence" ();
    nothing_to_note_title = "nothing-to-note-title" ();
    nothing_to_note_sentence = "nothing-to-note-sentence" ();
    lines_missing_title = "lines-missing-title" ();
    lines_missing_sentence = "lines-missing-sentence" ();
    no_such_line_title = "no-such-line-title" ();
    no_such_line_sentence = "no-such-line-sentence" ();
    employer_line_title = "employer-line-title" ();
    employer_line_sentence = "employer-line-sentence" ();
    own_line_title = "own-line-title" ();
    own_line_sentence = "own-line-sentence" (operator: &Text);
    storage_locked_title = "storage-locked-title" ();
    storage_locked_sentence = "storage-locked-sentence" ();
    app_locked_title = "app-locked-title" ();
    app_locked_sentence = "app-locked-sentence" ();
    not_present_title = "not-present-title" ();
    not_present_sentence = "not-present-sentence" ();
    storage_full_title = "storage-full-title" ();
    storage_full_sentence = "storage-full-sentence" ();
    storage_suspended_title = "storage-suspended-title" ();
    storage_suspended_sentence = "storage-suspended-sentence" ();
    storage_failing_title = "storage-failing-title" ();
    storage_failing_sentence = "storage-failing-sentence" ();
    configuration_title = "configuration-title" ();
    configuration_sentence = "configuration-sentence" (operator: &Text);
    unexpected_title = "unexpected-title" ();
    unexpected_sentence = "unexpected-sentence" ();
    not_found_title = "not-found-title" ();
    not_found_sentence = "not-found-sentence" (operator: &Text);
    cancelled_title = "cancelled-title" ();
    cancelled_sentence = "cancelled-sentence" ();
    action_try_again = "action-try-again" ();
    action_sign_in = "action-sign-in" ();
    action_open_browser = "action-open-browser" ();
    action_update = "action-update" ();
    action_start_again = "action-start-again" ();
    action_replace = "action-replace" ();
    action_keep = "action-keep" ();
    action_complete_account = "action-complete-account" ();
    action_ask_invitation = "action-ask-invitation" ();
    action_ask_new_invitation = "action-ask-new-invitation" ();
    action_show_who = "action-show-who" ();
    action_unlock = "action-unlock" ();
    action_settings = "action-settings" ();
    // Invoices
    employer_pays = "employer-pays" ();
    employer_pays_detail = "employer-pays-detail" ();
    no_invoices = "no-invoices" ();
    no_invoices_detail = "no-invoices-detail" ();
    bills_checked = "bills-checked" (moment: &Text);
    nothing_fetched = "nothing-fetched" ();
    nothing_fetched_detail = "nothing-fetched-detail" ();
    bill_invoice = "bill-invoice" ();
    bill_credit_note = "bill-credit-note" ();
    bill_statement = "bill-statement" ();
    bill_reminder = "bill-reminder" ();
    bill_document = "bill-document" ();
    bill_issued = "bill-issued" (date: &Text);
    bill_state_unknown = "bill-state-unknown" ();
    bill_open = "bill-open" ();
    bill_open_by = "bill-open-by" (date: &Text);
    bill_direct_debit = "bill-direct-debit" ();
    bill_direct_debit_on = "bill-direct-debit-on" (date: &Text);
    bill_marked_paid = "bill-marked-paid" ();
    bill_pending = "bill-pending" ();
    bill_partly_paid = "bill-partly-paid" ();
    bill_partly_paid_left = "bill-partly-paid-left" (amount: &Text);
    bill_paid = "bill-paid" ();
    bill_overdue = "bill-overdue" ();
    bill_overdue_since = "bill-overdue-since" (date: &Text);
    bill_reminded = "bill-reminded" ();
    bill_employer_contacted = "bill-employer-contacted" ();
    bill_credited = "bill-credited" ();
    bill_nothing_to_pay = "bill-nothing-to-pay" ();
    bill_credit = "bill-credit" ();
    bill_pay_the_invoice = "bill-pay-the-invoice" ();
    no_invoice = "no-invoice" ();
    no_invoice_nothing = "no-invoice-nothing" ();
    no_invoice_small = "no-invoice-small" (limit: &Text);
    no_invoice_pending = "no-invoice-pending" (amount: &Text);
    no_invoice_yet = "no-invoice-yet" ();
    no_invoice_otherwise = "no-invoice-otherwise" ();
    running_total = "running-total" (amount: &Text);
    running_before = "running-before" (amount: &Text);
    running_unknown = "running-unknown" ();
    running_note = "running-note" ();
    running_subscription_first = "running-subscription-first" ();
    expected_threshold = "expected-threshold" (date: &Text, amount: &Text, limit: &Text);
    expected_third = "expected-third" (date: &Text, amount: &Text);
    expected_nothing = "expected-nothing" (date: &Text);
    expected_includes_earlier = "expected-includes-earlier" ();
    expected_waits = "expected-waits" (amount: &Text);
    expected_none = "expected-none" ();
    expected_later = "expected-later" (month: &Text);
    expected_closing = "expected-closing" ();
    why_split_bill = "why-split-bill" ();
    why_covered = "why-covered" (amount: &Text);
    why_subscription_first = "why-subscription-first" ();
    why_uncovered = "why-uncovered" (amount: &Text);
    why_third_party = "why-third-party" (amount: &Text);
    why_lapses = "why-lapses" ();
    why_threshold = "why-threshold" (limit: &Text);
    why_third_period = "why-third-period" ();
    why_otherwise = "why-otherwise" ();
    why_switched = "why-switched" ();
    why_credit_note = "why-credit-note" ();
    why_statement = "why-statement" ();
    why_reminder = "why-reminder" ();
    overview_tax_excluded = "overview-tax-excluded" ();
    overview_tax = "overview-tax" ();
    overview_tax_rate = "overview-tax-rate" (rate: &Text);
    overview_tax_included = "overview-tax-included" ();
    overview_paid = "overview-paid" ();
    overview_left = "overview-left" ();
    section_detail = "section-detail" ();
    section_out_of_bundle = "section-out-of-bundle" ();
    group_recurring = "group-recurring" ();
    group_one_time = "group-one-time" ();
    group_usage = "group-usage" ();
    group_third_party = "group-third-party" ();
    group_credit = "group-credit" ();
    group_employer = "group-employer" ();
    group_penalty = "group-penalty" ();
    group_other = "group-other" ();
    line_third_party = "line-third-party" ();
    line_without_tax = "line-without-tax" ();
    line_no_amount = "line-no-amount" ();
    line_provisional = "line-provisional" ();
    warning_tax = "warning-tax" (parts: &Text, total: &Text);
    warning_line_tax = "warning-line-tax" (parts: &Text, total: &Text);
    warning_remaining = "warning-remaining" (due: &Text, remaining: &Text);
    warning_settled = "warning-settled" (remaining: &Text);
    warning_duplicate = "warning-duplicate" ();
    warning_no_amount = "warning-no-amount" (count: &Number);
    warning_sum = "warning-sum" (detail: &Text, overview: &Text);
    warning_rounding = "warning-rounding" ();
    warning_out_of_bundle = "warning-out-of-bundle" (detail: &Text, overview: &Text);
    warning_employer_share = "warning-employer-share" ();
    pay_amount = "pay-amount" (amount: &Text);
    pay_if_not_yet = "pay-if-not-yet" ();
    pay_by = "pay-by" (amount: &Text, date: &Text);
    pay_was_due = "pay-was-due" (amount: &Text, date: &Text);
    pay_nothing = "pay-nothing" ();
    pay_unknown = "pay-unknown" (operator: &Text);
    pay_direct_debit = "pay-direct-debit" ();
    pay_direct_debit_on = "pay-direct-debit-on" (date: &Text);
    pay_link = "pay-link" (host: &Text);
    pay_no_account = "pay-no-account" ();
    pay_other_account = "pay-other-account" (operator: &Text);
    pay_account_new = "pay-account-new" ();
    pay_account_before = "pay-account-before" ();
    pay_other_name = "pay-other-name" (operator: &Text);
    pay_field_name = "pay-field-name" ();
    pay_field_iban = "pay-field-iban" ();
    pay_field_amount = "pay-field-amount" ();
    pay_field_structured = "pay-field-structured" ();
    pay_field_reference = "pay-field-reference" ();
    pay_field_message = "pay-field-message" ();
    pay_name_check = "pay-name-check" ();
    pay_doubtful = "pay-doubtful" ();
    pay_qr_note = "pay-qr-note" ();
    pay_qr_other_way = "pay-qr-other-way" ();
    document_not_here = "document-not-here" ();
    document_downloading = "document-downloading" ();
    document_partly = "document-partly" ();
    document_here = "document-here" ();
    document_removed = "document-removed" ();
    claim_subject = "claim-subject" (invoice: &Text);
    claim_total = "claim-total" (amount: &Text);
    claim_no_total = "claim-no-total" ();
    claim_covered = "claim-covered" (amount: &Text);
    claim_line_covered = "claim-line-covered" ();
    claim_name = "claim-name" ();
    claim_number = "claim-number" ();
    claim_footer = "claim-footer" ();
    csv_invoice = "csv-invoice" ();
    csv_date = "csv-date" ();
    csv_what = "csv-what" ();
    csv_amount = "csv-amount" ();
    dispute_subject = "dispute-subject" (what: &Text);
    dispute_body = "dispute-body" (line: &Text, invoice: &Text, operator: &Text);

    // Wi-Fi calling: begin
    wifi_need_operator_sim = "wifi-need-operator-sim" ();
    wifi_fix_operator_sim = "wifi-fix-operator-sim" ();
    wifi_need_line = "wifi-need-line" ();
    wifi_fix_line = "wifi-fix-line" ();
    wifi_need_os = "wifi-need-os" ();
    wifi_fix_os = "wifi-fix-os" ();
    wifi_need_carrier_profile = "wifi-need-carrier-profile" ();
    wifi_fix_carrier_profile = "wifi-fix-carrier-profile" ();
    wifi_need_vpn = "wifi-need-vpn" ();
    wifi_fix_vpn = "wifi-fix-vpn" ();
    wifi_need_private_dns = "wifi-need-private-dns" ();
    wifi_fix_private_dns = "wifi-fix-private-dns" ();
    wifi_need_captive = "wifi-need-captive" ();
    wifi_fix_captive = "wifi-fix-captive" ();
    wifi_need_ethernet = "wifi-need-ethernet" ();
    wifi_fix_ethernet = "wifi-fix-ethernet" ();
    wifi_need_admin = "wifi-need-admin" ();
    wifi_fix_admin = "wifi-fix-admin" ();
    wifi_need_airplane = "wifi-need-airplane" ();
    wifi_fix_airplane = "wifi-fix-airplane" ();
    wifi_need_roaming = "wifi-need-roaming" ();
    wifi_fix_roaming = "wifi-fix-roaming" ();
    wifi_step_open = "wifi-step-open" ();
    wifi_step_heading = "wifi-step-heading" ();
    wifi_step_sim = "wifi-step-sim" ();
    wifi_step_sim_switch = "wifi-step-sim-switch" ();
    wifi_step_menu = "wifi-step-menu" ();
    wifi_step_quick_settings = "wifi-step-quick-settings" ();
    wifi_step_search_box = "wifi-step-search-box" ();
    wifi_step_type = "wifi-step-type" ();
    wifi_step_switch = "wifi-step-switch" ();
    wifi_note_confirm_sheet = "wifi-note-confirm-sheet" ();
    wifi_note_each_line = "wifi-note-each-line" ();
    wifi_note_each_sim = "wifi-note-each-sim" ();
    wifi_note_main_user = "wifi-note-main-user" ();
    wifi_note_no_dialler_codes = "wifi-note-no-dialler-codes" ();
    wifi_note_rekey = "wifi-note-rekey" ();
    wifi_note_row_grey = "wifi-note-row-grey" ();
    wifi_note_row_hidden = "wifi-note-row-hidden" ();
    wifi_note_samsung_region = "wifi-note-samsung-region" ();
    wifi_note_samsung_tethering = "wifi-note-samsung-tethering" ();
    wifi_verify_airplane_on = "wifi-verify-airplane-on" ();
    wifi_verify_probe = "wifi-verify-probe" ();
    wifi_verify_call = "wifi-verify-call" ();
    wifi_verify_sms = "wifi-verify-sms" ();
    wifi_verify_airplane_off = "wifi-verify-airplane-off" ();
    wifi_verify_long_call = "wifi-verify-long-call" ();
    wifi_expect_network_name = "wifi-expect-network-name" (name: &Text);
    wifi_expect_samsung_icon = "wifi-expect-samsung-icon" ();
    wifi_expect_icon = "wifi-expect-icon" ();
    wifi_expect_control_centre = "wifi-expect-control-centre" ();
    wifi_ask_not_shown_good_signal = "wifi-ask-not-shown-good-signal" ();
    wifi_ask_not_shown_blocked = "wifi-ask-not-shown-blocked" ();
    wifi_ask_not_shown_open = "wifi-ask-not-shown-open" ();
    wifi_ask_stops_after_wifi_change = "wifi-ask-stops-after-wifi-change" ();
    wifi_ask_outgoing_only = "wifi-ask-outgoing-only" ();
    wifi_ask_no_audio = "wifi-ask-no-audio" ();
    wifi_ask_cut_after_15_minutes = "wifi-ask-cut-after-15-minutes" ();
    wifi_ask_drops_when_leaving = "wifi-ask-drops-when-leaving" ();
    wifi_ask_one_sim_only = "wifi-ask-one-sim-only" ();
    wifi_ask_abroad = "wifi-ask-abroad" ();
    wifi_ask_guest_wifi = "wifi-ask-guest-wifi" ();
    wifi_cause_mobile_preferred = "wifi-cause-mobile-preferred" ();
    wifi_cause_network_blocks = "wifi-cause-network-blocks" ();
    wifi_cause_back_off = "wifi-cause-back-off" ();
    wifi_cause_not_provisioned = "wifi-cause-not-provisioned" ();
    wifi_cause_keepalive = "wifi-cause-keepalive" ();
    wifi_cause_vpn_or_blocker = "wifi-cause-vpn-or-blocker" ();
    wifi_cause_router_helpers = "wifi-cause-router-helpers" ();
    wifi_cause_rekey = "wifi-cause-rekey" ();
    wifi_cause_no_volte = "wifi-cause-no-volte" ();
    wifi_cause_line_switch = "wifi-cause-line-switch" ();
    wifi_cause_sim_profile = "wifi-cause-sim-profile" ();
    wifi_cause_country_block = "wifi-cause-country-block" ();
    wifi_cause_captive = "wifi-cause-captive" ();
    wifi_cause_ports_blocked = "wifi-cause-ports-blocked" ();
    wifi_do_airplane_test = "wifi-do-airplane-test" ();
    wifi_do_airplane_toggle = "wifi-do-airplane-toggle" ();
    wifi_do_wifi_off_on = "wifi-do-wifi-off-on" ();
    wifi_do_forget_wifi = "wifi-do-forget-wifi" ();
    wifi_do_other_wifi = "wifi-do-other-wifi" ();
    wifi_do_hotspot = "wifi-do-hotspot" ();
    wifi_do_sign_in_page = "wifi-do-sign-in-page" ();
    wifi_do_router_ports = "wifi-do-router-ports" ();
    wifi_do_router_helpers = "wifi-do-router-helpers" ();
    wifi_do_report_router = "wifi-do-report-router" ();
    wifi_do_company_it = "wifi-do-company-it" ();
    wifi_do_vpn_off = "wifi-do-vpn-off" ();
    wifi_do_private_dns_automatic = "wifi-do-private-dns-automatic" ();
    wifi_do_carrier_update = "wifi-do-carrier-update" ();
    wifi_do_carrier_update_ios = "wifi-do-carrier-update-ios" ();
    wifi_do_carrier_update_android = "wifi-do-carrier-update-android" ();
    wifi_do_os_update = "wifi-do-os-update" ();
    wifi_do_reboot = "wifi-do-reboot" ();
    wifi_do_reset_network = "wifi-do-reset-network" ();
    wifi_do_ask_provisioning = "wifi-do-ask-provisioning" ();
    wifi_do_ask_operator = "wifi-do-ask-operator" ();
    wifi_do_turn_on_4g = "wifi-do-turn-on-4g" ();
    wifi_do_check_coverage = "wifi-do-check-coverage" ();
    wifi_do_switch_each_line = "wifi-do-switch-each-line" ();
    wifi_do_check_each_sim = "wifi-do-check-each-sim" ();
    wifi_do_check_tariff = "wifi-do-check-tariff" ();
    wifi_do_airplane_and_wifi = "wifi-do-airplane-and-wifi" ();
    wifi_support_employer = "wifi-support-employer" ();
    wifi_your_phone = "wifi-your-phone" (phone: &Text);
    wifi_line_on = "wifi-line-on" ();
    wifi_line_off = "wifi-line-off" ();
    wifi_line_in_progress = "wifi-line-in-progress" ();
    wifi_line_unknown = "wifi-line-unknown" ();
    wifi_line_not_asked = "wifi-line-not-asked" ();
    wifi_phone_off = "wifi-phone-off" ();
    wifi_phone_said_on = "wifi-phone-said-on" ();
    wifi_phone_on_now = "wifi-phone-on-now" ();
    wifi_works_since = "wifi-works-since" (date: &Text);
    wifi_works_since_at = "wifi-works-since-at" (date: &Text, network: &Text);
    wifi_not_provisioned = "wifi-not-provisioned" ();
    wifi_not_provisioned_order = "wifi-not-provisioned-order" (operator: &Text);
    wifi_not_provisioned_ask = "wifi-not-provisioned-ask" (operator: &Text);
    wifi_order_refused = "wifi-order-refused" (operator: &Text);
    wifi_order_failed = "wifi-order-failed" (operator: &Text);
    wifi_order_unsent = "wifi-order-unsent" ();
    wifi_order_waiting = "wifi-order-waiting" (operator: &Text);
    wifi_being_provisioned = "wifi-being-provisioned" ();
    wifi_being_provisioned_wait = "wifi-being-provisioned-wait" ();
    wifi_switch_on = "wifi-switch-on" ();
    wifi_switch_on_question = "wifi-switch-on-question" ();
    wifi_may_be_named = "wifi-may-be-named" ();
    wifi_path_settings = "wifi-path-settings" ();
    wifi_path_phone = "wifi-path-phone" ();
    wifi_path_tile = "wifi-path-tile" ();
    wifi_path_search_title = "wifi-path-search-title" ();
    wifi_path_other_devices = "wifi-path-other-devices" ();
    wifi_label_or = "wifi-label-or" ();
    wifi_short_version = "wifi-short-version" (operator: &Text);
    wifi_missing = "wifi-missing" ();
    wifi_missing_esim = "wifi-missing-esim" ();
    wifi_greyed = "wifi-greyed" ();
    wifi_greyed_call = "wifi-greyed-call" ();
    wifi_network = "wifi-network" ();
    wifi_network_what = "wifi-network-what" ();
    wifi_emergency = "wifi-emergency" ();
    wifi_emergency_what = "wifi-emergency-what" ();
    wifi_proof = "wifi-proof" ();
    wifi_airplane_name = "wifi-airplane-name" (name: &Text);
    wifi_registered_now = "wifi-registered-now" ();
    wifi_airplane_on_now = "wifi-airplane-on-now" ();
    wifi_note_unknown_phone = "wifi-note-unknown-phone" ();
    wifi_note_unknown_names = "wifi-note-unknown-names" ();
    wifi_answer_went_on = "wifi-answer-went-on" ();
    wifi_works = "wifi-works" ();
    wifi_works_what = "wifi-works-what" ();
    wifi_symptoms = "wifi-symptoms" ();
    wifi_support = "wifi-support" ();
    wifi_support_what = "wifi-support-what" ();
    wifi_answer_yes = "wifi-answer-yes" ();
    wifi_answer_no = "wifi-answer-no" ();
    wifi_answer_understood = "wifi-answer-understood" ();
    wifi_answer_done = "wifi-answer-done" ();
    wifi_answer_anyway = "wifi-answer-anyway" ();
    wifi_answer_on = "wifi-answer-on" ();
    wifi_answer_not_there = "wifi-answer-not-there" ();
    wifi_answer_grey = "wifi-answer-grey" ();
    wifi_answer_seen_now = "wifi-answer-seen-now" ();
    wifi_answer_free_now = "wifi-answer-free-now" ();
    wifi_answer_still_not = "wifi-answer-still-not" ();
    wifi_answer_works = "wifi-answer-works" ();
    wifi_answer_fails = "wifi-answer-fails" ();
    wifi_answer_later = "wifi-answer-later" ();
    wifi_answer_helped = "wifi-answer-helped" ();
    wifi_answer_trouble = "wifi-answer-trouble" ();
    wifi_answer_again = "wifi-answer-again" ();
    wifi_action_switch_on = "wifi-action-switch-on" ();
    wifi_action_check = "wifi-action-check" ();
    wifi_verdict_open = "wifi-verdict-open" ();
    wifi_verdict_blocked = "wifi-verdict-blocked" ();
    wifi_verdict_probably_blocked = "wifi-verdict-probably-blocked" ();
    wifi_verdict_inconclusive = "wifi-verdict-inconclusive" ();
    wifi_not_tested_vpn = "wifi-not-tested-vpn" ();
    wifi_not_tested_no_network = "wifi-not-tested-no-network" ();
    wifi_not_tested_switched_off = "wifi-not-tested-switched-off" ();
    wifi_not_tested_wait = "wifi-not-tested-wait" (wait: &Text);
    wifi_not_tested_no_host = "wifi-not-tested-no-host" ();
    wifi_not_tested_phone = "wifi-not-tested-phone" ();
    wifi_then_prove = "wifi-then-prove" ();
    wifi_then_pause_vpn = "wifi-then-pause-vpn" ();
    wifi_then_join_wifi = "wifi-then-join-wifi" ();
    wifi_then_check_internet = "wifi-then-check-internet" ();
    wifi_then_allow_ports = "wifi-then-allow-ports" ();
    wifi_then_allow_name = "wifi-then-allow-name" ();
    wifi_then_automatic_dns = "wifi-then-automatic-dns" ();
    wifi_then_compare = "wifi-then-compare" ();
    wifi_then_other_wifi = "wifi-then-other-wifi" ();
    wifi_then_packet_size = "wifi-then-packet-size" ();
    wifi_then_ask_operator = "wifi-then-ask-operator" ();
    wifi_then_later = "wifi-then-later" ();
    wifi_name_found = "wifi-name-found" ();
    wifi_name_sinkhole = "wifi-name-sinkhole" ();
    wifi_name_not_found = "wifi-name-not-found" ();
    wifi_name_failure = "wifi-name-failure" ();
    wifi_name_timeout = "wifi-name-timeout" ();
    wifi_name_family = "wifi-name-family" ();
    wifi_name_not_asked = "wifi-name-not-asked" ();
    wifi_door_open = "wifi-door-open" (door: &Text);
    wifi_door_odd = "wifi-door-odd" (door: &Text);
    wifi_door_silent = "wifi-door-silent" (door: &Text);
    wifi_door_refused = "wifi-door-refused" (door: &Text);
    wifi_door_prohibited = "wifi-door-prohibited" (door: &Text);
    wifi_door_no_route = "wifi-door-no-route" (door: &Text);
    wifi_door_too_large = "wifi-door-too-large" (door: &Text);
    wifi_door_not_tried = "wifi-door-not-tried" (door: &Text);
    wifi_mobile_not_tested = "wifi-mobile-not-tested" ();
    wifi_mobile_answers = "wifi-mobile-answers" ();
    wifi_mobile_in_part = "wifi-mobile-in-part" ();
    wifi_mobile_silent = "wifi-mobile-silent" ();
    wifi_mobile_no_name = "wifi-mobile-no-name" ();
    wifi_checked = "wifi-checked" (moment: &Text);
    wifi_checking_name = "wifi-checking-name" ();
    wifi_checking_doors = "wifi-checking-doors" ();
    wifi_checking_mobile = "wifi-checking-mobile" ();
    wifi_guides_untrusted = "wifi-guides-untrusted" ();
    wifi_guides_unreadable = "wifi-guides-unreadable" ();
    wifi_guides_too_new = "wifi-guides-too-new" ();
    wifi_guides_out_of_date = "wifi-guides-out-of-date" ();
    wifi_report_subject = "wifi-report-subject" (operator: &Text);
    wifi_report_hello = "wifi-report-hello" ();
    wifi_entitled = "wifi-entitled" ();
    wifi_entitlement_incompatible = "wifi-entitlement-incompatible" ();
    wifi_entitlement_form = "wifi-entitlement-form" ();
    wifi_entitlement_form_nowhere = "wifi-entitlement-form-nowhere" ();
    wifi_entitlement_in_progress = "wifi-entitlement-in-progress" ();
    wifi_entitlement_unclear = "wifi-entitlement-unclear" (codes: &Text);
    // Wi-Fi calling: end

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

    // The SIM
    start_card = "start-card" ();
    start_card_what = "start-card-what" ();
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
    start_late_right = "start-late-right" (daily: &Text, most: &Text);
    start_refused = "start-refused" ();
    start_refused_data = "start-refused-data" ();
    start_refused_inactive = "start-refused-inactive" ();
    start_refused_permitted = "start-refused-permitted" ();
    start_refused_other = "start-refused-other" (operator: &Text);
    start_refused_old = "start-refused-old" ();
    start_refused_line = "start-refused-line" ();
    start_cancelled = "start-cancelled" ();
    start_cancelled_what = "start-cancelled-what" ();

    // The first call
    start_try = "start-try" ();
    start_try_esim = "start-try-esim" ();
    start_try_what = "start-try-what" ();
    start_try_from = "start-try-from" (when: &Text);
    start_on_day = "start-on-day" (date: &Text);
    start_try_if_not = "start-try-if-not" (operator: &Text);
    start_done = "start-done" ();
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
    start_claim = "start-claim" (operator: &Text, number: &Text, launched: &Text, date: &Text);
    start_claim_ask = "start-claim-ask" ();
}

/// An argument of a message.
enum Arg<'a> {
    /// Drawn and spoken form.
    Text(&'a Text),
    /// Drawn and spoken form as `$name`, and the raw number for the plural choice as `$name-n`.
    Number(&'a Number),
    /// A word that only chooses between variants.
    Word(&'static str),
}

/// An argument with its name, and the name of its raw number.
type NamedArg<'a> = (&'static str, &'static str, Arg<'a>);

impl Arg<'_> {
    fn is_said_as_drawn(&self) -> bool {
        match self {
            Arg::Text(text) => text.text == text.spoken,
            Arg::Number(number) => number.text.text == number.text.spoken,
            Arg::Word(_) => true,
        }
    }
}

impl<'a> From<&'a Text> for Arg<'a> {
    fn from(text: &'a Text) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a Number> for Arg<'a> {
    fn from(number: &'a Number) -> Self {
        Arg::Number(number)
    }
}

impl From<&'static str> for Arg<'_> {
    fn from(word: &'static str) -> Self {
        Arg::Word(word)
    }
}

type Bundle = FluentBundle<FluentResource>;

/// A message, drawn and spoken. An attribute `.spoken` replaces the sentence where it must be said differently.
fn say(language: Language, key: &'static str, args: &[NamedArg<'_>]) -> Text {
    let mut errors = Vec::new();
    let text = say_or_key(language, key, args, &mut errors);
    debug_assert!(errors.is_empty(), "message {key}: {errors:?}");
    text
}

fn say_or_key(
    language: Language,
    key: &str,
    args: &[NamedArg<'_>],
    errors: &mut Vec<fluent_bundle::FluentError>,
) -> Text {
    let bundle = bundle(language, shelf(key));
    let Some((message, pattern)) = bundle.get_message(key).and_then(|found| Some((found.value()?, found))) else {
        // The test of the catalogue keeps this from happening; a key on the screen is better than a crash.
        return Text::plain(key);
    };
    let (pattern, message) = (message, pattern);
    let text = bundle.format_pattern(pattern, Some(&fluent_args(args, |text| &text.text)), errors).into_owned();
    let spoken_pattern = message.get_attribute("spoken").map(|attribute| attribute.value());
    if spoken_pattern.is_none() && args.iter().all(|(_, _, arg)| arg.is_said_as_drawn()) {
        return Text { spoken: text.clone(), text };
    }
    let spoken_args = fluent_args(args, |text| &text.spoken);
    let spoken = bundle.format_pattern(spoken_pattern.unwrap_or(pattern), Some(&spoken_args), errors);
    Text { text, spoken: one_full_stop(spoken) }
}

/// An abbreviation's full stop is also the sentence's: "until 2:03 p.m." Only spoken forms abbreviate so.
fn one_full_stop(sentence: Cow<'_, str>) -> String {
    if sentence.contains("..") { sentence.replace("..", ".") } else { sentence.into_owned() }
}

fn fluent_args<'a>(args: &'a [NamedArg<'a>], form: fn(&Text) -> &str) -> FluentArgs<'a> {
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, plural_name, arg) in args {
        match arg {
            Arg::Text(text) => fluent.set(*name, form(text)),
            Arg::Number(number) => {
                fluent.set(*name, form(&number.text));
                fluent.set(*plural_name, FluentValue::try_number(&number.plain));
            }
            Arg::Word(word) => fluent.set(*name, *word),
        }
    }
    fluent
}

/// The text of a key without arguments, for data that names its texts. None: there is no such text.
pub fn of_key(language: Language, key: &str) -> Option<Text> {
    of_key_with(language, key, &[])
}

/// The text of a key that may use these arguments, and no others. None: there is no such text.
pub fn of_key_with(language: Language, key: &str, args: &[(&'static str, Text)]) -> Option<Text> {
    if !bundle(language, shelf(key)).has_message(key) {
        return None;
    }
    let mut errors = Vec::new();
    let args: Vec<NamedArg<'_>> = args.iter().map(|(name, text)| (*name, "", Arg::Text(text))).collect();
    let text = say_or_key(language, key, &args, &mut errors);
    errors.is_empty().then_some(text)
}

/// Messages that are parsed together. The many of one screen are no burden to who opens another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shelf {
    Screens,
    WifiCalling,
    GettingStarted,
    /// Only data names these: the articles of the help.
    Help,
}

fn shelf(key: &str) -> Shelf {
    match key.split_once('-') {
        Some(("wifi", _)) => Shelf::WifiCalling,
        Some(("start", _)) => Shelf::GettingStarted,
        Some(("help", _)) => Shelf::Help,
        _ => Shelf::Screens,
    }
}

/// The messages of a language on one shelf, parsed when first needed.
fn bundle(language: Language, shelf: Shelf) -> &'static Bundle {
    static SCREENS: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static WIFI_CALLING: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static GETTING_STARTED: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static HELP: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    let [dutch, french, english, german] = match shelf {
        Shelf::Screens => &SCREENS,
        Shelf::WifiCalling => &WIFI_CALLING,
        Shelf::GettingStarted => &GETTING_STARTED,
        Shelf::Help => &HELP,
    };
    match language {
        Language::Dutch => dutch,
        Language::French => french,
        Language::English => english,
        Language::German => german,
    }
    .get_or_init(|| load(language, shelf))
}

fn load(language: Language, shelf: Shelf) -> Bundle {
    let locale: LanguageIdentifier = language.locale().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks would leak into notifications and copied text; all four languages run left to right.
    bundle.set_use_isolating(false);
    for source in sources(language, shelf) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            // What could be read is kept; a test proves that all can.
            Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

macro_rules! locale_files {
    ($folder:literal, $($file:literal)+) => {
        &[$(include_str!(concat!("../../locales/", $folder, "/", $file, ".ftl"))),+]
    };
}

macro_rules! shelves {
    ($shelf:ident, $folder:literal) => {
        match $shelf {
            Shelf::Screens => locale_files!(
                $folder, "units" "usage" "alerts" "problems" "session" "requests" "preferences" "invoices"
                "activation"
            ),
            Shelf::WifiCalling => locale_files!($folder, "wifi_calling" "wifi_guides"),
            Shelf::GettingStarted => locale_files!($folder, "getting_started"),
            Shelf::Help => locale_files!($folder, "help"),
        }
    };
}

fn sources(language: Language, shelf: Shelf) -> &'static [&'static str] {
    match language {
        Language::Dutch => shelves!(shelf, "nl"),
        Language::French => shelves!(shelf, "fr"),
        Language::English => shelves!(shelf, "en"),
        Language::German => shelves!(shelf, "de"),
    }
}

#[cfg(test)]
mod tests;
