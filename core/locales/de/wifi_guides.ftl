# What a guide file refers to: what stands in the way, steps, the proof, symptoms and what to do.

# What stands in the way, and what to do about it
wifi-need-operator-sim = Die SIM-Karte in diesem Telefon ist von einem anderen Anbieter
wifi-fix-operator-sim = Freigeschaltet werden WLAN-Anrufe für jede SIM-Karte von deren Anbieter. Setzen Sie die SIM-Karte Ihres Arbeitgebers ein oder wenden Sie sich an den anderen Anbieter.
wifi-need-line = Ist die SIM-Karte Ihres Arbeitgebers in diesem Telefon?
wifi-fix-line = Dieses Telefon sagt Apps nicht, von welchem Anbieter die SIM-Karte ist. Wenn Sie zwei Anschlüsse haben, sehen Sie nach, welcher Ihre Nummer hat.
wifi-need-os = Die Software dieses Telefons ist zu alt für WLAN-Anrufe
wifi-fix-os = Aktualisieren Sie das Telefon in den Einstellungen, wenn es ein Update gibt, und kommen Sie hierher zurück.
wifi-need-carrier-profile = Dieses Telefon meldet, dass es WLAN-Anrufe Ihres Anbieters nicht unterstützt
wifi-fix-carrier-profile = Manche Telefone melden das und können es trotzdem: Suchen Sie den Schalter. Installieren Sie zuerst Updates; ein Modell aus einer anderen Region bekommt ihn vielleicht nie.
wifi-need-vpn = Ein VPN ist aktiv
wifi-fix-vpn = Auch Werbeblocker, die als VPN arbeiten, zählen dazu. Pausieren Sie das VPN oder den Werbeblocker und schalten Sie das WLAN aus und wieder ein. Wenn Ihr Unternehmen das VPN vorschreibt, wenden Sie sich an Ihre IT-Abteilung.
wifi-need-private-dns = Privates DNS ist aktiv
wifi-fix-private-dns = Es kann verhindern, dass das Telefon den Anbieter findet. Stellen Sie es für diesen Test auf „Automatisch“; danach können Sie es wieder zurückstellen.
wifi-need-captive = Dieses WLAN wartet auf Ihre Anmeldung
wifi-fix-captive = Öffnen Sie den Browser, melden Sie sich auf der Seite des Netzes an und kommen Sie dann hierher zurück.
wifi-need-ethernet = Dieses Telefon ist per Kabel verbunden, nicht über WLAN
wifi-fix-ethernet = WLAN-Anrufe funktionieren nicht über ein Kabel. Trennen Sie Dock oder Adapter und verbinden Sie sich mit dem WLAN.
wifi-need-admin = Ihr Unternehmen verwaltet bestimmte Einstellungen auf diesem Telefon
wifi-fix-admin = Der Schalter befindet sich im persönlichen Profil des Telefons und kann gesperrt sein. Wenn Sie ihn nicht ändern können, wenden Sie sich an Ihre IT-Abteilung; ein neuer Versuch hilft nicht.
wifi-need-airplane = Der Flugmodus ist eingeschaltet
wifi-fix-airplane = Für den Test ist das richtig, wenn Sie das WLAN wieder eingeschaltet haben. Schalten Sie den Flugmodus sonst aus.
wifi-need-roaming = Sie sind im Ausland
wifi-fix-roaming = WLAN-Anrufe sind kein Roaming: Die EU-Regeln gelten vielleicht nicht, und ein Anruf kann als Auslandsgespräch abgerechnet werden. Prüfen Sie Ihren Tarif, bevor Sie anrufen. Manche Telefone nutzen WLAN-Anrufe im Ausland nur im Flugmodus.

# Steps on the way to the switch
wifi-step-open = Öffnen Sie
wifi-step-heading = Suchen Sie die Überschrift
wifi-step-sim = Wählen Sie die SIM-Karte mit Ihrer Nummer
wifi-step-sim-switch = Wählen Sie darunter Ihre SIM-Karte und schalten Sie den Schalter ein
wifi-step-menu = Öffnen Sie das Menü mit den drei Punkten
wifi-step-quick-settings = Wischen Sie zweimal vom oberen Bildschirmrand nach unten
wifi-step-search-box = Öffnen Sie die Suche in den Einstellungen
wifi-step-type = Suchen Sie nach
wifi-step-switch = Aktivieren Sie

# Notes on a phone
wifi-note-confirm-sheet = Das Telefon fragt einmal nach: Bestätigen Sie.
wifi-note-each-line = Bei zwei Anschlüssen hat jeder einen eigenen Schalter.
wifi-note-each-sim = Bei zwei SIM-Karten hat jede einen eigenen Schalter.
wifi-note-main-user = Nur der Hauptnutzer des Telefons kann es ändern, im persönlichen Profil.
wifi-note-no-dialler-codes = Geben Sie keine Geheimcodes in die Wähltastatur ein, damit der Schalter erscheint; sie können andere Einstellungen ändern.
wifi-note-rekey = Bricht ein Anruf nach etwa 15 Minuten ab, liegt das vermutlich an diesem WLAN, nicht an Ihrem Telefon.
wifi-note-row-grey = Grau bedeutet, dass gerade ein Anruf läuft oder dass Ihr Unternehmen oder Anbieter die Einstellung gesperrt hat.
wifi-note-row-hidden = Die Einstellung bleibt ausgeblendet, solange der Anbieter Ihre SIM-Karte dafür nicht freigeschaltet hat.
wifi-note-samsung-region = Einem Telefon, das in einer anderen Region gekauft wurde, kann dieses Menü fehlen.
wifi-note-samsung-tethering = Solange WLAN-Anrufe genutzt werden, kann das Telefon seine Verbindung nicht über USB teilen.

# The proof
wifi-verify-airplane-on = Schalten Sie den Flugmodus ein und danach das WLAN wieder ein. Warten Sie eine halbe Minute und sehen Sie auf den oberen Bildschirmrand.
wifi-verify-probe = Bleiben Sie im Flugmodus und prüfen Sie das Netz von hier aus.
wifi-verify-call = Bleiben Sie im Flugmodus und rufen Sie Ihre Mailbox oder jemanden aus dem Team an, nie 112. Sprechen Sie länger als eine halbe Minute und lassen Sie sich dann zurückrufen.
wifi-verify-sms = Senden Sie eine SMS und lassen Sie sich eine schicken. SMS über WLAN funktionieren nicht auf jedem Telefon.
wifi-verify-airplane-off = Schalten Sie den Flugmodus aus. Bei gutem Empfang verschwindet das Symbol oben; das ist normal, denn Ihr Anbieter bevorzugt das Mobilfunknetz.
wifi-verify-long-call = Führen Sie, wenn Sie möchten, einen WLAN-Anruf von 16 Minuten: Manche Netze trennen ihn nach 15.
wifi-expect-network-name = Als Name des Netzes sollten Sie „{ $name }“ sehen.
wifi-expect-samsung-icon = Sie sollten ein Symbol mit Hörer und Wellen sehen.
wifi-expect-icon = Sie sollten ein Symbol für WLAN-Anrufe sehen, meist einen Hörer neben dem WLAN-Symbol.
wifi-expect-control-centre = Öffnen Sie das Kontrollzentrum: Hinter dem Namen des Anbieters steht „Wi-Fi“.

# What is the matter
wifi-ask-not-shown-good-signal = Ich sehe das Symbol nie, und mein Mobilfunkempfang ist gut
wifi-ask-not-shown-blocked = Der Test ist fehlgeschlagen, und laut Netzprüfung blockiert das Netz
wifi-ask-not-shown-open = Der Test ist fehlgeschlagen, obwohl die Netzprüfung in Ordnung ist
wifi-ask-stops-after-wifi-change = Es ging, bis ich das WLAN gewechselt habe
wifi-ask-outgoing-only = Ich kann anrufen, bin aber nicht erreichbar
wifi-ask-no-audio = Es ist nichts zu hören, nur auf einer Seite, oder der Anruf bricht nach Sekunden ab
wifi-ask-cut-after-15-minutes = Anrufe enden nach etwa 15 Minuten
wifi-ask-drops-when-leaving = Der Anruf bricht ab, wenn ich zu Hause oder im Büro nach draußen gehe
wifi-ask-one-sim-only = Es geht nur mit einer meiner SIM-Karten
wifi-ask-abroad = Es geht im Ausland nicht
wifi-ask-guest-wifi = Es geht nicht im WLAN eines Hotels oder in einem Gäste-WLAN

# Why that may be
wifi-cause-mobile-preferred = Das ist normal: Ihr Anbieter bevorzugt das Mobilfunknetz, solange es gut ist.
wifi-cause-network-blocks = Dieses WLAN blockiert WLAN-Anrufe.
wifi-cause-back-off = Nach einem Fehlschlag wartet das Telefon mit dem nächsten Versuch, manchmal bis zu einer Stunde.
wifi-cause-not-provisioned = Vielleicht hat der Anbieter Ihren Anschluss noch nicht dafür freigeschaltet.
wifi-cause-keepalive = Der Router vergisst das Telefon zwischen zwei Anrufen.
wifi-cause-vpn-or-blocker = Meist ein VPN oder ein Werbeblocker.
wifi-cause-router-helpers = Vielleicht verändert der Router die Pakete der Anrufe.
wifi-cause-rekey = Das Telefon erneuert nach 15 Minuten seine Schlüssel, und dieses Netz blockiert das.
wifi-cause-no-volte = Ohne 4G-Telefonie (VoLTE) kann ein Anruf nicht ins Mobilfunknetz wechseln.
wifi-cause-line-switch = Jeder Anschluss hat einen eigenen Schalter.
wifi-cause-sim-profile = Vielleicht bietet der Anbieter der anderen SIM-Karte es auf diesem Telefon nicht an.
wifi-cause-country-block = Manche Länder und Netze blockieren es.
wifi-cause-captive = Das Netz wartet noch darauf, dass Sie sich auf seiner Seite anmelden.
wifi-cause-ports-blocked = Vielleicht lässt es nur Webseiten durch.

# What to do
wifi-do-airplane-test = Machen Sie den Test im Flugmodus: Nur er zeigt, ob es geht.
wifi-do-airplane-toggle = Schalten Sie den Flugmodus ein, warten Sie zehn Sekunden und schalten Sie ihn wieder aus. Das beendet die Wartezeit des Telefons.
wifi-do-wifi-off-on = Schalten Sie das WLAN aus und wieder ein.
wifi-do-forget-wifi = Löschen Sie dieses WLAN aus den gespeicherten Netzen des Telefons und verbinden Sie sich neu.
wifi-do-other-wifi = Probieren Sie ein anderes WLAN oder den Hotspot von jemandem aus dem Team. Geht es dort, liegt es am ersten WLAN.
wifi-do-hotspot = Nutzen Sie stattdessen einen Hotspot oder fragen Sie vor Ort, ob das Netz IPsec zulässt.
wifi-do-sign-in-page = Öffnen Sie den Browser und melden Sie sich auf der Seite des Netzes an.
wifi-do-router-ports = Geben Sie im Router die UDP-Ports 500 und 4500 nach außen frei, schalten Sie IPsec-Passthrough ein und nehmen Sie den Host des Anbieters aus jedem DNS-Filter.
wifi-do-router-helpers = Schalten Sie im Router SIP ALG und ähnliche Funktionen aus.
wifi-do-report-router = Notieren Sie das Modell des Routers und die Uhrzeit eines abgebrochenen Anrufs und senden Sie beides an den Support.
wifi-do-company-it = Bitten Sie in einem Firmennetz Ihre IT-Abteilung, UDP 500 und 4500 zum Host des Anbieters freizugeben.
wifi-do-vpn-off = Pausieren Sie VPN oder Werbeblocker und schalten Sie das WLAN aus und wieder ein.
wifi-do-private-dns-automatic = Stellen Sie privates DNS auf „Automatisch“.
wifi-do-carrier-update = Installieren Sie Updates des Telefons und der Netzbetreibereinstellungen.
wifi-do-carrier-update-ios = Öffnen Sie Einstellungen, Allgemein, Info und warten Sie kurz: Gibt es ein Update der Netzbetreibereinstellungen, bietet das Telefon es an. Suchen Sie danach nach einem Update von iOS.
wifi-do-carrier-update-android = Suchen Sie in den Einstellungen nach einem Update des Telefons und installieren Sie es: Es bringt die Netzbetreibereinstellungen mit.
wifi-do-os-update = Installieren Sie die Updates des Telefons.
wifi-do-reboot = Starten Sie das Telefon einmal neu.
wifi-do-reset-network = Setzen Sie als letzten Schritt die Netzwerkeinstellungen des Telefons zurück. Es vergisst dann alle WLAN-Netze und deren Passwörter.
wifi-do-ask-provisioning = Bitten Sie Ihren Flottenmanager, WLAN-Anrufe für Ihren Anschluss freischalten zu lassen. Am Telefon geht das nicht.
wifi-do-ask-operator = Der Anbieter hat diese Einstellung gesperrt. Bitten Sie Ihren Flottenmanager, sie freigeben zu lassen.
wifi-do-turn-on-4g = Schalten Sie 4G-Telefonie (VoLTE) in den Einstellungen des Mobilfunknetzes ein.
wifi-do-check-coverage = Sehen Sie auf der Netzkarte des Anbieters nach: Ein Anruf kann nur zu 4G oder 5G wechseln.
wifi-do-switch-each-line = Schalten Sie es für jeden Anschluss ein.
wifi-do-check-each-sim = Machen Sie den Test mit jeweils einer SIM-Karte.
wifi-do-check-tariff = Prüfen Sie zuerst, was WLAN-Anrufe im Ausland kosten.
wifi-do-airplane-and-wifi = Schalten Sie den Flugmodus ein und danach das WLAN wieder ein.
wifi-support-employer = Hilfe bekommen Sie von Ihrem Flottenmanager.
