# Signing in, invitations and the app lock, top to bottom.

sign-in-with-number = Sign in with your mobile number
first-time-here = First time here?
create-account = Create an account
split-bill = My employer splits the bill
split-bill-sentence = You then make your account with an invitation: an e-mail with a link and a code that your employer sends when your number starts.
split-bill-enter = Enter the invitation
split-bill-lost = I lost the invitation
invitation-title = Your invitation from { $operator }
invitation-sentence = With it you make your account on the page of { $operator }. Nothing has happened yet, and nothing does until you go on.
invitation-go-on = Go on to { $operator }
invitation-not-now = Not now
invitation-signed-in = You are signed in already. This invitation may be for another account.
unlock-prompt = Unlock to see your usage
secrets-prompt = Show PIN and PUK
pin-prompt = Show the PIN
puk-prompt = Show the PUK
health-unsaved = Your sign-in could not be saved yet. Keep the app open and your phone unlocked for a moment.
health-renewal-failing = Renewing your session has failed for more than a day. If it stays so, signing in again may help.
sign-out-unsent = { $count-n ->
    [1] One change of your notifications has not been sent yet. It is then lost.
   *[other] { $count } changes of your notifications have not been sent yet. They are then lost.
}
landing-title = You are signed in
landing-close = You can close this page and go back to where you came from.

# The places of the app.
place-getting-started = Getting started
place-getting-started-short = Start
place-usage = Usage
place-usage-short = Usage
place-invoices = Invoices
place-wifi-calling = Wi-Fi calling
place-sim = PIN and PUK
place-notifications = Notifications
place-plan = Your plan
place-help = Help
place-settings = Settings
place-more = More
