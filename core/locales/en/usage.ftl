# The usage screen, top to bottom.

number-masked = { $masked }
    .spoken = number ending in { $end }
line-unnamed = Your line
line-numbered = Line { $number }
cycle-days-left = { $range }, { $days-n ->
    [1] last day
   *[other] { $days } days left
}
cycle-until = Until { $date }, { $days-n ->
    [1] last day
   *[other] { $days } days left
}
cycle-since = Since { $date }
cycle-from = From { $date }
cycle-ended = Until { $date }
counted = Counted { $moment }
counted-about = Counted { $moment }, time zone assumed
no-time-given = The operator gives no time
no-figures = No figures
no-figures-yet = No figures yet
badge-aging = Older than an hour
badge-old = Older than a day
badge-previous = Previous period, may not be final
badge-rollover = { $operator } has not started the new period yet
badge-received = Received { $moment }
empty-cycle = No data for this period yet
empty-answer = Nothing counted yet
empty-not-loaded = Not loaded yet
empty-not-entitled = { $operator } does not show usage for this number. Your employer can tell you why.

title-data = { $zone ->
    [international] Data, international
    [eu] Data in the EU
    [world] Data outside the EU
   *[national] Data
}
title-calls = { $zone ->
    [international] Calls to other countries
    [eu] Calls in the EU
    [world] Calls outside the EU
   *[national] Calls
}
title-sms = { $zone ->
    [international] SMS to other countries
    [eu] SMS in the EU
    [world] SMS outside the EU
   *[national] SMS
}
title-mms = { $zone ->
    [international] MMS to other countries
    [eu] MMS in the EU
    [world] MMS outside the EU
   *[national] MMS
}
title-credit = { $zone ->
    [international] Credit, international
    [eu] Credit in the EU
    [world] Credit outside the EU
   *[national] Credit
}
title-other = { $zone ->
    [international] { $name }, international
    [eu] { $name } in the EU
    [world] { $name } outside the EU
   *[national] { $name }
}
title-unnamed = Other usage
share-own = { $title }, your share
share-all = { $title }, shared total
left = { $amount } left
used = { $amount } used
used-of = { $used } of { $total } used
of-total = Of { $total }
over = { $amount } over
used-up = Used up
unlimited = Unlimited
full-speed-until = Full speed until { $amount }, then slower
fair-use-until = Fair use until { $amount }
slower-now = Unlimited, slower now
beyond-fair-use = Unlimited, beyond fair use
no-figure = The operator gives no figure
suspended = Paused
carried = newer figure unreadable, counted { $moment }
carried-undated = newer figure unreadable
expired = Expired
ended-on = Ended on { $date }
until-date = until { $date }
starts-on = Starts on { $date }
percent-used-spoken = { $percent } used

plan-fair-use = { $title }, fair use
plan-shared = { $title }, shared with colleagues
plan-unknown = { $operator } does not show the plan of this number. Your employer can tell you which it is.
plan-began = This plan started on { $date }. Allowances may be for part of the period.
plan-began-since = This plan started on { $date }. The figures are from before; new ones may come with the next period.
plan-began-uncounted = This plan started on { $date }. Figures may come with the next period.
amount-range = { $low }–{ $high }
    .spoken = { $low } to { $high }
pace-until = A bit fast: at this pace { $range } by { $date }
pace-ahead = A bit fast: { $used } used, { $passed } of the period has passed
forecast-until = By { $date }: { $range }
forecast-assumption = If the coming days are like the { $days } whole days counted in this period
day-untold = The operator gives no figure
days-told = { $told } of { $days } { $days-n ->
    [one] day
   *[other] days
}

out-of-bundle = { $amount } out of bundle
out-of-bundle-period = { $amount } out of bundle, { $range }
out-of-bundle-split = Out of bundle
cost-data = Data
cost-calls = Calls
cost-messages = Messages
cost-third-party = Services of third parties, always yours to pay
cost-other = Other
cost-of-period = { $title }, { $range }

notice-offline = No connection { $since }.
notice-unavailable = { $operator } has been unavailable { $since }.
notice-wait = { $operator } asks you to wait. Try again { $after }.
notice-blocked = This network has been keeping you from { $operator } { $since }. Its Wi-Fi may need you to sign in.
notice-sign-in = Please sign in again.
notice-not-understood = Answers from { $operator } have been unreadable { $since }.
notice-not-permitted = { $operator } does not show usage for your number.
notice-clock = The clock of this phone is wrong by about { $amount }. Set date and time to automatic.
figures-from = Figures { $moment }.
figures-stay = Your last figures are still here.
figures-come = Your figures will appear when it works again.
