//! Words of the apps around what the features say: buttons, fields, headings.

use crate::text::Language;
use crate::text::messages::labels as m;

/// Declares the record, and how it is filled in a language.
macro_rules! labels {
    ($($(#[doc = $doc:literal])+ $name:ident,)*) => {
        /// What stands on buttons, on fields and over parts of a screen, in the person's language. What a feature says is in its
        /// own view. Nothing here changes while the core is open.
        #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
        pub struct Labels {
            $($(#[doc = $doc])+ pub $name: String,)*
        }

        impl Labels {
            /// The labels of a language.
            pub fn of(language: Language) -> Labels {
                Labels { $($name: m::$name(language).text,)* }
            }
        }
    };
}

labels! {
    // General
    /// Goes back to the screen before: "Back"
    back,
    /// Closes what lies over the screen: "Close"
    close,
    /// Leaves without changing anything: "Cancel"
    cancel,
    /// Carries out what was asked about: "Confirm"
    confirm,
    /// Goes on to what follows: "Continue"
    go_on,
    /// Asks the operator for what is new: "Refresh"
    refresh,
    /// Stands where something is being fetched: "Loading"
    loading,
    /// Puts a text on the clipboard: "Copy"
    copy,
    /// Said once something is on the clipboard: "Copied"
    copied,
    /// Opens the share sheet: "Share"
    share,
    /// Opens a letter in a mail program: "By e-mail"
    by_email,
    /// Opens a document or an app: "Open"
    open,
    /// Shows the rows that follow: "Show more"
    show_more,
    /// Opens what stands behind a row: "Details"
    details,
    /// Opens the prepared request to the fleet manager: "Write to your employer"
    write_to_employer,

    // Signing in
    /// Stands while the operator's page is open.
    browser_opened,
    /// Field for an invitation: "Link or code of the invitation"
    invitation_field,
    /// Signs out: "Sign out"
    sign_out,
    /// Asked before signing out.
    sign_out_sentence,

    // Usage
    /// The line that is shown, where there are several: "Line"
    line,
    /// Opens the history of a line: "History"
    history,
    /// Above the days of a month: "Day by day"
    days,
    /// Opens what a forecast rests on: "How we know"
    how_we_know,
    /// Above what a plan contains: "What is in it"
    plan_contents,
    /// Leads to a request for another plan: "Not the right plan?"
    plan_not_right,

    // Notifications
    /// Above the person's own thresholds: "Your own alerts"
    own_alerts,
    /// Above what the operator sends itself: "Sent by your operator"
    operator_alerts,
    /// Adds a threshold of one's own: "Add an alert"
    add_alert,
    /// Field for a share of an allowance: "Percent of the bundle"
    percent_field,
    /// Field for costs beside the plan: "Costs in euros"
    costs_field,
    /// Takes a row away: "Remove"
    remove,
    /// Above the hours without notifications: "Quiet hours"
    quiet_hours,
    /// Field: when the quiet hours begin: "From"
    quiet_from,
    /// Field: when the quiet hours end: "To"
    quiet_to,
    /// Posts a sample notification: "Try one"
    try_one,
    /// Names the alerts of this app in the phone's settings: "Alerts of this app"
    alerts_channel,
    /// Above the notifications that were told: "Told so far"
    told_before,

    // Invoices and paying
    /// Above why an invoice came: "Why you got this"
    why_this_invoice,
    /// Above the sums of an invoice: "Overview"
    overview,
    /// Begins a dispute of a line: "This isn't mine"
    not_mine,
    /// Begins a claim sheet of lines: "Claim from your employer"
    claim,
    /// Field for a note on a claim sheet: "Note"
    claim_note,
    /// Switch: the claim sheet names numbers called: "With the numbers called"
    claim_private,
    /// Shares the claim as CSV: "Share as a table"
    claim_table,
    /// Begins or goes on with a download: "Download"
    download,
    /// Leaves a download where it is: "Pause"
    pause,
    /// Goes on with a download: "Resume"
    resume,
    /// Opens how to pay: "How to pay"
    pay,
    /// Confirms an account that changed: "This account is right"
    payee_is_right,
    /// Spoken for the payment code: "Payment code for your bank's app"
    scan_to_pay,

    // Wi-Fi calling
    /// Goes back one step of the walk: "One step back"
    step_back,
    /// Opens the operator's own short guide: "The short version"
    short_version,
    /// Above the check of this network: "This network"
    network,
    /// Field: where it works: "Name of this place"
    place_field,
    /// Shares the report for support: "Send to support"
    send_report,
    /// Opens the phone's settings: "Open settings"
    open_settings,

    // Getting started, SIM, PIN and PUK
    /// Above what to keep at hand: "Keep at hand"
    keep_at_hand,
    /// Above by when it should be done: "By when"
    by_when,
    /// Above what to do when it is not: "And if not?"
    if_not,
    /// Shares the letter that asks for compensation: "Ask for compensation"
    ask_compensation,
    /// Opens the help article that belongs here: "Read more"
    read_article,
    /// Opens the camera for the code of an eSIM: "Scan the code"
    esim_scan,
    /// Field for the code of an eSIM: "Activation code"
    esim_field,
    /// Field for the confirmation code of an eSIM: "Confirmation code"
    confirmation_field,
    /// Asks the operator for the code of an eSIM: "Get the code from the operator"
    esim_fetch,
    /// Hands the code to the phone: "Install the eSIM"
    esim_install,
    /// Above the fields to type in by hand: "By hand"
    esim_by_hand,
    /// Shows the PIN: "Show PIN"
    show_pin,
    /// Shows the PUK: "Show PUK"
    show_puk,
    /// Hides a secret at once: "Hide"
    hide,

    // Help and settings
    /// Field that searches the articles: "Search help"
    search_help,
    /// Stands where a search finds nothing: "Nothing found. Try another word."
    nothing_found,
    /// Above related articles: "Related"
    related,
    /// Above whom to turn to at the operator: "Contact"
    contact,
    /// Above pages of the operator's own: "From your operator"
    operator_pages,
    /// Switch: the app lock: "App lock"
    app_lock,
    /// What the app lock does.
    app_lock_sentence,
    /// The version of the app: "Version"
    version,
    /// Before the code for support under a problem, with its colon: "Code for support:"
    support_code,

    // Spoken alone
    /// Said of the line or place that is chosen: "Chosen"
    chosen,
    /// Said of a step that is done: "Done"
    step_done,
    /// Said of the present step: "Now"
    step_current,
    /// Said of a step that comes later: "Later"
    step_ahead,
    /// Said of a step that does not go on: "Stopped here"
    step_failed,
}
