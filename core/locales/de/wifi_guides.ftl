# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = Die SIM-Karte in diesem Telefon ist von einem anderen Anbieter
wifi-fix-operator-sim = WLAN-Anrufe ermöglicht für jede SIM-Karte ihr eigener Anbieter. Setzen Sie die SIM-Karte Ihres Arbeitgebers ein oder fragen Sie den anderen Anbieter.
wifi-need-line = Ist die SIM-Karte Ihres Arbeitgebers in diesem Telefon?
wifi-fix-line = Dieses Telefon sagt Apps nicht, wessen SIM-Karte es hat. Bei zwei Anschlüssen sehen Sie nach, welcher Ihre Nummer hat.
wifi-need-os = Die Software dieses Telefons ist zu alt für WLAN-Anrufe
wifi-fix-os = Aktualisieren Sie das Telefon in den Einstellungen, wenn es ein Update gibt, und kommen Sie hierher zurück.
wifi-need-carrier-profile = Dieses Telefon sagt, dass es WLAN-Anrufe Ihres Anbieters nicht kennt
wifi-fix-carrier-profile = Manche Telefone sagen das und können es trotzdem: Suchen Sie den Schalter. Installieren Sie zuerst Updates; ein Modell aus einer anderen Region hat ihn vielleicht nie.
wifi-need-vpn = Ein VPN ist an
wifi-fix-vpn = Werbeblocker, die als VPN arbeiten, zählen auch. Halten Sie es an und schalten Sie WLAN aus und wieder ein. Schreibt Ihr Unternehmen das VPN vor, fragen Sie Ihre IT.
wifi-need-private-dns = Privates DNS ist an
wifi-fix-private-dns = Es kann verhindern, dass das Telefon den Anbieter findet. Stellen Sie es für diesen Test auf automatisch; danach können Sie es zurückstellen.
wifi-need-captive = Dieses WLAN wartet auf Ihre Anmeldung
wifi-fix-captive = Öffnen Sie den Browser und schließen Sie die Anmeldeseite des Netzes ab, dann kommen Sie hierher zurück.
wifi-need-ethernet = Dieses Telefon hängt am Kabel, nicht im WLAN
wifi-fix-ethernet = Telefone nutzen für WLAN-Anrufe kein Kabel. Ziehen Sie Dock oder Adapter ab und verbinden Sie sich mit dem WLAN.
wifi-need-admin = Ihr Unternehmen verwaltet Einstellungen auf diesem Telefon
wifi-fix-admin = Der Schalter ist auf der persönlichen Seite des Telefons und kann gesperrt sein. Wenn Sie ihn nicht ändern können, fragen Sie Ihre IT; noch einmal zu probieren hilft nicht.
wifi-need-airplane = Der Flugmodus ist an
wifi-fix-airplane = Für den Test ist das richtig, wenn Sie das WLAN von Hand wieder einschalten. Sonst schalten Sie ihn aus.
wifi-need-roaming = Sie sind im Ausland
wifi-fix-roaming = WLAN-Anrufe sind kein Roaming: Die EU-Regeln gelten vielleicht nicht, und ein Anruf kann als Auslandsgespräch abgerechnet werden. Prüfen Sie Ihren Tarif, bevor Sie anrufen. Manche Telefone nutzen WLAN-Anrufe im Ausland nur im Flugmodus.

# Steps on the way to the switch
wifi-step-open = Öffnen Sie
wifi-step-heading = Suchen Sie die Überschrift
wifi-step-sim = Wählen Sie die SIM-Karte mit Ihrer Nummer
wifi-step-sim-switch = Wählen Sie darunter Ihre SIM-Karte und schalten Sie ein
wifi-step-menu = Öffnen Sie das Menü mit den drei Punkten
wifi-step-quick-settings = Wischen Sie zweimal vom oberen Bildschirmrand nach unten
wifi-step-search-box = Öffnen Sie die Suche der Einstellungen
wifi-step-type = Suchen Sie nach
wifi-step-switch = Aktivieren Sie

# Notes on a phone
wifi-note-confirm-sheet = Das Telefon fragt einmal, ob Sie sicher sind: Bestätigen Sie.
wifi-note-each-line = Bei zwei Anschlüssen hat jeder einen eigenen Schalter.
wifi-note-each-sim = Bei zwei SIM-Karten hat jede einen eigenen Schalter.
wifi-note-main-user = Nur der Hauptnutzer des Telefons kann es ändern, im persönlichen Profil.
wifi-note-no-dialler-codes = Geben Sie keine Geheimcodes in die Wähltastatur ein, um den Schalter hervorzuholen; sie können andere Einstellungen ändern.
wifi-note-rekey = Ein Anruf, der nach etwa 15 Minuten abbricht, deutet auf dieses WLAN hin, nicht auf Ihr Telefon.
wifi-note-row-grey = Grau heißt, dass ein Anruf läuft oder dass Ihr Unternehmen oder Anbieter die Einstellung festhält.
wifi-note-row-hidden = Die Zeile bleibt verborgen, solange der Anbieter Ihre SIM-Karte nicht vorbereitet hat.
wifi-note-samsung-region = Einem Telefon aus einer anderen Region kann dieses Menü fehlen.
wifi-note-samsung-tethering = Solange WLAN-Anrufe genutzt werden, kann das Telefon seine Verbindung nicht über USB teilen.

# The proof
wifi-verify-airplane-on = Schalten Sie den Flugmodus ein und dann WLAN von Hand wieder an. Warten Sie eine halbe Minute und sehen Sie oben auf den Bildschirm.
wifi-verify-probe = Bleiben Sie im Flugmodus und prüfen Sie das Netz von hier aus.
wifi-verify-call = Rufen Sie, noch im Flugmodus, Ihre Mailbox oder jemanden aus dem Team an, nie 112. Sprechen Sie länger als eine halbe Minute und lassen Sie sich dann zurückrufen.
wifi-verify-sms = Senden Sie eine SMS und lassen Sie sich eine schicken. SMS über WLAN gehen nicht auf jedem Telefon.
wifi-verify-airplane-off = Schalten Sie den Flugmodus aus. Bei gutem Empfang verschwindet das Zeichen oben; das ist normal, denn Ihr Anbieter bevorzugt das Mobilfunknetz.
wifi-verify-long-call = Wenn Sie möchten, führen Sie einen WLAN-Anruf von 16 Minuten: Manche Netze trennen nach 15.
wifi-expect-network-name = Sie sollten „{ $name }“ als Namen des Netzes sehen.
wifi-expect-samsung-icon = Sie sollten ein Symbol mit Hörer und Wellen sehen.
wifi-expect-icon = Sie sollten ein Zeichen für WLAN-Anrufe sehen, meist einen Hörer neben dem WLAN-Symbol.
wifi-expect-control-centre = Öffnen Sie das Kontrollzentrum: Hinter dem Namen des Anbieters steht „Wi-Fi“.

# What is the matter
wifi-ask-not-shown-good-signal = Ich sehe das Zeichen nie, und mein Mobilfunkempfang ist gut
wifi-ask-not-shown-blocked = Der Test ist fehlgeschlagen, und laut Netzprüfung ist das Netz blockiert
wifi-ask-not-shown-open = Der Test ist fehlgeschlagen, obwohl die Netzprüfung gut ist
wifi-ask-stops-after-wifi-change = Es ging und hörte auf, als ich das WLAN wechselte
wifi-ask-outgoing-only = Ich kann anrufen, aber niemand erreicht mich
wifi-ask-no-audio = Es gibt keinen Ton, einer hört nichts, oder es bricht nach Sekunden ab
wifi-ask-cut-after-15-minutes = Anrufe enden nach etwa 15 Minuten
wifi-ask-drops-when-leaving = Der Anruf bricht ab, wenn ich Haus oder Büro verlasse
wifi-ask-one-sim-only = Es geht nur für eine meiner SIM-Karten
wifi-ask-abroad = Es geht im Ausland nicht
wifi-ask-guest-wifi = Es geht nicht im WLAN eines Hotels oder für Gäste

# Why that may be
wifi-cause-mobile-preferred = Das ist normal: Ihr Anbieter bevorzugt das Mobilfunknetz, solange es gut ist.
wifi-cause-network-blocks = Dieses WLAN blockiert WLAN-Anrufe.
wifi-cause-back-off = Nach einem Fehlschlag wartet das Telefon, bevor es wieder versucht, bis zu einer Stunde.
wifi-cause-not-provisioned = Vielleicht hat der Anbieter Ihren Anschluss nicht vorbereitet.
wifi-cause-keepalive = Der Router vergisst das Telefon zwischen den Anrufen.
wifi-cause-vpn-or-blocker = Meist ein VPN oder ein Werbeblocker.
wifi-cause-router-helpers = Vielleicht verändert der Router die Pakete der Anrufe.
wifi-cause-rekey = Das Telefon erneuert nach 15 Minuten seine Schlüssel, und dieses Netz lässt das nicht durch.
wifi-cause-no-volte = Ohne 4G-Anrufe kann ein Anruf nicht ins Mobilfunknetz übergehen.
wifi-cause-line-switch = Jeder Anschluss hat einen eigenen Schalter.
wifi-cause-sim-profile = Vielleicht bietet der Anbieter der anderen SIM-Karte es auf diesem Telefon nicht an.
wifi-cause-country-block = Manche Länder und Netze blockieren es.
wifi-cause-captive = Das Netz wartet noch darauf, dass Sie sich auf seiner Seite anmelden.
wifi-cause-ports-blocked = Vielleicht lässt es nur Webseiten durch.

# What to do
wifi-do-airplane-test = Machen Sie den Test im Flugmodus: Nur er zeigt, ob es geht.
wifi-do-airplane-toggle = Schalten Sie den Flugmodus ein, warten Sie zehn Sekunden, schalten Sie ihn aus. Das beendet die Wartezeit des Telefons.
wifi-do-wifi-off-on = Schalten Sie WLAN aus und wieder ein.
wifi-do-forget-wifi = Lassen Sie das Telefon dieses WLAN vergessen und verbinden Sie sich neu.
wifi-do-other-wifi = Probieren Sie ein anderes WLAN oder den Hotspot von jemandem aus dem Team. Geht es dort, liegt es am ersten WLAN.
wifi-do-hotspot = Nutzen Sie einen Hotspot oder fragen Sie vor Ort, ob das Netz IPsec erlaubt.
wifi-do-sign-in-page = Öffnen Sie den Browser und schließen Sie die Anmeldeseite des Netzes ab.
wifi-do-router-ports = Erlauben Sie im Router die UDP-Ports 500 und 4500 nach außen, schalten Sie IPsec-Passthrough ein und nehmen Sie den Host des Anbieters aus jedem DNS-Filter.
wifi-do-router-helpers = Schalten Sie im Router SIP ALG und ähnliche Helfer aus.
wifi-do-report-router = Notieren Sie das Modell des Routers und die Uhrzeit eines abgebrochenen Anrufs und senden Sie beides an den Support.
wifi-do-company-it = Bitten Sie in einem Firmennetz Ihre IT, UDP 500 und 4500 zum Host des Anbieters zu erlauben.
wifi-do-vpn-off = Halten Sie VPN oder Werbeblocker an und schalten Sie WLAN aus und wieder ein.
wifi-do-private-dns-automatic = Stellen Sie privates DNS auf automatisch.
wifi-do-carrier-update = Installieren Sie Updates des Telefons und der Netzbetreibereinstellungen. Öffnen Sie auf dem iPhone Einstellungen, Allgemein, Info und warten Sie auf die Frage.
wifi-do-os-update = Installieren Sie die Updates des Telefons.
wifi-do-reboot = Starten Sie das Telefon einmal neu.
wifi-do-reset-network = Setzen Sie als Letztes am Telefon die Netzwerkeinstellungen zurück. Es vergisst jedes WLAN und dessen Passwort.
wifi-do-ask-provisioning = Bitten Sie Ihren Flottenmanager, WLAN-Anrufe für Ihren Anschluss freischalten zu lassen. Das Telefon kann es nicht.
wifi-do-ask-operator = Der Anbieter hat diese Einstellung gesperrt. Bitten Sie Ihren Flottenmanager, sie freigeben zu lassen.
wifi-do-turn-on-4g = Schalten Sie 4G-Anrufe (VoLTE) in den Einstellungen des Mobilfunknetzes ein.
wifi-do-check-coverage = Sehen Sie auf die Netzkarte des Anbieters: Ein Anruf kann nur zu 4G oder 5G übergehen.
wifi-do-switch-each-line = Schalten Sie es für jeden Anschluss ein.
wifi-do-check-each-sim = Machen Sie den Test mit jeweils einer SIM-Karte.
wifi-do-check-tariff = Prüfen Sie zuerst, was WLAN-Anrufe im Ausland kosten.
wifi-do-airplane-and-wifi = Schalten Sie den Flugmodus ein und WLAN von Hand an.
wifi-support-employer = Hilfe bekommen Sie von Ihrem Flottenmanager.
