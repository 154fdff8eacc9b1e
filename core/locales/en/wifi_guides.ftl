# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = The SIM in this phone is from another operator
wifi-fix-operator-sim = Wi-Fi calling is switched on for each SIM by its own operator. Put in the SIM that your employer gave you, or ask the other operator.
wifi-need-line = Is the SIM your employer gave you in this phone?
wifi-fix-line = This phone does not tell apps whose SIM it holds. With two lines, look which one has your number.
wifi-need-os = This phone’s software is too old for Wi-Fi calling
wifi-fix-os = Update the phone in its settings, if it offers an update, and come back here.
wifi-need-carrier-profile = This phone says that it does not know Wi-Fi calling of your operator
wifi-fix-carrier-profile = Some phones say so and can do it all the same: look for the switch. Install updates first; a model from another region may never have it.
wifi-need-vpn = A VPN is on
wifi-fix-vpn = Ad blockers that work as a VPN count too. Pause it, then switch Wi-Fi off and on. If your company requires the VPN, ask your IT.
wifi-need-private-dns = Private DNS is on
wifi-fix-private-dns = It can keep the phone from finding the operator. Set it to automatic for this test; you can set it back afterwards.
wifi-need-captive = This Wi-Fi waits for you to sign in
wifi-fix-captive = Open your browser and finish the network’s sign-in page, then come back here.
wifi-need-ethernet = This phone is on a cable, not on Wi-Fi
wifi-fix-ethernet = Phones do not use a cable for Wi-Fi calling. Unplug the dock or adapter and connect to Wi-Fi.
wifi-need-admin = Your company manages settings on this phone
wifi-fix-admin = The switch is in the personal side of the phone, and may be locked. If you cannot change it, ask your IT; trying again does not help.
wifi-need-airplane = Airplane mode is on
wifi-fix-airplane = For the test that is right, with Wi-Fi switched on by hand. Otherwise switch it off.
wifi-need-roaming = You are abroad
wifi-fix-roaming = Calls over Wi-Fi are not roaming: roam-like-at-home may not count, and a call may be billed as one to abroad. Check your tariff before you call. Some phones use Wi-Fi calling abroad only in airplane mode.

# Steps on the way to the switch
wifi-step-open = Open
wifi-step-heading = Look for the heading
wifi-step-sim = Choose the SIM with your number
wifi-step-sim-switch = Choose your SIM under it and switch it on
wifi-step-menu = Open the menu with the three dots
wifi-step-quick-settings = Swipe down twice from the top of the screen
wifi-step-search-box = Open the search of the settings
wifi-step-type = Type
wifi-step-switch = Switch on

# Notes on a phone
wifi-note-confirm-sheet = The phone asks once whether you are sure: confirm it.
wifi-note-each-line = With two lines each has a switch of its own.
wifi-note-each-sim = With two SIMs each has a switch of its own.
wifi-note-main-user = Only the phone’s main user can change it, in the personal profile.
wifi-note-no-dialler-codes = Do not type secret codes into the dialler to bring the switch out; they can change other settings.
wifi-note-rekey = A call that ends after about 15 minutes points to this Wi-Fi, not to your phone.
wifi-note-row-grey = Grey means that a call is under way, or that your company or operator holds the setting.
wifi-note-row-hidden = The row is hidden as long as the operator has not made your SIM ready.
wifi-note-samsung-region = A phone bought in another region may lack this menu.
wifi-note-samsung-tethering = While Wi-Fi calling is used, the phone cannot share its connection over USB.

# The proof
wifi-verify-airplane-on = Switch airplane mode on, then switch Wi-Fi on again by hand. Wait half a minute and look at the top of the screen.
wifi-verify-probe = Stay in airplane mode and check the network from here.
wifi-verify-call = Still in airplane mode, call your voicemail or a colleague, never 112. Talk for more than half a minute, then let them call you.
wifi-verify-sms = Send an SMS and have one sent to you. SMS over Wi-Fi does not work on every phone.
wifi-verify-airplane-off = Switch airplane mode off. With good signal the sign at the top goes away; that is normal, since your operator prefers the mobile network.
wifi-verify-long-call = If you like, make one call of 16 minutes over Wi-Fi: some networks cut it after 15.
wifi-expect-network-name = You should see “{ $name }” as the name of the network.
wifi-expect-samsung-icon = You should see a handset with waves as an icon.
wifi-expect-icon = You should see a sign for Wi-Fi calling, mostly a handset beside the Wi-Fi sign.
wifi-expect-control-centre = Open Control Centre: the operator’s name is followed by “Wi-Fi”.

# What is the matter
wifi-ask-not-shown-good-signal = I never see the sign, and my mobile signal is good
wifi-ask-not-shown-blocked = The test failed, and the network check says blocked
wifi-ask-not-shown-open = The test failed, although the network check is fine
wifi-ask-stops-after-wifi-change = It worked, and stopped after I changed to another Wi-Fi
wifi-ask-outgoing-only = I can call, but nobody reaches me
wifi-ask-no-audio = There is no sound, one of us hears nothing, or it is cut after seconds
wifi-ask-cut-after-15-minutes = Calls end after about 15 minutes
wifi-ask-drops-when-leaving = The call drops when I leave home or the office
wifi-ask-one-sim-only = It works for one of my SIMs only
wifi-ask-abroad = It does not work abroad
wifi-ask-guest-wifi = It does not work on a hotel’s or a guest Wi-Fi

# Why that may be
wifi-cause-mobile-preferred = That is normal: your operator prefers the mobile network as long as it is good.
wifi-cause-network-blocks = This Wi-Fi blocks Wi-Fi calling.
wifi-cause-back-off = After a failure the phone waits before it tries again, up to an hour.
wifi-cause-not-provisioned = Perhaps the operator has not made your line ready.
wifi-cause-keepalive = The router forgets the phone between calls.
wifi-cause-vpn-or-blocker = Mostly a VPN or an ad blocker.
wifi-cause-router-helpers = The router may change the packets of calls.
wifi-cause-rekey = The phone renews its keys after 15 minutes, and this network does not let that through.
wifi-cause-no-volte = Without 4G calling a call cannot go over to the mobile network.
wifi-cause-line-switch = Each line has a switch of its own.
wifi-cause-sim-profile = Perhaps the other SIM’s operator does not offer it on this phone.
wifi-cause-country-block = Some countries and networks block it.
wifi-cause-captive = The network still waits for you to sign in on its page.
wifi-cause-ports-blocked = Perhaps it lets only web pages through.

# What to do
wifi-do-airplane-test = Do the test in airplane mode: that alone shows whether it works.
wifi-do-airplane-toggle = Switch airplane mode on, wait ten seconds, switch it off. That ends the phone’s waiting time.
wifi-do-wifi-off-on = Switch Wi-Fi off and on.
wifi-do-forget-wifi = Have the phone forget this Wi-Fi, and connect again.
wifi-do-other-wifi = Try on another Wi-Fi, or on a colleague’s hotspot. If it works there, the first Wi-Fi is the cause.
wifi-do-hotspot = Use a hotspot instead, or ask the place whether its network allows IPsec.
wifi-do-sign-in-page = Open the browser and finish the network’s sign-in page.
wifi-do-router-ports = In the router, allow UDP ports 500 and 4500 outwards, switch IPsec pass-through on, and take the operator’s host out of any DNS filter.
wifi-do-router-helpers = In the router, switch off SIP ALG and similar helpers.
wifi-do-report-router = Write down the router’s model and the time of a call that was cut, and send both to support.
wifi-do-company-it = On a company network, ask your IT to allow UDP 500 and 4500 to the operator’s host.
wifi-do-vpn-off = Pause the VPN or ad blocker, then switch Wi-Fi off and on.
wifi-do-private-dns-automatic = Set private DNS to automatic.
wifi-do-carrier-update = Install updates of the phone and of the operator’s settings. On an iPhone, open Settings, General, About and wait for the question.
wifi-do-os-update = Install the phone’s updates.
wifi-do-reboot = Restart the phone once.
wifi-do-reset-network = As the last thing on the phone, reset its network settings. It forgets every Wi-Fi and its password.
wifi-do-ask-provisioning = Ask your fleet manager to have Wi-Fi calling made ready for your line. The phone cannot do that.
wifi-do-ask-operator = The operator has locked this setting. Ask your fleet manager to have it unlocked.
wifi-do-turn-on-4g = Switch 4G calling (VoLTE) on in the settings of the mobile network.
wifi-do-check-coverage = Look at the operator’s coverage map: a call can go over to 4G or 5G only.
wifi-do-switch-each-line = Switch it on for each line.
wifi-do-check-each-sim = Do the test with one SIM at a time.
wifi-do-check-tariff = Check first what calls over Wi-Fi cost abroad.
wifi-do-airplane-and-wifi = Switch airplane mode on and Wi-Fi on by hand.
wifi-support-employer = For help, ask your fleet manager.
