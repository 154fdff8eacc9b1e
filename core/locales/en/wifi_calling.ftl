# The Wi-Fi calling screen: what is known, the walk, the network check.

# What is known of the line and the phone
wifi-your-phone = Your phone: { $phone }.
wifi-line-on = Your line: allowed by your operator.
wifi-line-off = Your line: not switched on at your operator yet.
wifi-line-in-progress = Your line: being switched on at your operator.
wifi-line-unknown = Your line: your operator does not say whether it is allowed.
wifi-phone-off = This phone: not yet switched on.
wifi-phone-said-on = This phone: switched on, as you say.
wifi-phone-on-now = This phone: on Wi-Fi calling at this moment.
wifi-works-since = Works since { $date }.
wifi-works-since-at = Works since { $date } at { $network }.

# The walk
wifi-not-provisioned = Your line is not ready for Wi-Fi calling yet
wifi-not-provisioned-order = { $operator } can switch it on: ask for it here. Usually it takes less than 24 hours.
wifi-not-provisioned-ask = Your employer’s contact can ask { $operator } to switch it on for your line.
wifi-order-refused = { $operator } did not accept it for your line. Ask your employer’s contact why.
wifi-order-failed = Switching it on went wrong at { $operator }. Ask for it once more.
wifi-order-unsent = It was asked for, and no answer came. It is asked for again by itself.
wifi-order-waiting = { $operator } waits for somebody, perhaps for your employer.
wifi-being-provisioned = Your operator is switching it on
wifi-being-provisioned-wait = Usually it takes less than 24 hours. You can go on with the phone meanwhile; the switch may appear later.
wifi-switch-on = Switch it on in the phone
wifi-switch-on-question = Follow this path. Is the switch on?
wifi-may-be-named = May be named differently on your phone.
wifi-path-search = Or search in the settings for “{ $words }”.
wifi-path-settings = In the settings
wifi-path-phone = In the phone app
wifi-path-tile = In the quick settings
wifi-path-search-title = By searching
wifi-path-other-devices = For your other devices
wifi-label-or = or
wifi-short-version = The short version of { $operator }
wifi-missing = The switch is not there
wifi-missing-esim = A new eSIM needs a restart, and then about ten minutes. Restart the phone once and look again.
wifi-greyed = The switch is grey
wifi-greyed-call = During a call it cannot be changed. End the call and look again.
wifi-network = Does this Wi-Fi let it through?
wifi-network-what = The check sends a few small packets to your operator and nothing about you. It takes at most eight seconds.
wifi-emergency = 112: do not count on Wi-Fi calling
wifi-emergency-what = Emergency calls may not go over Wi-Fi, and then nobody knows where you are. Use any mobile network, or another phone. Never test with 112.
wifi-proof = The proof
wifi-airplane-name = Airplane mode is called “{ $name }” on your phone.
wifi-registered-now = Your phone says that it is registered over Wi-Fi now.
wifi-works = Wi-Fi calling works
wifi-works-what = You can leave it on. It is used by itself where the mobile signal is weak.
wifi-symptoms = What is the matter?
wifi-support = Nothing helped
wifi-support-what = Send what was found to support. It holds codes only: no number, no name, no Wi-Fi.

# Answers
wifi-answer-yes = Yes
wifi-answer-no = No
wifi-answer-understood = Go on
wifi-answer-done = It is done
wifi-answer-anyway = Go on all the same
wifi-answer-on = Yes, it is on
wifi-answer-not-there = I cannot find it
wifi-answer-grey = It is grey
wifi-answer-seen-now = Now it is there
wifi-answer-still-not = That did not help
wifi-answer-works = Yes, it worked
wifi-answer-fails = No, it did not
wifi-answer-later = Leave this out
wifi-answer-helped = That helped
wifi-answer-trouble = Something is wrong
wifi-answer-again = From the beginning
wifi-action-switch-on = Ask for it
wifi-action-check = Check this network
wifi-action-open = Open the settings
