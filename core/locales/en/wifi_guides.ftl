# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = The SIM in this phone is from another operator
wifi-fix-operator-sim = Wi-Fi calling is switched on for each SIM by its own operator. Put in the SIM that your employer gave you, or ask the other operator.
wifi-need-line = Is the SIM your employer gave you in this phone?
wifi-fix-line = This phone does not tell apps whose SIM it holds. If you have two lines, check which one has your number.
wifi-need-os = This phone’s software is too old for Wi-Fi calling
wifi-fix-os = Update the phone in its settings if an update is offered, then come back here.
wifi-need-carrier-profile = This phone says that it does not support your operator’s Wi-Fi calling
wifi-fix-carrier-profile = Some phones say so and can still do it: look for the switch. Install updates first; a model from another region may never get it.
wifi-need-vpn = A VPN is on
wifi-fix-vpn = Ad blockers that work as a VPN count too. Pause the VPN or ad blocker, then switch Wi-Fi off and on. If your company requires the VPN, ask your IT department.
wifi-need-private-dns = Private DNS is on
wifi-fix-private-dns = It can keep the phone from finding your operator. Set it to Automatic for this test; you can change it back afterwards.
wifi-need-captive = This Wi-Fi is waiting for you to sign in
wifi-fix-captive = Open your browser and sign in on the network’s page, then come back here.
wifi-need-ethernet = This phone is connected by cable, not over Wi-Fi
wifi-fix-ethernet = Wi-Fi calling does not work over a cable. Unplug the dock or adapter and connect to Wi-Fi.
wifi-need-admin = Your company manages settings on this phone
wifi-fix-admin = The switch is in the phone’s personal profile and may be locked. If you cannot change it, ask your IT department; trying again will not help.
wifi-need-airplane = Airplane mode is on
wifi-fix-airplane = For the test that is right, as long as you have switched Wi-Fi back on. Otherwise switch airplane mode off.
wifi-need-roaming = You are abroad
wifi-fix-roaming = Wi-Fi calls are not roaming: roam-like-at-home may not apply, and a call may be charged as a call abroad. Check your tariff before you call. Some phones use Wi-Fi calling abroad only in airplane mode.

# Steps on the way to the switch
wifi-step-open = Open
wifi-step-heading = Look for the heading
wifi-step-sim = Choose the SIM with your number
wifi-step-sim-switch = Under it, choose your SIM and switch it on
wifi-step-menu = Open the three-dot menu
wifi-step-quick-settings = Swipe down twice from the top of the screen
wifi-step-search-box = Open the search in the settings
wifi-step-type = Type
wifi-step-switch = Switch on

# Notes on a phone
wifi-note-confirm-sheet = The phone asks once whether you are sure: confirm.
wifi-note-each-line = With two lines, each has its own switch.
wifi-note-each-sim = With two SIMs, each has its own switch.
wifi-note-main-user = Only the phone’s main user can change it, in the personal profile.
wifi-note-no-dialler-codes = Do not type secret codes into the dialler to make the switch appear; they can change other settings.
wifi-note-rekey = A call that ends after about 15 minutes points to this Wi-Fi, not to your phone.
wifi-note-row-grey = Grey means that a call is in progress, or that your company or operator has locked the setting.
wifi-note-row-hidden = The setting stays hidden until your operator has activated your SIM for it.
wifi-note-samsung-region = A phone bought in another region may lack this menu.
wifi-note-samsung-tethering = While Wi-Fi calling is in use, the phone cannot share its connection over USB.

# The proof
wifi-verify-airplane-on = Switch airplane mode on, then switch Wi-Fi back on. Wait half a minute and look at the top of the screen.
wifi-verify-probe = Stay in airplane mode and check the network from here.
wifi-verify-call = Still in airplane mode, call your voicemail or a colleague, never 112. Talk for more than half a minute, then let them call you.
wifi-verify-sms = Send an SMS and have one sent to you. SMS over Wi-Fi does not work on every phone.
wifi-verify-airplane-off = Switch airplane mode off. With good signal the symbol at the top disappears; that is normal, because your operator prefers the mobile network.
wifi-verify-long-call = If you like, make one Wi-Fi call of 16 minutes: some networks cut it after 15.
wifi-expect-network-name = You should see “{ $name }” as the network name.
wifi-expect-samsung-icon = You should see an icon of a handset with waves.
wifi-expect-icon = You should see a symbol for Wi-Fi calling, usually a handset next to the Wi-Fi symbol.
wifi-expect-control-centre = Open Control Centre: the operator’s name is followed by “Wi-Fi”.

# What is the matter
wifi-ask-not-shown-good-signal = I never see the symbol, and my mobile signal is good
wifi-ask-not-shown-blocked = The test failed, and the network check says “blocked”
wifi-ask-not-shown-open = The test failed, although the network check is fine
wifi-ask-stops-after-wifi-change = It worked, then stopped when I changed to another Wi-Fi
wifi-ask-outgoing-only = I can call, but nobody can reach me
wifi-ask-no-audio = There is no sound, only one of us can hear, or the call drops within seconds
wifi-ask-cut-after-15-minutes = Calls end after about 15 minutes
wifi-ask-drops-when-leaving = The call drops when I leave home or the office
wifi-ask-one-sim-only = It works with only one of my SIMs
wifi-ask-abroad = It does not work abroad
wifi-ask-guest-wifi = It does not work on hotel or guest Wi-Fi

# Why that may be
wifi-cause-mobile-preferred = That is normal: your operator prefers the mobile network as long as it is good.
wifi-cause-network-blocks = This Wi-Fi blocks Wi-Fi calling.
wifi-cause-back-off = After a failure the phone waits before it tries again, sometimes for up to an hour.
wifi-cause-not-provisioned = Perhaps your operator has not activated your line for it yet.
wifi-cause-keepalive = The router forgets the phone between calls.
wifi-cause-vpn-or-blocker = Usually a VPN or an ad blocker.
wifi-cause-router-helpers = The router may change the packets of calls.
wifi-cause-rekey = The phone renews its keys after 15 minutes, and this network blocks that.
wifi-cause-no-volte = Without 4G calling, a call cannot move to the mobile network.
wifi-cause-line-switch = Each line has its own switch.
wifi-cause-sim-profile = Perhaps the other SIM’s operator does not offer it on this phone.
wifi-cause-country-block = Some countries and networks block it.
wifi-cause-captive = The network is still waiting for you to sign in on its page.
wifi-cause-ports-blocked = Perhaps it lets only web pages through.

# What to do
wifi-do-airplane-test = Do the test in airplane mode: only that shows whether it works.
wifi-do-airplane-toggle = Switch airplane mode on, wait ten seconds, and switch it off again. That ends the phone’s waiting time.
wifi-do-wifi-off-on = Switch Wi-Fi off and on.
wifi-do-forget-wifi = Have the phone forget this Wi-Fi network, then connect again.
wifi-do-other-wifi = Try another Wi-Fi, or a colleague’s hotspot. If it works there, the first Wi-Fi is the cause.
wifi-do-hotspot = Use a hotspot instead, or ask the place whether its network allows IPsec.
wifi-do-sign-in-page = Open your browser and sign in on the network’s page.
wifi-do-router-ports = In the router, allow outgoing traffic on UDP ports 500 and 4500, switch IPsec pass-through on, and take the operator’s host out of any DNS filter.
wifi-do-router-helpers = In the router, switch off SIP ALG and similar features.
wifi-do-report-router = Write down the router’s model and the time of a call that was cut, and send both to support.
wifi-do-company-it = On a company network, ask your IT department to allow UDP 500 and 4500 to the operator’s host.
wifi-do-vpn-off = Pause the VPN or ad blocker, then switch Wi-Fi off and on.
wifi-do-private-dns-automatic = Set private DNS to Automatic.
wifi-do-carrier-update = Install updates for the phone and for the operator’s settings.
wifi-do-carrier-update-ios = Open Settings, General, About and wait a moment: if there is an update of the operator’s settings, the phone offers it. Then look for an update of iOS.
wifi-do-carrier-update-android = Look in the settings for an update of the phone and install it: it brings the operator’s settings along.
wifi-do-os-update = Install the phone’s updates.
wifi-do-reboot = Restart the phone once.
wifi-do-reset-network = As a last resort, reset the phone’s network settings. It then forgets every Wi-Fi network and its password.
wifi-do-ask-provisioning = Ask your fleet manager to have Wi-Fi calling activated for your line. That cannot be done on the phone.
wifi-do-ask-operator = The operator has locked this setting. Ask your fleet manager to have it unlocked.
wifi-do-turn-on-4g = Switch on 4G calling (VoLTE) in the mobile network settings.
wifi-do-check-coverage = Look at the operator’s coverage map: a call can move only to 4G or 5G.
wifi-do-switch-each-line = Switch it on for each line.
wifi-do-check-each-sim = Do the test with one SIM at a time.
wifi-do-check-tariff = First check what Wi-Fi calls cost abroad.
wifi-do-airplane-and-wifi = Switch airplane mode on, then switch Wi-Fi back on.
wifi-support-employer = For help, ask your fleet manager.
