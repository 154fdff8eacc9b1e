//! The sentences, as functions: a missing key or argument does not compile, and a test holds the four files of
//! `core/locales` to exactly these keys and arguments. Fluent chooses plural forms; numbers arrive already formatted,
//! because Fluent's own `NUMBER` prints English digits in every language.

use std::borrow::Cow;
use std::io::Read;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;
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
        pub(super) const CATALOGUE: &[(&str, &[(&str, &str)])] = &[$(($key, &[$((stringify!($arg), stringify!($kind))),*])),*];
    };
}

mod getting_started;
mod invoices;
pub mod labels;
mod problems;
mod terminal;
mod wifi_calling;

pub use getting_started::*;
pub use invoices::*;
pub use problems::*;
pub use terminal::*;
pub use wifi_calling::*;

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

    // The places of the app
    place_getting_started = "place-getting-started" ();
    place_getting_started_short = "place-getting-started-short" ();
    place_usage = "place-usage" ();
    place_usage_short = "place-usage-short" ();
    place_invoices = "place-invoices" ();
    place_wifi_calling = "place-wifi-calling" ();
    place_sim = "place-sim" ();
    place_notifications = "place-notifications" ();
    place_plan = "place-plan" ();
    place_help = "place-help" ();
    place_settings = "place-settings" ();
    place_more = "place-more" ();

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
    plan_unknown = "plan-unknown" (operator: &Text);
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
    pin_prompt = "pin-prompt" ();
    puk_prompt = "puk-prompt" ();
    health_unsaved = "health-unsaved" ();
    health_renewal_failing = "health-renewal-failing" ();
    sign_out_unsent = "sign-out-unsent" (count: &Number);
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
    esim_odd_invisible = "esim-odd-invisible" ();
    esim_odd_joined = "esim-odd-joined" ();
    esim_odd_left_out = "esim-odd-left-out" ();
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
    esim_code_number_sentence = "esim-code-number-sentence" ();
    esim_code_several_title = "esim-code-several-title" ();
    esim_code_several_sentence = "esim-code-several-sentence" ();
    esim_code_unclear_title = "esim-code-unclear-title" ();
    esim_code_unclear_sentence = "esim-code-unclear-sentence" ();
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
    request_number_waits = "request-number-waits" ();
    request_number_waits_ask = "request-number-waits-ask" (operator: &Text);
    request_number_refused = "request-number-refused" ();
    request_number_refused_ask = "request-number-refused-ask" (operator: &Text);
    request_line_subject = "request-line-subject" (operator: &Text);
    request_card = "request-card" ();
    request_card_ask = "request-card-ask" (operator: &Text);
    request_mail = "request-mail" ();
    request_mail_ask = "request-mail-ask" (operator: &Text);
    request_line = "request-line" ();
    request_line_ask = "request-line-ask" (operator: &Text);
    request_thanks = "request-thanks" ();
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
    /// No phone reads these.
    Terminal,
    /// Only data names these: the articles of the help.
    Help,
    /// The words around the screens, read once.
    Labels,
}

fn shelf(key: &str) -> Shelf {
    match key.split_once('-') {
        Some(("wifi", _)) => Shelf::WifiCalling,
        Some(("start", _)) => Shelf::GettingStarted,
        Some(("terminal", _)) => Shelf::Terminal,
        Some(("help", _)) => Shelf::Help,
        Some(("label", _)) => Shelf::Labels,
        _ => Shelf::Screens,
    }
}

/// The messages of a language on one shelf, parsed when first needed.
fn bundle(language: Language, shelf: Shelf) -> &'static Bundle {
    static SCREENS: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static WIFI_CALLING: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static GETTING_STARTED: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static TERMINAL: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static HELP: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    static LABELS: [OnceLock<Bundle>; 4] = [const { OnceLock::new() }; 4];
    let [dutch, french, english, german] = match shelf {
        Shelf::Screens => &SCREENS,
        Shelf::WifiCalling => &WIFI_CALLING,
        Shelf::GettingStarted => &GETTING_STARTED,
        Shelf::Terminal => &TERMINAL,
        Shelf::Help => &HELP,
        Shelf::Labels => &LABELS,
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
    let resource = match FluentResource::try_new(source(language, shelf)) {
        Ok(resource) => resource,
        // What could be read is kept; a test proves that all can.
        Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

/// What `build.rs` packed of a language.
macro_rules! packed {
    ($shelf:ident, $language:literal) => {
        match $shelf {
            Shelf::Screens => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-screens")),
            Shelf::WifiCalling => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-wifi_calling")),
            Shelf::GettingStarted => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-getting_started")),
            Shelf::Terminal => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-terminal")),
            Shelf::Help => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-help")),
            Shelf::Labels => include_bytes!(concat!(env!("OUT_DIR"), "/", $language, "-labels")),
        }
    };
}

/// The messages of a language on one shelf, as they stand in its files.
fn source(language: Language, shelf: Shelf) -> String {
    let packed: &[u8] = match language {
        Language::Dutch => packed!(shelf, "nl"),
        Language::French => packed!(shelf, "fr"),
        Language::English => packed!(shelf, "en"),
        Language::German => packed!(shelf, "de"),
    };
    let mut source = String::new();
    // It comes with the core, and a test reads all of it.
    let read = DeflateDecoder::new(packed).read_to_string(&mut source);
    debug_assert!(read.is_ok(), "{read:?}");
    source
}

#[cfg(test)]
mod tests;
