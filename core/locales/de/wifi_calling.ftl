# The Wi-Fi calling screen: what is known, the walk, the network check.

# What is known of the line and the phone
wifi-your-phone = Ihr Telefon: { $phone }.
wifi-line-on = Ihr Anschluss: von Ihrem Anbieter freigeschaltet.
wifi-line-off = Ihr Anschluss: bei Ihrem Anbieter noch nicht freigeschaltet.
wifi-line-in-progress = Ihr Anschluss: wird bei Ihrem Anbieter freigeschaltet.
wifi-line-unknown = Ihr Anschluss: Ihr Anbieter sagt nicht, ob er freigeschaltet ist.
wifi-phone-off = Dieses Telefon: noch nicht eingeschaltet.
wifi-phone-said-on = Dieses Telefon: eingeschaltet, wie Sie sagen.
wifi-phone-on-now = Dieses Telefon: gerade über WLAN-Anrufe angemeldet.
wifi-works-since = Funktioniert seit { $date }.
wifi-works-since-at = Funktioniert seit { $date } in { $network }.

# The walk
wifi-not-provisioned = Ihr Anschluss ist noch nicht bereit für WLAN-Anrufe
wifi-not-provisioned-order = { $operator } kann ihn freischalten: Beauftragen Sie es hier. Meist dauert es weniger als 24 Stunden.
wifi-not-provisioned-ask = Die Ansprechperson Ihres Arbeitgebers kann { $operator } bitten, Ihren Anschluss freizuschalten.
wifi-order-refused = { $operator } hat es für Ihren Anschluss nicht angenommen. Fragen Sie die Ansprechperson Ihres Arbeitgebers nach dem Grund.
wifi-order-failed = Das Freischalten ist bei { $operator } schiefgegangen. Beauftragen Sie es noch einmal.
wifi-order-unsent = Es wurde beauftragt, und es kam keine Antwort. Es wird von selbst noch einmal beauftragt.
wifi-order-waiting = { $operator } wartet auf jemanden, vielleicht auf Ihren Arbeitgeber.
wifi-being-provisioned = Ihr Anbieter schaltet es frei
wifi-being-provisioned-wait = Meist dauert es weniger als 24 Stunden. Sie können am Telefon weitermachen; der Schalter erscheint vielleicht später.
wifi-switch-on = Schalten Sie es am Telefon ein
wifi-switch-on-question = Folgen Sie diesem Weg. Ist der Schalter an?
wifi-may-be-named = Heißt auf Ihrem Telefon vielleicht anders.
wifi-path-search = Oder suchen Sie in den Einstellungen nach „{ $words }“.
wifi-path-settings = In den Einstellungen
wifi-path-phone = In der Telefon-App
wifi-path-tile = In den Schnelleinstellungen
wifi-path-search-title = Über die Suche
wifi-path-other-devices = Für Ihre anderen Geräte
wifi-label-or = oder
wifi-short-version = Die Kurzfassung von { $operator }
wifi-missing = Der Schalter ist nicht da
wifi-missing-esim = Eine neue eSIM braucht einen Neustart und danach etwa zehn Minuten. Starten Sie das Telefon einmal neu und sehen Sie wieder nach.
wifi-greyed = Der Schalter ist grau
wifi-greyed-call = Während eines Anrufs lässt er sich nicht ändern. Legen Sie auf und sehen Sie wieder nach.
wifi-network = Lässt dieses WLAN es durch?
wifi-network-what = Die Prüfung sendet ein paar kleine Pakete an Ihren Anbieter und nichts über Sie. Sie dauert höchstens acht Sekunden.
wifi-emergency = 112: Verlassen Sie sich nicht auf WLAN-Anrufe
wifi-emergency-what = Notrufe gehen vielleicht nicht über WLAN, und dann weiß niemand, wo Sie sind. Nutzen Sie irgendein Mobilfunknetz oder ein anderes Telefon. Testen Sie nie mit 112.
wifi-proof = Der Nachweis
wifi-airplane-name = Der Flugmodus heißt auf Ihrem Telefon „{ $name }“.
wifi-registered-now = Ihr Telefon sagt, dass es jetzt über WLAN angemeldet ist.
wifi-works = WLAN-Anrufe funktionieren
wifi-works-what = Sie können es eingeschaltet lassen. Es wird von selbst genutzt, wo der Mobilfunkempfang schwach ist.
wifi-symptoms = Was ist los?
wifi-support = Nichts half
wifi-support-what = Senden Sie das Gefundene an den Support. Es enthält nur Codes: keine Nummer, keinen Namen, kein WLAN.

# Answers
wifi-answer-yes = Ja
wifi-answer-no = Nein
wifi-answer-understood = Weiter
wifi-answer-done = Erledigt
wifi-answer-anyway = Trotzdem weiter
wifi-answer-on = Ja, er ist an
wifi-answer-not-there = Ich finde ihn nicht
wifi-answer-grey = Er ist grau
wifi-answer-seen-now = Jetzt ist er da
wifi-answer-still-not = Das half nicht
wifi-answer-works = Ja, es ging
wifi-answer-fails = Nein, es ging nicht
wifi-answer-later = Auslassen
wifi-answer-helped = Das half
wifi-answer-trouble = Etwas stimmt nicht
wifi-answer-again = Von vorn
wifi-action-switch-on = Beauftragen
wifi-action-check = Dieses Netz prüfen
wifi-action-open = Einstellungen öffnen
