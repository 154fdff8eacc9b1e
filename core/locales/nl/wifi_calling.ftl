# The Wi-Fi calling screen: what is known, the walk, the network check.

# What is known of the line and the phone
wifi-your-phone = Je telefoon: { $phone }.
wifi-line-on = Je lijn: toegelaten door je operator.
wifi-line-off = Je lijn: bij je operator nog niet ingeschakeld.
wifi-line-in-progress = Je lijn: wordt bij je operator ingeschakeld.
wifi-line-unknown = Je lijn: je operator zegt niet of het toegelaten is.
wifi-phone-off = Deze telefoon: nog niet aangezet.
wifi-phone-said-on = Deze telefoon: aangezet, zoals je zegt.
wifi-phone-on-now = Deze telefoon: belt op dit moment via wifi.
wifi-works-since = Werkt sinds { $date }.
wifi-works-since-at = Werkt sinds { $date } op { $network }.

# The walk
wifi-not-provisioned = Je lijn is nog niet klaar voor bellen via wifi
wifi-not-provisioned-order = { $operator } kan het inschakelen: vraag het hier. Meestal duurt het minder dan 24 uur.
wifi-not-provisioned-ask = De contactpersoon van je werkgever kan { $operator } vragen om het voor je lijn in te schakelen.
wifi-order-refused = { $operator } aanvaardde het niet voor je lijn. Vraag de contactpersoon van je werkgever waarom.
wifi-order-failed = Het inschakelen liep mis bij { $operator }. Vraag het nog een keer.
wifi-order-unsent = Het is gevraagd, en er kwam geen antwoord. Het wordt vanzelf opnieuw gevraagd.
wifi-order-waiting = { $operator } wacht op iemand, misschien op je werkgever.
wifi-being-provisioned = Je operator schakelt het in
wifi-being-provisioned-wait = Meestal duurt het minder dan 24 uur. Je kan intussen verdergaan met de telefoon; de schakelaar verschijnt misschien later.
wifi-switch-on = Zet het aan op de telefoon
wifi-switch-on-question = Volg dit pad. Staat de schakelaar aan?
wifi-may-be-named = Heet misschien anders op je telefoon.
wifi-path-search = Of zoek in de instellingen naar “{ $words }”.
wifi-path-settings = Via de instellingen
wifi-path-phone = Via de telefoonapp
wifi-path-tile = Via de snelle instellingen
wifi-path-search-title = Via zoeken
wifi-path-other-devices = Voor je andere toestellen
wifi-label-or = of
wifi-short-version = De korte versie van { $operator }
wifi-missing = De schakelaar is er niet
wifi-missing-esim = Een nieuwe eSIM heeft een herstart nodig en daarna een tiental minuten. Start de telefoon één keer opnieuw op en kijk nog eens.
wifi-greyed = De schakelaar is grijs
wifi-greyed-call = Tijdens een gesprek kan je hem niet veranderen. Beëindig het gesprek en kijk nog eens.
wifi-network = Laat deze wifi het door?
wifi-network-what = De controle stuurt enkele kleine pakketjes naar je operator en niets over jou. Ze duurt hoogstens acht seconden.
wifi-emergency = 112: reken niet op bellen via wifi
wifi-emergency-what = Noodoproepen gaan misschien niet via wifi, en dan weet niemand waar je bent. Gebruik een mobiel netwerk, van welke operator ook, of een andere telefoon. Test nooit met 112.
wifi-proof = De proef
wifi-airplane-name = Vliegtuigmodus heet “{ $name }” op je telefoon.
wifi-registered-now = Je telefoon zegt dat hij nu via wifi is aangemeld.
wifi-works = Bellen via wifi werkt
wifi-works-what = Je kan het aan laten staan. Het wordt vanzelf gebruikt waar het mobiele bereik zwak is.
wifi-symptoms = Wat is er aan de hand?
wifi-support = Niets hielp
wifi-support-what = Stuur wat gevonden werd naar support. Er staan alleen codes in: geen nummer, geen naam, geen wifi.

# Answers
wifi-answer-yes = Ja
wifi-answer-no = Nee
wifi-answer-understood = Verder
wifi-answer-done = Het is gebeurd
wifi-answer-anyway = Toch verdergaan
wifi-answer-on = Ja, hij staat aan
wifi-answer-not-there = Ik vind hem niet
wifi-answer-grey = Hij is grijs
wifi-answer-seen-now = Nu is hij er
wifi-answer-still-not = Dat hielp niet
wifi-answer-works = Ja, het werkte
wifi-answer-fails = Nee, het werkte niet
wifi-answer-later = Overslaan
wifi-answer-helped = Dat hielp
wifi-answer-trouble = Er is iets mis
wifi-answer-again = Vanaf het begin
wifi-action-switch-on = Vraag het aan
wifi-action-check = Controleer dit netwerk
wifi-action-open = Open de instellingen
