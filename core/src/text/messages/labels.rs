//! Words of the apps around what the features say.

use super::say;
use crate::text::{Language, Text};

messages! {
    // General
    back = "label-back" ();
    close = "label-close" ();
    cancel = "label-cancel" ();
    confirm = "label-confirm" ();
    go_on = "label-go-on" ();
    refresh = "label-refresh" ();
    loading = "label-loading" ();
    copy = "label-copy" ();
    copied = "label-copied" ();
    share = "label-share" ();
    by_email = "label-by-email" ();
    open = "label-open" ();
    show_more = "label-show-more" ();
    details = "label-details" ();
    write_to_employer = "label-write-to-employer" ();

    // Signing in
    browser_opened = "label-browser-opened" ();
    invitation_field = "label-invitation-field" ();
    sign_out = "label-sign-out" ();
    sign_out_sentence = "label-sign-out-sentence" ();

    // Usage
    line = "label-line" ();
    history = "label-history" ();
    days = "label-days" ();
    how_we_know = "label-how-we-know" ();
    plan_contents = "label-plan-contents" ();
    plan_not_right = "label-plan-not-right" ();

    // Notifications
    own_alerts = "label-own-alerts" ();
    operator_alerts = "label-operator-alerts" ();
    add_alert = "label-add-alert" ();
    percent_field = "label-percent-field" ();
    costs_field = "label-costs-field" ();
    remove = "label-remove" ();
    quiet_hours = "label-quiet-hours" ();
    quiet_from = "label-quiet-from" ();
    quiet_to = "label-quiet-to" ();
    try_one = "label-try-one" ();
    alerts_channel = "label-alerts-channel" ();
    told_before = "label-told-before" ();

    // Invoices and paying
    why_this_invoice = "label-why-this-invoice" ();
    overview = "label-overview" ();
    not_mine = "label-not-mine" ();
    claim = "label-claim" ();
    claim_note = "label-claim-note" ();
    claim_private = "label-claim-private" ();
    claim_table = "label-claim-table" ();
    download = "label-download" ();
    pause = "label-pause" ();
    resume = "label-resume" ();
    pay = "label-pay" ();
    mark_paid = "label-mark-paid" ();
    mark_unpaid = "label-mark-unpaid" ();
    payee_is_right = "label-payee-is-right" ();
    scan_to_pay = "label-scan-to-pay" ();

    // Wi-Fi calling
    step_back = "label-step-back" ();
    short_version = "label-short-version" ();
    network = "label-network" ();
    place_field = "label-place-field" ();
    send_report = "label-send-report" ();
    open_settings = "label-open-settings" ();

    // Getting started, SIM, PIN and PUK
    keep_at_hand = "label-keep-at-hand" ();
    by_when = "label-by-when" ();
    if_not = "label-if-not" ();
    ask_compensation = "label-ask-compensation" ();
    read_article = "label-read-article" ();
    esim_scan = "label-esim-scan" ();
    esim_field = "label-esim-field" ();
    confirmation_field = "label-confirmation-field" ();
    esim_fetch = "label-esim-fetch" ();
    esim_install = "label-esim-install" ();
    esim_by_hand = "label-esim-by-hand" ();
    show_pin = "label-show-pin" ();
    show_puk = "label-show-puk" ();
    hide = "label-hide" ();

    // Help and settings
    search_help = "label-search-help" ();
    nothing_found = "label-nothing-found" ();
    related = "label-related" ();
    contact = "label-contact" ();
    operator_pages = "label-operator-pages" ();
    app_lock = "label-app-lock" ();
    app_lock_sentence = "label-app-lock-sentence" ();
    version = "label-version" ();
    support_code = "label-support-code" ();

    // Spoken alone
    chosen = "label-chosen" ();
    step_done = "label-step-done" ();
    step_current = "label-step-current" ();
    step_ahead = "label-step-ahead" ();
    step_failed = "label-step-failed" ();
}
