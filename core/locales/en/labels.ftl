# Words of the apps around what the features say: buttons, fields, headings.

label-back = Back
label-close = Close
label-cancel = Cancel
label-confirm = Confirm
label-go-on = Continue
label-refresh = Refresh
label-loading = Loading
label-copy = Copy
label-copied = Copied
label-share = Share
label-by-email = By e-mail
label-open = Open
label-show-more = Show more
label-details = Details
label-write-to-employer = Write to your employer

label-browser-opened = Sign in on the page that opened. You come back here afterwards.
label-invitation-field = Link or code of the invitation
label-sign-out = Sign out
label-sign-out-sentence = Your figures, invoices and codes are then deleted from this phone.

label-line = Line
label-history = History
label-days = Day by day
label-how-we-know = How we know
label-plan-contents = What is in it
label-plan-not-right = Not the right plan?

label-own-alerts = Your own alerts
label-operator-alerts = Sent by your operator
label-add-alert = Add an alert
label-percent-field = Percent of the bundle
label-costs-field = Costs in euros
label-remove = Remove
label-quiet-hours = Quiet hours
label-quiet-from = From
label-quiet-to = To
label-try-one = Try one
label-alerts-channel = Alerts of this app
label-told-before = Told so far

label-why-this-invoice = Why you got this
label-overview = Overview
label-not-mine = This isn't mine
label-claim = Claim from your employer
label-claim-note = Note
label-claim-private = With the numbers called
label-claim-table = Share as a table
label-download = Download
label-pause = Pause
label-resume = Resume
label-pay = How to pay
label-mark-paid = I paid it
label-mark-unpaid = Not paid after all
label-payee-is-right = This account is right
label-scan-to-pay = Payment code for your bank's app

label-step-back = One step back
label-short-version = The short version
label-network = This network
label-place-field = Name of this place
label-send-report = Send to support
label-open-settings = Open settings

label-keep-at-hand = Keep at hand
label-by-when = By when
label-if-not = And if not?
label-ask-compensation = Ask for compensation
label-read-article = Read more
label-esim-scan = Scan the code
label-esim-field = Whole code (LPA)
label-confirmation-field = Confirmation code
label-esim-fetch = Get the code from the operator
label-esim-install = Install the eSIM
label-esim-by-hand = By hand
label-show-pin = Show PIN
label-show-puk = Show PUK
label-hide = Hide

label-search-help = Search help
label-nothing-found = Nothing found. Try another word.
label-related = Related
label-contact = Contact
label-operator-pages = From your operator
label-app-lock = App lock
label-app-lock-sentence = Your figures open only with your finger, face or code.
label-version = Version
label-support-code = Code for support:

label-chosen = Chosen
label-step-done = Done
label-step-current = Now
label-step-ahead = Later
label-step-failed = Stopped here
