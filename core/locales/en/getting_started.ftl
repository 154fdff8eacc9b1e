# Getting started: from the order to the first call. Short, one thing at a time; what is usual and what the law allows are
# never one sentence.

# The steps from the order to the first call
start-step-ordered = Ordered
start-step-sim = SIM card received
start-step-mail = Activation e-mail received
start-step-esim = eSIM on your phone
start-step-number = Number asked of your old operator
start-step-old-signal = Old SIM without network
start-step-works = New SIM works
start-step-account = Account
start-step-wifi = Wi-Fi calling

# What is ordered
start-new-line = Your new line
start-case-card-new = SIM card, new number
start-case-card-kept = SIM card, your own number
start-case-esim-new = eSIM, new number
start-case-esim-kept = eSIM, your own number
start-case-new = New number
start-case-kept = Your own number
start-none = Nothing is on its way for you.
start-never-loaded = Whether a line is on its way for you is not known on this phone yet.
start-sim-card = SIM card
start-sim-card-of = SIM card of { $line }
start-sim-esim = eSIM
start-sim-esim-of = eSIM of { $line }
start-sims-failed = Your SIMs could not be loaded just now.
start-sims-kept = Your SIMs could not be loaded just now. What you see was told { $when }.
start-sims-never = Which SIMs you have is not known on this phone yet.
start-sims-none = { $operator } lists no SIM for you.
start-missing = { $operator } does not list this order any more. What you see was told { $when }.

# The SIM
start-card = Your SIM card is on its way
start-card-what = Once you have it, say so here.
start-card-until = Until then nothing changes on your phone.
start-moving-already = Your number is already moving: your old SIM loses its network once it has moved, even if the new one is not here yet.
start-card-keep = The holder of the card: PIN and PUK are printed on it
start-card-if-not = Is it not coming? Ask your employer, who ordered it.
start-mail = Look for the activation e-mail
start-mail-what = { $operator } sends you an e-mail with the code of your eSIM. The line has no network until the eSIM is on your phone.
start-mail-keep = The e-mail: PIN and PUK are in it, too
start-mail-if-not = Is it not there? Look in your spam folder, then ask your employer to have it sent again.
start-esim = Put the eSIM on your phone
start-esim-what = Connect to Wi-Fi, then open the code from the e-mail on this phone, or scan it from another screen.
start-esim-once = A code usually works once: do not delete the eSIM afterwards.

# The number
start-check = { $operator } is checking the move of your number
start-check-what = Your old operator has to agree first. There is nothing for you to do.
start-waiting = { $operator } is waiting for an answer
start-waiting-number = Somebody still has to confirm the move of your number. Look for a message from { $operator }, and ask your employer.
start-waiting-line = { $operator } needs something before it goes on. Ask your employer, who ordered the line.
start-scheduled = Your number moves { $when }
start-scheduled-what = Until then your old SIM works as before.
start-both-keep = The old SIM and the new one
start-stop = Your old operator may send a text to which you reply STOP within 8 hours if you did not ask for the move. If you did, do not reply.
start-usual = Usually done within 24 hours, often sooner
start-law = By law at the latest by the end of { $date }
start-moving = Your number is moving
start-moving-what = Your old SIM loses its network when the number has moved. From then on the new one works.
start-longer = It is taking longer than usual. It is not late yet.
start-late = Your number should have moved by now
start-late-ask = Ask { $operator }, not your old operator.
start-late-since = By law your number had to have moved by { $date }.
start-late-was = Your number moved later than the law allows: it had to be done by { $date }.
start-late-right = Compensation can be asked for each day: { $daily }, in some cases { $most }. It does not come by itself: whoever has the contract, usually your employer, asks { $operator } for it by { $date } at the latest.
start-refused = Your number could not be moved
start-refused-data = The customer number or the SIM number at your old operator does not match. Look both up on an old invoice and give them to your employer, who can order the move again.
start-refused-inactive = The line at your old operator is not in use. Only a number that still works can be moved, so do not cancel it yourself.
start-refused-permitted = Your employer’s contract does not provide for it. Only your employer can change that.
start-refused-other = { $operator } does not say why. Your employer can find out.
start-refused-old = Your old SIM goes on working.
start-refused-line = Your line could not be set up
start-cancelled = The order was cancelled
start-cancelled-what = Ask your employer what happens now.
start-suspended = { $operator } has suspended your line
start-suspended-what = Nobody can call with it for now. Ask your employer why.
start-ended = Your line was ended
start-ended-what = Ask your employer whether that is meant.

# The first call
start-try = Put the new SIM in and try it
start-try-esim = Switch the eSIM on and try it
start-try-what = Enter the PIN, restart the phone and call somebody.
start-try-from = The line works { $when }.
start-try-later = Your line works { $when }
start-try-later-what = Keep the SIM and its PIN at hand until then. It has no network before.
start-try-later-esim = Until then the eSIM has no network, even if it is on your phone already.
start-on-day = on { $date }
start-try-if-not = No network after a restart? See in the settings whether the SIM is switched on, then ask { $operator }.
start-ready = Your line is ready
start-ready-card-if-not = Is the card not here yet? Ask your employer, who ordered it.
start-ready-if-not = No network? If the eSIM is not on your phone yet, put it there with the code. If it is, restart the phone; if that does not help, ask { $operator }.
start-done = Your line works
start-done-code = Does it work on your phone? Say so here: if the code of your eSIM is kept on this phone, it is then deleted. Otherwise that happens by itself a month after the line was ready.
start-done-what = One thing is left that is worth it: Wi-Fi calling, for places with poor reception.

# Answers
start-answer-has-sim = I have the SIM card
start-answer-has-mail = I have the e-mail
start-answer-has-profile = It is on my phone
start-answer-old-signal-gone = My old SIM has no network any more
start-answer-works = It works
start-answer-undo = Take my last answer back

# A letter to the operator
start-claim-subject = Compensation for the late move of my number
start-claim-hello = Hello,
start-claim = My number { $number } is moving to { $operator }.
start-claim-moved = My number { $number } has moved to { $operator }.
start-claim-launched = The move was launched on { $launched } and by law had to be done by { $date }.
start-claim-under-way = The move was under way on { $seen } at the latest and by law had to be done by { $date }.
start-claim-open = According to your order status it is not done yet.
start-claim-ask = Please complete it, and pay the compensation that is due for each day of delay.
start-claim-done = It was done on { $done }.
start-claim-undone = According to your order status it was not done yet on { $seen }.
start-claim-pay = Please pay the compensation that is due for each day of delay.
