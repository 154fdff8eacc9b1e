# Help articles, in the order of a person's first weeks. "-title" is an article's title, "-words" what it is also searched by
# and never shown.

# In several articles
help-test-call = Make a call to see that it works.
help-no-network = No network although it should work by now? Restart the phone once. If that does not help, ask your fleet manager.

help-sim-card-title = Your first day with a SIM card
help-sim-card-words = change card, replace, chip, nano-SIM, insert, start, activate, activation, begin, new phone, card not received, did not arrive, has not come, late delivery, post
help-sim-card-keep = Keep the holder your SIM card came in: your PIN and PUK are printed on it.
help-sim-card-when = With a new number, the SIM works from the agreed moment. If you keep your number, it works once your old SIM has lost its signal.
help-sim-card-insert = Switch your phone off, put the SIM in, and switch the phone on again.
help-sim-card-pin = When the phone asks for the PIN, type the one from the holder.
help-sim-card-missing = Your card has not arrived? Ask your fleet manager: your employer ordered it, and knows where it was sent.

help-esim-title = Your first day with an eSIM
help-esim-words = QR code, scan, barcode, activation, activate, profile, digital SIM, install, confirmation code, start, e-mail not received, did not arrive, activation code
help-esim-what = An eSIM is a SIM without a card. { $operator } sends you an e-mail to complete its profile. Until you have done that, your phone has no network.
help-esim-prepare = Connect the phone to Wi-Fi and have the e-mail at hand, on another screen if you can.
help-esim-complete = Do what the e-mail says, until your phone shows the eSIM.
help-esim-code = If the phone asks for a confirmation code, look for it in the text of the e-mail.
help-esim-once = The code in the e-mail usually works only once. Show it to nobody: whoever uses it has your number.
help-esim-keep = Keep the e-mail: your PIN and PUK are in it.
help-esim-lost = You cannot find the e-mail? Look among your spam too, then ask your fleet manager.
help-esim-new-phone = A new phone? The eSIM does not move to it by itself: ask your fleet manager for a new code before you give the old phone away.

help-keep-number-title = Keeping your number
help-keep-number-words = port, porting, transfer, move, take along, change operator, switch, MNP, late, compensation, how long, duration
help-keep-number-what = { $operator } moves your number over and ends the contract with your old operator. You need not cancel it yourself.
help-keep-number-both = Keep both SIMs at hand, the old and the new one. Leave the old one in your phone as long as it has signal.
help-keep-number-signal = When the old SIM loses its signal, the new one is active. Change to the new one and restart the phone.
help-keep-number-usual = What is usual: within { $usual } of the start of the move, often sooner.
help-keep-number-law = What the law allows: one working day, once the operators have checked the request. A move that starts on a Friday is not late on Sunday.
help-keep-number-stop = Your old operator may send you a text message that asks for STOP if the move is not yours. If you asked for the move, do not reply. If you did not, reply STOP within { $stop }.
help-keep-number-late = Is it taking longer? Ask your fleet manager, or { $operator }: the new operator is the one to ask, not the old one.
help-keep-number-compensation = If the number moves more than one working day after the agreed day, a compensation of { $daily } for each day can be claimed, in some cases { $most }. It does not come by itself: whoever has the contract, usually the employer, asks { $operator } for it within six months of the request to move the number.

help-new-number-title = Starting with a new number
help-new-number-words = activate, activation, first day, agreed date, begin, start
help-new-number-when = A new number works from the agreed moment. Until then your phone has no network with it.
help-new-number-sim = Put the SIM card in, or complete your eSIM as the e-mail says.
help-new-number-wait = Wait for the agreed moment.
help-new-number-ask = You do not know the moment, or your number? Ask your fleet manager.

help-pin-and-puk-title = PIN and PUK
help-pin-and-puk-words = code, SIM locked, blocked, forgotten, unlock, unblock, wrong PIN, attempts
help-pin-and-puk-what = The PIN opens your SIM when the phone starts. The PUK opens it again after { $pins } wrong PINs. Keep both where you can find them.
help-pin-and-puk-card = With a SIM card they are printed on the holder it came in.
help-pin-and-puk-esim = With an eSIM they are in the activation e-mail.
help-pin-and-puk-app = The app shows them too: at your SIM, choose “{ $pin }” or “{ $puk }”. After half a minute they go from the screen again.
help-pin-and-puk-blocked = Is the SIM blocked? Type the PUK exactly as it is written; then you choose a new PIN. Meanwhile the phone still works over Wi-Fi.
help-pin-and-puk-change = Would you like another PIN? Choose it in the settings of your phone, at the SIM’s security.
help-pin-and-puk-guess = Never guess a PUK. After { $puks } wrong ones the SIM is lost for good, and only a new one from your employer helps. Switching the phone off does not start the count again.
help-pin-and-puk-secret = Tell nobody your PIN or PUK.

help-no-network-title = No network
help-no-network-words = no signal, no service, no reception, coverage, emergency calls only, searching, does not work, SIM not recognised, not detected
help-no-network-settings = See in your phone’s settings whether the SIM is switched on and airplane mode is off.
help-no-network-restart = Restart the phone. If it asks for the PIN, type it.
help-no-network-indoors = Only indoors? Where the mobile signal is weak, your phone can call over Wi-Fi.
help-no-network-ask = Is there still none? Ask your fleet manager.

help-lost-phone-title = Lost or stolen
help-lost-phone-words = lost phone, stolen phone, theft, thief, gone, missing, find, broken phone
help-lost-phone-tell = Tell your fleet manager at once, so that your SIM is blocked. The line is your employer’s. If you reach nobody there, ask { $operator }.
help-lost-phone-new = Ask for a new SIM card or eSIM with your number. Only your employer can order it.
help-lost-phone-esim = Had you an eSIM? It is gone with the phone, and the code in your old e-mail usually works only once: you need a new one.
help-lost-phone-pin = Until the SIM is blocked, its PIN protects it when the phone is restarted or the SIM is put into another phone. A phone that stays switched on is not protected by it.

help-account-title = Creating your account
help-account-words = register, sign up, sign in, log in, login, password, forgotten, profile, user name
help-account-split = This is for you if your employer pays the whole bill. If your employer splits the bill, you need an invitation.
help-account-create = On the sign-in screen, choose “{ $create }”. The page of { $operator } opens.
help-account-number = Enter your mobile number and complete your profile.
help-account-sign-in = From then on you sign in with your mobile number and your password, in the app as in the portal.

help-account-with-split-bill-title = Creating your account with split bill
help-account-with-split-bill-words = register, sign up, invite, code, lost, e-mail, send again, private
help-account-with-split-bill-what = With split bill you cannot create an account by yourself. You are invited by e-mail when your number is activated.
help-account-with-split-bill-find = Look for the e-mail with the invitation, among your spam too.
help-account-with-split-bill-open = Open its link on this phone, or choose “{ $enter }” on the sign-in screen and type the code. Then complete your profile.
help-account-with-split-bill-lost = Lost it? Your employer sends it again from the portal of { $operator }. “{ $lost }” prepares the request.

help-usage-and-alerts-title = Your usage and your alerts
help-usage-and-alerts-words = consumption, told, data, gigabytes, GB, minutes, calls, bundle, allowance, notification, warning, limit, threshold, percent
help-usage-and-alerts-what = The Usage screen shows what you have used in this period and what is left.
help-usage-and-alerts-counted = Beside the figures stands until when { $operator } counted. What you used after that is not in them yet.
help-usage-and-alerts-out = What your plan does not hold is out of bundle. It stands apart, with the services of third parties such as parking by SMS.
help-usage-and-alerts-told = The app tells you at { $thresholds } of an allowance.
help-usage-and-alerts-own = You can add thresholds of your own, and hours in which you are left alone.
help-usage-and-alerts-sent = { $operator } also sends alerts itself, by its own count. The app lists them; it cannot change or stop them.

help-plan-title = Your plan, and asking for another
help-plan-words = subscription, tariff, bundle, option, upgrade, change, more data, abroad
help-plan-what = Your plan and what is in it stand on the Usage screen.
help-plan-employer = Only your employer can change it, in the portal of { $operator }. The app cannot.
help-plan-ask = It does not fit? The app prepares a request to your fleet manager. Add what you need, and send it.

help-split-bill-title = Split bill: who pays what
help-split-bill-words = contribution, budget, employer, private invoice, third party, parking, carry over, remaining
help-split-bill-without = Without split bill your employer pays the subscription, and no invoice comes to you.
help-split-bill-third-parties = Services of third parties, such as parking by SMS, are always yours to pay, also when some of the contribution is left.
help-split-bill-limit = An invoice comes when your own costs are above { $limit } in total; at exactly { $limit } none does. What was not billed may be on a later one.
help-split-bill-third-period = At most two periods go without an invoice. In the third one comes whatever the amount.

help-invoice-title = Reading your invoice
help-invoice-words = bill, total, amount, VAT, detail, PDF, download, charge, unknown
help-invoice-first = The first page is the overview with the total.
help-invoice-detail = The details come next.
help-invoice-out = All costs out of bundle come last.
help-invoice-none = A month without an invoice is normal: your own costs were not above { $limit }, or your employer pays everything.
help-invoice-dispute = A charge you do not recognise? Choose its line, and the app prepares a question to { $operator }.
help-invoice-offline = An invoice you have downloaded opens without a network too.

help-paying-title = Paying, and reminders
help-paying-words = payment, pay an invoice, transfer, bank, IBAN, account number, structured communication, QR, direct debit, due, overdue, late
help-paying-when = The invoice says how much is to be paid, and by when.
help-paying-how = Pay on the page of { $operator } where the app offers it. Or transfer the amount: copy the account and the structured communication as they are, or scan the QR code inside your bank’s app on another device.
help-paying-debit = With direct debit you need not do anything.
help-paying-account = Is the account not the one of your last invoice? Before you pay, call { $operator } on a number you know, and compare.
help-paying-reminder = A reminder is about an invoice that exists already. Pay that one, once.
help-paying-unpaid = If an invoice stays unpaid, { $operator } reminds you first, then contacts your employer.

help-wifi-calling-title = Calling over Wi-Fi
help-wifi-calling-words = VoWiFi, WLAN, wireless, indoors, coverage, bad signal, reception, switch on
help-wifi-calling-what = Where the mobile signal is weak, your phone can call over Wi-Fi. It does so by itself once it is switched on.
help-wifi-calling-two = Two things are needed: { $operator } allows it for your line, and it is switched on in your phone.
help-wifi-calling-iphone = On an iPhone: go to the settings, then to the mobile network, then to Wi-Fi calling, and switch it on for this iPhone.
help-wifi-calling-android = On Android: go to the call settings, then to Wi-Fi calling, and switch it on. Where that is differs from phone to phone.
help-wifi-calling-walk = The Wi-Fi calling screen leads you there step by step on your own phone, and helps you see whether it works.

help-wifi-calling-abroad-title = Wi-Fi calling abroad, and 112
help-wifi-calling-abroad-words = roaming, travel, holiday, foreign, EU, emergency call, ambulance, police, fire brigade
help-wifi-calling-abroad-what = Before you travel, ask your fleet manager what calls over Wi-Fi cost abroad.
