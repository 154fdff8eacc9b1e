# The invoices: the list, one invoice, paying, claims.

# The list
employer-pays = Your employer pays
employer-pays-detail = There is no billing account in your name, so no invoice comes to you. That is as it should be.
no-invoices = No invoices so far
no-invoices-detail = When your own costs are billed, the invoice is here.
bills-checked = Checked { $moment }
nothing-fetched = Nothing fetched yet
nothing-fetched-detail = Your invoices have not been fetched on this phone yet. Connect to a network and refresh.
bill-invoice = Invoice
bill-credit-note = Credit note
bill-statement = Third-party services
bill-reminder = Reminder
bill-document = Document
bill-issued = issued { $date }

# Where its payment stands
bill-state-unknown = The operator does not say whether it is paid
bill-open = To pay
bill-open-by = To pay by { $date }
bill-direct-debit = Collected by direct debit
bill-direct-debit-on = Collected by direct debit on { $date }
bill-marked-paid = You noted that you paid
bill-pending = Payment on its way
bill-partly-paid = Partly paid
bill-partly-paid-left = Partly paid, { $amount } left
bill-paid = Paid
bill-overdue = Overdue
bill-overdue-since = Overdue, was to be paid by { $date }
bill-reminded = A reminder was sent
bill-employer-contacted = Your employer was contacted about it
bill-credited = Taken back by a credit note
bill-nothing-to-pay = Nothing to pay
bill-credit = Credit in your favour
bill-pay-the-invoice = Pay the invoice it is about

# Periods without an invoice
no-invoice = No invoice
no-invoice-nothing = No invoice: no costs of your own
no-invoice-small = No invoice: your own costs were not above { $limit }
no-invoice-pending = No invoice: { $amount } may join a later one
no-invoice-yet = No invoice yet; one may still come
no-invoice-otherwise = No invoice came, although one was expected

# What runs
running-total = { $amount } so far, not on an invoice yet
running-before = { $amount } so far, before your employer’s part
running-unknown = Costs that are not on an invoice yet
running-note = Provisional: amounts may still change
running-subscription-first = Your employer’s contribution goes to the subscription first, which is not among these costs yet.
expected-threshold = An invoice of about { $amount } may come from { $date }, because your own costs are above { $limit }.
expected-third = An invoice of about { $amount } may come from { $date }: in the third period one comes whatever the amount.
expected-nothing = A statement with nothing to pay may come from { $date }.
expected-includes-earlier = It may include earlier periods.
expected-waits = No invoice is expected for this period: { $amount } may join a later one.
expected-none = No invoice is expected for this period.
expected-later = One comes in any case for { $month } at the latest, whatever the amount.
expected-closing = Split bill ends with this period; an invoice for what is left may come at once.

# Why it came
why-split-bill = Your employer contributes to your subscription; what the contribution does not cover is yours to pay.
why-covered = Your employer covered { $amount }.
why-subscription-first = The contribution goes to the subscription first.
why-uncovered = Yours: { $amount } that the contribution did not cover.
why-third-party = Yours too: { $amount } for services of third parties, such as parking by SMS. They are always yours, also when some of the contribution is left.
why-lapses = What is left of a contribution lapses with the period; nothing carries over.
why-threshold = It came because your own costs were above { $limit }.
why-third-period = It came because it was the third period: then one comes whatever the amount.
why-otherwise = It came otherwise than expected; what the operator bills is what counts.
why-switched = This shows how the operator counts; what is expected follows that from now on.
why-credit-note = It gives back what was billed before; there is nothing to pay.
why-statement = Services of third parties are always yours to pay, and are listed apart.
why-reminder = It reminds you of an invoice that exists already; pay that one, once.

# Its first page
overview-tax-excluded = Without VAT
overview-tax = VAT
overview-tax-rate = VAT { $rate }
overview-tax-included = Total with VAT
overview-paid = Paid
overview-left = Still to pay
section-detail = All lines
section-out-of-bundle = Of these, out of bundle

# Its lines
group-recurring = Subscription
group-one-time = One-off
group-usage = Usage
group-third-party = Third-party services
group-credit = Credits and discounts
group-employer = Paid by your employer
group-penalty = Late payment
group-other = Other
line-third-party = Third party, always yours to pay
line-without-tax = without VAT
line-no-amount = The operator gives no amount
line-provisional = Provisional

# What does not add up
warning-tax = Without VAT and VAT add up to { $parts }, the total says { $total }. Both are the operator’s figures.
warning-line-tax = Of one line the parts add up to { $parts }, its total says { $total }.
warning-remaining = The operator says that { $due } is due and that { $remaining } remains. Look at the printed invoice before you pay.
warning-settled = It is called paid, yet { $remaining } is still open.
warning-duplicate = Two lines have the same number; both are shown.
warning-no-amount = { $count-n ->
    [1] One line has
   *[other] { $count } lines have
} no amount, so nothing is computed from the lines.
warning-sum = The lines add up to { $detail }, the overview says { $overview }. The overview counts; nothing is computed from the lines.
warning-rounding = The difference may be rounding.
warning-out-of-bundle = The lines out of bundle add up to { $detail }, the operator’s total for them says { $overview }.
warning-employer-share = A line of your employer’s share asks for money; ask the operator what it means.

# Paying
pay-amount = Pay { $amount }.
pay-if-not-yet = You noted that you paid. Pay only if you have not yet.
pay-by = Pay { $amount } by { $date }.
pay-was-due = Pay { $amount }. It was to be paid by { $date }.
pay-nothing = There is nothing to pay here.
pay-unknown = { $operator } does not say what is to be paid. Look at the printed invoice.
pay-direct-debit = It is collected by direct debit. You need not do anything.
pay-direct-debit-on = It is collected by direct debit on { $date }. You need not do anything.
pay-link = Pay at { $host }
pay-no-account = The operator gives no account to pay to here. Look at the printed invoice.
pay-other-account = The account is not the one of your last invoice. Call { $operator } on a number you know, not one on this invoice, and compare before you pay.
pay-account-new = Account on this invoice
pay-account-before = Account until now
pay-other-name = The account is the same, the payee’s name is another. Ask { $operator } if in doubt.
pay-field-name = Payee
pay-field-iban = Account
pay-field-amount = Amount
pay-field-structured = Structured communication
pay-field-reference = Reference
pay-field-message = Message
pay-name-check = Your bank may say that the name does not match exactly. Compare it with the one here.
pay-doubtful = The check digits of the reference are wrong, so there is no QR code. Copy it as it is printed, or ask the operator.
pay-qr-note = Scan it inside your bank’s app on another device; a camera app shows only text.
pay-qr-other-way = My bank does not recognise the reference

# Documents
document-not-here = Not downloaded
document-downloading = Downloading
document-partly = Partly downloaded
document-here = Downloaded
document-removed = Removed from this phone, download it again

# Claims and disputes
claim-subject = Costs to reclaim: { $invoice }
claim-total = Total with VAT: { $amount }
claim-no-total = A line has no amount, so there is no total.
claim-covered = Please note: of these costs the employer has already paid at least { $amount }, through the contribution on this invoice.
claim-line-covered = paid by the employer
claim-name = Name: ____________________
claim-number = Mobile number: ____________________
claim-footer = Copy of lines from my private invoice; this is not an invoice.
csv-invoice = Invoice
csv-date = Date
csv-what = What
csv-amount = Amount with VAT (EUR)
dispute-subject = Question about a charge: { $what }
dispute-body =
    Hello,

    On my invoice of { $operator } ({ $invoice }) there is this line: { $line }.

    I do not recognise it. Please tell me which service this was, when and how it was ordered, and how I can have it stopped and refunded if I did not order it.

    Kind regards
