# Usage alerts: the notification, and their part of the Notifications screen.

alert-reached = { $title }: { $reached } reached
alert-used = { $title }: { $share } used
alert-body = { $what }. { $counted }.
alert-locked = News about your usage. Open the app to read it.
alert-sample-title = This is how an alert looks
alert-sample-body = It says what is nearly used up, how much of it was used, and until when that was counted.

alert-at-share = At { $percent } of an allowance
alert-at-costs = At { $amount } out of bundle
alert-every-costs = At every { $amount } out of bundle
alert-at-roaming = At { $percent } of the limit on data roaming costs
alert-by-sms = Sent by { $operator } by SMS
alert-by-email = Sent by { $operator } by e-mail
alert-employer-sms = Sent by { $operator } by SMS, as your employer asked
alert-employer-email = Sent by { $operator } by e-mail, as your employer asked
alert-sent-note = { $operator } sends these itself, by its own count and at its own time. What you choose here does not change or stop them.
alert-quiet = Quiet from { $from } to { $to }
alert-quiet-off = No quiet hours
alert-told = Sent { $moment }
alert-waits = Will be sent { $moment }
alert-waits-now = Is being sent
alert-in-app = Shown here only
