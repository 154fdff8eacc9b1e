# Getting started: from the order to the first call. Short, one thing at a time; what is usual and what the law allows are
# never one sentence.

# The steps from the order to the first call
start-step-ordered = Bestellt
start-step-sim = SIM-Karte erhalten
start-step-mail = Aktivierungs-E-Mail erhalten
start-step-esim = eSIM auf Ihrem Telefon
start-step-number = Rufnummer beim bisherigen Anbieter angefragt
start-step-old-signal = Alte SIM ohne Netz
start-step-works = Neue SIM funktioniert
start-step-account = Konto
start-step-wifi = WLAN-Anrufe

# What is ordered
start-new-line = Ihr neuer Anschluss
start-case-card-new = SIM-Karte, neue Rufnummer
start-case-card-kept = SIM-Karte, Ihre eigene Rufnummer
start-case-esim-new = eSIM, neue Rufnummer
start-case-esim-kept = eSIM, Ihre eigene Rufnummer
start-case-new = Neue Rufnummer
start-case-kept = Ihre eigene Rufnummer
start-none = Für Sie ist nichts unterwegs.
start-never-loaded = Auf diesem Telefon ist noch nicht bekannt, ob ein Anschluss für Sie unterwegs ist.
start-sim-card = SIM-Karte
start-sim-card-of = SIM-Karte von { $line }
start-sim-esim = eSIM
start-sim-esim-of = eSIM von { $line }
start-sims-failed = Ihre SIMs konnten gerade nicht geladen werden.
start-sims-kept = Ihre SIMs konnten gerade nicht geladen werden. Was Sie sehen, wurde { $when } gemeldet.
start-sims-never = Auf diesem Telefon ist noch nicht bekannt, welche SIMs Sie haben.
start-sims-none = { $operator } meldet keine SIM für Sie.
start-missing = { $operator } führt diese Bestellung nicht mehr auf. Was Sie sehen, wurde { $when } gemeldet.

# The SIM
start-card = Ihre SIM-Karte ist unterwegs
start-card-what = Sobald Sie sie haben, sagen Sie es hier.
start-card-until = Bis dahin ändert sich auf Ihrem Telefon nichts.
start-moving-already = Ihre Rufnummer wechselt bereits: Ihre alte SIM verliert ihr Netz, sobald der Wechsel erledigt ist, auch wenn die neue noch nicht da ist.
start-card-keep = Den Träger der Karte: PIN und PUK sind aufgedruckt
start-card-if-not = Kommt sie nicht? Fragen Sie Ihren Arbeitgeber, der sie bestellt hat.
start-mail = Suchen Sie die Aktivierungs-E-Mail
start-mail-what = { $operator } schickt Ihnen eine E-Mail mit dem Code Ihrer eSIM. Der Anschluss hat kein Netz, solange die eSIM nicht auf Ihrem Telefon ist.
start-mail-keep = Die E-Mail: Auch PIN und PUK stehen darin
start-mail-if-not = Ist sie nicht da? Sehen Sie im Spam-Ordner nach und bitten Sie dann Ihren Arbeitgeber, sie erneut senden zu lassen.
start-esim = Installieren Sie die eSIM auf Ihrem Telefon
start-esim-what = Verbinden Sie sich mit dem WLAN und öffnen Sie den Code aus der E-Mail auf diesem Telefon, oder scannen Sie ihn von einem anderen Bildschirm.
start-esim-once = Ein Code gilt meist nur einmal: Löschen Sie die eSIM danach nicht.

# The number
start-check = { $operator } prüft die Mitnahme Ihrer Rufnummer
start-check-what = Ihr bisheriger Anbieter muss zuerst zustimmen. Sie brauchen nichts zu tun.
start-waiting = { $operator } wartet auf eine Antwort
start-waiting-number = Jemand muss die Mitnahme Ihrer Rufnummer noch bestätigen. Sehen Sie nach, ob Sie eine Nachricht von { $operator } haben, und fragen Sie Ihren Arbeitgeber.
start-waiting-line = { $operator } braucht noch etwas, bevor es weitergeht. Fragen Sie Ihren Arbeitgeber, der den Anschluss bestellt hat.
start-scheduled = Ihre Rufnummer wechselt { $when }
start-scheduled-what = Bis dahin funktioniert Ihre alte SIM wie bisher.
start-both-keep = Die alte SIM und die neue
start-stop = Ihr bisheriger Anbieter schickt Ihnen vielleicht eine SMS, auf die Sie innerhalb von 8 Stunden mit STOP antworten, falls Sie den Wechsel nicht beauftragt haben. Haben Sie es, antworten Sie nicht.
start-usual = Meist innerhalb von 24 Stunden erledigt, oft früher
start-law = Laut Gesetz spätestens am { $date }
start-moving = Ihre Rufnummer wechselt gerade
start-moving-what = Ihre alte SIM verliert das Netz, sobald die Rufnummer gewechselt hat. Ab dann funktioniert die neue.
start-longer = Es dauert länger als üblich. Verspätet ist es noch nicht.
start-late = Ihre Rufnummer hätte schon wechseln müssen
start-late-ask = Wenden Sie sich an { $operator }, nicht an den bisherigen Anbieter.
start-late-since = Laut Gesetz musste Ihre Rufnummer spätestens am { $date } gewechselt haben.
start-late-was = Ihre Rufnummer hat später gewechselt, als das Gesetz erlaubt: Das musste spätestens am { $date } geschehen sein.
start-late-right = Für jeden Tag kann eine Entschädigung verlangt werden: { $daily }, in manchen Fällen { $most }. Sie kommt nicht von selbst: Wer den Vertrag hat, meist Ihr Arbeitgeber, verlangt sie spätestens am { $date } von { $operator }.
start-refused = Ihre Rufnummer konnte nicht mitgenommen werden
start-refused-data = Die Kundennummer oder die SIM-Nummer beim bisherigen Anbieter stimmt nicht. Suchen Sie beide auf einer alten Rechnung und geben Sie sie Ihrem Arbeitgeber, der die Mitnahme erneut beauftragen kann.
start-refused-inactive = Der Anschluss beim bisherigen Anbieter ist nicht in Betrieb. Nur eine Rufnummer, die noch funktioniert, kann mitgenommen werden: Kündigen Sie also nicht selbst.
start-refused-permitted = Der Vertrag Ihres Arbeitgebers sieht das nicht vor. Nur Ihr Arbeitgeber kann das ändern.
start-refused-other = { $operator } sagt nicht, warum. Ihr Arbeitgeber kann nachfragen.
start-refused-old = Ihre alte SIM funktioniert weiter.
start-refused-line = Ihr Anschluss konnte nicht eingerichtet werden
start-cancelled = Die Bestellung wurde storniert
start-cancelled-what = Fragen Sie Ihren Arbeitgeber, wie es weitergeht.
start-suspended = { $operator } hat Ihren Anschluss gesperrt
start-suspended-what = Damit kann im Moment niemand telefonieren. Fragen Sie Ihren Arbeitgeber nach dem Grund.
start-ended = Ihr Anschluss wurde beendet
start-ended-what = Fragen Sie Ihren Arbeitgeber, ob das so gewollt ist.

# The first call
start-try = Setzen Sie die neue SIM ein und probieren Sie sie aus
start-try-esim = Schalten Sie die eSIM ein und probieren Sie sie aus
start-try-what = Geben Sie die PIN ein, starten Sie das Telefon neu und rufen Sie jemanden an.
start-try-from = Der Anschluss funktioniert { $when }.
start-try-later = Ihr Anschluss funktioniert { $when }
start-try-later-what = Halten Sie die SIM und ihre PIN bis dahin bereit. Vorher hat sie kein Netz.
start-try-later-esim = Bis dahin hat die eSIM kein Netz, auch wenn sie schon auf Ihrem Telefon ist.
start-on-day = am { $date }
start-try-if-not = Nach dem Neustart kein Netz? Prüfen Sie in den Einstellungen, ob die SIM eingeschaltet ist, und wenden Sie sich dann an { $operator }.
start-ready = Ihr Anschluss ist bereit
start-ready-card-if-not = Ist die Karte noch nicht da? Fragen Sie Ihren Arbeitgeber, der sie bestellt hat.
start-ready-if-not = Kein Netz? Ist die eSIM noch nicht auf Ihrem Telefon, richten Sie sie mit dem Code ein. Ist sie es, starten Sie das Telefon neu; hilft das nicht, wenden Sie sich an { $operator }.
start-done = Ihr Anschluss funktioniert
start-done-code = Funktioniert er auf Ihrem Telefon? Sagen Sie es hier: Ist der Code Ihrer eSIM auf diesem Telefon aufbewahrt, wird er dann gelöscht. Sonst geschieht das von selbst einen Monat, nachdem der Anschluss bereit war.
start-done-what = Eines lohnt sich noch: WLAN-Anrufe, für Orte mit schlechtem Empfang.

# Answers
start-answer-has-sim = Ich habe die SIM-Karte
start-answer-has-mail = Ich habe die E-Mail
start-answer-has-profile = Sie ist auf meinem Telefon
start-answer-old-signal-gone = Meine alte SIM hat kein Netz mehr
start-answer-works = Es funktioniert
start-answer-undo = Meine letzte Antwort zurücknehmen

# A letter to the operator
start-claim-subject = Entschädigung für die verspätete Mitnahme meiner Rufnummer
start-claim-hello = Guten Tag,
start-claim = meine Rufnummer { $number } wechselt zu { $operator }.
start-claim-moved = meine Rufnummer { $number } hat zu { $operator } gewechselt.
start-claim-launched = Der Wechsel wurde am { $launched } gestartet und musste laut Gesetz spätestens am { $date } abgeschlossen sein.
start-claim-under-way = Der Wechsel war spätestens am { $seen } im Gange und musste laut Gesetz spätestens am { $date } abgeschlossen sein.
start-claim-open = Nach dem Stand der Bestellung bei Ihnen ist er es noch nicht.
start-claim-ask = Bitte schließen Sie ihn ab und zahlen Sie die Entschädigung, die für jeden Tag der Verspätung fällig ist.
start-claim-done = Abgeschlossen wurde er am { $done }.
start-claim-undone = Nach dem Stand der Bestellung bei Ihnen war er es am { $seen } noch nicht.
start-claim-pay = Bitte zahlen Sie die Entschädigung, die für jeden Tag der Verspätung fällig ist.
